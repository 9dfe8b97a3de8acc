"""What the API may be asked: the parameters of the list, each with its form.

A value in the right form that nothing has finds nothing. A value in a wrong form, and
a parameter that is not here, is refused, so that a slip never gives all there is.
"""

from typing import Annotated, Literal

from django.utils.text import slugify
from ninja import Schema
from pydantic import Field

from kunskapsbank.enums import Kind, Order, OrganisationKind

ENTRY_NUMBER = r"^B-[1-9][0-9]{0,11}$"
CONNECTION_NUMBER = r"^S-[1-9][0-9]{0,11}$"
SECTION_NUMBER = r"^4\.[0-9]\.[0-9]$"
MOST_VALUES = 20

Slug = Annotated[str, Field(pattern=r"^[a-z0-9_-]+$", min_length=1, max_length=120)]
Section = Annotated[str, Field(pattern=SECTION_NUMBER)]
Year = Annotated[str, Field(pattern=r"^(1[89]|20)[0-9]{2}$")]
KindName = Literal[tuple(slugify(kind.label) for kind in Kind)]
SortName = Literal[tuple(slugify(kind.label) for kind in OrganisationKind)]


def values(name, words):
    """A parameter that may be given several times."""
    return Field(
        default_factory=list, alias=name, description=words, max_length=MOST_VALUES
    )


class NoParameters(Schema):
    """Nothing may be asked."""


class Paging(Schema):
    page: int = Field(1, alias="sida", ge=1, le=100_000, description="Sidans nummer")
    size: int = Field(50, alias="antal", ge=1, le=100, description="Poster per sida")


class Filters(Paging):
    """Those of the list in the knowledge bank, under the same names."""

    text: str = Field("", alias="q", max_length=200, description="Sökord")
    strands: list[Literal["1", "2", "3", "4", "5"]] = values(
        "vilja", "Viljeinriktning, 1 till 5"
    )
    areas: list[Section] = values("fokus", "Fokusområdets nummer, som 4.3.1")
    prioriteringar: list[Slug] = values("prio", "Prioriteringens kortnamn")
    kinds: list[KindName] = values("typ", "Typ av bidrag")
    subjects: list[Slug] = values("amne", "Ämnets kortnamn")
    organisations: list[Slug] = values("org", "Organisationens kortnamn")
    sorts: list[SortName] = values("orgtyp", "Slag av organisation")
    places: list[Slug] = values("plats", "Platsens kortnamn")
    years: list[Year] = values("period", "År, 1800 till 2099")
    files: list[Literal["ja"]] = values("fil", "Bara bidrag med bilagor")
    order: Literal[tuple(Order.values)] | None = Field(
        None, alias="ordning", description="Ordning, som i listan"
    )
