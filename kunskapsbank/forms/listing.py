"""What readers and editors of the list and its subjects send in, made clean."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import slugify

from kunskapsbank.enums import Kind, Order
from kunskapsbank.facets import key_of
from kunskapsbank.models import Tag, Version, tag_key

FACETS = ("vilja", "fokus", "prio", "typ")
MAX_PAGE_DIGITS = 6


@dataclass(frozen=True)
class Option:
    """A value of a facet: as the address and as people know it, and its key."""

    value: str
    label: str
    key: tuple
    place: object


@dataclass(frozen=True)
class Choice:
    """An option in the form, and how many contributions it stands for."""

    option: Option
    count: int
    is_chosen: bool

    @property
    def is_disabled(self):
        return not (self.count or self.is_chosen)


class EntryFilter:
    """The state of the list that an address asks for.

    What is not understood is left out, so every address is a list that can be shown,
    and `address()` is the one address of each state.
    """

    def __init__(self, facets, options, chosen, order=Order.NEWEST, page=1):
        self.facets = facets
        self.options = options
        self.chosen = chosen
        self.order = order
        self.page = page

    @classmethod
    def from_query(cls, query, facets):
        options = _options(facets.tree)
        order = query.get("ordning")
        return cls(
            facets,
            options,
            {facet: _known(query.getlist(facet), options[facet]) for facet in FACETS},
            Order(order) if order in Order.values else Order.NEWEST,
            _page_number(query.get("sida", "")),
        )

    @cached_property
    def count(self):
        return self._places().bit_count()

    @property
    def chosen_options(self):
        """Pairs of facet and option, in the form's order."""
        return [(facet, option) for facet in FACETS for option in self.chosen[facet]]

    @property
    def count_in_words(self):
        return f"{self.count} bidrag" if self.count else "Inga bidrag"

    @property
    def filters_in_words(self):
        return ", ".join(option.label for _, option in self.chosen_options)

    @property
    def order_in_words(self):
        label = self.order.label
        return f"{label[0].lower()}{label[1:]}"

    def versions(self):
        versions = Version.objects.listed()
        for facet in ("vilja", "fokus", "prio"):
            if places := [option.place for option in self.chosen[facet]]:
                versions = versions.tagged_to(self._prioriteringar_in(places))
        if kinds := [option.place for option in self.chosen["typ"]]:
            versions = versions.filter(kind__in=kinds)
        return versions.in_order(self.order)

    def choices(self, facet):
        """The facet's values with their numbers under the other facets."""
        others = self._places(but=facet)
        return [
            Choice(
                option,
                (others & self.facets.any_of([option.key])).bit_count(),
                option in self.chosen[facet],
            )
            for option in self.options[facet].values()
        ]

    def prioritering_choices(self):
        """Those of the fokusområden in question; all 58 would be too many."""
        wanted = {option.place.pk for option in self.chosen["fokus"]}
        wanted |= {option.place.fokusomrade_id for option in self.chosen["prio"]}
        return [
            choice
            for choice in self.choices("prio")
            if choice.option.place.fokusomrade_id in wanted
        ]

    def without(self, facet, option):
        """The state without one of its filters, on its first page."""
        left = [each for each in self.chosen[facet] if each != option]
        return self._with({**self.chosen, facet: left})

    def cleared(self):
        return self._with({facet: [] for facet in FACETS})

    def query(self):
        """The state as a QueryDict that holds nothing else."""
        query = QueryDict(mutable=True)
        for facet in FACETS:
            if values := [option.value for option in self.chosen[facet]]:
                query.setlist(facet, values)
        if self.order != Order.NEWEST:
            query["ordning"] = self.order.value
        if self.page > 1:
            query["sida"] = str(self.page)
        return query

    def address(self):
        query = self.query().urlencode()
        path = reverse("kunskapsbank:entry_list")
        return f"{path}?{query}" if query else path

    def _with(self, chosen):
        return EntryFilter(self.facets, self.options, chosen, self.order)

    def _places(self, but=None):
        places = self.facets.everything
        for facet in FACETS:
            if facet != but and self.chosen[facet]:
                keys = [option.key for option in self.chosen[facet]]
                places &= self.facets.any_of(keys)
        return places

    def _prioriteringar_in(self, places):
        wanted = {key_of(place) for place in places}
        return [
            prioritering.pk
            for prioritering in self.facets.tree.prioriteringar
            if wanted & _keys_of(prioritering)
        ]


def _keys_of(prioritering):
    fokusomrade = prioritering.fokusomrade
    return {
        key_of(place)
        for place in (prioritering, fokusomrade, fokusomrade.viljeinriktning)
    }


def _options(tree):
    """Per facet: the options by the value that the address gives them."""
    options = {
        "vilja": [
            Option(str(each.key), each.short_title, key_of(each), each)
            for each in tree.viljeinriktningar
        ],
        "fokus": [
            Option(each.number, f"{each.number} {each.short_title}", key_of(each), each)
            for each in tree.fokusomraden
        ],
        "prio": [
            Option(each.slug, f"Prioritering {each.number}", key_of(each), each)
            for each in tree.prioriteringar
        ],
        "typ": [
            Option(slugify(kind.label), kind.plural, ("typ", kind.value), kind)
            for kind in Kind
        ],
    }
    return {
        facet: {option.value: option for option in each}
        for facet, each in options.items()
    }


def _known(values, options):
    """The options among `values`, each once, in the form's order."""
    asked = set(values)
    return [option for value, option in options.items() if value in asked]


def _page_number(text):
    """A page that exists in no list is the paginator's to bring down."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return max(int(text[:MAX_PAGE_DIGITS]), 1)


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ["name", "slug"]
        labels = {"name": "Namn", "slug": "Adressdel"}
        error_messages = {
            "slug": {"unique": "Adressdelen används av ett annat ämne. Välj en annan."}
        }

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        others = Tag.objects.exclude(pk=self.instance.pk)
        if others.filter(key=tag_key(name)).exists():
            raise forms.ValidationError("Ämnet finns redan.")
        return name
