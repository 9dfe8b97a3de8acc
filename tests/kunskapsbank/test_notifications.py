"""People are told what happened to what is theirs, once, in plain Swedish."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.exceptions import GivenUp
from accounts.mail import DELAYS
from kunskapsbank import notifications, workflow
from kunskapsbank.enums import Act, DeclineReason
from kunskapsbank.exceptions import WorkflowError
from programme.models import Prioritering
from tests import mail_server
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db


def tasks():
    return DBTaskResult.objects.order_by("enqueued_at", "pk")


def run(task):
    notifications.send_mail.call(*task.args_kwargs["args"])


def last_mail():
    """The mail that the latest act sends to the author."""
    run(tasks().last())
    return mail.outbox[-1]


@pytest.fixture(autouse=True)
def _nothing_queued():
    DBTaskResult.objects.all().delete()


def test_the_author_gets_a_receipt():
    version = stories.submitted(title="Vilbänkar")

    message = last_mail()

    assert message.subject == f"Ditt bidrag har kommit fram (B-{version.entry_id})"
    assert message.to == [version.author.email]
    assert "Nu ligger ”Vilbänkar” hos granskarna." in message.body
    assert f"/mina-bidrag/{version.pk}/\n" in message.body
    assert "/kunskapsbank/sa-granskar-vi/" in message.body


def test_what_the_author_wrote_is_not_said_to_be_the_moderators():
    version = stories.draft()
    workflow.submit(
        version,
        by=version.author,
        lock=version.lock,
        key=uuid4(),
        grants_licence=True,
        message="Bilden är min.",
    )

    body = last_mail().body

    assert "Det här skrev du till granskarna:\n\nBilden är min." in body
    assert "Granskaren skriver" not in body


def mails_to(person):
    mail_server.work()
    return [each for each in mail.outbox if each.to == [person.email]]


def test_an_owner_is_told_of_somebody_elses_change_as_such():
    version = stories.published()
    proposal = stories.changed(version, by=stories.author())

    told, mine = mails_to(version.author)[-1], mails_to(proposal.author)[-1]

    assert told.subject == f"Någon vill ändra ditt bidrag ({version.entry.number})"
    assert "Någon har föreslagit en ändring av ”Bänkar och bord" in told.body
    assert mine.subject == f"Din ändring har kommit fram ({version.entry.number})"
    assert "Texten som alla ser är som förut" in mine.body


def test_only_the_author_is_told_how_to_appeal():
    version = stories.submitted()
    owner = stories.author()
    workflow.add_owner(version.entry, owner=owner, by=version.author)
    stories.declined(version)

    assert "en annan granskare läser" in mails_to(version.author)[-1].body
    assert "en annan granskare läser" not in mails_to(owner)[-1].body


def test_a_declined_change_is_not_called_a_declined_contribution():
    proposal = stories.declined(stories.changed(stories.published()))

    message = mails_to(proposal.author)[-1]

    assert message.subject.startswith("Vi publicerar inte ändringen (")
    assert "Texten som alla ser är som förut." in message.body


def test_a_link_never_leads_to_what_the_person_may_not_see():
    version = stories.submitted()
    owner = stories.author()
    workflow.add_owner(version.entry, owner=owner, by=version.author)
    workflow.take_back(version, by=version.author)

    body = mails_to(owner)[-1].body

    assert "Det är ett utkast igen" in body
    assert "/mina-bidrag/\n" in body


def test_several_prioriteringar_are_listed_as_one_says_them():
    three = list(Prioritering.objects.order_by("pk")[:3])
    stories.published(prioriteringar=three)
    first, second, third = sorted(each.number for each in three)

    said = f"Det hör till prioriteringarna {first}, {second} och {third}."
    assert said in last_mail().body


def test_a_mail_names_the_prioritering_and_leads_to_the_page():
    first = Prioritering.objects.order_by("pk").first()
    version = stories.published(prioriteringar=[first])

    message = last_mail()

    assert f"Det hör till prioritering {first.number}." in message.body
    assert version.entry.get_absolute_url() in message.body


def test_a_decline_says_why_and_what_to_do():
    stories.declined(stories.submitted(), reason=DeclineReason.PERSONAL_DATA)

    body = last_mail().body

    assert "Skäl: uppgifter om någon som inte har sagt ja." in body
    assert "Granskaren skriver:\n\nBerätta gärna mer." in body
    assert "Kopiera den till ett nytt utkast" in body


def test_text_is_plain_and_not_made_html():
    stories.published(title="Råd & dåd <b>för</b> ”alla”")

    assert "”Råd & dåd <b>för</b> ”alla””" in last_mail().body


def test_a_title_cannot_add_headers():
    stories.submitted(title="Bänkar\r\nBcc: alla@example.se")

    message = last_mail()

    assert "\nBcc" not in message.message().as_string().split("\n\n")[0]


def test_the_moderator_s_correction_is_told():
    version = stories.submitted()
    workflow.edit_and_publish(
        version, by=stories.moderator(), lock=version.lock, title="Rättad"
    )

    assert "Granskaren har rättat något i texten" in last_mail().body


ACTS = {
    Act.RETURNED: lambda v: stories.returned(v),
    Act.DECLINED: lambda v: stories.declined(v),
    Act.HIDDEN: lambda v: workflow.hide(
        v.entry, by=stories.moderator(), reason=DeclineReason.THREAT
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_author_and_owners_are_told_and_nobody_else(act):
    version = stories.submitted()
    owner = stories.author()
    workflow.add_owner(version.entry, owner=owner, by=version.author)
    before = tasks().count()

    ACTS[act](version)

    told = [task.args_kwargs["args"][1] for task in tasks()[before:]]
    assert sorted(told) == sorted([version.author_id, owner.pk])


def test_nobody_is_told_what_they_did_themselves():
    version = stories.published()
    before = tasks().count()

    workflow.withdraw(version.entry, by=version.author)

    assert tasks().count() == before


@pytest.mark.parametrize("name", sorted(set(notifications.TEMPLATES.values())))
def test_every_mail_can_be_written(name):
    act = next(act for act, each in notifications.TEMPLATES.items() if each == name)
    version = stories.published()
    event = version.entry.last_event
    event.act = act
    event.position += 1
    event.pk = None
    event.save(force_insert=True)

    message = notifications.message_about(event.pk, version.author)

    assert message.subject.endswith(f"({version.entry.number})")
    assert "\n" not in message.subject
    assert message.body.startswith("Hej!\n")
    assert "{" not in message.body
    assert "&" not in message.body


@pytest.mark.trust("R2")
def test_two_decisions_queue_one_mail():
    """R2"""
    version = stories.submitted()
    before = tasks().count()
    stories.declined(version)

    with pytest.raises(WorkflowError):
        workflow.publish(version, by=stories.moderator(), lock=version.lock)

    assert tasks().count() == before + 1


def test_nothing_is_queued_for_what_is_rolled_back():
    with transaction.atomic():
        stories.submitted()
        transaction.set_rollback(True)

    assert tasks().count() == 0


@pytest.mark.trust("R22")
def test_a_mail_is_sent_once_and_always_has_the_same_id():
    """R22"""
    version = stories.submitted()
    event = version.entry.last_event
    task = tasks().last()

    run(task)
    run(task)

    (sent,) = mail.outbox
    again = notifications.message_about(event.pk, version.author)
    assert sent.message()["Message-ID"] == again.message()["Message-ID"]


@pytest.mark.trust("R22")
def test_a_mail_server_that_is_down_is_tried_later_and_less_and_less(monkeypatch):
    """R22"""
    version = stories.submitted()
    task = tasks().last()

    def fail(self):
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    waits = []
    for _ in DELAYS:
        run(task)
        task = tasks().last()
        waits.append(task.run_after - timezone.now())

    # A day is some microseconds less when the next task is looked at later.
    rounded = [round(each / timedelta(minutes=1)) for each in waits]
    assert rounded == sorted(rounded)
    assert len(waits) == len(DELAYS)
    with pytest.raises(GivenUp):
        run(task)
    assert version.status == "submitted"


def test_a_server_that_is_down_over_a_weekend_loses_no_mail():
    assert sum(DELAYS, timedelta()) > timedelta(days=3)


def test_whose_account_is_closed_gets_no_mail():
    version = stories.submitted()
    version.author.is_active = False
    version.author.save()

    run(tasks().last())

    assert mail.outbox == []


def test_replies_go_to_the_moderators(settings):
    settings.MODERATORS_EMAIL = "hej@example.se"
    stories.submitted()

    assert last_mail().reply_to == ["hej@example.se"]
