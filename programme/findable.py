"""The programme and what surrounds it as the search index takes them.

Decided editions alone, as on the pages; those before the current one say which it is. A
document is known by the model and key of its row ("prioritering:7"), and its kind is a
`PageKind`. Those of the tree have the facets vilja, fokus and prio, as contributions
have.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import attrgetter

from django.db.models import Model, QuerySet

from programme.enums import EditionStatus, PageKind
from programme.models import (
    Chapter,
    Edition,
    Fokusomrade,
    Footnote,
    Framework,
    Goal,
    Prioritering,
    SteeringDocument,
    Term,
    Viljeinriktning,
)
from programme.rendering import blocks
from search import index
from search.documents import Document


def documents() -> Iterator[Document]:
    """Those of everything that has a page, or a place of its own on one."""
    current = Edition.objects.current()
    for model in _MADE:
        yield from _documents(model, _rows(model), current)


def keys_of(row: Model) -> set[str]:
    """The keys of the documents that hold something of the row."""
    if isinstance(row, Footnote):
        row = row.chapter or row.fokusomrade or row.prioritering
    if isinstance(row, Edition):
        return {key for model in _OF_EDITION for key in _keys(model, row)}
    if isinstance(row, Framework):
        return {_key(row), *map(_key, row.goals.all())}
    return {_key(row)} if type(row) in _MADE else set()


def refresh(keys: Iterable[str]) -> None:
    """Make what these keys stand for found as it is now, or not at all when gone."""
    wanted = sorted(keys)
    index.renew(wanted, _documents_under(wanted))


def _documents_under(keys: list[str]) -> Iterator[Document]:
    current = Edition.objects.current()
    for model in _MADE:
        name, pks = model._meta.model_name, []
        for each in keys:
            its_name, _, pk = each.partition(":")
            pks += [int(pk)] if its_name == name else []
        if pks:
            yield from _documents(model, _rows(model).filter(pk__in=pks), current)


def _documents(
    model: type[Model], rows: QuerySet, current: Edition | None
) -> Iterator[Document]:
    path = _OF_EDITION.get(model)
    for row in rows.order_by("pk"):
        document = _MADE[model](row)
        edition = attrgetter(path.replace("__", "."))(row) if path else current
        yield document if edition == current else _of_another(document, edition)


def _of_another(document: Document, edition: Edition) -> Document:
    """As it is told from what stands in the current edition; the numbers of its place
    mean something else there."""
    return replace(
        document,
        title=f"{document.title} (programmet {edition.period})",
        facets={name: some for name, some in document.facets.items() if name == "prio"},
    )


def _rows(model: type[Model]) -> QuerySet:
    """All that readers can see, with what its document is made of."""
    rows = model._default_manager.all()
    if model in _TIES:
        rows = rows.select_related(*_TIES[model])
    if model in _NOTED:
        rows = rows.prefetch_related("footnotes")
    if path := _OF_EDITION.get(model):
        rows = rows.exclude(**{f"{path}__status": EditionStatus.PROPOSAL})
    return rows


def _keys(model: type[Model], edition: Edition) -> Iterator[str]:
    rows = model._default_manager.filter(**{_OF_EDITION[model]: edition})
    return map(_key, rows)


def _key(row: Model) -> str:
    return f"{row._meta.model_name}:{row.pk}"


def _chapter(row: Chapter) -> Document:
    return Document(
        key=_key(row),
        kind=PageKind.CHAPTER,
        address=row.get_absolute_url(),
        title=row.title,
        text=_joined(_plain(row.body), *_notes(row)),
        date=row.edition.decided_on,
    )


def _viljeinriktning(row: Viljeinriktning) -> Document:
    return Document(
        key=_key(row),
        kind=PageKind.VILJEINRIKTNING,
        address=row.get_absolute_url(),
        title=row.title,
        summary=row.in_short,
        text=_joined(_plain(row.description), _plain(row.challenges)),
        facets=_place(row),
        date=row.edition.decided_on,
    )


def _fokusomrade(row: Fokusomrade) -> Document:
    return Document(
        key=_key(row),
        kind=PageKind.FOKUSOMRADE,
        address=row.get_absolute_url(),
        title=row.title,
        summary=row.in_short,
        text=_joined(_plain(row.body), *_notes(row)),
        facets=_place(row.viljeinriktning) | {"fokus": [row.number]},
        date=row.viljeinriktning.edition.decided_on,
    )


def _prioritering(row: Prioritering) -> Document:
    area = row.fokusomrade
    return Document(
        key=_key(row),
        kind=PageKind.PRIORITERING,
        address=row.get_absolute_url(),
        title=row.text,
        text=_joined(area.title, *_notes(row)),
        facets=_place(area.viljeinriktning)
        | {"fokus": [area.number], "prio": [row.slug]},
        date=area.viljeinriktning.edition.decided_on,
    )


def _framework(row: Framework) -> Document:
    return Document(
        key=_key(row),
        kind=PageKind.FRAMEWORK,
        address=row.get_absolute_url(),
        title=row.title,
        summary=row.summary,
        text=_joined(
            row.short_title,
            row.title_in_programme,
            row.overarching_goal,
            row.responsible,
            row.adopted,
            row.valid,
            row.later_version,
        ),
    )


def _goal(row: Goal) -> Document:
    return Document(
        key=_key(row),
        kind=PageKind.GOAL,
        address=row.get_absolute_url(),
        title=str(row),
        summary=row.summary,
        text=_joined(row.framework.title, row.earlier_title, row.authority),
    )


def _steering_document(row: SteeringDocument) -> Document:
    law = [row.law, row.law_section, row.law_summary] if row.law_is_established else []
    return Document(
        key=_key(row),
        kind=PageKind.STEERING_DOCUMENT,
        address=row.get_absolute_url(),
        title=row.title,
        text=_joined(row.about, *law),
    )


def _term(row: Term) -> Document:
    return Document(
        key=_key(row),
        kind=PageKind.TERM,
        address=row.get_absolute_url(),
        title=row.term,
        summary=row.explanation,
    )


def _place(strand: Viljeinriktning) -> dict[str, list[str]]:
    return {"vilja": [str(strand.key)]}


def _plain(body: str) -> str:
    """The body without the marks of its blocks."""
    return "\n".join(line.text for block in blocks(body) for line in block.lines)


def _notes(row) -> list[str]:
    return [note.text for note in row.footnotes.all()]


def _joined(*texts: str) -> str:
    return "\n".join(filter(None, texts))


_MADE: dict[type[Model], Callable] = {
    Chapter: _chapter,
    Viljeinriktning: _viljeinriktning,
    Fokusomrade: _fokusomrade,
    Prioritering: _prioritering,
    Framework: _framework,
    Goal: _goal,
    SteeringDocument: _steering_document,
    Term: _term,
}
_TIES = {
    Chapter: ["edition"],
    Viljeinriktning: ["edition"],
    Fokusomrade: ["viljeinriktning__edition"],
    Prioritering: ["fokusomrade__viljeinriktning__edition"],
    Goal: ["framework"],
}
_NOTED = {Chapter, Fokusomrade, Prioritering}
# Where from each model its edition is.
_OF_EDITION = {
    Chapter: "edition",
    Viljeinriktning: "edition",
    Fokusomrade: "viljeinriktning__edition",
    Prioritering: "fokusomrade__viljeinriktning__edition",
}
