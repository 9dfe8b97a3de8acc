"""Moderators read letters, answer them, and make drafts of tips."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kunskapsbank import letter_mail, workflow
from kunskapsbank.enums import (
    DeclineReason,
    EntryState,
    LetterOutcome,
    MailChoice,
    Status,
)
from kunskapsbank.exceptions import (
    LetterClosed,
    MessageMissing,
    NotAllowed,
    OwnText,
    WrongLetter,
)
from kunskapsbank.models import Letter, Version
from tests.kunskapsbank import letter_stories, stories

pytestmark = pytest.mark.django_db

ACTS = ["answer", "ask", "close", "hide", "draft"]


def act(letter, name):
    return reverse(f"kunskapsbank:letter_{name}", args=[letter.pk])


def send_all():
    """Run what is queued about letters, in order."""
    for task in DBTaskResult.objects.order_by("enqueued_at", "pk"):
        name = task.task_path.rpartition(".")[2]
        if "letter_mail" in task.task_path:
            getattr(letter_mail, name).call(*task.args_kwargs["args"])
    DBTaskResult.objects.all().delete()
    return mail.outbox


@pytest.fixture(autouse=True)
def _nothing_queued():
    DBTaskResult.objects.all().delete()


@pytest.fixture
def moderator(client):
    person = stories.moderator()
    client.force_login(person)
    return person


@pytest.mark.parametrize("role", ["anonymous", "stranger", "contributor"])
def test_letters_are_not_there_for_others(client, role):
    letter = letter_stories.tip()
    if role == "contributor":
        client.force_login(stories.author())
    elif role == "stranger":
        client.force_login(stories.UserFactory())

    page = client.get(letter.get_absolute_url())
    answers = [client.post(act(letter, name)) for name in ACTS]

    for response in [page, *answers]:
        led_to_sign_in = response.status_code == 302 and "/konto/" in response.url
        assert led_to_sign_in if role == "anonymous" else response.status_code == 404
    letter.refresh_from_db()
    assert letter.closed_at is None
    assert letter.replies.count() == 0


def test_a_tip_waits_in_the_list_and_is_read(client, moderator):
    tip = letter_stories.tip()

    listed = client.get("/granska/tips/").content.decode()
    page = client.get(tip.get_absolute_url()).content.decode()

    assert tip.title in listed
    assert tip.number in listed
    assert "Det pågår varje torsdag." in page


def test_a_tip_becomes_a_draft_of_the_moderator_s_own(client, moderator):
    tip = letter_stories.tip(link="https://example.se/bok", email="du@example.se")

    client.post(act(tip, "draft"))

    tip.refresh_from_db()
    draft = tip.draft
    assert (draft.author, draft.status) == (moderator, Status.DRAFT)
    assert draft.title == "Grannarna på Elineberg byter böcker."
    assert draft.summary == tip.text
    assert draft.address == "https://example.se/bok"
    assert tip.outcome == LetterOutcome.DRAFT
    assert "skriver nu ett bidrag av det" in send_all()[-1].body


def test_a_tip_leads_to_what_became_of_it(client, moderator):
    tip = letter_stories.tip()
    receipt = reverse("kunskapsbank:letter_receipt", args=[letter_mail.token_of(tip)])
    draft = workflow.make_draft(tip, by=moderator)

    mine = f'href="/mina-bidrag/{draft.pk}/"'
    assert mine in client.get(tip.get_absolute_url()).content.decode()
    assert "Det blev ett bidrag" not in client.get(receipt).content.decode()

    client.force_login(stories.moderator())
    page = client.get(tip.get_absolute_url()).content.decode()
    assert f"{draft.entry.number}, utkast" in page
    assert mine not in page

    draft = workflow.save_text(draft, by=moderator, lock=draft.lock, **stories.COMPLETE)
    version = stories.hand_in(draft)
    version = workflow.publish(version, by=stories.moderator(), lock=version.lock)
    address = f'href="{version.get_absolute_url()}"'
    assert address in client.get(tip.get_absolute_url()).content.decode()
    client.logout()
    assert address in client.get(receipt).content.decode()


def test_a_long_tip_fits_in_a_draft():
    tip = letter_stories.tip(text="å" * 4000)

    draft = workflow.make_draft(tip, by=stories.moderator())

    assert len(draft.title) <= 140
    assert draft.background == tip.text


def test_a_tip_becomes_one_draft_however_often_it_is_asked(client, moderator):
    tip = letter_stories.tip()

    client.post(act(tip, "draft"))
    client.post(act(tip, "draft"))

    assert Version.objects.filter(author=moderator).count() == 1


def test_only_a_tip_becomes_a_draft():
    report = letter_stories.report(stories.published().entry)

    with pytest.raises(WrongLetter):
        workflow.make_draft(report, by=stories.moderator())


def test_an_answer_reaches_the_sender_and_the_letter_waits_on(client, moderator):
    tip = letter_stories.tip(email="du@example.se")

    client.post(act(tip, "answer"), {"svar-message": "Var hålls bokbytet?"})

    receipt, answer = send_all()
    assert receipt.to == answer.to == ["du@example.se"]
    assert "Var hålls bokbytet?" in answer.body
    assert Letter.objects.waiting().count() == 1


def test_replies_go_to_the_moderators(settings):
    settings.MODERATORS_EMAIL = "granskarna@example.se"
    letter_stories.tip(email="du@example.se")

    assert send_all()[-1].reply_to == ["granskarna@example.se"]


def test_what_was_written_is_kept_while_signing_in(client, moderator):
    tip = letter_stories.tip()
    who = client.get(tip.get_absolute_url()).context["who"]
    client.logout()

    answer = client.post(
        act(tip, "answer"), {"svar-message": "Var hålls bokbytet?", "who": who}
    )
    assert answer.url.startswith("/konto/logga-in/")
    client.force_login(moderator)

    assert "Var hålls bokbytet?" in client.get(act(tip, "answer")).content.decode()
    assert tip.replies.count() == 0
    client.post(act(tip, "answer"), {"svar-message": "Var hålls bokbytet?"})
    assert client.get(act(tip, "answer")).url == tip.get_absolute_url()
    assert tip.replies.count() == 1


def test_without_an_address_the_answer_is_on_the_sender_s_page(client):
    tip = letter_stories.tip()
    workflow.answer_letter(tip, by=stories.moderator(), message="Tack, vi läser.")

    address = reverse("kunskapsbank:letter_receipt", args=[letter_mail.token_of(tip)])

    assert "Tack, vi läser." in client.get(address).content.decode()
    assert send_all() == []


def test_a_letter_is_closed_with_a_reason_and_the_sender_told(client, moderator):
    tip = letter_stories.tip(email="du@example.se")

    data = {"avsluta-outcome": "closed", "avsluta-message": "Finns redan."}
    client.post(act(tip, "close"), data)

    tip.refresh_from_db()
    assert (tip.outcome, tip.closed_by) == (LetterOutcome.CLOSED, moderator)
    assert "Finns redan." in send_all()[-1].body


def test_a_reason_is_asked_for_and_the_choice_kept(client, moderator):
    tip = letter_stories.tip()

    page = client.post(act(tip, "close"), {"avsluta-outcome": "closed"})

    assert "Skriv ett skäl" in page.content.decode()
    assert page.context["form"]["outcome"].value() == "closed"
    tip.refresh_from_db()
    assert tip.closed_at is None


def test_what_was_written_is_kept_when_another_was_first(client, moderator):
    tip = letter_stories.tip()
    workflow.close_letter(
        tip, by=stories.moderator(), outcome=LetterOutcome.CLOSED, message="Klart."
    )

    page = client.post(act(tip, "answer"), {"svar-message": "Min långa text"})

    assert "Ärendet är redan avslutat" in page.content.decode()
    assert "Min långa text" in page.content.decode()


def test_hiding_a_reported_contribution_tells_both_sides(client, moderator):
    """DSA article 17; trust A24"""
    version = stories.published()
    report = letter_stories.report(version.entry, email="ada@example.se")
    DBTaskResult.objects.all().delete()

    data = {"dolj-reason": "personal_data", "dolj-message": "Ett namn står kvar."}
    client.post(act(report, "hide"), data)

    version.entry.refresh_from_db()
    report.refresh_from_db()
    assert version.entry.state == EntryState.HIDDEN
    assert report.outcome == LetterOutcome.HIDDEN
    owners_task = DBTaskResult.objects.get(
        task_path__endswith="notifications.send_mail"
    )
    assert owners_task.args_kwargs["args"][1] == version.author_id
    assert "uppgifter om någon som inte har sagt ja" in send_all()[-1].body
    assert client.get(version.entry.get_absolute_url()).status_code == 410


def test_the_owner_is_asked_without_being_told_who_reported(client, moderator):
    version = stories.published()
    report = letter_stories.report(version.entry, name="Ada", email="ada@example.se")
    DBTaskResult.objects.all().delete()

    client.post(act(report, "ask"), {"fraga-message": "Har Bo sagt ja?"})

    (question,) = send_all()
    assert question.to == [version.author.email]
    assert "Har Bo sagt ja?" in question.body
    assert "ada" not in question.body.lower()
    receipt = reverse(
        "kunskapsbank:letter_receipt", args=[letter_mail.token_of(report)]
    )
    assert "Har Bo sagt ja?" not in client.get(receipt).content.decode()


def test_nobody_decides_on_a_report_of_their_own_text(client):
    author = stories.moderator()
    version = stories.published(author)
    report = letter_stories.report(version.entry)
    client.force_login(author)

    page = client.get(report.get_absolute_url()).content.decode()
    with pytest.raises(OwnText):
        workflow.close_letter(
            report, by=author, outcome=LetterOutcome.KEPT, message="Bra som det är."
        )

    assert "En annan granskare beslutar" in page
    assert "Avsluta ärendet" not in page


@pytest.mark.parametrize(
    "refused",
    [
        lambda letter: workflow.answer_letter(
            letter, by=stories.author(), message="Hej"
        ),
        lambda letter: workflow.make_draft(letter, by=stories.author()),
        lambda letter: workflow.save_mail_choice(
            stories.author(), choice=MailChoice.NONE
        ),
    ],
)
def test_acts_are_for_moderators(refused):
    with pytest.raises(NotAllowed):
        refused(letter_stories.tip())


def test_refusals_of_what_cannot_be_done():
    by, tip = stories.moderator(), letter_stories.tip()
    with pytest.raises(MessageMissing):
        workflow.answer_letter(tip, by=by, message=" ")
    with pytest.raises(WrongLetter):
        workflow.ask_owners(tip, by=by, message="?")
    with pytest.raises(WrongLetter):
        workflow.hide_reported(tip, by=by, reason=DeclineReason.THREAT, message="Nej.")
    with pytest.raises(WrongLetter):
        workflow.close_letter(tip, by=by, outcome=LetterOutcome.DRAFT, message="x")
    workflow.make_draft(tip, by=by)
    with pytest.raises(LetterClosed):
        workflow.answer_letter(tip, by=by, message="Hej")


def test_a_receipt_leads_to_the_page_and_echoes_nothing():
    letter_stories.tip(text="Köp billiga väskor", email="du@example.se")

    (receipt,) = send_all()

    assert "/kvitto/" in receipt.body
    assert "väskor" not in receipt.body


def test_who_wants_each_is_told_of_each_and_others_are_not():
    eager, calm = stories.moderator(), stories.moderator()
    workflow.save_mail_choice(eager, choice=MailChoice.EACH)
    workflow.save_mail_choice(calm, choice=MailChoice.NONE)

    tip = letter_stories.tip()

    (notice,) = send_all()
    assert notice.to == [eager.email]
    assert tip.number in notice.subject
    assert tip.get_absolute_url() in notice.body


def test_a_moderator_chooses_how_often(client, moderator):
    address = reverse("kunskapsbank:mail_preferences")

    client.post(address, {"choice": "none"})

    page = client.get(address)
    assert page.context["form"]["choice"].value() == MailChoice.NONE


def test_senders_are_forgotten_some_time_after_the_end():
    old, new, waiting = (letter_stories.tip(email="a@example.se") for _ in range(3))
    for letter in (old, new):
        workflow.make_draft(letter, by=stories.moderator())
    Letter.objects.filter(pk=old.pk).update(
        closed_at=timezone.now() - timedelta(days=91),
        created_at=timezone.now() - timedelta(days=99),
        network="x",
    )

    before = timezone.now() - timedelta(days=90)
    assert workflow.erase_senders(closed_before=before) == 1

    old.refresh_from_db()
    assert (old.email, old.network, old.text) == ("", "", letter_stories.TIP["text"])
    assert Letter.objects.exclude(email="").count() == 2
