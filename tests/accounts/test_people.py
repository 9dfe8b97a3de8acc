"""One address is one person, whatever case it is written in."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import User
from tests.accounts.signing_in import delivered
from tests.admin_pages import change, send
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

TAKEN = "E-postadressen hör redan till ett konto."
PASSWORD = "vatten och luft i staden"


@pytest.fixture
def administrator(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("stored", ["anna@example.se", "Anna@Example.se"])
@pytest.mark.parametrize("written", ["anna@example.se", "ANNA@example.SE"])
def test_people_sign_in_with_their_address_in_any_case(stored, written):
    user = User(email=stored)
    user.set_password(PASSWORD)
    user.save()

    assert authenticate(username=written, password=PASSWORD) == user


def test_addresses_that_differ_in_case_are_one_in_the_database():
    UserFactory(email="anna@example.se")

    with pytest.raises(IntegrityError):
        UserFactory(email="Anna@example.se")


def test_address_that_is_taken_in_another_case_is_refused_in_swedish():
    UserFactory(email="Anna@example.se")

    with pytest.raises(ValidationError) as fault:
        User(email="anna@example.se", password="x").full_clean()

    assert TAKEN in str(fault.value)


def test_manager_keeps_addresses_in_lower_case():
    user = User.objects.create_user(" Anna@Example.SE ")

    assert user.email == "anna@example.se"


def test_administrator_makes_an_account_with_an_address_in_lower_case(administrator):
    response = send(
        administrator,
        "/admin/accounts/user/add/",
        email="Anna@Example.se",
        name="Anna",
    )

    made = User.objects.get(email="anna@example.se")
    assert response.status_code == 302
    assert (made.name, made.has_usable_password()) == ("Anna", False)


def test_administrator_changes_an_address_to_lower_case(administrator):
    user = UserFactory(email="anna@example.se")

    response = change(administrator, user, email="Anna.Ek@Example.se")

    user.refresh_from_db()
    assert response.status_code == 302
    assert user.email == "anna.ek@example.se"


def test_who_had_the_address_is_told_by_mail_that_it_was_replaced(administrator):
    user = UserFactory(email="anna@example.se")

    change(administrator, user, name="Anna Ek")
    assert delivered() == []
    change(administrator, user, email="berit@example.se")

    (told,) = delivered()
    assert told.to == ["anna@example.se"]
    assert told.subject == "En administratör har bytt din e-postadress"
    assert "loggat ut dig överallt" in told.body
    assert "berit" not in told.body


def test_administrator_s_own_address_is_not_changed_here(administrator):
    own = User.objects.get(is_superuser=True)

    response = change(administrator, own, email="berit@example.se", name="Berit")

    before = own.email
    own.refresh_from_db()
    assert response.status_code == 302
    assert (own.email, own.name) == (before, "Berit")


def test_administrator_is_told_where_their_own_address_is_changed(administrator):
    own = User.objects.get(is_superuser=True)
    told = f'<a href="{reverse("account_email")}">Ditt konto</a>'

    pages = [
        administrator.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()
        for user in (own, UserFactory())
    ]

    assert [told in page for page in pages] == [True, False]


@pytest.mark.parametrize("is_own", [True, False])
def test_administrator_chooses_nobody_s_password(administrator, is_own):
    user = User.objects.get(is_superuser=True) if is_own else UserFactory()
    page = f"/admin/accounts/user/{user.pk}/password/"
    written = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}

    answers = [administrator.get(page), administrator.post(page, written)]

    user.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert not user.check_password(PASSWORD)
    form = administrator.get(f"/admin/accounts/user/{user.pk}/change/")
    assert page not in form.content.decode()
    assert "../password/" not in form.content.decode()


def test_administrator_s_own_password_is_changed_where_mail_tells_of_it(administrator):
    response = administrator.get("/admin/password_change/")

    assert response.url == reverse("account_change_password")


def test_administrator_is_told_that_an_address_is_taken(administrator):
    UserFactory(email="anna@example.se")
    user = UserFactory()

    response = change(administrator, user, email="ANNA@example.se")

    assert response.status_code == 200
    assert "finns redan" in response.content.decode()
