"""The search page: everything public, from one index."""

from functools import cached_property

from django.conf import settings
from django.core.paginator import Paginator
from django.utils.formats import date_format
from django.views.generic import TemplateView

from kunskapsbank import facets
from kunskapsbank.enums import Kind, Order
from kunskapsbank.forms.filtering import Filter
from kunskapsbank.options import FACETS, by_value, index_group, kinds
from programme.enums import PageKind
from programme.views.text import START
from search.finding import MOST, PAGE_SIZE, find
from search.parsing import parse
from uppfoljning.enums.indicators import IndicatorKind
from uppfoljning.enums.initiatives import InitiativeKind
from uppfoljning.enums.reports import ReportKind

_KINDS = (Kind, InitiativeKind, PageKind, IndicatorKind, ReportKind)
_LABELS = {value: label for each in _KINDS for value, label in each.choices}
# So many removals are tried on an empty page, each of which asks the index.
_MOST_WAYS = 4
_MOST_MAKERS = 2


class SearchFilter(Filter):
    """The state of the search page; every count is that of the index."""

    url_name = "search"
    kind_legend = "Typ av sida"

    @classmethod
    def options_of(cls, spread):
        every = [kind for each in _KINDS for kind in kinds(each)]
        return {**spread.options, "typ": by_value(every)}

    @property
    def orders(self):
        return [Order.MATCH, Order.NEWEST] if self.text else [Order.NEWEST]

    @property
    def is_empty(self):
        """Whether nothing is asked for."""
        return not (self.text or self.chosen_options)

    @cached_property
    def found(self):
        return find(
            self.text,
            {
                index_group(facet): [option.indexed for option in self.chosen[facet]]
                for facet in FACETS
            },
            self.page,
            newest_first=self.order == Order.NEWEST,
        )

    @property
    def count(self):
        return self.found.total

    @property
    def is_only_unwanted(self):
        """Whether there are words to leave out and none to find."""
        clauses = parse(self.text)
        return bool(clauses) and all(clause.unwanted for clause in clauses)

    @property
    def count_in_words(self):
        if self.found.more:
            return f"Fler än {_thousands(MOST)} träffar"
        if not self.count:
            return "Inga träffar"
        hits = "träff" if self.count == 1 else "träffar"
        return f"{_thousands(self.count)} {hits}"

    def numbers(self, facet, options):
        counts = self.found.facets.get(index_group(facet), {})
        return [counts.get(option.indexed, 0) for option in options]

    def common(self, facet, most):
        by_indexed = {each.indexed: each for each in self.options[facet].values()}
        counts = self.found.facets.get(index_group(facet), {})
        pairs = [
            (by_indexed[value], number)
            for value, number in counts.items()
            if number and value in by_indexed
        ]
        pairs.sort(key=lambda pair: -pair[1])
        return pairs[:most], len(pairs) > most


class Search(TemplateView):
    template_name = "livskvalitet/search.html"

    def get_context_data(self, **kwargs):
        spread = facets.for_request(self.request)
        asked = SearchFilter.from_query(self.request.GET, spread)
        results = {} if asked.is_empty else results_of(asked, spread.tree)
        return super().get_context_data(
            breadcrumbs=[START, {"title": "Sök"}],
            canonical_url=settings.SITE_ADDRESS + asked.address(),
            asked=asked,
            **results,
            **kwargs,
        )


def results_of(asked, tree):
    page = page_of(asked)
    asked.page = page.number
    return {
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number, on_ends=1),
        "query": asked.query(),
        "groups": asked.groups(),
        "hits": [shown(hit, asked.options, tree) for hit in asked.found.hits],
        "ways": [] if asked.count else ways_on(asked),
    }


def page_of(asked):
    """The page as its navigation needs it; the index has already cut out the hits."""
    paginator = Paginator(range(asked.count), PAGE_SIZE)
    return paginator.get_page(asked.found.page)


def ways_on(asked):
    """From an empty page: the filters whose removal gives something, then all."""
    everything = asked.cleared()
    if not (asked.chosen_options and everything.count):
        return []
    ways = []
    for facet, option in asked.chosen_options[:_MOST_WAYS]:
        rest = asked.without(facet, option)
        if rest.chosen_options and rest.count:
            ways.append((f"Ta bort filtret {option.label}", rest))
    ways.append(("Ta bort alla filter", everything))
    return [
        {"label": f"{label} ({way.count_in_words.lower()})", "url": way.address()}
        for label, way in ways
    ]


def shown(hit, options, tree):
    """A hit as its row needs it."""
    strands = hit.facets.get("vilja", ())
    return {
        "url": hit.address,
        "title": hit.title,
        "snippet": hit.snippet,
        "kind": hit.kind,
        "kind_label": _LABELS.get(hit.kind, ""),
        "meta": ", ".join(filter(None, [*makers(hit, options), day(hit)])),
        "viljeinriktning_list": [
            each for each in tree.viljeinriktningar if str(each.key) in strands
        ],
    }


def makers(hit, options):
    slugs = hit.facets.get("org", ())[:_MOST_MAKERS]
    return [options["org"][slug].label for slug in slugs if slug in options["org"]]


def day(hit):
    """Launch contributions have the last day of a year: only the year is known."""
    if hit.date is None:
        return ""
    is_year = (hit.date.month, hit.date.day) == (12, 31)
    told = date_format(hit.date, "Y" if is_year else "j F Y")
    return f"beslutat {told}" if hit.kind in PageKind.values else told


def _thousands(number):
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
