"""What every template may use."""

import logging

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from programme import taxonomy

logger = logging.getLogger(__name__)


def site(request):
    """The publisher, the menu of viljeinriktningar and the page's own address."""
    tree = _tree(request)
    return {
        "site": settings.PUBLISHER,
        "edition": tree.edition,
        # A page of another edition has its own `edition`.
        "current_edition": tree.edition,
        "viljeinriktning_menu": tree.viljeinriktningar,
        "read_only": getattr(request, "read_only", ""),
        "canonical_url": settings.SITE_ADDRESS + request.path,
    }


def _tree(request):
    """The menu's tree; error pages do without when the database is lost."""
    try:
        return taxonomy.current(getattr(request, "content_generation", None))
    except (DatabaseError, InterfaceError):
        logger.exception("The menu cannot be read")
        return taxonomy.Taxonomy(None)
