"""What the check of a document found, said so that its author can put it right.

Author and moderator see the same (trust A6). None of it hinders a contribution.
"""

from dataclasses import dataclass

from kunskapsbank.models import VersionAttachment


@dataclass(frozen=True)
class Advice:
    """`kind` is what the check looked for, `problem` what it means for a reader, and
    `remedy` what to do, both in Swedish."""

    kind: str
    problem: str
    remedy: str


_OF = {
    "text": Advice(
        "text",
        "Det går inte att läsa någon text i dokumentet. Kanske är det inskannat, och "
        "då kan ingen få det uppläst.",
        "Använd dokumentet som det var innan det skrevs ut, eller kör textigenkänning "
        "(OCR) på det.",
    ),
    "tagged": Advice(
        "tagged",
        "Dokumentet saknar taggar, som talar om vad som är rubriker, listor och "
        "tabeller.",
        "Använd rubrikformat i ordbehandlaren och kryssa i att PDF:en ska taggas, "
        "eller få ”dokumentstruktur för hjälpmedel”, när du sparar den.",
    ),
    "title": Advice(
        "title",
        "Dokumentet har ingen titel, så en skärmläsare läser upp filnamnet i stället.",
        "Skriv en titel under dokumentets egenskaper och spara det som PDF på nytt.",
    ),
    "language": Advice(
        "language",
        "Dokumentet säger inte vilket språk det är skrivet på, så det kan läsas upp "
        "med fel uttal.",
        "Välj språk för texten i ordbehandlaren och spara dokumentet som PDF på nytt.",
    ),
}


def advice_about(attachment: VersionAttachment) -> list[Advice]:
    """What is wrong with a document, the worst first; empty for pictures."""
    if attachment.file.is_image:
        return []
    report = attachment.file.report
    has = {**report, "text": report.get("text_length")}
    found = [advice for kind, advice in _OF.items() if not has.get(kind)]
    said = str(report.get("language", "")).lower().replace("_", "-").split("-")[0]
    if said and said != attachment.language:
        found.append(_other_language())
    return found


def _other_language() -> Advice:
    return Advice(
        "other_language",
        "Dokumentet säger att det är skrivet på ett annat språk än det du har valt.",
        "Välj rätt språk här, eller ändra språket i ordbehandlaren och spara "
        "dokumentet som PDF på nytt.",
    )
