"""The facets that lists of public content can be filtered by, and their values.

An option is known to readers by its label, to addresses by its value, to
`kunskapsbank.facets` by its key and to the search index by `indexed`.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.text import slugify

from kunskapsbank.enums import Kind, OrganisationKind
from kunskapsbank.ties import Key, Name
from programme.models import Prioritering
from programme.taxonomy import Taxonomy
from search.sorting import sort_key

FACETS = (
    "vilja",
    "fokus",
    "prio",
    "typ",
    "amne",
    "org",
    "orgtyp",
    "plats",
    "period",
    "fil",
)
# Those that may have any number of values: the commonest are shown until more are
# asked for.
LONG = ("amne", "org", "plats", "period")
_GROUPS = {"typ": "kind"}

Options = Mapping[str, Mapping[str, "Option"]]


@dataclass(frozen=True, eq=False)
class Option:
    """A value of a facet. `place` is what it stands for in the programme, `spelt` how
    texts have it, where they have it at all."""

    value: str
    label: str
    key: Key
    indexed: str
    place: object = None
    spelt: tuple[str, ...] = ()


def index_group(facet: str) -> str:
    """What the search index calls a facet."""
    return _GROUPS.get(facet, facet)


def options_of(
    tree: Taxonomy,
    names: Mapping[str, Iterable[Name]],
    held: Container[Key],
    earlier: Iterable[Prioritering] = (),
) -> Options:
    """By facet and value, in the order that forms have them; `earlier` are those of
    other editions that something hangs on."""
    every = {
        **_places(tree, earlier),
        "typ": kinds(Kind),
        "amne": _named(names.get("amne", ())),
        "org": _named(names.get("org", ())),
        "orgtyp": [
            Option(
                slugify(kind.label),
                _of(kind),
                ("orgtyp", kind.value),
                kind.value,
            )
            for kind in OrganisationKind
        ],
        "plats": _named(names.get("plats", ())),
        "period": [
            Option(str(year), str(year), ("period", year), str(year))
            for year in range(2100, 1799, -1)
            if ("period", year) in held
        ],
        "fil": [Option("ja", "Har bilagor", ("fil", "ja"), "ja")],
    }
    return {facet: by_value(each) for facet, each in every.items()}


def kinds(enum: type[TextChoices]) -> list[Option]:
    """The kinds of an enum whose members have a `plural`."""
    return [
        Option(slugify(kind.label), kind.plural, ("typ", kind.value), kind.value)
        for kind in enum
    ]


def by_value(some: Iterable[Option]) -> dict[str, Option]:
    return {option.value: option for option in some}


def _places(tree, earlier):
    return {
        "vilja": [
            Option(
                str(each.key), each.short_title, ("vilja", each.pk), str(each.key), each
            )
            for each in tree.viljeinriktningar
        ],
        "fokus": [
            Option(
                each.number,
                f"{each.number} {each.short_title}",
                ("fokus", each.pk),
                each.number,
                each,
            )
            for each in tree.fokusomraden
        ],
        "prio": [
            *(
                _option(each, f"Prioritering {each.number}")
                for each in tree.prioriteringar
            ),
            *(_option(each, _with_year(each)) for each in earlier),
        ],
    }


def _option(each, label):
    return Option(each.slug, label, ("prio", each.pk), each.slug, each)


def _with_year(each):
    edition = each.fokusomrade.viljeinriktning.edition
    return f"Prioritering {each.number} i programmet {edition.period}"


def _named(names):
    """In the order of a Swedish word list."""
    made = [
        Option(each.value, each.label, each.key, each.value, spelt=each.spelt)
        for each in names
    ]
    return sorted(made, key=lambda option: (sort_key(option.label), option.value))


def _of(kind):
    """The kind of an organisation as it can stand alone."""
    if kind == OrganisationKind.OTHER:
        return "Annan organisation"
    return f"{kind.label[:1].upper()}{kind.label[1:]}"
