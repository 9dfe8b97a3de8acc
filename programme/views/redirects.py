"""Short addresses to the current edition, and the earlier site's addresses."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.text import slugify

from programme import taxonomy


def to_current(request, viljeinriktning, fokusomrade=None):
    for strand in taxonomy.current().viljeinriktningar:
        if strand.slug == viljeinriktning:
            return redirect(_within(strand, fokusomrade))
    raise Http404


def to_current_whole(request):
    return redirect("programme:whole", _edition().slug)


def to_current_chapter(request, number):
    return redirect("programme:chapter", _edition().slug, number)


def to_frameworks(request, rest=""):
    return redirect("programme:frameworks", permanent=True)


def from_earlier_site(request, rest=""):
    """The earlier site had a page per viljeinriktning and fokusområde."""
    name = rest.strip("/").rpartition("/")[2]
    tree = taxonomy.current()
    for page in [*tree.fokusomraden, *tree.viljeinriktningar]:
        if name in {page.slug, slugify(page.title)}:
            return redirect(page, permanent=True)
    return redirect("programme:overview", permanent=True)


def _edition():
    if edition := taxonomy.current().edition:
        return edition
    raise Http404


def _within(strand, fokusomrade):
    if fokusomrade is None:
        return strand
    for area in strand.fokusomraden.all():
        if area.slug == fokusomrade:
            return area
    raise Http404
