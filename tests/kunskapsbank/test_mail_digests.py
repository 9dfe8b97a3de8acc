"""Moderators are told what waits for them: once a day, for each, or never."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.workflow import applications
from kunskapsbank import workflow
from kunskapsbank.digests import waiting_for
from kunskapsbank.enums import Act, MailChoice
from tests import mail_server
from tests.kunskapsbank import letter_stories, stories

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def moderator():
    return stories.moderator()


def applied():
    return applications.apply(
        name="Siv Ek", email="siv@example.se", organisation="Byalaget", reason="Gärna!"
    )


def digests():
    """The digests that are sent now; what was queued before is done with."""
    mail_server.work()
    mail.outbox.clear()
    call_command("send_digests", stdout=StringIO())
    mail_server.work()
    return mail.outbox


def numbers(user):
    return [each.number for each in waiting_for(user)]


def test_a_digest_names_all_that_waits_with_number_title_link_and_days(moderator):
    with time_machine.travel(timezone.now() - timedelta(days=3), tick=False):
        version = stories.submitted(title="Bänkar vid stranden")
    tip = letter_stories.tip()

    (digest,) = digests()

    assert digest.to == [moderator.email]
    assert digest.subject == "2 saker väntar på dig"
    assert f"{version.entry.number} Bänkar vid stranden" in digest.body
    assert f"/granska/{version.pk}/" in digest.body
    assert "Har väntat 3 dagar." in digest.body
    assert tip.number in digest.body
    assert tip.get_absolute_url() in digest.body
    assert digest.body.index("Bänkar") < digest.body.index(tip.number)


def test_a_digest_tells_of_applications_too(moderator):
    application = applied()

    (digest,) = digests()

    assert f"{application.number} Siv Ek vill bidra\nAnsökan. Kom i dag." in digest.body
    assert f"/granska/ansokningar/{application.pk}/" in digest.body


def test_who_wants_each_is_told_of_each_application(moderator):
    workflow.save_mail_choice(moderator, choice=MailChoice.EACH)
    stories.moderator()
    application = applied()
    applied()

    mail_server.work()

    (told,) = mail.outbox
    assert told.to == [moderator.email]
    assert told.subject == f"Siv Ek vill bidra ({application.number})"
    assert f"/granska/ansokningar/{application.pk}/" in told.body
    assert "/granska/mejl/" in told.body


def test_nobody_is_told_of_an_application_that_is_answered(moderator):
    workflow.save_mail_choice(moderator, choice=MailChoice.EACH)
    applications.decline_applicant(applied(), by=moderator, message="Nej tack.")

    mail_server.work()

    assert [each.to for each in mail.outbox] == [["siv@example.se"]]
    assert not DBTaskResult.objects.failed().exists()


def test_who_may_not_answer_any_longer_is_not_told_of_applications(moderator):
    workflow.save_mail_choice(moderator, choice=MailChoice.EACH)
    applied()
    moderator.groups.clear()
    moderator.user_permissions.clear()

    mail_server.work()

    assert mail.outbox == []
    assert not DBTaskResult.objects.failed().exists()


def test_nothing_waiting_is_no_mail(moderator):
    assert digests() == []


def test_a_day_has_one_digest_however_often_it_is_queued(moderator):
    stories.submitted()
    digests()

    assert len(digests()) == 0


def test_the_next_day_has_a_digest_of_its_own(moderator):
    stories.submitted()
    digests()

    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert len(digests()) == 1


@pytest.mark.parametrize("choice", [MailChoice.EACH, MailChoice.NONE])
def test_who_has_chosen_otherwise_gets_no_digest(moderator, choice):
    workflow.save_mail_choice(moderator, choice=choice)
    stories.submitted()

    assert digests() == []


def test_nobody_is_told_of_what_they_cannot_act_on(moderator):
    own = stories.submitted(moderator)
    others = stories.submitted()
    report = letter_stories.report(stories.published(moderator).entry)

    assert numbers(moderator) == [others.entry.number]
    other = stories.moderator()
    assert set(numbers(other)) == {
        own.entry.number,
        others.entry.number,
        report.number,
    }


def test_an_appeal_waits_for_another_moderator(moderator):
    version = stories.declined(stories.submitted(), by=moderator)
    workflow.appeal(version, by=version.author, message="Läs en gång till.")

    assert numbers(moderator) == []
    (waiting,) = waiting_for(stories.moderator())
    assert waiting.number == version.entry.number
    assert waiting.address.endswith(f"/granska/omprovning/{version.pk}/")


def test_a_contributor_is_told_of_nothing():
    stories.submitted()

    assert waiting_for(stories.author()) == []


def test_who_wants_each_is_told_of_each_text_but_their_own(moderator):
    workflow.save_mail_choice(moderator, choice=MailChoice.EACH)
    stories.submitted(moderator)
    version = stories.submitted(title="Bänkar på torget")

    mail_server.work()

    (told,) = [each for each in mail.outbox if each.subject.startswith("Att granska")]
    assert told.to == [moderator.email]
    assert version.entry.number in told.subject
    assert "Bänkar på torget" in told.subject
    assert f"/granska/{version.pk}/" in told.body


def test_what_each_is_about_is_said_in_words(moderator):
    workflow.save_mail_choice(moderator, choice=MailChoice.EACH)
    returned = stories.returned(stories.submitted(title="Kompletterad"))
    stories.hand_in(returned)
    stories.changed(stories.published(title="Synlig"), title="Ändrad")
    declined = stories.declined(stories.submitted(title="Avböjd"))
    workflow.appeal(declined, by=declined.author, message="Läs en gång till.")

    mail_server.work()

    told = {
        each.subject.split(" (")[0]: each.body
        for each in mail.outbox
        if each.to == [moderator.email]
    }
    assert "är kompletterat och inskickat igen" in told["Att granska: Kompletterad"]
    assert "Någon har skickat in en ändring" in told["Att granska: Ändrad"]
    assert f"/granska/omprovning/{declined.pk}/" in told["Att ompröva: Avböjd"]


def test_who_wants_each_is_not_told_of_what_is_decided_already(moderator):
    workflow.save_mail_choice(moderator, choice=MailChoice.EACH)
    version = stories.submitted()
    stories.declined(version)

    mail_server.work()

    assert not [each for each in mail.outbox if each.to == [moderator.email]]


def test_who_asks_for_another_look_gets_a_receipt():
    version = stories.declined(stories.submitted())
    workflow.appeal(version, by=version.author, message="Läs en gång till.")
    assert stories.acts(version.entry)[-1] == Act.APPEALED

    mail_server.work()

    assert mail.outbox[-1].subject.startswith("Din begäran om omprövning")
