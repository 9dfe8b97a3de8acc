"""What the signed addresses in mails lead to: nothing happens until a button is
pressed, and nobody learns whether an address was known."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from time_machine import travel

from kunskapsbank.enums import Frequency
from kunskapsbank.follow_mail import CONFIRM, MANAGE, STOP
from kunskapsbank.models import Subscription
from tests.factories import UserFactory
from tests.kunskapsbank import stories
from tests.kunskapsbank.following import EMAIL, address, asked, follower

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
ACTS = [("bekrafta", CONFIRM), ("hantera", MANAGE), ("avsluta", STOP)]


def rows():
    return list(Subscription.objects.order_by("pk").values())


# -- confirming


def test_opening_the_link_confirms_nothing_and_the_button_does(client):
    page = address("bekrafta", CONFIRM, asked())

    shown = client.get(page).content.decode()
    before = Subscription.objects.get().confirmed_at
    response = client.post(page, follow=True)

    assert "Ja, jag vill följa" in shown
    assert before is None
    assert Subscription.objects.get().confirmed_at
    assert "Du följer nu" in response.content.decode()


def test_confirming_twice_or_in_two_tabs_is_once(client):
    page = address("bekrafta", CONFIRM, asked())
    client.post(page)
    first = Subscription.objects.get()

    response = Client().post(page)

    assert response.status_code == 302
    assert Subscription.objects.get().confirmed_at == first.confirmed_at


def test_link_holds_for_seven_days(client):
    page = address("bekrafta", CONFIRM, asked())
    now = timezone.now()

    with travel(now + timedelta(days=6, hours=23), tick=False):
        early = client.get(page)
    with travel(now + timedelta(days=7, minutes=1), tick=False):
        late = client.post(page)

    assert (early.status_code, late.status_code) == (200, 410)
    assert "Länken gäller inte längre" in late.content.decode()
    assert Subscription.objects.get().confirmed_at is None


def test_link_to_what_is_erased_answers_as_one_too_old(client):
    found = asked()
    page = address("bekrafta", CONFIRM, found)
    found.delete()

    responses = [client.get(page), client.post(page), client.get("/folj/bekrafta/x/")]

    assert {each.status_code for each in responses} == {410}
    assert len({each.context["title"] for each in responses}) == 1
    assert Subscription.objects.count() == 0


# -- one click (RFC 8058)


def test_a_mail_program_stops_with_one_click_and_without_a_token():
    page = address("avsluta", STOP, follower())
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(page, ONE_CLICK)

    assert response.status_code == 200
    assert Subscription.objects.count() == 0


def test_opening_the_address_stops_nothing(client):
    page = address("avsluta", STOP, follower())
    before = rows()

    shown = client.get(page)
    client.head(page)

    assert "Sluta följa" in shown.content.decode()
    assert rows() == before


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "x"}, {"a": "One-Click"}])
def test_only_the_agreed_body_stops(client, body):
    before = [follower().pk]

    response = client.post(address("avsluta", STOP, Subscription.objects.get()), body)

    assert response.status_code == 200
    assert [row["pk"] if "pk" in row else row["id"] for row in rows()] == before


def test_body_in_parts_stops_too(client):
    """RFC 8058 allows multipart/form-data and urlencoded."""
    pages = [
        address("avsluta", STOP, follower(query=query)) for query in ("", "vilja=1")
    ]

    client.post(pages[0], ONE_CLICK)
    client.post(
        pages[1],
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )

    assert Subscription.objects.count() == 0


def test_stopping_again_answers_calmly_and_alike(client):
    known = follower()
    page = address("avsluta", STOP, known)
    client.post(page, ONE_CLICK)
    never = Subscription(pk=known.pk + 1000)

    again = [client.get(page), client.get(address("avsluta", STOP, never))]
    posted = [client.post(page, ONE_CLICK)]
    posted.append(client.post(address("avsluta", STOP, never), ONE_CLICK))

    assert {each.status_code for each in again + posted} == {200}
    assert {each.context["title"] for each in again} == {"Redan avslutat"}
    assert len({each.context["title"] for each in posted}) == 1


def test_one_click_in_a_mail_of_several_lists_stops_them_all(client):
    both = [follower(), follower(query="vilja=1")]
    follower("bo@example.se")

    client.post(address("avsluta", STOP, *both), ONE_CLICK)

    assert [each.email for each in Subscription.objects.all()] == ["bo@example.se"]


# -- changing


def manage(*subscriptions):
    return address("hantera", MANAGE, *subscriptions)


def test_page_lists_all_of_the_address_and_nothing_of_others(client):
    first = follower()
    follower(query="typ=forskning")
    follower("bo@example.se", query="typ=lank")

    page = client.get(manage(first)).content.decode()

    assert "Alla bidrag i kunskapsbanken" in page
    assert ">Forskning</a>" in page
    assert ">Länkar</a>" not in page
    assert EMAIL not in page


def test_frequency_is_changed_for_one_list(client):
    first, second = follower(), follower(query="vilja=1")
    name = f"lista-{first.pk}-frequency"

    response = client.post(
        manage(first), {"lista": first.pk, name: "weekly"}, follow=True
    )

    assert "Ditt val är sparat." in response.content.decode()
    assert [row["frequency"] for row in rows()] == ["weekly", "daily"]
    assert second.frequency == Frequency.DAILY


def test_choice_that_is_none_changes_nothing_and_says_so(client):
    found = follower()
    name = f"lista-{found.pk}-frequency"

    response = client.post(manage(found), {"lista": found.pk, name: "hourly"})

    assert "Välj hur ofta du vill få mejl" in response.content.decode()
    assert Subscription.objects.get().frequency == Frequency.DAILY


def test_one_list_is_stopped_and_the_page_goes_on_with_the_rest(client):
    first, second = follower(), follower(query="vilja=1")
    page = manage(first, second)

    response = client.post(page, {"lista": first.pk, "sluta": "ja"}, follow=True)

    assert "Du följer inte den listan längre." in response.content.decode()
    assert [row["id"] for row in rows()] == [second.pk]
    assert client.get(page).status_code == 200


def test_all_is_erased_at_once(client):
    first = follower()
    follower(query="vilja=1")
    asked(query="vilja=2")
    other = follower("bo@example.se")

    page = client.post(manage(first), {"allt": "ja"}, follow=True).content.decode()

    assert "Adressen är raderad." in page
    assert "Du följer ingenting." in page
    assert [row["id"] for row in rows()] == [other.pk]


def test_another_s_list_is_out_of_reach(client):
    mine, other = follower(), follower("bo@example.se")
    name = f"lista-{other.pk}-frequency"

    client.post(manage(mine), {"lista": other.pk, "sluta": "ja"})
    client.post(manage(mine), {"lista": other.pk, name: "weekly"})

    kept = Subscription.objects.get(pk=other.pk)
    assert kept.frequency == Frequency.DAILY


def test_what_is_stopped_in_another_tab_is_no_fault(client):
    found = follower()
    page, name = manage(found), f"lista-{found.pk}-frequency"
    client.post(page, {"lista": found.pk, "sluta": "ja"})

    answers = [
        client.post(page, {"lista": found.pk, name: "weekly"}, follow=True),
        client.post(page, {"lista": found.pk, "sluta": "ja"}, follow=True),
        client.post(page, {"allt": "ja"}, follow=True),
    ]

    assert {each.status_code for each in answers} == {200}
    assert rows() == []


def test_changing_needs_the_form_s_own_token():
    found = follower()
    strict = Client(enforce_csrf_checks=True)

    responses = [
        strict.post(manage(found), {"allt": "ja"}),
        strict.post(address("bekrafta", CONFIRM, found)),
    ]

    assert [each.status_code for each in responses] == [403, 403]
    assert Subscription.objects.count() == 1


# -- who has what address


@pytest.mark.parametrize(("act", "salt"), ACTS)
def test_token_of_another_page_or_a_changed_one_opens_nothing(client, act, salt):
    found = follower()
    wrong = [other for _, other in ACTS if other != salt]
    tokens = [signing.dumps([found.pk], salt=other) for other in wrong]
    tokens += [signing.dumps([found.pk], salt=salt)[:-1], "prov", str(found.pk)]
    before = rows()

    for token in tokens:
        for ask in (client.get, client.post):
            assert ask(f"/folj/{act}/{token}/", ONE_CLICK).status_code in {404, 410}

    assert rows() == before


@pytest.mark.parametrize(("act", "salt"), ACTS)
def test_every_role_may_use_an_address_that_it_has(client, act, salt):
    page = address(act, salt, follower())
    people = [None, UserFactory(), stories.author(), stories.moderator()]

    for person in people:
        if person:
            client.force_login(person)
        response = client.get(page)
        assert response.status_code == 200
        assert client.put(page).status_code == 405


@pytest.mark.parametrize(("act", "salt"), ACTS)
def test_page_is_kept_by_nobody_and_told_to_nobody(client, act, salt):
    response = client.get(address(act, salt, follower()))

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert EMAIL not in response.content.decode()


@pytest.mark.parametrize(("act", "salt"), ACTS)
def test_no_address_holds_an_email(act, salt):
    page = address(act, salt, follower())

    token = page.split("/")[3]
    assert "example" not in str(signing.loads(token, salt=salt))
