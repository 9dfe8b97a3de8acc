"""The figures of the review are true, and the page that shows them never stale."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kunskapsbank import workflow
from kunskapsbank.enums import DeclineReason
from kunskapsbank.figures import figures
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

ADDRESS = "/kunskapsbank/sa-granskar-vi/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def days_ago(days):
    return time_machine.travel(NOW - timedelta(days=days), tick=False)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def submitted(days):
    with days_ago(days):
        return stories.submitted()


def answered(asked, answer, decide=stories.declined):
    """A text handed in `asked` days ago and answered `answer` days ago."""
    version = submitted(asked)
    with days_ago(answer):
        return decide(version)


def publish(version):
    return workflow.publish(version, by=stories.moderator(), lock=version.lock)


def numbers(shares):
    return {share.label: (share.number, share.percent) for share in shares}


def test_before_anything_is_decided_the_page_says_so(client):
    found = figures()

    assert (found.queue_length, found.decision_count) == (0, 0)
    assert found.oldest_days is None
    assert found.median_days is None
    assert "Inga beslut än" in client.get(ADDRESS).content.decode()


def test_launch_texts_do_not_count():
    assert figures().decision_count == 0


def test_the_queue_is_counted_and_its_oldest_wait():
    submitted(9)
    submitted(2)
    answered(30, 1)

    found = figures()

    assert (found.queue_length, found.oldest_days) == (2, 9)


def test_what_is_withdrawn_does_not_wait():
    version = submitted(9)
    workflow.withdraw(version.entry, by=version.author)

    assert figures().queue_length == 0


def test_the_median_is_of_days_from_handed_in_to_answer():
    answered(10, 9)
    answered(10, 7)
    answered(20, 3)

    assert figures().median_days == 3


def test_each_answer_is_counted_from_the_last_time_it_was_handed_in():
    version = answered(100, 98, stories.returned)
    with days_ago(10):
        version = stories.hand_in(version)
    with days_ago(4):
        publish(version)

    found = figures()

    assert found.decision_count == 2
    assert found.median_days == 4  # of 2 and 6


def test_decisions_older_than_a_year_are_left_out():
    answered(500, 400)
    answered(400, 10)

    found = figures()

    assert found.decision_count == 1
    assert found.median_days == 390


def test_shares_are_of_published_returned_and_declined():
    for decide in (publish, publish, stories.returned, stories.declined):
        answered(5, 1, decide)

    assert numbers(figures().shares) == {
        "publicerat": (2, 50),
        "komplettering begärd": (1, 25),
        "avböjt": (1, 25),
    }


def test_declines_are_counted_per_reason():
    for reason in [DeclineReason.TOO_THIN] * 3 + [DeclineReason.ADVERTISING]:
        answered(
            5, 1, lambda version, why=reason: stories.declined(version, reason=why)
        )

    assert numbers(figures().reasons) == {
        "för lite för andra att lära av": (3, 75),
        "reklam": (1, 25),
    }


def test_hiding_and_restoring_are_no_answers():
    version = answered(5, 1, publish)
    workflow.hide(
        version.entry, by=stories.moderator(), reason=DeclineReason.ADVERTISING
    )

    found = figures()

    assert found.decision_count == 1
    assert found.reasons == []


def test_the_page_shows_what_has_just_been_handed_in(client):
    before = client.get(ADDRESS)
    stories.submitted()

    after = client.get(ADDRESS, headers={"if-none-match": before.headers["ETag"]})

    assert after.status_code == 200
    assert after.context["figures"].queue_length == 1
    assert after.headers["ETag"] != before.headers["ETag"]


def test_the_page_tells_every_reason_and_the_licence(client):
    page = client.get(ADDRESS).content.decode()

    for reason in DeclineReason:
        assert reason.label.capitalize() in page
    assert "CC BY 4.0" in page
