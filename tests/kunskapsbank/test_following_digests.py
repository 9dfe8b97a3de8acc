"""News by mail: each thing once, nothing missed, nothing that is hidden, one mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.timezone import localtime
from django_tasks_db.models import DBTaskResult
from time_machine import travel

from accounts.models import SentMail
from kunskapsbank import follow_digests, workflow
from kunskapsbank.enums import DeclineReason, Frequency
from kunskapsbank.models import Subscription
from kunskapsbank.querysets import SETTLES
from tests import mail_server
from tests.kunskapsbank import stories
from tests.kunskapsbank.following import (
    DAY,
    EMAIL,
    asked,
    follower,
    mail_tasks,
    news,
    news_on,
    published,
    send,
    some_morning,
)
from tests.racing import HAS_ROW_LOCKS, committed, race

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("morning"),
    pytest.mark.thorough,
]

MOMENT = timedelta(microseconds=1)


def told(mails):
    return [line for each in mails for line in each.body.splitlines()]


def test_digest_tells_title_summary_and_address(morning):
    follower()
    version = published(title="Bänkar vid stranden")

    (digest,) = news()

    assert digest.to == [EMAIL]
    assert digest.subject == "1 nytt bidrag i det du följer"
    assert "Alla bidrag i kunskapsbanken" in digest.body
    assert "Nytt: Bänkar vid stranden\nGrannarna valde plats för dem." in digest.body
    assert f"http://localhost:8000{version.get_absolute_url()}\n" in digest.body


def test_nothing_new_sends_nothing_and_moves_on(morning):
    found = follower()

    assert news() == []

    found.refresh_from_db()
    assert found.told_until == morning - SETTLES


def test_unconfirmed_addresses_are_told_nothing():
    with travel(timezone.now() - 2 * DAY, tick=False):
        asked()
    published()

    assert [each.subject for each in news() if each.subject.endswith("följer")] == []
    assert not mail_tasks("send_news").exists()


# -- each once


def test_what_is_published_at_the_very_boundary_is_told_once(morning):
    follower()
    until = morning - SETTLES
    published(until, title="Vid gränsen")
    published(until + MOMENT, title="Strax efter gränsen")

    first = told(news())
    second = told(news_on(morning + DAY))
    third = told(news_on(morning + 2 * DAY))

    assert "Nytt: Vid gränsen" in first
    assert "Nytt: Strax efter gränsen" in second
    # Nor as changed, which is how a window that is too wide would show.
    lines = " ".join(first + second + third)
    assert lines.count(": Vid gränsen") == 1
    assert lines.count(": Strax efter gränsen") == 1


def test_what_is_seen_only_after_the_run_is_told_the_next_day(morning):
    """A publication that was not committed yet, or by a clock that is ahead."""
    follower()
    first = news()
    for minutes in (-5, 5):
        published(morning + timedelta(minutes=minutes), title=f"Sen {minutes}")

    second = told(news_on(morning + DAY))

    assert first == []
    assert second.count("Nytt: Sen -5") == 1
    assert second.count("Nytt: Sen 5") == 1


def test_twice_on_a_day_is_once(morning):
    follower()
    published()

    first = news()
    published(morning + timedelta(hours=1), title="Senare på dagen")
    second = news_on(morning + timedelta(hours=12))
    third = news_on(morning + DAY)

    assert len(first) == 1
    assert second == []
    assert "Nytt: Senare på dagen" in told(third)


@pytest.mark.parametrize(("days", "mails"), [(6, 0), (7, 1), (30, 1)])
def test_weekly_is_every_seventh_day(morning, days, mails):
    follower(frequency=Frequency.WEEKLY, days=30)
    news()
    published(morning + timedelta(hours=1))

    assert len(news_on(morning + days * DAY)) == mails


def test_after_midnight_twice_is_one_mail(morning):
    follower(days=1)
    midnight = localtime(morning + DAY).replace(hour=0, minute=5)
    published(midnight - timedelta(minutes=30), title="Före midnatt")
    published(midnight - timedelta(minutes=5), title="Vid midnatt")

    mails = [*news_on(midnight), *news_on(midnight + timedelta(minutes=20))]

    assert len(mails) == 1


def test_follower_is_told_from_when_they_asked(morning):
    with travel(morning - timedelta(hours=2), tick=False):
        found = asked(frequency=Frequency.DAILY)
        workflow.confirm_following(found)
    published(morning - timedelta(hours=3), title="Före")
    published(morning - timedelta(hours=1), title="Efter")

    lines = told([*news(), *news_on(morning + DAY)])

    assert "Nytt: Efter" in lines
    assert "Nytt: Före" not in lines


def test_a_long_pause_loses_nothing(morning):
    follower()
    news()
    for day in range(1, 4):
        published(morning + day * DAY, title=f"Dag {day}")

    lines = told(news_on(morning + 4 * DAY))

    assert [line for line in lines if line.startswith("Nytt: ")] == [
        f"Nytt: Dag {day}" for day in range(3, 0, -1)
    ]


# -- what is public when the mail is sent


def hide(version):
    workflow.hide(version.entry, by=stories.moderator(), reason=DeclineReason.THREAT)


def test_what_is_hidden_before_the_mail_is_sent_is_not_told():
    follower()
    hidden = published(title="Dolt före")
    published(title="Fortfarande där")
    hide(published(title="Dolt långt före"))
    send()
    hide(hidden)
    mail.outbox.clear()

    mail_server.work()

    lines = told(each for each in mail.outbox if each.to == [EMAIL])
    assert "Nytt: Fortfarande där" in lines
    assert "Dolt" not in str(lines)


def test_no_mail_is_sent_when_all_of_it_is_hidden():
    follower()
    version = published()
    send()
    hide(version)

    mail_server.work()

    assert [each for each in mail.outbox if each.to == [EMAIL]] != []  # the question
    assert [each for each in mail.outbox if "det du följer" in each.subject] == []


def test_who_stops_before_the_mail_is_sent_gets_none():
    first, second = follower(), follower(query="typ=lank")
    follower("bo@example.se")
    published()
    send()
    workflow.stop_following([first.pk, second.pk])

    mail_server.work()

    told_to = [each.to for each in mail.outbox if "det du följer" in each.subject]
    assert told_to == [["bo@example.se"]]


# -- wherever it is killed


def test_killed_before_the_mail_is_queued_nothing_is_lost(monkeypatch):
    found = follower()
    before = found.told_until
    published()
    task = follow_digests.send_news
    monkeypatch.setattr(follow_digests, "send_news", None)

    with pytest.raises(AttributeError):
        send()

    found.refresh_from_db()
    assert found.told_until == before
    monkeypatch.setattr(follow_digests, "send_news", task)
    assert len(news()) == 1


def test_killed_before_the_mail_is_sent_it_is_sent_later_and_once(monkeypatch):
    follower()
    published()
    mail_server.work()
    send()
    send()
    mail.outbox.clear()

    mail_server.work()
    mail_tasks("send_news").update(status="READY")
    mail_server.work_later()

    assert len(mail.outbox) == 1


def test_dry_run_counts_and_changes_nothing():
    follower()
    follower(query="vilja=1")
    follower("bo@example.se", query="typ=forskning")
    published()
    before = list(Subscription.objects.values())

    said = send("--dry-run")

    assert said == "2 addresses due, 1 mails would be queued"
    assert list(Subscription.objects.values()) == before
    assert not mail_tasks("send_news").exists()


def test_no_address_is_kept_beside_its_row(caplog):
    follower()
    published()

    news()

    kept = [*DBTaskResult.objects.values(), *SentMail.objects.values()]
    assert "nytt-" in str(kept)
    assert EMAIL not in str(kept)
    assert EMAIL not in caplog.text


def two_runs_at_once():
    moment = some_morning()
    with travel(moment, tick=False):
        follower()
        follower(query="typ=lank")
        published()
        outcomes = race(follow_digests.queue_news, follow_digests.queue_news)

    assert sorted(queued for _, queued in outcomes) == [0, 1]
    assert mail_tasks("send_news").count() == 1
    told_until = set(Subscription.objects.values_list("told_until", flat=True))
    assert told_until == {moment - SETTLES}


if HAS_ROW_LOCKS:

    def test_two_runs_at_once_queue_one_mail():
        committed(two_runs_at_once)
