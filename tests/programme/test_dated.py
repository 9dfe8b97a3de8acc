"""The decided text as it read on a day, and every change of it."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from programme import as_of, taxonomy
from programme.models import Chapter, Edition, Fokusomrade, Footnote, Prioritering
from search import generation
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

WHOLE = "/programmet/2016/hela/"
SENTENCE = "/prioritering/2016-4-3-1-d/"
ATOM = "{http://www.w3.org/2005/Atom}"


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def reworded(row, text, *, at, reason=None, by=None, field="text"):
    setattr(row, field, text)
    row._history_date, row._history_user = at, by
    row._change_reason = reason
    row.save()
    generation.touch()


@pytest.fixture
def sentence():
    """Reworded on the second of May 2018, a minute past midnight in Sweden."""
    row = Prioritering.objects.get(slug="2016-4-3-1-d")
    by = UserFactory(name="Ida Redaktör")
    moment = datetime(2018, 5, 1, 22, 1, tzinfo=UTC)
    reworded(row, "Göra det påhittade.", at=moment, reason="Ett skrivfel.", by=by)
    return row


def before(row):
    return row.history.order_by("history_date").first().text


# -- As of a day


def test_the_whole_text_as_decided_is_what_was_loaded():
    now = taxonomy.current()

    then = as_of.tree(now.edition, now.edition.decided_on)

    for name in ("chapters", "viljeinriktningar", "fokusomraden", "prioriteringar"):
        assert getattr(then, name) == getattr(now, name)
    notes = [list(each.footnotes.all()) for each in now.prioriteringar]
    assert [list(each.footnotes.all()) for each in then.prioriteringar] == notes
    assert [each.body for each in then.chapters] == [each.body for each in now.chapters]


@pytest.mark.parametrize(
    ("day", "is_earlier"), [("2016-01-26", True), ("2018-05-01", True)]
    + [("2018-05-02", False), ("2020-01-01", False)],
)  # fmt: skip
def test_a_page_reads_as_it_did_when_the_day_ended(client, sentence, day, is_earlier):
    text = page(client, f"{SENTENCE}?datum={day}")

    assert (before(sentence) in text) == is_earlier
    assert ("Göra det påhittade." in text) != is_earlier
    assert "Så löd texten den " in text
    assert '<meta name="robots" content="noindex">' in text
    assert "Ur kunskapsbanken" not in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2016-01-25", "Den 25 januari 2016 var programmet inte beslutat."),
        ("i maj", "Datumet går inte att läsa."),
        ("2018-02-30", "Datumet går inte att läsa."),
        ("2999-01-01", "Den 1 januari 2999 har inte varit än."),
    ],
)
def test_a_day_that_has_no_text_of_its_own_is_told_of(client, sentence, asked, told):
    text = page(client, f"{SENTENCE}?datum={asked}")

    assert told in text
    assert "Göra det påhittade." in text
    assert "Så löd texten" not in text


def test_every_sort_of_page_reads_as_it_did(client):
    moment = datetime(2019, 1, 1, tzinfo=UTC)
    chapter = Chapter.objects.get(slug="1-1")
    area = Fokusomrade.objects.first()
    strand = area.viljeinriktning
    reworded(chapter, "Påhittat kapitel.", at=moment, field="body")
    reworded(area, "Påhittat område.", at=moment, field="body")
    reworded(strand, "Påhittade utmaningar.", at=moment, field="challenges")

    for row in (chapter, area, strand):
        address = row.get_absolute_url()

        assert "Påhitta" in page(client, address)
        assert "Påhitta" not in page(client, f"{address}?datum=2018-12-31")
    assert "Påhitta" in page(client, WHOLE)
    assert "Påhitta" not in page(client, f"{WHOLE}?datum=2018-12-31")


def test_what_was_not_there_on_the_day_says_so(client):
    area = Fokusomrade.objects.first()
    late = Prioritering(
        fokusomrade=area, position=20, slug="2016-4-1-1-t", text="Tillagd."
    )
    late._history_date = datetime(2019, 1, 1, tzinfo=UTC)
    late.save()
    generation.touch()

    text = page(client, "/prioritering/2016-4-1-1-t/?datum=2018-12-31")

    assert "Den här delen fanns inte i programmet den 31 december 2018." in text
    assert "Tillagd." in text
    assert "Tillagd." not in page(client, f"{area.get_absolute_url()}?datum=2018-12-31")


def test_the_form_keeps_what_was_asked_for(client):
    text = page(client, f"{SENTENCE}?datum=2018-05-01")

    assert 'type="date" value="2018-05-01"' in text
    assert '<a href="?">' in text


# -- The list of changes


def test_without_changes_the_list_says_so(client):
    text = page(client, "/programmet/andringar/")

    assert "Ingen ändring är gjord." in text


def test_a_change_is_listed_word_by_word_with_its_reason_and_nobodys_name(
    client, sentence
):
    text = page(client, "/programmet/andringar/")

    assert "Prioritering 4.3.1 d" in text
    assert "2 maj 2018" in text
    assert "Skäl: Ett skrivfel." in text
    assert "</span>Göra det påhittade</ins>" in text
    assert "Ida" not in text


def test_what_is_no_change_of_decided_words_is_not_listed(client):
    moment = datetime(2019, 1, 1, tzinfo=UTC)
    area = Fokusomrade.objects.first()
    reworded(area, "Kortare.", at=moment, field="in_short")
    loaded = Footnote.objects.first()
    reworded(loaded, "Rättad fotnot.", at=moment, reason="inläst ur fixtur")
    edition = Edition.objects.create(
        slug="2030", title="Prov", period_start=2030, period_end=2031
    )
    chapter = Chapter.objects.create(
        edition=edition, number="1", slug="1", title="Ett", position=1
    )
    reworded(chapter, "Utkast.", at=datetime.now(UTC), field="body")

    assert "Ingen ändring är gjord." in page(client, "/programmet/andringar/")


def test_a_footnote_that_is_removed_is_listed(client):
    note = Footnote.objects.exclude(chapter=None).first()
    text, address = note.text, note.chapter.get_absolute_url()
    note.delete()
    generation.touch()

    found = page(client, "/programmet/andringar/")

    assert f"Fotnot {note.number}" in found
    assert f'<a href="{address}">' in found
    assert text[:20] in found


def test_the_feed_has_each_change_once(client, sentence):
    response = client.get("/programmet/andringar/flode/")

    feed = ElementTree.fromstring(response.content)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert entry.find(f"{ATOM}title").text.startswith("Prioritering 4.3.1 d")
    assert entry.find(f"{ATOM}updated").text == "2018-05-01T22:01:00+00:00"
    assert "Göra det påhittade" in entry.find(f"{ATOM}summary").text
