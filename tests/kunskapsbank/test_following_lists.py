"""What the news hold of each list: new and changed texts, once in a mail."""

from datetime import timedelta

import pytest
from time_machine import travel

from kunskapsbank import follow_digests, workflow
from kunskapsbank.enums import Frequency
from kunskapsbank.models import TagAlias
from tests.factories import TagFactory
from tests.kunskapsbank import stories
from tests.kunskapsbank.following import DAY, follower, news, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def test_only_what_the_list_holds_is_told():
    follower(query="typ=forskning")
    follower("bo@example.se", query="typ=lank")
    published(title="Bänkar vid stranden")

    (digest,) = news()

    assert digest.to == ["bo@example.se"]
    assert "Länkar\n" in digest.body


def test_search_is_followed():
    follower(query="q=vilb%C3%A4nkar")
    published(title="Vilbänkar på Söder")
    published(title="Bokbyte på torget", summary="Grannarna byter böcker.")

    (digest,) = news()

    assert "Bidrag som innehåller ”vilbänkar”" in digest.body
    assert "Nytt: Vilbänkar på Söder" in digest.body
    assert "Bokbyte" not in digest.body


# -- changes


def test_changed_text_is_told_as_changed(morning):
    follower()
    version = published(morning - 10 * DAY, title="Bänkar")
    with travel(morning - timedelta(hours=2), tick=False):
        change = stories.changed(version, title="Bänkar och bord")
        workflow.publish(change, by=stories.moderator(), lock=change.lock)

    (digest,) = news()

    assert digest.subject == "1 ändrat bidrag i det du följer"
    assert "Ändrat: Bänkar och bord" in digest.body
    assert "Nytt:" not in digest.body


def test_new_text_that_is_changed_at_once_is_told_as_new(morning):
    follower()
    version = published(morning - timedelta(hours=5), title="Bänkar")
    with travel(morning - timedelta(hours=2), tick=False):
        change = stories.changed(version, title="Bänkar och bord")
        workflow.publish(change, by=stories.moderator(), lock=change.lock)

    (digest,) = news()

    assert "Nytt: Bänkar och bord" in digest.body
    assert digest.body.count("Bänkar") == 1


# -- one mail


def test_several_lists_are_one_mail_with_each_contribution_once():
    follower(query="typ=lank")
    follower()
    follower(query="typ=forskning", frequency=Frequency.WEEKLY, days=9)
    published(title="Bänkar vid stranden")

    (digest,) = news()

    assert digest.body.count("Bänkar vid stranden") == 1
    assert "\nLänkar\n" in digest.body
    assert "Forskning" not in digest.body


def test_long_news_are_cut_and_counted(monkeypatch):
    monkeypatch.setattr(follow_digests, "MAX_TOLD", 2)
    follower()
    for number in range(3):
        published(title=f"Bidrag {number}")

    (digest,) = news()

    assert digest.subject == "3 nya bidrag i det du följer"
    assert digest.body.count("Nytt: ") == 2
    assert "Och 1 till i listan." in digest.body


# -- lists that change


def test_subject_that_nothing_has_any_longer_is_not_everything():
    follower(query="amne=vinterbad")
    published()

    assert news() == []


def test_subject_is_followed_under_its_new_name():
    tag = TagFactory(name="vinterbad", slug="vinterbad")
    TagAlias.objects.create(tag=tag, key="isvak", slug="isvak")
    follower(query="amne=isvak")
    published(title="Bad i januari", tags=[tag])
    published(title="Bokbyte")

    (digest,) = news()

    assert "Bidrag om vinterbad" in digest.body
    assert "Nytt: Bad i januari" in digest.body
    assert "Bokbyte" not in digest.body
