"""What contributions are about and who took part: a page for each subject and each
organisation, and the lists of them all.

Only those of listed contributions have a page, since nobody is to learn from an address
what a draft names.
"""

import unicodedata
from itertools import groupby

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from kunskapsbank.enums import Kind
from kunskapsbank.models import Organisation, Tag, Version
from kunskapsbank.views.entry_list import PAGE_LENGTH
from programme.views.text import START
from search.sorting import sort_key

RELATED_LENGTH = 12
_AFTER_Z = set("ÅÄÖ")
_NO_LETTER = "0–9"


class SubjectDetail(TemplateView):
    """The listed contributions of one subject or organisation, newest first."""

    parameters = ("sida",)
    index = ""  # the name of the address of all of them
    index_title = ""

    def get(self, request, slug):
        found = self.listed().filter(slug=slug).first()
        if found is None:
            return self.elsewhere(slug)
        return self.render_to_response(self.get_context_data(found=found))

    def elsewhere(self, slug):
        raise Http404

    def get_context_data(self, found, **kwargs):
        versions = self.versions(found)
        kinds = kinds_of(versions)
        paginator = Paginator(versions.newest_first().for_list(), PAGE_LENGTH)
        paginator.count = sum(count for _, count in kinds)
        page = paginator.get_page(self.request.GET.get("sida"))
        return super().get_context_data(
            section="kunskapsbank",
            breadcrumbs=trail(self.index_title, self.index, found.name),
            canonical_url=address(found, page.number),
            found=found,
            kinds=kinds,
            related=related(versions, found),
            page=page,
            page_range=paginator.get_elided_page_range(page.number, on_ends=1),
            **kwargs,
        )


class TagDetail(SubjectDetail):
    template_name = "kunskapsbank/subjects/tag.html"
    index = "kunskapsbank:tags"
    index_title = "Ämnen"

    def listed(self):
        return Tag.objects.listed()

    def versions(self, tag):
        return Version.objects.listed().filter(tagged_versions__tag=tag)

    def elsewhere(self, slug):
        """Lead from a former name to the present one. Of a forbidden subject there is
        not even a trace: its very name may be what was wrong, so no 410 confirms it."""
        tag = self.listed().filter(aliases__slug=slug).first()
        if tag is None:
            raise Http404
        answer = redirect(tag, permanent=True)
        # The name may be taken up again, and a browser must ask then.
        answer.headers["Cache-Control"] = "no-cache"
        return answer


class OrganisationDetail(SubjectDetail):
    template_name = "kunskapsbank/subjects/organisation.html"
    index = "kunskapsbank:organisations"
    index_title = "Organisationer"

    def listed(self):
        return Organisation.objects.listed()

    def versions(self, organisation):
        return Version.objects.listed().filter(organisations=organisation)


class SubjectIndex(TemplateView):
    """All of them in Swedish alphabetical order, by letter, with how many have each."""

    title = ""

    def get_context_data(self, **kwargs):
        found = sorted(self.listed(), key=lambda each: sort_key(each.name))
        return super().get_context_data(
            section="kunskapsbank",
            breadcrumbs=trail(self.title),
            count=len(found),
            letters=[
                (letter, list(group)) for letter, group in groupby(found, letter_of)
            ],
            **kwargs,
        )


class TagIndex(SubjectIndex):
    template_name = "kunskapsbank/subjects/tags.html"
    title = "Ämnen"

    def listed(self):
        return Tag.objects.listed()


class OrganisationIndex(SubjectIndex):
    template_name = "kunskapsbank/subjects/organisations.html"
    title = "Organisationer"

    def listed(self):
        return Organisation.objects.listed()


def kinds_of(versions):
    """Pairs of kind and how many, in the order of the kinds; only those there are."""
    rows = versions.order_by().values_list("kind").annotate(count=Count("pk"))
    counts = dict(rows)
    return [(kind, counts[kind]) for kind in Kind if kind in counts]


def related(versions, found):
    """The other subjects of the same contributions, those of most of them, in order."""
    others = Tag.objects.on(versions)
    if isinstance(found, Tag):
        others = others.exclude(pk=found.pk)
    most = others.order_by("-count", "pk")[:RELATED_LENGTH]
    return sorted(most, key=lambda tag: sort_key(tag.name))


def address(found, page_number):
    page = f"?sida={page_number}" if page_number > 1 else ""
    return f"{settings.SITE_ADDRESS}{found.get_absolute_url()}{page}"


def trail(title, index="", name=""):
    kunskapsbanken = {
        "title": "Kunskapsbanken",
        "url": reverse("kunskapsbank:entry_list"),
    }
    if not index:
        return [START, kunskapsbanken, {"title": title}]
    up = {"title": title, "url": reverse(index)}
    return [START, kunskapsbanken, up, {"title": name}]


def letter_of(found):
    """The letter that a name stands under: é under E, but Å under Å."""
    first = unicodedata.normalize("NFC", found.name.strip())[:1].upper()
    if first in _AFTER_Z:
        return first
    plain = unicodedata.normalize("NFKD", first)[:1]
    return plain if plain.isalpha() else _NO_LETTER
