"""Random acts by random people, in any order, and what must hold after each (R40)."""

from random import Random
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kunskapsbank import chain, workflow
from kunskapsbank.enums import Act, DeclineReason, EntryState, Kind, PublicName, Status
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.models import Entry, Hiding, ReviewEvent, Version
from kunskapsbank.workflow import text
from tests.factories import UserFactory
from tests.matrix import FULL_MATRIX

PUBLIC = {Status.PUBLISHED, Status.REPLACED}
ABOUT_HIDING = {Act.HIDDEN, Act.HIDING_OBJECTED, Act.HIDING_UPHELD}
AS_AUTHOR = {
    workflow.take_back: Status.SUBMITTED,
    workflow.copy_declined: Status.DECLINED,
    workflow.duplicate: Status.PUBLISHED,
}
DECISIONS = ["publish", "publish", "edit_and_publish", "return_to_author", "decline"]
TAKE_OUT = [workflow.suppress, workflow.undo_publication]
SAID = {"message": "Så är det."}


def any_of(*values):
    """One of the values; from a wide range, where Hypothesis has no favourites."""
    return st.integers(0, 9_999).map(lambda number: values[number % len(values)])


AUTHOR = 5  # whoever wrote the text at hand, so that more than refusals is tried
people = any_of(0, 1, 2, 3, 4, *[AUTHOR] * 5)
moderators = any_of(0, *[3, 4] * 3)
places = any_of(*range(12))


