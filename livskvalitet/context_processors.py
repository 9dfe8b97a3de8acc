"""What every template may use."""

from django.conf import settings

from programme import taxonomy


def site(request):
    """The publisher, the menu of viljeinriktningar and the page's own address."""
    tree = taxonomy.current(getattr(request, "content_generation", None))
    return {
        "site": settings.PUBLISHER,
        "edition": tree.edition,
        "viljeinriktning_menu": tree.viljeinriktningar,
        "canonical_url": settings.SITE_ADDRESS + request.path,
    }
