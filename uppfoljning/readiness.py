"""What an edition lacks before it can be put in force, in words for its owner."""

from programme import lineage, taxonomy
from programme.enums import LineageKind
from programme.models import Edition, Prioritering


def obstacles(edition: Edition) -> list[str]:
    """Each a sentence; empty when nothing is left to do."""
    return [*_of_decision(edition), *_of_text(edition), *_of_lineage(edition)]


def _of_decision(edition):
    if edition.decided_on is None:
        yield "Skriv vilken dag utgåvan beslutades."
    if not edition.diary_numbers:
        yield "Skriv beslutets diarienummer."


def _of_text(edition):
    tree = taxonomy.read(edition)
    if not tree.viljeinriktningar:
        yield "Utgåvan har inga viljeinriktningar."
    for area in tree.fokusomraden:
        if not area.prioriteringar.all():
            yield f"Fokusområde {area.number} har inga prioriteringar."


def _of_lineage(edition):
    before = Edition.objects.current()
    if before is None:
        return
    lines = lineage.into(edition)
    missing = lineage.without_lineage(
        lines, taxonomy.read(before), taxonomy.read(edition)
    )
    for part in missing:
        yield f"Härkomst saknas för {name_of(part)}."
    if unconfirmed := sum(row.confirmed_on is None for row in lines.rows):
        yield f"Bekräfta härkomsten. Obekräftade led: {unconfirmed}."
    for row in lines.rows:
        if is_wrongly_unchanged(row):
            yield f"Står som oförändrad, men texterna skiljer sig: {ends_of(row)}."


def is_wrongly_unchanged(row) -> bool:
    """Whether the lineage says that nothing changed of what did."""
    return row.kind == LineageKind.UNCHANGED and texts(row.before) != texts(row.after)


def texts(part) -> list[str]:
    """The decided text of a prioritering or fokusområde."""
    if isinstance(part, Prioritering):
        return [part.text]
    return [part.title, part.body]


def name_of(part) -> str:
    """Such as "prioritering 4.2.1 a (2016)"."""
    is_sentence = isinstance(part, Prioritering)
    area = part.fokusomrade if is_sentence else part
    year = area.viljeinriktning.edition.period_start
    sort = "prioritering" if is_sentence else "fokusområde"
    return f"{sort} {part.number} ({year})"


def ends_of(row) -> str:
    """Both ends of a lineage in words."""
    ends = [name_of(part) for part in (row.before, row.after) if part]
    return f"{' till '.join(ends)}, {row.get_kind_display()}"
