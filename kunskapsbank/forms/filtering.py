"""What an address asks of a list that has words, facets, an order and pages."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from kunskapsbank.enums import Order
from kunskapsbank.options import FACETS, LONG, Option
from search.parsing import cleaned
from search.sorting import sort_key

MAX_PAGE_DIGITS = 6
# So many values of a long facet are shown, and so many when all are asked for.
SHOWN = 8
ALL = 200
_LEGENDS = {
    "vilja": "Viljeinriktning",
    "fokus": "Fokusområde",
    "prio": "Prioritering",
    "amne": "Ämne",
    "org": "Organisation",
    "orgtyp": "Slag av organisation",
    "plats": "Plats",
    "period": "År",
    "fil": "Bilagor",
}
# What is folded up until something in it is chosen.
_FOLDED = {*LONG, "orgtyp", "fil"}


@dataclass(frozen=True)
class Choice:
    """An option in the form, and how many it stands for."""

    option: Option
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """The choices of one facet; `more_url` shows those that are left out, if any."""

    facet: str
    legend: str
    choices: list[Choice]
    more_url: str = ""
    is_folded: bool = False
    is_open: bool = False


class Filter(ABC):
    """The state of a list that an address asks for.

    What is not understood is left out, so every address is a list that can be shown,
    and `address()` is the one address of each state.
    """

    url_name: str
    kind_legend: str

    def __init__(self, spread, options, text="", chosen=None, order=None, unfolded=()):
        self.spread = spread
        self.options = options
        self.text = text
        self.chosen = chosen or {facet: [] for facet in FACETS}
        self.order = order if order in self.orders else self.orders[0]
        self.unfolded = unfolded
        self.page = 1

    @classmethod
    def from_query(cls, query, spread):
        options = cls.options_of(spread)
        asked = cls(
            spread,
            options,
            _readable(query.get("q", "")),
            {facet: _known(query.getlist(facet), options[facet]) for facet in FACETS},
            query.get("ordning"),
            [facet for facet in LONG if facet in query.getlist("fler")],
        )
        asked.page = _page_number(query.get("sida", ""))
        return asked

    @classmethod
    def options_of(cls, spread):
        return spread.options

    @property
    @abstractmethod
    def orders(self):
        """Those that the state can have; the first needs no saying."""

    @abstractmethod
    def common(self, facet, most):
        """Pairs of option and number, those with the largest numbers, none of them 0;
        and whether there are more than `most`."""

    @abstractmethod
    def numbers(self, facet, options):
        """How many of what is listed has each of the options, as if nothing were
        chosen in the facet."""

    @cached_property
    def chosen_options(self):
        """Pairs of facet and option, in the form's order."""
        return [(facet, option) for facet in FACETS for option in self.chosen[facet]]

    @property
    def filters_in_words(self):
        return ", ".join(option.label for _, option in self.chosen_options)

    @property
    def order_in_words(self):
        label = Order(self.order).label
        return f"{label[0].lower()}{label[1:]}"

    @property
    @abstractmethod
    def found(self):
        """What the words find: at least with `more`, `loosened` and `instead`."""

    @property
    def instead_address(self):
        """A list of what was probably meant, without filters: they may leave nothing
        of it. Empty when nothing else seems meant."""
        instead = self.found.instead
        return self.cleared().asking(instead).address() if instead else ""

    @property
    def is_in_usual_order(self):
        return self.order == self.orders[0]

    @property
    def order_choices(self):
        """Value, label and whether it is chosen. The usual order is sent as nothing,
        so that a first search from the list is ordered as searches are."""
        usual, *others = self.orders
        pairs = [("", usual), *((order.value, order) for order in others)]
        return [(value, each.label, each == self.order) for value, each in pairs]

    def groups(self):
        """What the form offers: only what leads to something, and what is chosen."""
        groups = map(self._group, FACETS)
        return [group for group in groups if group.choices]

    def _group(self, facet):
        chosen = self.chosen[facet]
        is_unfolded = facet in self.unfolded
        choices, has_more = self._choices(facet, chosen, is_unfolded=is_unfolded)
        return Group(
            facet,
            _LEGENDS.get(facet, self.kind_legend),
            choices,
            self._unfold(facet).address() if has_more and not is_unfolded else "",
            is_folded=facet in _FOLDED,
            is_open=bool(chosen) or is_unfolded,
        )

    def _choices(self, facet, chosen, *, is_unfolded):
        """Those to show, and whether there are more of them."""
        if facet not in LONG:
            some = [
                option
                for option in self.options[facet].values()
                if self._is_in_question(facet, option)
            ]
            pairs, has_more = list(self._numbered(facet, some)), False
        else:
            pairs, has_more = self.common(facet, ALL if is_unfolded else SHOWN)
        found = {option for option, _ in pairs}
        pairs += self._numbered(facet, [each for each in chosen if each not in found])
        offered = [
            Choice(option, number, option in chosen)
            for option, number in pairs
            if number or option in chosen
        ]
        return sorted(offered, key=_place_in(facet, all_of_it=is_unfolded)), has_more

    def _numbered(self, facet, options):
        return zip(options, self.numbers(facet, options), strict=True)

    def _is_in_question(self, facet, option):
        """All fokusområden or prioriteringar at once would be too many."""
        if facet == "fokus":
            wanted = {each.place.pk for each in self.chosen["vilja"]}
            wanted |= {each.place.viljeinriktning_id for each in self.chosen["fokus"]}
            return option.place.viljeinriktning_id in wanted
        if facet == "prio":
            wanted = {each.place.pk for each in self.chosen["fokus"]}
            wanted |= {each.place.fokusomrade_id for each in self.chosen["prio"]}
            return option.place.fokusomrade_id in wanted
        return True

    def removals(self):
        """The chosen filters, each with the address of the list without it."""
        return [
            {"label": option.label, "url": self.without(facet, option).address()}
            for facet, option in self.chosen_options
        ]

    def without(self, facet, option):
        """The state without one of its filters, on its first page."""
        left = [each for each in self.chosen[facet] if each != option]
        return self.changed(chosen={**self.chosen, facet: left})

    def only(self, facet, option):
        """The state with one option alone in a facet."""
        return self.changed(chosen={**self.chosen, facet: [option]})

    def cleared(self):
        """The state without filters."""
        return self.changed(chosen={facet: [] for facet in FACETS})

    def asking(self, text):
        return self.changed(text=text)

    def _unfold(self, facet):
        shown = [each for each in LONG if each == facet or each in self.unfolded]
        return self.changed(unfolded=shown)

    def changed(self, **parts):
        state = {
            "text": self.text,
            "chosen": self.chosen,
            "order": self.order,
            "unfolded": self.unfolded,
        }
        return type(self)(self.spread, self.options, **(state | parts))

    def query(self):
        """The state as a QueryDict that holds nothing else."""
        query = QueryDict(mutable=True)
        if self.text:
            query["q"] = self.text
        for facet, option in self.chosen_options:
            query.appendlist(facet, option.value)
        if not self.is_in_usual_order:
            query["ordning"] = str(self.order)
        if self.unfolded:
            query.setlist("fler", self.unfolded)
        if self.page > 1:
            query["sida"] = str(self.page)
        return query

    def address(self):
        query = self.query().urlencode()
        path = reverse(self.url_name)
        return f"{path}?{query}" if query else path


def _place_in(facet, *, all_of_it):
    """How the choices of a facet are ordered: the commonest first, but by the alphabet
    when there are many, years from the last, and the rest as they come."""
    if facet == "period":
        return lambda choice: -choice.option.key[1]
    if facet not in LONG:
        return lambda choice: 0
    if all_of_it:
        return lambda choice: sort_key(choice.option.label)
    return lambda choice: (-choice.count, sort_key(choice.option.label))


def _readable(text):
    """The words as search reads them, without what cannot be seen."""
    return cleaned("".join(each for each in cleaned(text) if each.isprintable()))


def _known(values, options):
    """The options among `values`, each once, in the form's order."""
    asked = {value for value in values if value in options}
    if not asked:
        return []
    return [option for value, option in options.items() if value in asked]


def _page_number(text):
    """A page that exists in no list is the paginator's to bring down."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return max(int(text[:MAX_PAGE_DIGITS]), 1)
