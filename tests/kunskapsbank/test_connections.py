"""How connections are proposed, decided on and taken back, and who sees them."""

from itertools import product
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from kunskapsbank import digests, review_queue, workflow
from kunskapsbank.enums import (
    ConnectionKind,
    ConnectionStatus,
    DeclineReason,
    MailChoice,
    QueueKind,
)
from kunskapsbank.exceptions import (
    ConnectionDecided,
    ConnectionRefused,
    InvalidTransition,
    MessageMissing,
    NotAllowed,
    OwnConnection,
    ReasonMissing,
    TooManyConnections,
)
from kunskapsbank.models import Connection
from kunskapsbank.workflow import connections
from search import generation
from tests.factories import (
    FokusomradeFactory,
    PrioriteringFactory,
    UserFactory,
    VersionFactory,
)
from tests.kunskapsbank.connecting import SENTENCE, approved, ends, proposed

pytestmark = pytest.mark.django_db
SUPPORTS, REQUIRES, CONFLICTS = ConnectionKind
REFUSAL = {"reason": DeclineReason.TOO_THIN, "message": "Påhittat nej."}


@pytest.fixture
def moderator():
    return UserFactory(moderator=True)


def is_now(connection):
    return Connection.objects.get(pk=connection.pk)


# -- Proposing


def test_anyone_signed_in_may_propose():
    person = UserFactory()

    connection = proposed(by=person, sentence=" Ett  skäl\npå två rader. ")

    assert connection.status == ConnectionStatus.PROPOSED
    assert connection.sentence == "Ett skäl på två rader."
    assert connection.events.get().actor == person


def test_nobody_else_may():
    with pytest.raises(NotAllowed):
        proposed(by=UserFactory(is_active=False))

    assert not Connection.objects.exists()


def test_same_form_sent_twice_makes_one():
    about = {"by": UserFactory(), "key": uuid4()}

    first, second = proposed(**about), proposed(**about)

    assert first == second
    assert Connection.objects.count() == 1


def test_double_click_that_slips_past_the_first_look_makes_one(monkeypatch):
    about = {"by": UserFactory(), "key": uuid4()}
    first = proposed(**about)
    real, asked = Connection.objects.filter, []

    def late(*args, **kwargs):
        asked.append(kwargs)
        return real(pk=None) if len(asked) in {1, 3} else real(*args, **kwargs)

    monkeypatch.setattr(Connection.objects, "filter", late)

    assert proposed(**about) == first


@pytest.mark.parametrize(
    ("kind", "turned", "is_refused"),
    [
        (SUPPORTS, False, True),
        (SUPPORTS, True, False),
        (REQUIRES, True, False),
        (CONFLICTS, False, True),
        (CONFLICTS, True, True),
    ],
)
def test_no_double_of_the_same_kind(kind, turned, is_refused):
    pair = ("4-1-1-a", "4-3-1-b")
    proposed(kind, pair)
    again = pair[::-1] if turned else pair

    if is_refused:
        with pytest.raises(ConnectionRefused, match="do not fit"):
            proposed(kind, again)
    else:
        assert proposed(kind, again).pk


def test_other_kinds_and_those_that_were_declined_are_no_doubles(moderator):
    workflow.decline_connection(proposed(), by=moderator, **REFUSAL)

    proposed(SUPPORTS)
    proposed(REQUIRES)

    assert Connection.objects.waiting().count() == 2


def test_database_itself_refuses_doubles_and_loops():
    connection = proposed()
    start, end = ends("4-1-1-a", "4-3-1-b")
    for about in (
        {"kind": SUPPORTS, "from_prioritering": start, "to_prioritering": end},
        {"kind": SUPPORTS, "from_prioritering": start, "to_prioritering": start},
        {"kind": CONFLICTS, "from_prioritering": end, "to_prioritering": start},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Connection.objects.create(
                **about, sentence=SENTENCE, key=uuid4(), proposed_at=timezone.now()
            )
    assert Connection.objects.get() == connection


def test_not_with_itself():
    with pytest.raises(ConnectionRefused) as refusal:
        proposed(between=("4-1-1-a", "4-1-1-a"))

    assert "två olika" in refusal.value.user_message


def test_not_across_editions():
    other = PrioriteringFactory(fokusomrade=FokusomradeFactory())
    about = {"sentence": SENTENCE, "key": uuid4(), "kind": SUPPORTS}

    with pytest.raises(ConnectionRefused):
        workflow.propose_connection(
            by=UserFactory(), start=ends("4-1-1-a")[0], end=other, **about
        )


def test_room_for_so_many_an_hour(monkeypatch):
    monkeypatch.setattr(connections, "MAX_PER_HOUR", 1)
    person = UserFactory()
    proposed(by=person)

    with pytest.raises(TooManyConnections):
        proposed(REQUIRES, by=person)

    assert proposed(REQUIRES).pk  # others are not hindered


def test_only_listed_contributions_are_evidence():
    listed, draft = VersionFactory(), VersionFactory(status="draft")

    connection = proposed(entries=[listed.entry, draft.entry])

    assert list(connection.entries.all()) == [listed.entry]


# -- Deciding

ACTS = {
    "approve": (workflow.approve_connection, {}, ConnectionStatus.APPROVED),
    "decline": (workflow.decline_connection, REFUSAL, ConnectionStatus.DECLINED),
    "withdraw": (
        workflow.withdraw_connection,
        {"message": "Fel."},
        ConnectionStatus.WITHDRAWN,
    ),
}


def at_status(status):
    connection = proposed()
    if status != ConnectionStatus.PROPOSED:
        Connection.objects.filter(pk=connection.pk).update(
            status=status, decided_at=timezone.now()
        )
    return is_now(connection)


def test_rule_knows_every_status():
    assert connections.TRANSITIONS.keys() == set(ConnectionStatus)


@pytest.mark.parametrize(("act", "status"), [*product(ACTS, ConnectionStatus)])
def test_act_moves_what_the_rule_says_and_nothing_else(moderator, act, status):
    do, about, reached = ACTS[act]
    connection = at_status(status)
    may = reached in connections.TRANSITIONS[status]
    by = connection.proposer if act == "withdraw" else moderator

    if may:
        do(connection, by=by, **about)
        event = connection.events.last()
        assert (event.from_status, event.to_status) == (status, reached)
        assert event.actor == by
    else:
        with pytest.raises(InvalidTransition):
            do(connection, by=by, **about)

    assert is_now(connection).status == (reached if may else status)


@pytest.mark.parametrize("act", ["approve", "decline"])
def test_nobody_decides_on_their_own(moderator, act):
    do, about, _ = ACTS[act]
    connection = proposed(by=moderator)

    with pytest.raises(OwnConnection):
        do(connection, by=moderator, **about)

    assert is_now(connection).is_proposed


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "rights", [{}, {"contributor": True}, {"moderator": True, "second_factor": False}]
)
def test_only_proven_moderators_act_on_those_of_others(act, rights):
    do, about, _ = ACTS[act]
    connection = approved() if act == "withdraw" else proposed()

    with pytest.raises(NotAllowed):
        do(connection, by=UserFactory(**rights), **about)


