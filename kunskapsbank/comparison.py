"""What differs between two texts, word by word: for review, for history and for whoever
must choose between two of their own.

A text is the dict that `workflow.text.as_data` gives, as snapshots keep it.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language_info

from kunskapsbank.enums import Kind, Outcome, PublicName
from kunskapsbank.models import Organisation, Tag, Version
from programme.models import Prioritering
from search.comparison import (
    ADDED,
    REMOVED,
    SAME,
    FieldChange,
    Part,
    of_parts,
    swapped,
    words,
)

# In the order a reader meets them; a field not here comes last, by its own name.
LABELS = {
    "kind": "Typ",
    "title": "Rubrik",
    "summary": "Sammanfattning",
    "background": "Bakgrund",
    "implementation": "Så gick det till",
    "result": "Resultat",
    "lessons": "Lärdomar",
    "outcome": "Hur det gick",
    "period_start": "Startår",
    "period_end": "Slutår",
    "place": "Plats",
    "address": "Länk",
    "address_language": "Länkens språk",
    "organisations": "Organisationer",
    "prioriteringar": "Koppling",
    "tags": "Ämnen",
    "attachments": "Filer",
    "public_name": "Namn som ska visas",
    "byline": "Visas som",
}
_CHOICES = {"kind": Kind, "outcome": Outcome, "public_name": PublicName}
_WORDED = {"title", "summary", "place", "byline"} | {
    "background",
    "implementation",
    "result",
    "lessons",
}


def compare(
    before: dict[str, Any], after: dict[str, Any], *, everything: bool = False
) -> list[FieldChange]:
    """The fields that differ, or all that either text has; a missing key is empty."""
    names = [*LABELS, *sorted((before.keys() | after.keys()) - LABELS.keys())]
    changes = []
    for name in names:
        old, new = before.get(name), after.get(name)
        if (old or new) and (everything or old != new):
            changes.append(_change(name, old, new))
    return [each for each in changes if everything or each.is_changed]


def label_of(name: str) -> str:
    """What people call the field."""
    if name in LABELS:
        return LABELS[name]
    known = {each.name: each for each in Version._meta.fields}
    label = str(known[name].verbose_name) if name in known else name
    return f"{label[:1].upper()}{label[1:]}"


def _change(name: str, old: Any, new: Any) -> FieldChange:
    is_list = name in _ITEMS
    if is_list:
        inline = _listed(name, old or [], new or [])
    else:
        texts = (_shown(name, old), _shown(name, new))
        inline = words(*texts) if name in _WORDED else swapped(*texts)
    return of_parts(inline, name=name, label=label_of(name), is_list=is_list)


# -- Single values and lists


def _shown(name: str, value: Any) -> str:
    if name in _CHOICES and value in _CHOICES[name].values:
        label = str(_CHOICES[name](value).label)
        return f"{label[0].upper()}{label[1:]}"
    if name == "address_language" and value:
        return _language(value)
    return "" if value is None else str(value)


def _language(code: str) -> str:
    try:
        return get_language_info(code)["name_translated"].lower()
    except KeyError:
        return code


def _listed(name: str, old: list, new: list) -> list[Part]:
    """What stays, in its new order, then what is removed and what is added."""
    describe = _ITEMS[name]([*old, *new])
    kinds = [
        (SAME, [each for each in new if each in old]),
        (REMOVED, [each for each in old if each not in new]),
        (ADDED, [each for each in new if each not in old]),
    ]
    return [Part(*_in_place(describe(each), kind)) for kind, of in kinds for each in of]


def _in_place(described: tuple[str, int], kind: str) -> tuple[str, str, int]:
    text, strand = described
    return text, kind, strand


def _prioriteringar(slugs: list[str]) -> Callable:
    chosen = Prioritering.objects.filter(slug__in=slugs)
    related = chosen.select_related("fokusomrade__viljeinriktning")
    found = {
        each.slug: (str(each), each.fokusomrade.viljeinriktning.key) for each in related
    }
    return lambda slug: found.get(slug, (slug, 0))


def _organisations(slugs: list[str]) -> Callable:
    chosen = Organisation.objects.filter(slug__in=slugs)
    found = dict(chosen.values_list("slug", "name"))
    return lambda slug: (found.get(slug, slug), 0)


def _tags(keys: list[str]) -> Callable:
    found = Tag.objects.called(keys)
    return lambda key: (found[key].name if key in found else key, 0)


def _attachments(files: list[dict]) -> Callable:
    """A file is told by its name, its description and, when two differ in nothing
    else, the beginning of its checksum."""
    texts = Counter(_file(each) for each in _each_once(files))

    def describe(each):
        text = _file(each)
        return (f"{text} ({each.get('hash', '')[:7]})" if texts[text] > 1 else text, 0)

    return describe


def _each_once(files: list[dict]) -> list[dict]:
    return [each for place, each in enumerate(files) if each not in files[:place]]


def _file(each: dict) -> str:
    text = str(each.get("name", ""))
    if each.get("decorative"):
        text += ", dekoration"
    elif each.get("alt"):
        text += f", beskriven så här: ”{each['alt']}”"
    if each.get("language") not in {None, "", "sv"}:
        text += f", på {_language(each['language'])}"
    return text


_ITEMS: dict[str, Callable] = {
    "organisations": _organisations,
    "prioriteringar": _prioriteringar,
    "tags": _tags,
    "attachments": _attachments,
}
