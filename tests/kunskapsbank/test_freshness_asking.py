"""Once a year the owners are asked whether what they wrote still holds."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kunskapsbank import digests, workflow
from kunskapsbank.enums import DeclineReason, EntryState
from kunskapsbank.models import Entry, FreshnessQuestion
from kunskapsbank.workflow import freshness
from search.models import IndexedDocument
from tests import mail_server
from tests.kunskapsbank import stories
from tests.racing import HAS_ROW_LOCKS, committed, race

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

YEAR = 366


@pytest.fixture
def clock():
    # At noon, so that a moment later is the same day.
    start = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(start, tick=False) as clock:
        yield lambda days: clock.move_to(start + timedelta(days=days))


def mails():
    """What the people of the tests have been sent about this since it was last asked
    for."""
    mail.outbox.clear()
    mail_server.work()
    return [each for each in mail.outbox if "fortfarande" in each.subject]


def asked_about(entry):
    return entry.freshness_questions.count()


def test_owner_is_asked_after_a_year_and_not_before(clock):
    version = stories.published()

    clock(364)
    workflow.ask_freshness()
    assert asked_about(version.entry) == 0
    clock(YEAR)
    workflow.ask_freshness()

    (message,) = mails()
    assert message.to == [version.author.email]
    assert f"{version.title} ({version.entry.number})" in message.body
    assert re.search(r"https?://\S+/stammer-det/\S+/", message.body)


def test_owner_is_asked_once_however_often_the_command_is_run(clock):
    version = stories.published()
    clock(YEAR)

    first = workflow.ask_freshness()
    again = workflow.ask_freshness()
    clock(YEAR + 1)
    workflow.ask_freshness()

    assert (first.mails, again.mails) == (1, 0)
    assert asked_about(version.entry) == 1
    assert len(mails()) == 1


def test_all_contributions_of_a_person_go_in_one_mail(clock):
    author = stories.author()
    one = stories.published(author, title="Bänkar vid stranden")
    other = stories.published(author, title="Bord vid ån")
    clock(YEAR)

    workflow.ask_freshness()

    (message,) = mails()
    assert message.subject == "Stämmer det fortfarande? 2 bidrag som är dina"
    assert one.title in message.body
    assert other.title in message.body
    assert len(set(re.findall(r"/stammer-det/(\S+)/", message.body))) == 2


def test_what_falls_due_later_that_day_waits_for_the_next(clock):
    """Nobody gets two mails a day about this."""
    author = stories.author()
    stories.published(author)
    hidden = stories.published(author, title="Dolt ett tag").entry
    workflow.hide(hidden, by=stories.moderator(), reason=DeclineReason.OTHER)
    clock(YEAR)
    workflow.ask_freshness()
    workflow.show_again(hidden, by=stories.moderator())

    workflow.ask_freshness()
    assert len(mails()) == 1
    clock(YEAR + 1)
    workflow.ask_freshness()

    (message,) = mails()
    assert "Dolt ett tag" in message.body


def test_author_and_owners_get_links_of_their_own(clock):
    version = stories.published()
    other = stories.author_named("Bo Ek")
    workflow.add_owner(version.entry, owner=other, by=version.author)
    clock(YEAR)

    workflow.ask_freshness()

    told = mails()
    links = {re.search(r"/stammer-det/(\S+)/", each.body)[1] for each in told}
    assert {each.to[0] for each in told} == {version.author.email, other.email}
    assert len(links) == 2


def test_author_who_owns_nothing_is_asked_all_the_same(clock):
    version = stories.published()
    version.entry.owners.clear()
    clock(YEAR)

    workflow.ask_freshness()

    assert [each.to for each in mails()] == [[version.author.email]]
    theirs = FreshnessQuestion.objects.for_moderators()
    assert not theirs.filter(entry=version.entry).exists()


def test_confirmed_contribution_is_asked_about_a_year_after_that(clock):
    version = stories.published()
    clock(200)
    workflow.confirm(version.entry, by=version.author)

    clock(YEAR)
    workflow.ask_freshness()
    assert asked_about(version.entry) == 0
    clock(200 + YEAR)
    workflow.ask_freshness()

    assert asked_about(version.entry) == 1


@pytest.mark.parametrize("state", [EntryState.HIDDEN, EntryState.WITHDRAWN])
def test_what_readers_do_not_meet_is_not_asked_about(clock, state):
    version = stories.published()
    if state == EntryState.HIDDEN:
        by = stories.moderator()
        workflow.hide(version.entry, by=by, reason=DeclineReason.OTHER)
    else:
        workflow.withdraw(version.entry, by=version.author)
    clock(YEAR)

    workflow.ask_freshness()

    assert asked_about(version.entry) == 0


def test_owner_is_reminded_once_after_thirty_days(clock):
    version = stories.published()
    clock(YEAR)
    workflow.ask_freshness()
    mails()

    told = {}
    for days in (1, 29, 30, 31, 60, 200):
        clock(YEAR + days)
        workflow.ask_freshness()
        told[days] = [each.body for each in mails()]

    assert [days for days, bodies in told.items() if bodies] == [30]
    assert f"Påminnelse: {version.title}" in told[30][0]
    assert version.entry.freshness_questions.get().answer == ""


def test_who_has_answered_is_not_reminded(clock):
    version = stories.published()
    clock(YEAR)
    workflow.ask_freshness()
    mails()
    question = version.entry.freshness_questions.get()
    workflow.answer_question(question, by=version.author, answer="change")

    clock(YEAR + 30)
    workflow.ask_freshness()

    assert mails() == []


def test_year_without_an_answer_is_followed_by_another_question(clock):
    version = stories.published()
    for year in (1, 2):
        clock(YEAR * year)
        workflow.ask_freshness()

    assert asked_about(version.entry) == 2
    assert FreshnessQuestion.objects.waiting().filter(entry=version.entry).count() == 1


def test_mail_leaves_out_what_was_answered_before_it_was_sent(clock):
    author = stories.author()
    one = stories.published(author, title="Bänkar vid stranden")
    other = stories.published(author, title="Bord vid ån")
    clock(YEAR)
    workflow.ask_freshness()
    workflow.confirm(one.entry, by=author)

    (message,) = mails()

    assert one.title not in message.body
    assert other.title in message.body


def test_nobody_is_written_to_about_what_is_no_longer_theirs(clock):
    version = stories.published()
    clock(YEAR)
    workflow.ask_freshness()
    version.author.is_active = False
    version.author.save()

    assert mails() == []
    assert not DBTaskResult.objects.failed().exists()


def test_contribution_without_an_owner_is_the_moderators(clock):
    version = stories.published()
    author = version.author
    author.is_active = False
    author.save()
    launch = Entry.objects.exclude(launch_key=None).first()
    clock(YEAR)

    outcome = workflow.ask_freshness()

    theirs = set(FreshnessQuestion.objects.for_moderators().values_list("entry"))
    assert {(version.entry_id,), (launch.pk,)} <= theirs
    assert outcome.mails == 0
    assert outcome.for_moderators == len(theirs)
    (line,) = [
        each
        for each in digests.waiting_for(stories.moderator())
        if each.address.endswith("/granska/aktualitet/")
    ]
    assert line.number == str(len(theirs))


def test_moderators_are_told_of_no_contribution_that_somebody_owns(clock):
    version = stories.published()
    clock(YEAR)

    workflow.ask_freshness()

    theirs = FreshnessQuestion.objects.for_moderators()
    assert not theirs.filter(entry=version.entry).exists()


def test_a_great_many_are_asked_about_over_several_days(clock, monkeypatch):
    Entry.objects.exclude(launch_key=None).update(state=EntryState.HIDDEN)
    monkeypatch.setattr(freshness, "MOST_A_DAY", 1)
    stories.published()
    clock(1)
    stories.published()
    clock(YEAR + 1)

    days = []
    for day in (1, 2, 3):
        clock(YEAR + day)
        days.append(workflow.ask_freshness().asked)

    assert days == [1, 1, 0]


def test_dry_run_counts_and_changes_nothing(clock):
    version = stories.published()
    clock(YEAR * 2)
    said = StringIO()

    call_command("ask_freshness", "--dry-run", stdout=said)

    assert asked_about(version.entry) == 0
    assert "Mails: 1." in said.getvalue()
    assert "(nothing was changed)" in said.getvalue()
    assert mails() == []
    assert IndexedDocument.objects.get(key=f"entry:{version.entry_id}").confirmed


def test_what_passes_two_years_ranks_lower_from_that_day(clock):
    version = stories.published()
    document = IndexedDocument.objects.filter(key=f"entry:{version.entry_id}")

    ranked = {}
    for days in (700, 729, 732):
        clock(days)
        workflow.ask_freshness()
        ranked[days] = document.get().confirmed

    assert ranked == {700: True, 729: True, 732: False}
    workflow.confirm(version.entry, by=version.author)
    assert document.get().confirmed


def two_timers():
    version = stories.published()
    with time_machine.travel(timezone.now() + timedelta(days=YEAR)):
        race(workflow.ask_freshness, workflow.ask_freshness)

    assert version.entry.freshness_questions.count() == 1


def two_confirm():
    version = stories.published()
    other = stories.author_named("Bo Ek")
    workflow.add_owner(version.entry, owner=other, by=version.author)
    question = FreshnessQuestion.objects.create(
        entry=version.entry, asked_at=timezone.now()
    )

    outcomes = race(
        *[
            lambda by=by: workflow.answer_question(question, by=by, answer="yes")
            for by in (version.author, other)
        ]
    )

    assert stories.acts(version.entry).count("confirmed") == 1
    assert stories.is_whole(version.entry)
    assert sum(isinstance(each, Exception) for each in outcomes) == 1


if HAS_ROW_LOCKS:

    @pytest.mark.parametrize("check", [two_timers, two_confirm])
    def test_at_the_same_moment(check):
        committed(check)
