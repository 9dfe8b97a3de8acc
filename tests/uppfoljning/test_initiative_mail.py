"""People are told what became of initiatives, and forgotten when they ask for it."""

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from livskvalitet.own_data import gather
from programme.models import Prioritering
from tests.factories import InitiativeTextFactory, UserFactory
from uppfoljning.models import InitiativeText
from uppfoljning.workflow import initiatives, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory(employee=True)


@pytest.fixture
def owner():
    return UserFactory(document_owner=True, name="Doris Dokument")


def submitted(author, **values):
    prioriteringar = [Prioritering.objects.first()]
    text = InitiativeTextFactory(author=author, prioriteringar=prioriteringar, **values)
    return initiatives.submit_initiative(text, by=author, lock=text.lock)


def run_tasks():
    """Send what is queued, in order, and forget it."""
    for each in DBTaskResult.objects.order_by("enqueued_at", "pk"):
        each.task.call(*each.args_kwargs["args"])
    DBTaskResult.objects.all().delete()


def test_mail_tells_owners_what_waits_and_authors_what_became_of_it(author, owner):
    DBTaskResult.objects.all().delete()
    UserFactory(document_owner=True, second_factor=False)  # may not decide
    text = submitted(author)
    run_tasks()
    initiatives.return_initiative(text, by=owner, lock=text.lock, message="Mer.")
    run_tasks()
    text.refresh_from_db()
    initiatives.submit_initiative(text, by=author, lock=text.lock)
    text.refresh_from_db()
    initiatives.publish_initiative(text, by=owner, lock=text.lock, over=None)
    run_tasks()  # what waited is decided, so nobody is told that it waits
    text.refresh_from_db()
    initiatives.withdraw_initiative(text.initiative, by=owner, reason="Fel.")
    run_tasks()

    told = [(message.to[0], message.subject) for message in mail.outbox]
    number = f"({text.number})"
    assert told == [
        (owner.email, f"En insats väntar på beslut {number}"),
        (author.email, f"Kan du lägga till något om insatsen? {number}"),
        (author.email, f"Insatsen är publicerad {number}"),
        (author.email, "Insatsen är återtagen"),
    ]
    assert "Den dokumentansvariga skriver:\n\nMer.\n" in mail.outbox[1].body


def test_person_takes_drafts_along_and_leaves_what_was_handed_in(author, owner):
    text = submitted(author, title="Inskickad")
    InitiativeTextFactory(author=author, title="Utkast")
    initiatives.publish_initiative(text, by=owner, lock=text.lock, over=None)

    people.erase_person(author, by=author)

    text = InitiativeText.objects.get()
    assert (text.title, text.author) == ("Inskickad", None)
    assert {event.actor for event in text.events.all()} == {None, owner}


def test_person_is_told_what_they_wrote_and_did(author, owner):
    text = submitted(author, title="Bänkar")
    initiatives.return_initiative(text, by=owner, lock=text.lock, message="Mer.")

    [told] = gather(author)["texter om insatser"]
    [act] = gather(owner)["det du har gjort med insatser"]

    assert told["rubrik"] == "Bänkar"
    assert told["text"]["summary"] == text.summary
    assert act["meddelande"] == "Mer."
