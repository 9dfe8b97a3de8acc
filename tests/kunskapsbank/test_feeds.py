"""The Atom feeds: valid whatever the texts hold, and the same for good."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from time_machine import travel

from kunskapsbank import workflow
from kunskapsbank.enums import DeclineReason, PublicName
from kunskapsbank.models import Version
from programme.models import Prioritering
from search import generation
from tests.factories import TagFactory, VersionFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

FEED = "/kunskapsbank/flode.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
OURS = "http://localhost:8000"


def read(client, query=""):
    response = client.get(f"{FEED}{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(feed):
    return {one(each, "title").text: each for each in feed.findall(f"{ATOM}entry")}


def one(element, name):
    (found,) = element.findall(f"{ATOM}{name}")
    return found


def links(element, rel):
    return [
        each.get("href")
        for each in element.findall(f"{ATOM}link")
        if each.get("rel") == rel
    ]


def moment(element, name):
    written = datetime.fromisoformat(one(element, name).text)
    assert written.tzinfo is not None
    return written


def check(feed):
    """What RFC 4287 asks of a feed and of each of its entries."""
    assert feed.tag == f"{ATOM}feed"
    assert one(feed, "title").text
    assert urlsplit(one(feed, "id").text).scheme
    assert len(links(feed, "self")) == 1
    assert len(links(feed, "alternate")) == 1
    newest = moment(feed, "updated")
    found = feed.findall(f"{ATOM}entry")
    ids = [one(each, "id").text for each in found]
    assert len(ids) == len(set(ids))
    for each in found:
        assert one(each, "title").text
        assert moment(each, "published") <= moment(each, "updated") <= newest
        assert len(links(each, "alternate")) == 1
        assert len(each.findall(f"{ATOM}summary")) <= 1
        has_author = [*each.findall(f"{ATOM}author"), *feed.findall(f"{ATOM}author")]
        assert all(one(author, "name").text for author in has_author)
        assert has_author
        for category in each.findall(f"{ATOM}category"):
            assert category.get("term")
            assert urlsplit(category.get("scheme")).scheme


QUERIES = [
    "",
    "?vilja=1",
    "?fokus=4.3.1&typ=forskning",
    "?prio=2016-4-3-1-b",
    "?q=cykel",
    "?amne=finns-inte",
    "?vilja=1&vilja=5&prio=2016-4-1-1-a&typ=lank&fokus=4.5.3",
]


@pytest.mark.parametrize("query", QUERIES)
def test_feed_is_as_the_standard_says(client, query):
    check(read(client, query))


def test_feed_holds_the_newest_and_no_more_than_fifty(client):
    feed = read(client)

    updated = [moment(each, "updated") for each in feed.findall(f"{ATOM}entry")]
    assert len(updated) == 50
    assert Version.objects.listed().count() > 50
    assert updated == sorted(updated, reverse=True)


def test_feed_of_a_list_holds_what_the_list_holds(client):
    feed = read(client, "?vilja=1&typ=forskning&ordning=a-o&sida=2&utm_source=x")
    page = client.get("/kunskapsbank/?vilja=1&typ=forskning")

    assert len(entries(feed)) == page.context["asked"].count > 0
    assert links(feed, "self") == [f"{OURS}{FEED}?vilja=1&typ=forskning"]
    assert links(feed, "alternate") == [f"{OURS}/kunskapsbank/?vilja=1&typ=forskning"]
    assert "Forskning i " in one(feed, "title").text


def test_feed_of_a_subject_that_nothing_has_is_empty_and_stays_so(client):
    stories.published()

    first, second = (client.get(f"{FEED}?amne=finns-inte") for _ in range(2))

    assert ElementTree.fromstring(first.content).findall(f"{ATOM}entry") == []
    assert first.content == second.content


def test_entry_tells_who_when_what_about_and_the_licence(client):
    tag = TagFactory(name="vinterbad", slug="vinterbad")
    prioritering = Prioritering.objects.get(slug="2016-4-3-1-b")
    version = stories.published(tags=[tag], prioriteringar=[prioritering])

    entry = entries(read(client, "?amne=vinterbad"))["Bänkar vid stranden"]

    assert one(entry, "summary").text == version.summary
    assert one(one(entry, "author"), "name").text == "Ida Dahl"
    assert links(entry, "alternate") == [f"{OURS}{version.get_absolute_url()}"]
    assert links(entry, "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert one(entry, "rights").text == "CC BY 4.0"
    terms = {
        (each.get("scheme").rpartition("#")[2], each.get("term"), each.get("label"))
        for each in entry.findall(f"{ATOM}category")
    }
    assert terms == {
        ("typ", "link", "Länk"),
        ("prioritering", "2016-4-3-1-b", str(prioritering)),
        ("amne", "vinterbad", "vinterbad"),
    }


def test_entry_of_nobody_is_by_the_site(client):
    stories.published(public_name=PublicName.NONE)

    feed = read(client)

    assert entries(feed)["Bänkar vid stranden"].findall(f"{ATOM}author") == []
    assert one(one(feed, "author"), "name").text == "Livskvalitet Helsingborg"


def test_id_and_first_date_are_the_same_for_good(client):
    version = stories.published()
    before = entries(read(client))["Bänkar vid stranden"]
    later = timezone.now() + timedelta(days=3)
    with travel(later, tick=False):
        change = stories.changed(version, title="Bord", summary="Nya bord.")
        workflow.publish(change, by=stories.moderator(), lock=change.lock)
        workflow.change_address(version.entry, slug="bord", by=stories.moderator())

        after = entries(read(client))["Bord"]

    assert one(after, "id").text == one(before, "id").text
    assert one(after, "id").text == f"tag:localhost,2026:{version.entry.number}"
    assert moment(after, "published") == moment(before, "published")
    assert moment(after, "updated") == later
    assert links(after, "alternate") == [f"{OURS}/kunskapsbank/bord/"]


# No database keeps a null, nor half a character.
HOSTILE = "ab\x0bc\x1f\ufffe\uffff <b>&amp;</b> ]]> \U0001f333 å\u0308"


def test_whatever_a_text_holds_the_feed_can_be_read(client):
    tag = TagFactory(name="x\x02<y>")
    values = {"title": HOSTILE, "summary": HOSTILE, "byline": "A\x01B & <C>"}
    VersionFactory(tags=[tag], **values)
    generation.touch()

    feed = read(client)

    check(feed)
    entry = feed.find(f"{ATOM}entry")
    assert one(entry, "title").text == "abc <b>&amp;</b> ]]> \U0001f333 å\u0308"
    assert one(entry, "summary").get("type") == "text"
    assert one(one(entry, "author"), "name").text == "AB & <C>"


def test_words_that_somebody_asks_for_do_no_harm(client):
    check(read(client, "?q=%3Cb%3E%22%26%0b%01%27&amne=%3Cx%3E"))


def test_hidden_is_gone_at_once_and_withdrawn_too(client):
    hidden, withdrawn = stories.published(title="Dolt"), stories.published(title="Åter")
    before = entries(read(client)).keys()

    workflow.hide(hidden.entry, by=stories.moderator(), reason=DeclineReason.THREAT)
    workflow.withdraw(withdrawn.entry, by=withdrawn.author)

    after = entries(read(client)).keys()
    assert {"Dolt", "Åter"} <= before
    assert {"Dolt", "Åter"} & after == set()


def test_drafts_and_other_texts_are_never_there(client):
    stories.draft(title="Utkast")
    stories.submitted(title="Inskickat")
    version = stories.published(title="Först")
    change = stories.changed(version, title="Sedan")

    titles = entries(read(client)).keys()

    assert "Först" in titles
    assert {"Utkast", "Inskickat", "Sedan"} & titles == set()
    assert change.status == "submitted"


def test_unchanged_feed_is_answered_with_304(client):
    etag = client.get(FEED).headers["ETag"]

    unchanged = client.get(FEED, headers={"if-none-match": etag})
    stories.published()
    changed = client.get(FEED, headers={"if-none-match": etag})

    assert (unchanged.status_code, changed.status_code) == (304, 200)
    assert not client.get(FEED).cookies


def test_feed_is_the_same_for_who_is_signed_in(client):
    stories.draft(by=(author := stories.author()))
    anonymous = client.get(FEED).content

    client.force_login(author)

    assert client.get(FEED).content == anonymous


def test_pages_tell_feed_readers_where_the_feed_is(client):
    pages = {
        "/kunskapsbank/": FEED,
        "/kunskapsbank/?vilja=1&ordning=a-o&sida=2": f"{FEED}?vilja=1",
        "/prioritering/2016-4-3-1-b/": f"{FEED}?prio=2016-4-3-1-b",
    }

    for page, feed in pages.items():
        html = client.get(page).content.decode()
        assert 'type="application/atom+xml" title="' in html, page
        assert f'href="{feed}">' in html, page
        follow = feed.replace(FEED, "/folj/")
        assert f'href="{follow}"' in html, page
        assert f'href="{feed}">' in client.get(follow).content.decode(), page
