"""What readers and owners are told of a link that does not work."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from kunskapsbank import links, workflow
from tests.factories import OrganisationFactory
from tests.kunskapsbank import stories
from tests.kunskapsbank.at_desk import text
from tests.kunskapsbank.web import GONE, WELL, days_later

pytestmark = pytest.mark.django_db
SOURCE = "https://example.se/bankar"
MAP = "https://example.se/karta"


@pytest.fixture
def version():
    return stories.published(
        background=f"Se [kartan]({MAP}).",
        organisations=[OrganisationFactory(name="Bänkföreningen")],
        period_start=2019,
    )


def broken(version, url, days=2):
    link = links.note(version.entry_id, url, GONE)
    for _ in range(days - 1):
        days_later(link)
        link = links.note(version.entry_id, url, GONE)
    return link


def page_of(client, version):
    return text(client.get(version.get_absolute_url()))


def since(link):
    return date_format(timezone.localtime(link.failing_since), "j F Y")


def test_a_source_that_is_gone_can_be_found_anyway(client, version):
    link = broken(version, SOURCE)

    page = page_of(client, version)

    assert "Länken fungerar inte sedan" in page
    assert since(link) in page
    assert "Sök efter ”Bänkar vid stranden”, Bänkföreningen, 2019." in page


def test_a_link_in_the_text_is_told_with_its_words_and_place(client, version):
    broken(version, MAP)

    page = page_of(client, version)

    assert "Länkar som inte fungerar" in page
    assert "Bakgrund: ”kartan”" in page
    assert "Sök efter" not in page


def test_one_day_of_failing_is_not_told(client, version):
    broken(version, SOURCE, days=1)
    broken(version, MAP, days=1)

    page = page_of(client, version)

    assert "fungerar inte" not in page


def test_a_false_alarm_is_not_told(client, version):
    workflow.ignore_failure(broken(version, MAP), by=stories.moderator())

    assert "fungerar inte" not in page_of(client, version)


def test_a_page_that_was_kept_is_made_anew(client, version):
    etag = client.get(version.get_absolute_url()).headers["ETag"]

    broken(version, MAP)
    response = client.get(version.get_absolute_url(), headers={"if-none-match": etag})

    assert response.status_code == 200
    links.note(version.entry_id, MAP, WELL)
    assert "fungerar inte" not in page_of(client, version)


def test_an_owner_is_told(client, version):
    client.force_login(version.author)
    before = text(client.get("/mina-bidrag/"))
    broken(version, MAP)

    after = text(client.get("/mina-bidrag/"))
    own = text(client.get(f"/mina-bidrag/{version.pk}/"))

    assert "En länk i texten fungerar inte längre." not in before
    assert "En länk i texten fungerar inte längre." in after
    assert "Bakgrund: ”kartan”" in own


def test_a_new_text_without_the_link_says_nothing(client, version):
    broken(version, MAP)
    change = stories.changed(version, background="Kartan är borta.")
    workflow.publish(change, by=stories.moderator(), lock=change.lock)

    assert "fungerar inte" not in page_of(client, version)
