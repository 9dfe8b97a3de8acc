"""What things are called for good, and how they may be used.

A contribution's own address may change, and its number never does (`/id/bidrag/B-1`).
The addresses of the programme's parts are permanent, and so are their own names.
"""

from django.conf import settings
from django.urls import reverse

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
# Kolada names no licence: its own terms say that it must be named as the source, and
# that what others have made of its values is not its own.
KOLADA = "Kolada"
KOLADA_TERMS = "https://www.kolada.se/om-oss/api/"


def absolute(path: str) -> str:
    """The site's own address of a path, whatever name the reader used."""
    return settings.SITE_ADDRESS + path


def of_page(page) -> str:
    """The name of what has a permanent page."""
    return absolute(page.get_absolute_url())


def of_entry(number: str) -> str:
    """The name of a contribution, from its number such as B-12."""
    return absolute(reverse("identified_entry", args=[number]))


def of_link(link) -> str:
    return f"{of_entry(link.entry.number)}#lank-{link.pk}"
