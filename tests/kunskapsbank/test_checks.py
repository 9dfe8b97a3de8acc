"""Hints about what may be wrong with a text."""

import pytest

from kunskapsbank.checks import (
    email_addresses,
    findings,
    personal_numbers,
    phone_numbers,
)
from tests.factories import VersionFactory


# Numbers that Skatteverket publishes for tests, which belong to nobody.
@pytest.mark.parametrize(
    "written",
    [
        "811228-9874",
        "19811228-9874",
        "198112289874",
        "8112289874",
        "811228+9874",
        "811228 9874",
        "811228–9874",
        "811228 - 9874",
        "８１１２２８-９８７４",
        "670919-9530",
        "701063-2391",  # a samordningsnummer: 3 October 1970 and sixty
    ],
)
def test_personal_number_is_found(written):
    assert len(personal_numbers(f"Ring (Ida, {written}) i dag.")) == 1


@pytest.mark.parametrize(
    "written",
    [
        "811228-9873",  # wrong check digit
        "811328-9874",  # no such month
        "556036-0793",  # an organisation's number
        "042-10 50 00",
        "2016–2024",
        "KS 427/2014",
        "1811228-98745",
        "9789144115122",
        "",
    ],
)
def test_other_numbers_are_left_alone(written):
    assert personal_numbers(f"Se {written} om det.") == []


def test_every_personal_number_is_found():
    found = personal_numbers("811228-9874 och 670919-9530, men inte 670919-9531")

    assert found == ["811228-9874", "670919-9530"]


def test_contact_details_are_found_once():
    text = "Skriv till ida.dahl@example.se eller ida.dahl@example.se, 042-10 50 00."

    assert email_addresses(text) == ["ida.dahl@example.se"]
    assert phone_numbers(text) == ["042-10 50 00"]


@pytest.mark.parametrize("written", ["070-123 45 67", "+46 70 123 45 67", "0701234567"])
def test_phone_number_is_found(written):
    assert phone_numbers(f"Ring {written}.") == [written]


@pytest.mark.parametrize("written", ["2016", "10 000 kronor", "0,5 procent", "4.3.1 a"])
def test_number_that_is_no_phone_number(written):
    assert phone_numbers(f"Det var {written} då.") == []


@pytest.mark.django_db
def test_findings_look_in_every_section():
    version = VersionFactory(
        summary="Ring 042-10 50 00.", result="811228-9874", lessons="ida@example.se"
    )

    kinds = [finding.kind for finding in findings(version)]

    assert kinds == ["personal_number", "email", "phone"]


@pytest.mark.django_db
def test_findings_of_a_plain_text_are_none():
    assert findings(VersionFactory()) == []