class Story(RuleBasedStateMachine):
    """Two contributors, a reader with an account and two moderators who also write.

    A moderator decides on what they last looked at, which may be old by then.
    """

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.before = set(Version.objects.values_list("pk", flat=True))
        self.events_before = ReviewEvent.objects.count()
        self.entries = []
        self.shown = {}
        self.reviewed = set()
        self.statuses = {}
        self.titles = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize()
    def people_come(self):
        self.people = [
            UserFactory(contributor=True, name="A"),
            UserFactory(contributor=True, name="B"),
            UserFactory(name="Läsare"),
            UserFactory(moderator=True, name="C"),
            UserFactory(moderator=True, name="D"),
        ]
        self.begin(0)
        self.submit(AUTHOR, 0)
        self.decide(3, 0, True, "publish")
        self.propose(1, 0)
        self.submit(AUTHOR, 0)
        self.statuses = self.statuses_now()

    # -- What people do

    @precondition(lambda self: len(self.entries) < 4)
    @rule(who=any_of(0, 1, 3, 4))
    def begin(self, who):
        version = self.attempt(
            workflow.start_draft,
            kind=Kind.LINK,
            by=self.people[who],
            title=self.title(),
            summary="Sammanfattning.",
            address="https://example.se/",
            public_name=PublicName.NONE,
        )
        if version:
            self.entries.append(version.entry)

    @precondition(lambda self: self.entries)
    @rule(who=people, place=places, is_late=st.booleans())
    def save(self, who, place, is_late):
        version = self.one(place)
        lock = version.lock - is_late
        self.attempt(
            workflow.save_text,
            version,
            by=self.person(who, version),
            lock=lock,
            title=self.title(),
        )

    @precondition(lambda self: self.entries)
    @rule(who=people, place=places)
    def submit(self, who, place):
        version = self.one(place, Status.DRAFT, Status.RETURNED)
        self.hand_in(version, self.person(who, version))

    @precondition(lambda self: self.shown)
    @rule(who=moderators)
    def rewrite_what_is_shown(self, who):
        if not self.shown:
            return
        version = self.shown.get(who, next(iter(self.shown.values())))[0]
        by = version.author
        version = self.attempt(workflow.take_back, version, by=by)
        if version:
            about = {"by": by, "lock": version.lock}
            self.attempt(workflow.save_text, version, title=self.title(), **about)
            self.hand_in(version, by)

    @precondition(lambda self: self.entries)
    @rule(
        who=people,
        place=places,
        act=st.sampled_from(list(AS_AUTHOR)),
    )
    def act_as_author(self, who, place, act):
        version = self.one(place, AS_AUTHOR[act])
        version = self.attempt(act, version, by=self.person(who, version))
        if version and version.entry not in self.entries:
            self.entries.append(version.entry)

    @precondition(lambda self: self.entries)
    @rule(who=people, place=places)
    def propose(self, who, place):
        version = self.one(place, Status.PUBLISHED)
        by = self.person(who, version)
        self.attempt(workflow.propose_change, version.entry, by=by)

    @precondition(lambda self: self.entries)
    @rule(who=people, place=places, granted=st.booleans())
    def appeal(self, who, place, granted):
        version = self.one(place, Status.DECLINED)
        self.attempt(workflow.appeal, version, by=self.person(who, version), **SAID)
        answer = {"by": self.people[3 + who % 2], "granted": granted, **SAID}
        self.attempt(workflow.answer_appeal, version, **answer)

    @precondition(lambda self: self.entries)
    @rule(who=moderators, place=places)
    def look(self, who, place):
        version = self.one(place, Status.SUBMITTED)
        self.shown[who] = (version, version.lock, text.as_data(version))

    @precondition(lambda self: self.entries)
    @rule(
        who=moderators,
        place=places,
        fresh=any_of(True, False),
        decision=any_of(*DECISIONS),
    )
    def decide(self, who, place, fresh, decision):
        if fresh or who not in self.shown:
            self.look(who, place)
        version, lock, seen = self.shown[who]
        by = self.people[who]
        how = {"by": by, "lock": lock, **SAID}
        if decision == "decline":
            how["reason"] = DeclineReason.OTHER
        if decision == "edit_and_publish":
            how["title"] = self.title()
            seen = seen | {"title": how["title"]}
        if decision in {"publish", "edit_and_publish"}:
            how["over"] = version.entry.published_version
        was_author = version.author_id
        decided = self.attempt(getattr(workflow, decision), version, **how)
        if decided:
            assert text.as_data(decided) == seen
            assert by.pk not in {was_author, decided.author_id}
            if decided.status == Status.PUBLISHED:
                self.reviewed.add((decided.pk, decided.title))

    @precondition(lambda self: self.entries)
    @rule(who=moderators, place=places, decision=any_of(*DECISIONS))
    def decide_on_what_is_rewritten(self, who, place, decision):
        self.look(who, place)
        self.rewrite_what_is_shown(who)
        self.decide(who, place, False, decision)

    @precondition(lambda self: self.entries)
    @rule(
        who=moderators,
        place=places,
        act=st.sampled_from(TAKE_OUT),
    )
    def take_out(self, who, place, act):
        status = Status.REPLACED if act == workflow.suppress else Status.PUBLISHED
        self.attempt(act, self.one(place, status), by=self.people[who], **SAID)

    @precondition(lambda self: self.entries)
    @rule(
        who=people,
        place=places,
        act=st.sampled_from(["withdraw", "hide", *["show_again"] * 4]),
    )
    def close_or_open(self, who, place, act):
        how = {"reason": DeclineReason.OTHER} if act == "hide" else {}
        version = self.one(place)
        by = self.person(who, version) if act == "withdraw" else self.people[3]
        self.attempt(getattr(workflow, act), version.entry, by=by, **how)

    @precondition(lambda self: self.entries)
    @rule(who=moderators, place=places, objects=any_of(True, False))
    def hide_and_review(self, who, place, objects):
        version = self.one(place, Status.PUBLISHED)
        entry, by = version.entry, self.people[who]
        hider = {"by": self.people[7 - max(who, 3)], "reason": DeclineReason.OTHER}
        self.attempt(workflow.hide, entry, **hider)
        if objects and (owner := entry.owners.first()):
            self.attempt(workflow.object_to_hiding, entry, by=owner, **SAID)
        hiding = Hiding.objects.filter(entry=entry).first()
        if self.attempt(workflow.uphold_hiding, entry, by=by, **SAID):
            assert by.pk not in {hiding.hidden_by_id, version.author_id}
        elif place % 2:
            self.attempt(workflow.show_again, entry, by=by)

    @precondition(lambda self: self.entries)
    @rule(who=people, to=people, place=places)
    def hand_over(self, who, to, place):
        version = self.one(place, Status.DRAFT)
        about = {"to": self.people[to % 5], "by": self.person(who, version)}
        self.attempt(workflow.hand_over, version.entry, **about)

    @precondition(lambda self: self.entries)
    @rule(who=moderators, place=places)
    def claim(self, who, place):
        version = self.one(place, Status.SUBMITTED)
        taken = self.attempt(workflow.claim, version, by=self.people[who])
        if taken:
            workflow.release(version, by=self.people[who])

    @precondition(lambda self: self.entries)
    @rule(seed=st.integers(0, 2**32))
    def a_busy_day(self, seed):
        """Evenly drawn acts: Hypothesis alone prefers few rules and small numbers."""
        draw = Random(seed)
        for _ in range(12):
            self.act_drawn(draw)
            self.nothing_unreviewed_is_public()
            self.statuses_move_as_the_rule_says()

    def act_drawn(self, draw):
        who, place = draw.choice([0, 1, 3, 4, AUTHOR, AUTHOR]), draw.randrange(9)
        moderator = draw.choice([3, 4])
        decision = [moderator, place, draw.choice([True, False])]
        act, *about = draw.choice(
            [
                (self.begin, draw.choice([0, 1, 3, 4])),
                *[(self.submit, AUTHOR, place)] * 2,
                (self.propose, who, place),
                (self.look, moderator, place),
                *[(self.decide, *decision, draw.choice(DECISIONS))] * 2,
                (self.rewrite_what_is_shown, moderator),
                (self.decide_on_what_is_rewritten, moderator, place, "publish"),
                (self.hand_over, AUTHOR, draw.randrange(5), place),
                (self.take_out, moderator, place, draw.choice(TAKE_OUT)),
                (self.hide_and_review, moderator, place, draw.choice([True, False])),
            ]
        )
        act(*about)

    # -- What must hold

    @invariant()
    def nothing_unreviewed_is_public(self):
        seen = Version.objects.visible_to(AnonymousUser()).exclude(pk__in=self.before)
        assert set(seen.values_list("pk", "title")) <= self.reviewed

    @invariant()
    def nothing_taken_away_is_public(self):
        taken_away = Q(is_suppressed=True) | ~Q(entry__state=EntryState.OPEN)
        for reader in (AnonymousUser(), self.people[2]):
            seen = Version.objects.visible_to(reader)
            assert not seen.filter(taken_away).exists()

    @invariant()
    def whatever_a_moderator_hid_is_to_be_looked_at_again(self):
        hidden = Entry.objects.filter(state=EntryState.HIDDEN)
        known = Hiding.objects.values_list("entry", flat=True)
        assert set(known) == set(hidden.values_list("pk", flat=True))
        waiting = set(Hiding.objects.waiting().values_list("entry", flat=True))
        for entry in Entry.objects.handed_in().filter(pk__in=hidden):
            last = entry.events.filter(act__in=ABOUT_HIDING).latest("position")
            assert (entry.pk in waiting) is (last.act != Act.HIDING_UPHELD)

    @invariant()
    def one_text_of_each_is_published_and_none_is_lost(self):
        new = Version.objects.exclude(pk__in=self.before)
        published = [
            version.entry_id for version in new if version.status == Status.PUBLISHED
        ]
        assert len(published) == len(set(published))
        assert {pk for pk, _ in self.reviewed} <= {version.pk for version in new}
        assert self.statuses.keys() <= {version.pk for version in new}

    @invariant()
    def statuses_move_as_the_rule_says(self):
        now = self.statuses_now()
        for pk, status in now.items():
            was = self.statuses.get(pk, Status.DRAFT)
            assert status == was or status in workflow.TRANSITIONS[Status(was)]
        self.statuses = now

    @invariant()
    def chains_are_whole_and_lead_to_where_things_are(self):
        for entry in self.entries:
            events = list(entry.events.order_by("position"))
            assert chain.is_whole(events)
            led_to = {}
            for event in events:
                if event.to_status:
                    before = led_to.get(event.version_number, Status.DRAFT)
                    assert event.from_status == before
                    led_to[event.version_number] = event.to_status
            for number, status in entry.versions.values_list("number", "status"):
                assert led_to.get(number, Status.DRAFT) == status

    # -- How it is told

    def attempt(self, act, *args, **how):
        """What the act gives; None when it is refused, and then nothing is written."""
        before = ReviewEvent.objects.count()
        try:
            return act(*args, **how)
        except WorkflowError:
            assert ReviewEvent.objects.count() == before
            return None

    def one(self, place, *statuses):
        """A version, of these statuses if there is any."""
        versions = Version.objects.filter(entry__in=self.entries).order_by("pk")
        wanted = list(versions.filter(status__in=statuses)) if statuses else []
        found = wanted or list(versions)
        return found[place % len(found)]

    def statuses_now(self):
        new = Version.objects.exclude(pk__in=self.before)
        return dict(new.values_list("pk", "status"))

    def hand_in(self, version, by):
        version.refresh_from_db()
        about = {"lock": version.lock, "key": uuid4(), "grants_licence": True}
        self.attempt(workflow.submit, version, by=by, **about)

    def person(self, who, version):
        return version.author if who == AUTHOR else self.people[who]

    def title(self):
        self.titles += 1
        return f"Rubrik {self.titles}"


@pytest.mark.thorough
@pytest.mark.trust("R40")
@pytest.mark.django_db
def test_no_order_of_acts_breaks_what_must_hold():
    assert Entry.objects.count() == 60
    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=30 if FULL_MATRIX else 12,
            stateful_step_count=20,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # to make a failure shorter takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