def test_no_says_why(moderator):
    connection = proposed()

    with pytest.raises(MessageMissing):
        workflow.decline_connection(
            connection, by=moderator, reason=DeclineReason.OTHER, message=" "
        )
    with pytest.raises(ReasonMissing):
        workflow.decline_connection(connection, by=moderator, reason="", message="Nej.")
    assert is_now(connection).is_proposed


def test_moderator_who_takes_away_says_why(moderator):
    connection = approved()

    with pytest.raises(MessageMissing):
        workflow.withdraw_connection(connection, by=moderator)

    workflow.withdraw_connection(connection, by=moderator, message="Stämmer inte.")
    assert not Connection.objects.public().exists()


def test_second_decision_changes_nothing(moderator):
    connection = proposed()
    workflow.approve_connection(connection, by=UserFactory(moderator=True))

    with pytest.raises(ConnectionDecided):
        workflow.decline_connection(connection, by=moderator, **REFUSAL)

    assert is_now(connection).is_approved


def test_pages_are_made_anew_when_what_is_public_changes(moderator):
    connection = proposed()
    before = generation.current()

    workflow.approve_connection(connection, by=moderator)
    shown = generation.current()
    workflow.withdraw_connection(connection, by=connection.proposer)

    assert before < shown < generation.current()


# -- Who sees it


@pytest.mark.parametrize("status", ConnectionStatus)
def test_who_sees_it(moderator, status):
    connection = at_status(status)
    everybody = status == ConnectionStatus.APPROVED
    readers = {
        AnonymousUser(): everybody,
        UserFactory(): everybody,
        UserFactory(moderator=True, second_factor=False): everybody,
        connection.proposer: True,
        moderator: True,
    }

    for reader, sees in readers.items():
        assert Connection.objects.visible_to(reader).exists() is sees
    assert Connection.objects.public().exists() is everybody


@pytest.mark.parametrize("state", ["hidden", "withdrawn"])
def test_hidden_and_withdrawn_contributions_prove_nothing(state):
    version = VersionFactory()
    approved(entries=[version.entry])
    shown = Connection.objects.public().with_evidence()
    assert shown.get().evidence == [version]

    version.entry.state = state
    version.entry.save()

    assert not shown.all().get().has_evidence


def test_link_is_evidence():
    approved(link="https://example.se/", link_title="En påhittad källa")

    assert Connection.objects.public().with_evidence().get().has_evidence


# -- Telling


def sent():
    """What the queued tasks send; those of the story before are left out."""
    for task in DBTaskResult.objects.order_by("enqueued_at", "pk"):
        import_string(task.task_path).call(*task.args_kwargs["args"])
    return mail.outbox


@pytest.mark.parametrize("act", ACTS)
def test_proposer_learns_by_mail(moderator, act):
    do, about, _ = ACTS[act]
    connection = approved() if act == "withdraw" else proposed()
    DBTaskResult.objects.all().delete()

    do(connection, by=moderator, **about)

    (told,) = sent()
    assert told.to == [connection.proposer.email]
    assert connection.number in told.subject
    assert about.get("message", "") in told.body


def test_no_mail_for_what_one_did_oneself():
    connection = proposed()
    DBTaskResult.objects.all().delete()

    workflow.withdraw_connection(connection, by=connection.proposer)

    assert not sent()


def test_moderators_are_told_as_they_wish(moderator):
    workflow.save_mail_choice(moderator, choice=MailChoice.EACH)

    connection = proposed()

    (told,) = sent()
    assert told.to == [moderator.email]
    assert f"/granska/samband/{connection.pk}/" in told.body


def test_it_waits_in_the_queue_and_in_the_digest(moderator):
    own, other = proposed(by=moderator), proposed(REQUIRES)

    items = [
        item
        for item in review_queue.gathered(moderator)
        if item.kind == QueueKind.CONNECTION
    ]
    waiting = {each.number for each in digests.waiting_for(moderator)}

    assert [item.is_free for item in items] == [False, True]
    assert review_queue.how_many(moderator) == len(review_queue.gathered(moderator))
    assert other.number in waiting
    assert own.number not in waiting


def test_erased_proposer_leaves_the_connection():
    connection = approved()
    person = connection.proposer

    workflow.erase_person(person, by=person)

    assert is_now(connection).proposer is None
    assert Connection.objects.public().exists()
