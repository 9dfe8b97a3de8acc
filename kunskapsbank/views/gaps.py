"""White spots: how many contributions each prioritering has of each kind."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import TemplateView

from kunskapsbank import facets
from kunskapsbank.enums import Kind
from kunskapsbank.models import Version
from programme.models import Prioritering
from programme.views.text import START

ONLY_EMPTY = "tomma"


@dataclass(frozen=True)
class Row:
    """A prioritering, how many contributions of each kind it has, and the newest."""

    prioritering: Prioritering
    counts: list[tuple[str, int]]
    newest: Version | None

    @property
    def is_empty(self):
        return self.newest is None

    @property
    def by_whom(self):
        """The organisations that took part in the newest, or else whoever is named."""
        if self.newest is None:
            return ""
        names = [each.name for each in self.newest.organisations.all()]
        return ", ".join(names) or self.newest.byline

    @property
    def write_url(self):
        return _for(self.prioritering, "kunskapsbank:write_start")

    @property
    def invite_url(self):
        return _for(self.prioritering, "accounts:invitations")


class WhiteSpots(TemplateView):
    template_name = "kunskapsbank/ordering/gaps.html"
    parameters = ("visa",)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            section="kunskapsbank",
            breadcrumbs=[
                START,
                {
                    "title": "Kunskapsbanken",
                    "url": reverse("kunskapsbank:entry_list"),
                },
                {"title": "Vita fläckar"},
            ],
            **table(self.request),
            **kwargs,
        )


def table(request) -> dict[str, Any]:
    """What `_gaps.html` shows: the rows by fokusområde, all or the empty ones."""
    spread = facets.for_request(request)
    rows = _rows(spread)
    only_empty = request.GET.get("visa") == ONLY_EMPTY
    groups = [(area, _of(area, rows, only_empty)) for area in spread.tree.fokusomraden]
    return {
        "kinds": [kind.plural for kind in Kind],
        "groups": [(area, shown) for area, shown in groups if shown],
        "only_empty": only_empty,
        "empty_count": sum(row.is_empty for row in rows.values()),
        "total": len(rows),
    }


def _rows(spread) -> dict[int, Row]:
    """By the key of each prioritering of the edition in force."""
    newest = {
        each.pk: pks[0]
        for each in spread.tree.prioriteringar
        if (pks := spread.newest(each, 1))
    }
    listed = Version.objects.listed().prefetch_related("organisations")
    versions = listed.in_bulk(set(newest.values()))
    return {
        each.pk: Row(each, _counts(spread, each), versions.get(newest.get(each.pk)))
        for each in spread.tree.prioriteringar
    }


def _counts(spread, prioritering) -> list[tuple[str, int]]:
    here = spread.any_of([facets.key_of(prioritering)])
    return [
        (kind.plural, (here & spread.any_of([("typ", kind)])).bit_count())
        for kind in Kind
    ]


def _of(fokusomrade, rows, only_empty) -> list[Row]:
    here = [rows[each.pk] for each in fokusomrade.prioriteringar.all()]
    return [row for row in here if row.is_empty or not only_empty]


def _for(prioritering, name) -> str:
    return f"{reverse(name)}?{urlencode({'prio': prioritering.slug})}"
