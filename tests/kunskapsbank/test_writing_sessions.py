"""What becomes of a text when the session, the token or the account is gone."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from kunskapsbank import workflow
from tests.factories import UserFactory
from tests.kunskapsbank import stories
from tests.kunskapsbank.writing import (
    at,
    autosave,
    first_prioritering,
    html_of,
    post,
    stored,
    who_of,
)

pytestmark = pytest.mark.django_db
OURS = {"origin": "http://testserver"}


@pytest.fixture
def author():
    return stories.author()


@pytest.fixture
def client(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def draft(author):
    return stories.draft(author, title="Först", summary="Sammanfattat.")


# -- The session has ended (R8)


@pytest.fixture
def carried(client, draft):
    """The author wrote, but was signed out in between."""
    who = who_of(client, draft)
    client.logout()
    values = {"lock": draft.lock, "who": who, "title": "Skrivet utan inloggning"}
    response = client.post(at(draft), values)
    assert response.url.startswith(f"/konto/logga-in/?next={at(draft)}")
    assert stored(draft).title == "Först"
    return client


def test_the_sign_in_page_says_that_the_text_is_kept(carried):
    html = html_of(carried.get("/konto/logga-in/"))

    assert "Logga in, så får du tillbaka det du skrev" in html


@pytest.mark.trust("R8")
def test_the_same_person_gets_the_text_back(carried, author, draft):
    carried.force_login(author)

    html = html_of(carried.get(at(draft)))

    assert 'value="Skrivet utan inloggning"' in html
    assert "Det du skrev finns kvar i formuläret" in html


@pytest.mark.trust("R8")
def test_choices_come_back_too(client, author, draft):
    who, pk = who_of(client, draft, "koppla"), first_prioritering()
    client.logout()
    values = {"lock": draft.lock, "who": who, "prioriteringar": [pk], "tags": "en, två"}
    client.post(at(draft, "koppla"), values)
    client.force_login(author)

    html = html_of(client.get(at(draft, "koppla")))

    assert f'value="{pk}" checked' in html
    assert 'value="en, två"' in html


def test_what_comes_back_is_saved_and_then_forgotten(carried, author, draft):
    carried.force_login(author)
    carried.get(at(draft))

    post(carried, draft, title="Skrivet utan inloggning")

    assert stored(draft).title == "Skrivet utan inloggning"
    assert "Det du skrev finns kvar" not in html_of(carried.get(at(draft)))


def test_text_that_comes_back_to_another_text_is_a_conflict(carried, author, draft):
    lock = draft.lock
    workflow.save_text(draft, by=author, lock=lock, title="Sparat på annat håll")
    carried.force_login(author)
    html = html_of(carried.get(at(draft)))
    shown = html.partition('name="lock" value="')[2].partition('"')[0]

    response = carried.post(at(draft), {"lock": shown, "title": "Mitt"})

    assert shown == str(lock)
    assert response.status_code == 409


@pytest.mark.trust("R8")
def test_another_person_gets_nothing_back(carried, draft):
    """Neither on the author's page nor on one of their own."""
    other = UserFactory(contributor=True)
    carried.force_login(other)

    response = carried.get(at(draft))

    assert response.status_code == 404
    assert "Skrivet utan" not in html_of(response)


def test_another_owner_of_the_same_text_gets_nothing_back(client, author):
    version = stories.returned(stories.submitted(author))
    other = UserFactory(contributor=True)
    version.entry.owners.add(other)
    who = who_of(client, version)
    client.logout()
    client.post(at(version), {"lock": version.lock, "who": who, "title": "Hemligt"})
    client.force_login(other)

    response = client.get(at(version))

    assert response.status_code == 200
    assert "Hemligt" not in html_of(response)


def test_each_page_keeps_its_own_text(client, author, draft):
    """Two drafts were open in two tabs when the session ended."""
    other = stories.draft(author, title="Den andra")
    who = {"who": who_of(client, draft), "lock": draft.lock}
    client.logout()
    for version in (draft, other):
        client.post(at(version), who | {"title": f"Skrivet i {version.pk}"})
    client.force_login(author)

    for version in (draft, other):
        html = html_of(client.get(at(version)))
        assert f'value="Skrivet i {version.pk}"' in html


def test_what_was_too_long_comes_back_too(client, author, draft):
    who = {"who": who_of(client, draft), "lock": draft.lock}
    client.logout()
    client.post(at(draft), who | {"lessons": "ord " * 100_000})
    client.force_login(author)

    assert "ord " * 100_000 in html_of(client.get(at(draft)))


