"""Mail against a real server, sent by the real worker: once, whatever happens (R22)."""

import pytest
from django_tasks_db.models import DBTaskResult

from accounts import mail as mails
from accounts.models import SentMail
from kunskapsbank import notifications
from kunskapsbank.enums import Status
from tests import mail_server
from tests.kunskapsbank import letter_stories, stories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_queued():
    DBTaskResult.objects.all().delete()


@pytest.fixture
def inbox(settings):
    with mail_server.serving(settings) as inbox:
        yield inbox


def letter():
    return letter_stories.tip(email="du@example.se")


def mail_tasks():
    return DBTaskResult.objects.filter(task_path__contains="mail")


def test_a_mail_is_delivered_with_its_letters_and_reply_address(inbox, settings):
    settings.MODERATORS_EMAIL = "granskarna@example.se"
    version = stories.submitted(title="Vilbänkar på Söder, åäöÅÄÖ ”citat” – 5 m²")

    mail_server.work()

    (message,) = inbox.messages
    assert message["To"] == version.author.email
    assert message["Reply-To"] == "granskarna@example.se"
    assert message["From"] == settings.DEFAULT_FROM_EMAIL
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"].startswith("Ditt bidrag har kommit fram (B-")
    assert "Vilbänkar på Söder, åäöÅÄÖ ”citat” – 5 m²" in message.get_content()


def test_swedish_letters_survive_in_the_subject(inbox):
    text = "Åäö på ”väg” till dig\n\nHej på dig, Örjan"
    message = mails.composed(text, to="du@example.se", name="prov")

    mails.send(message, task=notifications.send_mail, args=[], attempt=0)

    assert inbox.messages[0]["Subject"] == "Åäö på ”väg” till dig"
    assert inbox.messages[0].get_content().strip() == "Hej på dig, Örjan"


@pytest.mark.trust("R22")
def test_a_server_that_is_busy_gets_the_mail_later_and_once(inbox):
    inbox.answers = ["451 4.3.0 Kom tillbaka"]
    letter()

    mail_server.work()
    assert inbox.messages == []
    mail_server.work_later()
    mail_server.work_later()

    assert len(inbox.messages) == 1
    assert SentMail.objects.get().sent_at


@pytest.mark.trust("R22")
def test_what_is_submitted_while_the_server_is_down_is_told_later(settings):
    mail_server.direct(settings, mail_server.free_port())
    version = stories.submitted()
    mail_server.work()
    version.refresh_from_db()
    assert version.status == Status.SUBMITTED

    with mail_server.serving(settings) as inbox:
        mail_server.work_later()

    assert [message["To"] for message in inbox.messages] == [version.author.email]


@pytest.mark.trust("R22")
def test_a_server_that_hangs_up_after_its_yes_gets_it_once(inbox):
    inbox.answers = ["hang up after"]
    letter()

    mail_server.work()
    mail_server.work_later()

    assert len(inbox.messages) == 1


@pytest.mark.trust("R22")
def test_a_server_that_hangs_up_before_its_yes_is_asked_again(inbox):
    inbox.answers = ["drop"]
    letter()

    mail_server.work()
    mail_server.work_later()

    assert inbox.asked == 2
    assert len(inbox.messages) == 1


@pytest.mark.parametrize("answers", ["answers", "recipient_answers"])
def test_a_refusal_for_good_is_noted_and_not_tried_again(inbox, answers):
    setattr(inbox, answers, ["550 5.1.1 Finns inte"])
    letter()

    mail_server.work()
    mail_server.work_later()

    note = SentMail.objects.get()
    assert note.refused_at
    assert "550" in note.refusal
    assert inbox.asked == 1
    assert not mail_tasks().filter(status="READY").exists()


def test_no_row_keeps_the_address_of_who_was_refused(inbox):
    inbox.recipient_answers = ["550 5.1.1 <du@example.se> finns inte"]
    letter()

    mail_server.work()

    rows = [*SentMail.objects.values(), *DBTaskResult.objects.values()]
    assert "du@example.se" not in str(rows)


def test_a_server_that_never_answers_well_is_given_up(inbox):
    inbox.answers = ["451 Nej"] * 20
    letter()

    for _ in range(10):
        mail_server.work_later()

    assert inbox.asked == len(mails.DELAYS) + 1
    assert mail_tasks().filter(status="FAILED").count() == 1


def test_a_task_that_is_run_twice_sends_one_mail(inbox):
    letter()
    mail_server.work()

    mail_tasks().update(status="READY")
    mail_server.work_later()

    assert len(inbox.messages) == 1


def test_a_mail_that_somebody_else_is_sending_is_left_to_them(inbox, settings):
    letter()
    task = mail_tasks().get()
    host = "localhost"
    message_id = f"<brev-{task.args_kwargs['args'][0]}@{host}>"
    note, is_ours = mails._take(message_id)
    assert is_ours

    mail_server.work()

    assert inbox.messages == []
    waiting = mail_tasks().get(status="READY")
    assert waiting.run_after == note.taken_until


def test_a_sender_who_crashed_is_followed_by_another(inbox):
    tip = letter()
    mails._take(f"<brev-{tip.pk}@localhost>")
    SentMail.objects.update(taken_until="2026-01-01T00:00Z")

    mail_server.work()

    assert len(inbox.messages) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_nothing_in_a_title_becomes_a_header(inbox, end):
    """1.3.11"""
    stories.submitted(title=f"Bänkar{end}Bcc: alla@example.se")

    mail_server.work()

    (message,) = inbox.messages
    assert message["Bcc"] is None
    assert len(message["Subject"].splitlines()) == 1


def test_a_recipient_with_a_line_break_is_refused():
    message = mails.composed("Hej\n\nHej", to="du@example.se\nBcc: x@e.se", name="x")

    with pytest.raises(ValueError, match="newlines"):
        message.message()
