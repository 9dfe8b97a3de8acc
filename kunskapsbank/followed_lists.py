"""The lists that people follow: which contributions, in what words, at what address.

A list is known by the query that the list's own page writes, without order and page.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse

from kunskapsbank import facets
from kunskapsbank.forms import FACETS, EntryFilter
from kunskapsbank.models import TagAlias, Version

EVERYTHING = "Alla bidrag i kunskapsbanken"
WORDS = "q"
# How the values of a facet follow upon "Bidrag", in this order.
_JOINS = {
    "amne": "om {}",
    "org": "från {}",
    "orgtyp": "från {}",
    "plats": "i {}",
    "vilja": "i {}",
    "fokus": "i fokusområde {}",
    "prio": "till {}",
    "period": "från {}",
    "fil": "med bilagor",
}
_MID_SENTENCE = {"prio", "orgtyp"}


@dataclass(frozen=True)
class FollowedList:
    """`query` is what was followed, and `asked` what the list makes of it now: a
    subject that no contribution has any longer is no filter there."""

    query: str
    asked: EntryFilter

    @property
    def is_there(self) -> bool:
        """False while nothing has what is followed; all would be told otherwise."""
        wanted = QueryDict(self.query)
        has_words = bool(self.asked.text) or not wanted.get(WORDS)
        chosen = self.asked.chosen
        return has_words and all(chosen[facet] for facet in FACETS if facet in wanted)

    @property
    def page(self) -> str:
        return settings.SITE_ADDRESS + self.asked.address()

    def in_words(self, *, with_text: bool = True) -> str:
        """Such as "Goda exempel om cykling i Livslång aktivitet". What somebody has
        typed is left out for a reader who may be another (`with_text`)."""
        return _in_words(self._labels(), self.asked.text, with_text=with_text)

    def versions(self) -> QuerySet[Version]:
        """What is listed there now, the last published first."""
        found = self.asked.versions() if self.is_there else Version.objects.none()
        return found.order_by("-published_at", "-entry_id").select_related("entry")

    def news(self, *, since: datetime, until: datetime) -> QuerySet[Version]:
        """What is listed there now and was published after `since`, up to `until`:
        first texts and changed ones. `is_changed` tells those of which an earlier text
        was there before."""
        texts = Version.objects.filter(entry=OuterRef("entry"))
        earlier = texts.filter(published_at__lte=since)
        fresh = Version.objects.listed().filter(
            published_at__gt=since, published_at__lte=until
        )
        found = self.versions().filter(pk__in=fresh.values("pk"))
        return found.annotate(is_changed=Exists(earlier))

    def _labels(self) -> dict[str, list[str]]:
        wanted = QueryDict(self.query)
        return {
            facet: [option.label for option in self.asked.chosen[facet]]
            or wanted.getlist(facet)
            for facet in FACETS
            if facet in wanted
        }


def followed(query: str, spread: facets.Facets | None = None) -> FollowedList:
    """The list of a query; parameters of other things are left out."""
    wanted = kept(query)
    if subjects := wanted.getlist("amne"):
        wanted.setlist("amne", _of_now(subjects))
    asked = EntryFilter.from_query(wanted, spread or facets.current())
    return FollowedList(wanted.urlencode(), asked)


def as_listed(query: str, spread: facets.Facets) -> FollowedList:
    """The list that a page shows for the query, whatever it did not understand."""
    asked = followed(query, spread).asked
    return FollowedList(asked.query().urlencode(), asked)


def kept(query: str) -> QueryDict:
    """What in a query says which list it is, and not how it is shown."""
    given, wanted = QueryDict(query), QueryDict(mutable=True)
    for name in (WORDS, *FACETS):
        if values := given.getlist(name):
            wanted.setlist(name, values)
    return wanted


def follow_address(query: str = "") -> str:
    return _with(reverse("kunskapsbank:follow"), query)


def feed_address(query: str = "") -> str:
    return _with(reverse("kunskapsbank:feed"), query)


def _of_now(slugs: list[str]) -> list[str]:
    """The subjects' own slugs, where some are of names that they used to have."""
    aliases = TagAlias.objects.filter(slug__in=slugs).values_list("slug", "tag__slug")
    renamed = dict(aliases)
    return list(dict.fromkeys(renamed.get(slug, slug) for slug in slugs))


def _with(path, query):
    return f"{path}?{query}" if query else path


def _in_words(labels, text, *, with_text):
    if not labels and not text:
        return EVERYTHING
    first, *others = labels.pop("typ", ["Bidrag"])
    parts = [_listed([first, *map(_uncapitalised, others)])]
    for facet, join in _JOINS.items():
        if told := labels.get(facet):
            if facet in _MID_SENTENCE:
                told = map(_uncapitalised, told)
            parts.append(join.format(_listed(list(told))))
    if text:
        parts.append(f"som innehåller ”{text}”" if with_text else "som en sökning ger")
    return " ".join(parts)


def _listed(labels):
    *first, last = labels
    return f"{', '.join(first)} och {last}" if first else last


def _uncapitalised(label):
    return f"{label[:1].lower()}{label[1:]}"
