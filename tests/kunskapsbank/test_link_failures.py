"""Since when an address has not worked, and who is told."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from kunskapsbank import link_upkeep, links, workflow
from kunskapsbank.asking import Answer
from kunskapsbank.enums import LinkState
from kunskapsbank.models import Link
from search import generation
from tests.kunskapsbank import stories
from tests.kunskapsbank.web import (
    GONE,
    SILENT,
    WELL,
    Web,
    days_later,
    make_due,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
BENCHES = "https://example.se/bankar"
MAP = "https://example.se/karta"
OTHER = "https://example.com/sida"


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


# -- Broken since


@pytest.mark.parametrize(
    "state", [LinkState.MISSING, LinkState.FAILING, LinkState.SILENT]
)
def test_days_of_failing_are_counted(entry, web, state):
    check(entry, web)  # others answer

    link = failed_on_days(entry, web, 3, Answer(state))

    assert link.failed_days == 3
    assert timezone.now() - link.failing_since > timedelta(days=2)
    assert link.is_broken


def test_failing_twice_on_one_day_is_one_day(entry, web):
    web.answers[BENCHES] = GONE

    check(entry, web)
    check(entry, web)

    assert at(entry, BENCHES).failed_days == 1
    assert not at(entry, BENCHES).is_broken


@pytest.mark.parametrize(
    "answer", [WELL, Answer(LinkState.CLOSED, 403), Answer(LinkState.ANSWERS, 304)]
)
def test_an_answer_forgets_all_failures_and_false_alarms(entry, web, answer):
    link = failed_on_days(entry, web, 2)
    workflow.ignore_failure(link, by=stories.moderator())

    link = failed_on_days(entry, web, 1, answer)

    assert (link.failed_days, link.failing_since, link.last_failed_on) == (
        0,
        None,
        None,
    )
    assert (link.is_ignored, link.ignored_by) == (False, None)


def test_what_may_not_be_asked_is_no_failure(entry, web):
    link = failed_on_days(entry, web, 2, Answer(LinkState.FORBIDDEN))

    assert link.failed_days == 0


def test_when_nobody_answers_no_link_is_blamed(entry, web):
    """Our own line is broken, or closed by a firewall."""
    web.answers[MAP] = SILENT

    link = failed_on_days(entry, web, 3, SILENT)

    assert (link.state, link.failed_days) == (LinkState.SILENT, 0)


def test_what_was_silent_is_asked_after_the_others(entry, web):
    Link.objects.create(entry=entry, url=OTHER, state=LinkState.SILENT)
    stories.published(background=OTHER)
    check(entry, web)
    Link.objects.filter(url=BENCHES).update(state=LinkState.SILENT)
    make_due(entry)

    due = Link.objects.due(timezone.now()).filter(entry=entry)

    states = [link.state for link in due]
    assert states[-1] == LinkState.SILENT
    assert [a for a, b in pairwise(states) if a == LinkState.SILENT != b] == []


# -- What readers see changes, and only then


def test_pages_are_made_anew_only_when_they_change(entry, web):
    web.answers[BENCHES] = GONE
    raised = []
    for day in range(4):
        if day:
            days_later(at(entry, BENCHES))
        if day == 3:
            web.answers[BENCHES] = WELL
        before = generation.current()
        check(entry, web)
        raised.append(generation.current() - before)

    assert raised == [0, 1, 0, 1]


def test_a_text_that_waits_changes_no_public_page(web):
    version = stories.submitted()
    web.answers[BENCHES] = GONE
    before = generation.current()

    for _ in range(2):
        links.check_links.call(version.pk)
        web.run_queue()
        days_later(at(version.entry, BENCHES))

    assert at(version.entry, BENCHES).failed_days == 2
    assert generation.current() == before
