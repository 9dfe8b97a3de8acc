"""The link in the yearly mail shows, a button answers, and it says why it cannot."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from kunskapsbank import freshness_mail, workflow
from kunskapsbank.enums import Act, DeclineReason
from kunskapsbank.exceptions import NotAllowed
from kunskapsbank.models import FreshnessQuestion
from search import generation
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return stories.published()


@pytest.fixture
def question(version):
    return FreshnessQuestion.objects.create(
        entry=version.entry, asked_at=timezone.now()
    )


def address(question, user):
    token = freshness_mail.token_of(question, user)
    return reverse("kunskapsbank:still_true", args=[token])


@pytest.fixture
def link(version, question):
    return address(question, version.author)


def now(question):
    question.refresh_from_db()
    question.entry.refresh_from_db()
    return question.answer, question.entry.confirmed_on, stories.acts(question.entry)


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_shows_and_writes_nothing(
    client, link, question, version, method
):
    before = now(question)

    response = getattr(client, method)(link)

    assert response.status_code == 200
    assert now(question) == before == ("", None, before[2])
    if method == "get":
        page = response.content.decode()
        assert version.title in page
        assert f'href="{version.get_absolute_url()}"' in page
        for answer in ("yes", "change", "withdraw"):
            assert f'name="answer" value="{answer}"' in page


def test_the_page_is_kept_by_nobody(client, link):
    response = client.get(link)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_yes_confirms_without_signing_in(client, link, question, version):
    raised = generation.current()

    response = client.post(link, {"answer": "yes"}, follow=True)

    answer, confirmed_on, acts = now(question)
    assert (answer, confirmed_on) == ("yes", localdate())
    assert acts[-1] == Act.CONFIRMED
    assert stories.is_whole(version.entry)
    assert generation.current() > raised
    assert "Tack, bidraget är bekräftat" in response.content.decode()
    assert f"{localdate():%Y-%m}" in client.get(version.get_absolute_url()).text


def test_yes_pressed_twice_is_one_yes(client, link, question):
    for _ in range(2):
        response = client.post(link, {"answer": "yes"}, follow=True)

    assert now(question)[2].count(Act.CONFIRMED) == 1
    assert "Tack, bidraget är bekräftat" in response.content.decode()


def test_a_button_of_another_site_answers_nothing(link, question):
    client = Client(enforce_csrf_checks=True)

    response = client.post(link, {"answer": "yes"})

    assert response.status_code == 403
    assert now(question)[:2] == ("", None)


@pytest.mark.parametrize("answer", ["", "maybe", None])
def test_an_answer_that_is_none_shows_the_page_again(client, link, question, answer):
    response = client.post(link, {} if answer is None else {"answer": answer})

    assert response.status_code == 200
    assert now(question)[:2] == ("", None)


def test_change_is_noted_and_leads_to_where_one_proposes(
    client, link, question, version
):
    response = client.post(link, {"answer": "change"})

    proposed = reverse("kunskapsbank:propose_change", args=[version.entry.slug])
    assert response.url == proposed
    assert now(question)[:2] == ("change", None)


def test_withdraw_is_noted_and_withdraws_nothing(client, link, question, version):
    response = client.post(link, {"answer": "withdraw"})

    assert response.url == reverse("kunskapsbank:withdraw", args=[version.pk])
    assert now(question)[0] == "withdraw"
    assert question.entry.state == "open"
    client.force_login(version.author)
    assert client.get(response.url).status_code == 200


def test_who_meant_to_change_it_may_still_say_yes(client, link, question):
    client.post(link, {"answer": "change"})

    page = client.get(link).content.decode()
    client.post(link, {"answer": "yes"})

    assert "Du kan svara på nytt" in page
    assert now(question)[0] == "yes"


def test_author_who_owns_nothing_is_not_offered_to_withdraw(
    client, link, question, version
):
    version.entry.owners.clear()

    page = client.get(link).content.decode()
    client.post(link, {"answer": "withdraw"})

    assert 'value="withdraw"' not in page
    assert now(question)[0] == ""


def said_by(client, link, question):
    """What the page says, the same to who opens it and to who presses the button."""
    before = now(question)
    opened, sent = client.get(link), client.post(link, {"answer": "yes"})
    assert opened.status_code == sent.status_code == 410
    assert now(question) == before
    for response in (opened, sent):
        assert "/mina-bidrag/" in response.content.decode()
    heading = opened.content.decode().partition("<h1>")[2].partition("</h1>")[0]
    assert heading in sent.content.decode()
    return heading


def test_what_another_owner_confirmed_is_answered(client, link, question, version):
    other = stories.author_named("Bo Ek")
    workflow.add_owner(version.entry, owner=other, by=version.author)
    client.post(address(question, other), {"answer": "yes"})

    assert said_by(client, link, question) == "Bidraget är redan bekräftat"


def test_hidden_contribution_cannot_be_confirmed(client, link, question, version):
    workflow.hide(version.entry, by=stories.moderator(), reason=DeclineReason.OTHER)

    assert said_by(client, link, question) == "Bidraget syns inte på webbplatsen"
    assert version.title not in client.get(link).content.decode()


def test_withdrawn_contribution_cannot_be_confirmed(client, link, question, version):
    workflow.withdraw(version.entry, by=version.author)

    assert said_by(client, link, question) == "Bidraget syns inte på webbplatsen"


def test_question_about_an_earlier_text_is_closed(client, link, question, version):
    changed = stories.changed(version)
    workflow.publish(changed, by=stories.moderator(), lock=changed.lock)

    heading = "Bidraget har ändrats sedan frågan skickades"
    assert said_by(client, link, question) == heading


def test_who_no_longer_owns_it_cannot_answer(client, question, version):
    other = stories.author_named("Bo Ek")
    workflow.add_owner(version.entry, owner=other, by=version.author)
    link = address(question, other)
    version.entry.owners.remove(other)

    assert said_by(client, link, question) == "Länken gäller inte längre"


def test_closed_account_cannot_answer(client, link, question, version):
    version.author.is_active = False
    version.author.save()

    assert said_by(client, link, question) == "Länken gäller inte längre"


def test_erased_person_leaves_a_link_that_says_so(client, link, question, version):
    workflow.erase_person(version.author, by=version.author)

    assert said_by(client, link, question) == "Länken gäller inte längre"


def test_link_lasts_sixty_days(client, link, question):
    start = timezone.now()

    with time_machine.travel(start + timedelta(days=59), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(start + timedelta(days=61), tick=False):
        assert said_by(client, link, question) == "Länken har gått ut"


def test_link_that_is_not_ours_is_no_page(client, link, question, version):
    other = freshness_mail.token_of(question, stories.moderator())
    foreign = signing.dumps([question.pk, version.author_id], salt="something.else")
    tampered = other.partition(":")[0] + ":" + link.strip("/").partition(":")[2]

    for token in ("1", "1:2:3", foreign, tampered, "å" * 400):
        response = client.post(f"/stammer-det/{token}/", {"answer": "yes"})
        assert response.status_code == 404, token
    assert now(question)[0] == ""


def test_moderator_who_has_no_part_in_it_gets_no_answer_by_a_link(
    client, question, version
):
    link = address(question, stories.moderator())

    assert said_by(client, link, question) == "Länken gäller inte längre"


def test_owner_confirms_where_they_have_signed_in(client, version, question):
    client.force_login(version.author)
    page = reverse("kunskapsbank:confirm", args=[version.pk])

    mine = client.get(reverse("kunskapsbank:my_entry", args=[version.pk]))
    assert f'href="{page}"' in mine.content.decode()
    for _ in range(2):
        client.post(page)

    answer, confirmed_on, acts = now(question)
    assert (answer, confirmed_on) == ("yes", localdate())
    assert acts.count(Act.CONFIRMED) == 1


def test_another_contributor_confirms_nothing(client, version):
    client.force_login(stories.author_named("Bo Ek"))

    response = client.post(reverse("kunskapsbank:confirm", args=[version.pk]))

    assert response.status_code == 404
    with pytest.raises(NotAllowed):
        workflow.confirm(version.entry, by=stories.author_named("Eva Ek"))
