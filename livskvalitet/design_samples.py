"""Made-up objects for /om/design/, where every component is shown in all its states.

Nothing here may be taken for content: each text says that it is an example.
"""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from kunskapsbank.comparison import compare
from kunskapsbank.swatch import swatch_svg
from livskvalitet import counted, design_charts

_PAGES = 12
_KINDS = [
    ("good_example", "Gott exempel"),
    ("research", "Forskning"),
    ("experience", "Erfarenhet"),
    ("link", "Länk"),
]
_TITLES = [
    "Exempel: en rubrik av vanlig längd",
    "Exempel: en rubrik på två rader, så att det syns hur bilden och texten följs åt",
    "Exempel: Ansvarstagandeöverenskommelser",
    "Exempel: en rubrik med hundrafyrtio tecken, den längsta som går att skriva, så att"
    " det syns hur livskvalitetsprogrammets listor håller ihop.",
]
_BEFORE = {
    "summary": "Exempel på en text med två sätt att gå. Snart finns det en bänk."
}
_AFTER = {
    "summary": "Exempel på en text med tre sätt att gå. Nu finns det en bänk med stöd.",
    "address": "https://example.se/exempel",
}
_STRANDS = [[3, 2], [4], [5, 1, 2], [1, 2, 3, 4, 5]]


@dataclass(frozen=True)
class Framework:
    """What the rings ask of a framework."""

    title: str
    get_absolute_url: str = "/omvarld/"


@dataclass(frozen=True)
class Row:
    """What a row in the list of contributions asks for."""

    title: str
    kind: str
    kind_label: str
    svg: str
    viljeinriktning_list: list


class ExampleForm(forms.Form):
    """Every sort of field, one of them with a fault."""

    title = forms.CharField(
        label="Rubrik",
        help_text="Säg vad som hände, gärna med ett verb.",
        error_messages={"required": "Skriv en rubrik"},
    )
    summary = forms.CharField(
        label="Sammanfattning", required=False, max_length=280, widget=forms.Textarea
    )
    outcome = forms.ChoiceField(
        label="Exempel på val",
        choices=[("a", "Det ena"), ("b", "Det andra")],
        widget=forms.RadioSelect,
    )
    outcome.option_hints = {"a": "Här står vad valet leder till."}
    agrees = forms.BooleanField(label="Exempel på kryssruta", required=False)


def samples(viljeinriktning_menu):
    """Everything that templates/livskvalitet/design.html shows and cannot write."""
    return {
        "rows": _rows(viljeinriktning_menu),
        "swatches": [swatch_svg(f"exempel-{key}", [key]) for key in range(1, 6)],
        "form": ExampleForm({"outcome": "b"}, auto_id="exempel-%s"),
        "first_page": _page(1),
        "middle_page": _page(6),
        "query": QueryDict("typ=research"),
        "filters": [
            {"label": "Livslång aktivitet", "url": "#valda"},
            {"label": "Forskning", "url": "#valda"},
        ],
        "ways": [
            {"label": "Ta bort filtret Forskning", "url": "#tom"},
            {"label": "Visa alla bidrag", "url": "#tom"},
        ],
        "pairs": [
            {"term": "Fokusområde", "text": "4.3.1"},
            {"term": "Ingår i", "text": "Livslång aktivitet", "url": "#fakta"},
            {"term": "Prioriteringar", "text": "4"},
        ],
        "charts": design_charts.examples(),
        "changes": compare(_BEFORE, _AFTER),
        "counted": _counted(),
        "rings": {
            "international": [Framework("Globala målen")],
            "national": [Framework("Sveriges miljömål"), Framework("Folkhälsomålen")],
            "regional": [Framework("Det öppna Skåne 2030")],
            "local": [Framework("Helsingborg 2035")],
        },
    }


def _counted():
    return counted.Table(
        "bidrag",
        "Exempel: påhittade tal med staplar",
        ("Månad", "Antal"),
        (
            counted.Row("1", "Första månaden", (1200,)),
            counted.Row("2", "Andra månaden", (300,)),
            counted.Row("3", "Tredje månaden", ("färre än 10",)),
            counted.Row("4", "Fjärde månaden", (None,)),
        ),
    )


def _rows(viljeinriktning_menu):
    names = {strand.key: strand for strand in viljeinriktning_menu}
    return [
        Row(
            title=title,
            kind=kind,
            kind_label=label,
            svg=swatch_svg(title, strands),
            viljeinriktning_list=[names[key] for key in strands if key in names],
        )
        for title, (kind, label), strands in zip(_TITLES, _KINDS, _STRANDS, strict=True)
    ]


def _page(number):
    page = Paginator(range(_PAGES), per_page=1).page(number)
    return {
        "page": page,
        "page_range": list(
            page.paginator.get_elided_page_range(number, on_each_side=1)
        ),
    }