def test_the_last_step_says_that_nothing_was_sent(client, author, draft):
    who = {"who": who_of(client, draft), "lock": draft.lock}
    client.logout()
    client.post(at(draft, "kontrollera"), who | {"note": "Hej", "key": "x"})
    client.force_login(author)

    html = html_of(client.get(at(draft, "kontrollera")))

    assert "Bidraget är inte inskickat än" in html
    assert ">\nHej</textarea>" in html


def test_nothing_is_kept_for_whoever_was_shown_no_form(client, draft):
    client.logout()

    client.post(at(draft), {"title": "Skräp", "who": "1:forged"})

    assert "carried" not in client.session


@pytest.mark.parametrize("who", ["", "1", "1:forged"])
def test_text_without_a_true_sign_of_whose_it_is_goes_to_nobody(
    client, author, draft, who
):
    client.logout()
    client.post(at(draft), {"lock": draft.lock, "who": who, "title": "Vems?"})
    client.force_login(author)

    assert "Vems?" not in html_of(client.get(at(draft)))


def test_nothing_is_written_in_the_address(client, draft):
    who = who_of(client, draft)
    client.logout()

    response = client.post(at(draft), {"lock": 1, "who": who, "title": "Hemligt"})

    assert "Hemligt" not in response.url


def test_a_save_without_a_session_is_told_where_to_sign_in(client, draft):
    client.logout()

    response = autosave(client, draft, title="Ny")

    assert response.status_code == 401
    assert response.json()["sign_in"].startswith("/konto/logga-in/")


# -- The token has changed (R9)


@pytest.fixture
def strict(author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    return client


@pytest.mark.trust("R9")
def test_a_form_with_an_old_token_is_shown_again(strict, draft):
    values = {"lock": draft.lock, "title": "Kvar", "prioriteringar": ["1", "2"]}

    response = strict.post(at(draft), values, headers=OURS)

    html = html_of(response)
    assert response.status_code == 403
    assert "Det du skrev finns kvar: skicka igen" in html
    assert '<input type="hidden" name="title" value="Kvar">' in html
    assert html.count('name="prioriteringar"') == 2
    assert f'action="{at(draft)}"' in html


@pytest.mark.trust("R9")
def test_sending_it_again_saves(strict, draft):
    values = {"lock": draft.lock, "title": "Kvar"}
    page = html_of(strict.post(at(draft), values, headers=OURS))
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    strict.post(at(draft), values | {"csrfmiddlewaretoken": token}, headers=OURS)

    assert stored(draft).title == "Kvar"


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}])
def test_a_form_from_elsewhere_is_never_shown(strict, draft, headers):
    response = strict.post(at(draft), {"title": "Reklam"}, headers=headers)

    assert response.status_code == 403
    assert "Reklam" not in html_of(response)


def test_a_password_is_never_shown_again(strict):
    response = strict.post("/konto/logga-in/", {"password": "hemligt"}, headers=OURS)

    assert response.status_code == 403
    assert "hemligt" not in html_of(response)


def test_a_save_with_an_old_token_gets_a_new_one(strict, draft):
    address = reverse("kunskapsbank:autosave", args=[draft.pk])
    headers = OURS | {"accept": "application/json"}

    response = strict.post(address, {"title": "Ny"}, headers=headers)

    assert response.status_code == 403
    assert response.json()["token"]


# -- The account is closed (R11)


@pytest.mark.trust("R11")
def test_a_closed_account_is_told_that_the_draft_is_kept(client, author, draft):
    User.objects.filter(pk=author.pk).update(is_active=False)

    response = client.post(at(draft), {"lock": draft.lock, "title": "Senare"})

    assert response.status_code == 403
    assert "Det du har sparat finns kvar" in html_of(response)
    assert ">\nSenare</textarea>" in html_of(response)
    assert stored(draft).title == "Först"


@pytest.mark.trust("R11")
def test_whoever_may_no_longer_contribute_is_told_the_same(client, author, draft):
    author.user_permissions.clear()
    author.groups.clear()

    response = client.get(at(draft))

    assert response.status_code == 403
    assert "Det du har sparat finns kvar" in html_of(response)


@pytest.mark.trust("R11")
def test_saving_with_a_closed_account_is_refused(client, author, draft):
    User.objects.filter(pk=author.pk).update(is_active=False)

    response = autosave(client, draft, title="Senare")

    assert response.status_code == 403
    assert stored(draft).title == "Först"
