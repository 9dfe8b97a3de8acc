"""The decided text, compared with the document sentence by sentence."""

import re

import pytest
from django.conf import settings

from programme.models import (
    Chapter,
    Fokusomrade,
    Footnote,
    Prioritering,
    Viljeinriktning,
)

pytestmark = pytest.mark.django_db

DOCUMENT = settings.BASE_DIR / "fixtures" / "programtext.txt"
FURNITURE = {
    "2016-01-26",
    "LIVSKVALITETSPROGRAM",
    "DNR: MF2014/1785, KS 427/2014",
    "SID 8(18)",
}
# The first words of each note at the foot of a page, and its last.
NOTES = {
    1: ("Kunskapsbanken är en del av", "arbetet med livskvalitet."),
    2: ("En större sammanställning", "http://livskvalitet.helsingborg.se"),
    3: ("Ekosystemtjänster är ekosystemens", "(källa: Naturvårdsverket)"),
}
MARKED = {1: "kunskapsbank", 2: "livskvalitetsprogrammet.", 3: "ekosystemtjänster"}


def document():
    """The document's running text and its notes, without page furniture."""
    lines = (line.strip() for line in DOCUMENT.read_text().split("\n"))
    text = "\n".join(line for line in lines if line not in FURNITURE)
    text = text.replace("vilje-\ninriktningar", "viljeinriktningar")
    notes = {}
    for number, (first, last) in NOTES.items():
        first, last = (
            r"\s+".join(map(re.escape, end.split())) for end in (first, last)
        )
        pattern = rf"\n{number} ({first}.*?{last})"
        (note,) = re.findall(pattern, text, re.DOTALL)
        notes[number] = note
        text = text.replace(f"{number} {note}", "", 1)
    return text, notes


def spaced(words):
    """A pattern for `words` wherever the lines break."""
    return r"\s+".join(map(re.escape, words.split()))


def site():
    """Everything decided that the site holds, in the document's order."""
    texts = []
    for chapter in Chapter.objects.order_by("position"):
        texts += [f"{chapter.number} {chapter.title}", unmarked(chapter)]
        if chapter.number == "4":
            texts += [text for strand in strands() for text in strand]
    return "\n\n".join(texts)


def strands():
    for strand in Viljeinriktning.objects.order_by("position"):
        yield [str(strand), strand.description, strand.challenges]
        yield [strand.actions_heading]
        for area in Fokusomrade.objects.filter(viljeinriktning=strand):
            yield [str(area), area.body, area.priorities_heading]
            yield [f"• {prioritering.text}" for prioritering in priorities(area)]


def priorities(area):
    for prioritering in Prioritering.objects.filter(fokusomrade=area):
        for note in prioritering.footnotes.all():
            prioritering.text = with_number(prioritering.text, note)
        yield prioritering


def unmarked(chapter):
    body = chapter.body
    for note in chapter.footnotes.all():
        body = with_number(body, note)
    return re.sub(r"^(> |Figur: )", "", body, flags=re.MULTILINE)


def with_number(text, note):
    return f"{text[: note.offset]}{note.number}{text[note.offset :]}"


def sentences(text):
    """The sentences of a text in order, white space evened out."""
    return re.split(r"(?<=[.:?”]) ", " ".join(text.split()))


@pytest.mark.pages
@pytest.mark.thorough
def test_every_sentence_of_the_document_is_on_the_site_in_order():
    text, _ = document()
    on_the_site = set(sentences(site()))

    missing = [each for each in sentences(text) if each not in on_the_site]

    assert missing == []
    assert len(sentences(text)) > 200


def test_no_sentence_is_added_to_the_document():
    text, _ = document()

    assert sentences(site()) == sentences(text)


def test_footnotes_say_what_the_document_says():
    _, notes = document()

    loaded = Footnote.objects.values_list("number", "text")

    assert dict(loaded) == {n: " ".join(text.split()) for n, text in notes.items()}


@pytest.mark.parametrize("number", MARKED)
def test_footnote_stands_where_its_number_stood(number):
    note = Footnote.objects.get(number=number)

    text = note.chapter.body if note.chapter else note.prioritering.text

    assert text[: note.offset].endswith(MARKED[number])


@pytest.mark.parametrize(
    ("model", "count"),
    [(Viljeinriktning, 5), (Fokusomrade, 15), (Prioritering, 58), (Chapter, 11)],
)
def test_text_has_all_its_parts(model, count):
    assert model.objects.count() == count


def test_slips_in_the_decided_text_stay():
    slip = Prioritering.objects.get(slug="2016-4-3-1-d")

    assert "eget inflytandet över" in slip.text


def test_no_body_holds_a_line_break_hyphen_or_page_furniture():
    bodies = list(Chapter.objects.values_list("body", flat=True))
    bodies += Fokusomrade.objects.values_list("body", flat=True)
    bodies += Prioritering.objects.values_list("text", flat=True)

    assert not any(re.search(r"-\s*\n|\w- (?!och)|SID \d|DNR", body) for body in bodies)
