"""Every address of a public text is asked about weekly, politely and never twice."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from kunskapsbank import link_upkeep, links, workflow
from kunskapsbank.asking import Answer
from kunskapsbank.enums import LinkState
from kunskapsbank.models import Link
from tests.kunskapsbank import stories
from tests.kunskapsbank.web import (
    GONE,
    WELL,
    Web,
    days_later,
    make_due,
)
from tests.racing import HAS_ROW_LOCKS, ROUNDS, committed, race

pytestmark = pytest.mark.django_db
BENCHES = "https://example.se/bankar"
MAP = "https://example.se/karta"
OTHER = "https://example.com/sida"
BUSY = Answer(LinkState.CLOSED, 503, timedelta(hours=5))


@pytest.fixture
def web(monkeypatch):
    return Web(monkeypatch)


@pytest.fixture
def entry():
    Link.objects.all().delete()
    return stories.published(background=f"Se [kartan]({MAP}).").entry


def followed(entry):
    links = Link.objects.followed().filter(entry=entry)
    return set(links.values_list("url", flat=True))


def check(entry, web):
    """A daily run, in which all that the entry points to is due."""
    link_upkeep.follow_listed()
    make_due(entry)
    Link.objects.exclude(entry=entry).update(next_check_at=None)
    links.queue_due()
    web.run_queue()


def at(entry, url):
    return Link.objects.get(entry=entry, url=url)


def failed_on_days(entry, web, days, answer=GONE):
    web.answers[BENCHES] = answer
    for day in range(days):
        if day:
            days_later(at(entry, BENCHES))
        check(entry, web)
    return at(entry, BENCHES)


# -- What is followed


def test_every_address_of_a_listed_text_is_followed(entry):
    link_upkeep.follow_listed()

    assert followed(entry) == {BENCHES, MAP}


def test_launch_contributions_are_followed_too(db):
    call_command("check_addresses", stdout=StringIO())

    assert Link.objects.followed().count() > 50


def test_first_questions_are_spread_over_a_week():
    now = timezone.now()
    times = [
        (link_upkeep._first_time(f"https://example.se/{n}", now) - now).days
        for n in range(700)
    ]

    counts = [times.count(day) for day in range(7)]
    assert sum(counts) == 700
    assert min(counts) > 50


def test_a_second_run_moves_no_time(entry):
    link_upkeep.follow_listed()
    before = dict(Link.objects.values_list("pk", "next_check_at"))

    link_upkeep.follow_listed()

    assert dict(Link.objects.values_list("pk", "next_check_at")) == before


@pytest.mark.parametrize("act", ["hide", "withdraw"])
def test_what_is_no_longer_public_is_not_asked(entry, web, act):
    check(entry, web)
    if act == "hide":
        workflow.hide(entry, by=stories.moderator(), reason="other")
    else:
        workflow.withdraw(entry, by=entry.owners.get())

    link_upkeep.follow_listed()

    assert followed(entry) == set()
    assert Link.objects.filter(entry=entry).count() == 2


def test_an_address_that_left_the_text_is_removed(entry, web):
    failed_on_days(entry, web, 2)
    change = stories.changed(
        entry.published_version, address="https://example.se/nya-bankar"
    )
    workflow.publish(change, by=stories.moderator(), lock=change.lock)

    link_upkeep.follow_listed()

    assert followed(entry) == {"https://example.se/nya-bankar", MAP}
    assert not Link.objects.filter(entry=entry, url=BENCHES).exists()


def test_an_address_in_a_text_that_waits_is_kept_but_not_followed(entry, web):
    change = stories.changed(entry.published_version, background="Inget.", result=OTHER)
    links.check_links.call(change.pk)
    web.run_queue()

    link_upkeep.follow_listed()

    assert followed(entry) == {BENCHES, MAP}
    assert at(entry, OTHER).state == LinkState.ANSWERS


# -- When


def test_what_answers_is_asked_again_in_about_a_week(entry, web):
    check(entry, web)

    wait = at(entry, BENCHES).next_check_at - timezone.now()
    assert timedelta(days=5, hours=23) < wait <= timedelta(days=7)


def test_what_fails_is_asked_again_the_next_day(entry, web):
    link = failed_on_days(entry, web, 1)

    assert link.next_check_at - timezone.now() < timedelta(days=1)
    assert link.next_check_at > timezone.now()


def test_what_is_not_due_is_not_asked(entry, web):
    check(entry, web)
    web.asked.clear()

    links.queue_due()
    web.run_queue()

    assert web.asked == []


def test_a_host_is_asked_one_at_a_time_with_a_pause(entry, web):
    link_upkeep.follow_listed()
    make_due(entry)
    Link.objects.exclude(entry=entry).update(next_check_at=None)
    links.queue_due()
    (first,) = web.queued()

    (groups,) = first.args_kwargs["args"]
    first.delete()
    links.check_in_turn.call(groups)

    (waiting,) = web.queued()
    assert len(web.asked) == 1
    assert waiting.run_after - timezone.now() > timedelta(seconds=links.PAUSE - 1)
    links.check_in_turn.call(*waiting.args_kwargs["args"])
    assert len(web.asked) == 1  # the pause is not over
    cache.clear()
    links.check_in_turn.call(*waiting.args_kwargs["args"])
    assert len(web.asked) == 2


def test_a_host_that_is_being_asked_is_left_alone(entry, web, monkeypatch):
    link_upkeep.follow_listed()
    make_due(entry)
    rows = list(Link.objects.filter(entry=entry).values_list("pk", flat=True))
    during = []

    def ask(url, **marks):
        links.check_in_turn.call([[pk] for pk in rows])  # another worker
        during.append(url)
        return WELL

    monkeypatch.setattr(links.asking, "ask", ask)
    links.check_in_turn.call([[pk] for pk in rows])

    assert len(during) == 1


def test_no_more_than_so_many_of_a_host_are_asked_in_a_run(entry, web, monkeypatch):
    monkeypatch.setattr(links, "MOST_PER_HOST", 1)

    check(entry, web)

    assert len(web.asked) == 1


def test_an_address_in_two_contributions_is_asked_once(entry, web):
    other = stories.published(title="En annan text").entry
    link_upkeep.follow_listed()
    Link.objects.update(next_check_at=None)
    make_due(entry)
    make_due(other)

    links.queue_due()
    web.run_queue()

    assert sorted(web.asked) == [BENCHES, MAP]
    assert at(other, BENCHES).state == LinkState.ANSWERS


def test_two_runs_at_once_ask_nothing_twice(entry, web):
    link_upkeep.follow_listed()
    make_due(entry)
    Link.objects.exclude(entry=entry).update(next_check_at=None)

    links.queue_due()
    links.queue_due()
    web.run_queue()

    assert sorted(web.asked) == [BENCHES, MAP]


def test_a_run_that_was_killed_is_gone_on_with(entry, web):
    link_upkeep.follow_listed()
    make_due(entry)
    Link.objects.exclude(entry=entry).update(next_check_at=None)
    links.queue_due()
    for task in web.queued():
        task.delete()

    links.queue_due()
    web.run_queue()

    assert sorted(web.asked) == [BENCHES, MAP]


def test_what_was_being_asked_when_the_worker_died_is_due_again(entry):
    link_upkeep.follow_listed()
    make_due(entry)
    link = at(entry, BENCHES)

    assert links._claimed([link.pk]) != []

    link.refresh_from_db()
    wait = link.next_check_at - timezone.now()
    assert timedelta() < wait <= links.CLAIM_LASTS


def test_the_mark_of_an_answer_is_given_back(entry, web):
    web.answers[BENCHES] = Answer(LinkState.ANSWERS, 200, etag='"a"', last_modified="b")
    check(entry, web)
    web.marks.clear()

    check(entry, web)

    assert ('"a"', "b") in web.marks


# -- A server that wants to be left alone


def test_being_put_off_is_no_failure_and_stops_the_run(entry, web):
    web.answers = {BENCHES: BUSY, MAP: BUSY}

    check(entry, web)

    assert len(web.asked) == 1
    for link in Link.objects.filter(entry=entry):
        wait = link.next_check_at - timezone.now()
        assert timedelta(hours=4) < wait <= timedelta(hours=5)
        assert link.failed_days == 0


def test_being_put_off_is_no_answer_either(entry, web):
    failed_on_days(entry, web, 2)
    days_later(at(entry, BENCHES))

    failed = failed_on_days(entry, web, 1, BUSY)

    assert (failed.failed_days, failed.state) == (2, LinkState.MISSING)


if HAS_ROW_LOCKS:

    @pytest.mark.parametrize("_round", ROUNDS)
    def test_only_one_of_two_workers_takes_an_address(_round):
        def check():
            entry = stories.published().entry
            link_upkeep.follow_listed()
            make_due(entry)
            pk = at(entry, BENCHES).pk

            taken = race(*[lambda: links._claimed([pk])] * 4)

            assert sorted(len(each) for each in taken) == [0, 0, 0, 1]

        committed(check)

    @pytest.mark.parametrize("_round", ROUNDS)
    def test_two_answers_on_one_day_are_one_day_of_failing(_round):
        def check():
            entry = stories.published().entry
            link_upkeep.follow_listed()

            race(*[lambda: links.note(entry.pk, BENCHES, GONE)] * 4)

            assert at(entry, BENCHES).failed_days == 1

        committed(check)
