"""What the check of a document found, said so that its author can put it right.

Author and moderator see the same (trust A6). None of it hinders a contribution.
"""

from dataclasses import dataclass

from kunskapsbank.models import VersionAttachment
from kunskapsbank.uploads.languages import LANGUAGES, primary


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
    said = primary(report.get("language"))
    if said and said != attachment.language:
        found.append(_other_language())
    return found


def findings_about(attachment: VersionAttachment) -> list[dict[str, str]]:
    """What the check of a document saw, as terms and texts; empty for pictures."""
    if attachment.file.is_image:
        return []
    report = attachment.file.report
    said = primary(report.get("language"))
    found = {
        "Titel": report.get("title") or "Saknas",
        "Författare enligt dokumentet": report.get("author") or "Anges inte",
        "Språk enligt dokumentet": LANGUAGES.get(said, said) or "Saknas",
        "Taggar": "Finns" if report.get("tagged") else "Saknas",
        "Text att läsa upp": "Finns" if report.get("text_length") else "Saknas",
        "Sidor": str(report.get("pages", "")),
    }
    return [{"term": term, "text": text} for term, text in found.items()]


def _other_language() -> Advice:
    return Advice(
        "other_language",
        "Dokumentet säger att det är skrivet på ett annat språk än det du har valt.",
        "Välj rätt språk här, eller ändra språket i ordbehandlaren och spara "
        "dokumentet som PDF på nytt.",
    )
