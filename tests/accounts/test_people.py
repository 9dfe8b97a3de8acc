"""One address is one person, whatever case it is written in."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import User
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
        password1=PASSWORD,
        password2=PASSWORD,
    )

    assert response.status_code == 302
    assert authenticate(username="Anna@Example.se", password=PASSWORD).name == "Anna"
    assert User.objects.filter(email="anna@example.se").exists()


def test_administrator_changes_an_address_to_lower_case(administrator):
    user = UserFactory(email="anna@example.se")

    response = change(administrator, user, email="Anna.Ek@Example.se")

    user.refresh_from_db()
    assert response.status_code == 302
    assert user.email == "anna.ek@example.se"


def test_administrator_is_told_that_an_address_is_taken(administrator):
    UserFactory(email="anna@example.se")
    user = UserFactory()

    response = change(administrator, user, email="ANNA@example.se")

    assert response.status_code == 200
    assert "finns redan" in response.content.decode()
