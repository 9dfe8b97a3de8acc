"""Anybody may ask to follow a list; nobody learns what else is followed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import travel

from kunskapsbank import workflow
from kunskapsbank.enums import Frequency
from kunskapsbank.models import Subscription
from kunskapsbank.workflow import following as acts
from tests.kunskapsbank.following import (
    EMAIL,
    FORM,
    asked,
    follower,
    form,
    mail_tasks,
)
from tests.racing import HAS_ROW_LOCKS, committed, race

pytestmark = pytest.mark.django_db


def questions():
    return mail_tasks("send_confirmation").count()


def test_asking_keeps_an_unconfirmed_address_and_queues_one_mail(client):
    response = client.post(f"{FORM}?vilja=1&typ=forskning", form())

    found = Subscription.objects.get()
    assert response.url == "/folj/tack/"
    assert (found.email, found.frequency) == (EMAIL, "weekly")
    assert found.query == "vilja=1&typ=forskning"
    assert found.confirmed_at is None
    assert questions() == 1


def test_page_says_in_words_what_is_followed(client):
    page = client.get(f"{FORM}?typ=forskning&typ=lank&vilja=2&ordning=a-o&sida=2")

    assert page.context["words"].startswith("Forskning och länkar i ")
    assert page.context["feed_url"].endswith("?vilja=2&typ=forskning&typ=lank")


def test_page_without_a_list_is_about_everything(client):
    page = client.get(FORM)

    assert page.context["words"] == "Alla bidrag i kunskapsbanken"


def test_order_and_page_are_no_part_of_what_is_followed(client):
    client.post(f"{FORM}?ordning=a-o&sida=2&vilja=1&utm_source=x", form())

    assert Subscription.objects.get().query == "vilja=1"


def test_double_click_makes_one_subscription_and_one_mail(client):
    sent = form()

    responses = [client.post(FORM, sent), client.post(FORM, sent)]

    assert [each.status_code for each in responses] == [302, 302]
    assert Subscription.objects.count() == 1
    assert questions() == 1


def test_answer_is_the_same_for_known_and_unknown_addresses(client):
    follower()
    known, unknown = form(), form(email="bo@example.se")

    answers = [client.post(FORM, each) for each in (known, unknown)]

    assert len({each.url for each in answers}) == 1
    assert len({each.content for each in answers}) == 1
    assert len({str(each.headers.keys()) for each in answers}) == 1


def test_asking_changes_nothing_for_who_follows_already():
    before = follower(frequency=Frequency.WEEKLY)

    workflow.follow(EMAIL, query="", frequency=Frequency.DAILY)

    after = Subscription.objects.get()
    assert after.frequency == Frequency.WEEKLY
    assert after.confirmed_at == before.confirmed_at
    assert after.told_until == before.told_until


def test_asking_anew_later_sends_another_question():
    asked()

    with travel(timezone.now() + timedelta(hours=1), tick=False):
        asked()

    assert Subscription.objects.count() == 1
    assert questions() == 2


def test_an_address_gets_few_questions_a_day_whatever_is_asked_for():
    for prioritering in "abcdef":
        workflow.follow(EMAIL, query=f"prio={prioritering}", frequency=Frequency.DAILY)

    assert questions() == acts.MAX_MAILS_PER_DAY
    assert Subscription.objects.count() == acts.MAX_MAILS_PER_DAY


def test_the_limit_of_an_address_holds_for_one_list_asked_for_all_day():
    now = timezone.now()
    for hour in range(12):
        with travel(now + timedelta(hours=hour), tick=False):
            workflow.follow(EMAIL, query="", frequency=Frequency.DAILY)

    assert questions() == acts.MAX_MAILS_PER_DAY


def test_the_limit_of_an_address_is_lifted_the_next_day():
    now = timezone.now()
    for prioritering in "abcd":
        workflow.follow(EMAIL, query=f"prio={prioritering}", frequency=Frequency.DAILY)

    with travel(now + timedelta(days=1, minutes=1), tick=False):
        workflow.follow(EMAIL, query="prio=d", frequency=Frequency.DAILY)

    assert questions() == acts.MAX_MAILS_PER_DAY + 1


def test_the_limit_of_an_address_shows_nowhere(client, monkeypatch):
    monkeypatch.setattr(acts, "MAX_MAILS_PER_DAY", 0)

    response = client.post(FORM, form())

    assert (response.status_code, response.url) == (302, "/folj/tack/")
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("limit", ["MAX_PER_HOUR", "MAX_PER_HOUR_AND_NETWORK"])
def test_too_many_are_refused_and_what_was_typed_is_kept(client, monkeypatch, limit):
    monkeypatch.setattr(acts, limit, 1)
    client.post(FORM, form(email="bo@example.se"))

    response = client.post(FORM, form())

    page = response.content.decode()
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert "Vänta en timme" in page
    assert f'value="{EMAIL}"' in page
    assert Subscription.objects.count() == 1


def test_another_network_is_not_hindered(client, monkeypatch):
    monkeypatch.setattr(acts, "MAX_PER_HOUR_AND_NETWORK", 1)
    client.post(FORM, form(email="bo@example.se"))

    response = client.post(FORM, form(), REMOTE_ADDR="203.0.113.7")

    assert response.status_code == 302


def test_no_address_of_a_computer_is_kept(client):
    client.post(FORM, form(), REMOTE_ADDR="198.51.100.1")

    assert "198.51" not in str(Subscription.objects.values().get())


FAULTS = [
    ({"email": ""}, "Skriv din e-postadress"),
    ({"email": "ada"}, "Skriv e-postadressen så här: namn@example.se"),
    ({"email": "ada@example.se\nBcc: bo@example.se"}, "Skriv e-postadressen så här"),
    ({"email": "ada@example.se\r\nSubject: x"}, "Skriv e-postadressen så här"),
    ({"email": "a" * 250 + "@example.se"}, "Skriv e-postadressen så här"),
    ({"frequency": "hourly"}, "Välj hur ofta du vill få mejl"),
    ({"frequency": ""}, "Välj hur ofta du vill få mejl"),
    ({"website": "https://example.se"}, "Något fyllde i ett fält"),
    ({"stamp": ""}, "såg ut som en maskin"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS)
def test_a_fault_says_what_to_do_and_keeps_the_rest(client, fault, said):
    sent = form(email="bo@example.se", frequency="daily") | fault

    page = client.post(f"{FORM}?vilja=1", sent)

    shown = page.context["form"]
    assert said in page.content.decode()
    assert shown["frequency"].value() == sent["frequency"]
    # A browser sends no line breaks in the field; what is shown has none either.
    assert shown["email"].value() == sent["email"]
    assert Subscription.objects.count() == 0
    assert questions() == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  ada@Example.SE ", "ada@example.se"),
        ("Ada@EXAMPLE.se", "Ada@example.se"),
        ("ada@a\u030angstrom.example", "ada@ångstrom.example"),
    ],
)
def test_address_is_kept_in_one_form(client, typed, kept):
    client.post(FORM, form(email=typed))

    assert Subscription.objects.get().email == kept


def test_form_without_a_token_is_refused():
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(FORM, form())

    assert response.status_code == 403
    assert Subscription.objects.count() == 0


def test_unconfirmed_is_erased_after_a_week_and_confirmed_is_kept():
    asked("bo@example.se")
    kept = follower()
    now = timezone.now()

    with travel(now + timedelta(days=6, hours=23), tick=False):
        early = workflow.sweep_followers()
    with travel(now + timedelta(days=7, minutes=1), tick=False):
        late = workflow.sweep_followers()

    assert (early, late) == (0, 1)
    assert list(Subscription.objects.all()) == [kept]


def test_network_is_forgotten_after_a_day():
    workflow.follow(EMAIL, query="", frequency=Frequency.DAILY, network="abc")
    now = timezone.now()

    with travel(now + timedelta(hours=23), tick=False):
        workflow.sweep_followers()
    before = Subscription.objects.get().network
    with travel(now + timedelta(hours=25), tick=False):
        workflow.sweep_followers()

    assert (before, Subscription.objects.get().network) == ("abc", "")


def asked_at_the_same_time():
    def ask():
        return workflow.follow(EMAIL, query="", frequency=Frequency.DAILY)

    outcomes = race(ask, ask)

    assert outcomes == [None, None]
    assert Subscription.objects.filter(email=EMAIL).count() == 1
    assert questions() == 1


if HAS_ROW_LOCKS:

    def test_two_halves_of_a_double_click_at_the_same_time():
        committed(asked_at_the_same_time)
