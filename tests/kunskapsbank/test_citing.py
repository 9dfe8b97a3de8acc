"""References to a contribution: in words, as BibTeX and as RIS."""

import dataclasses
from datetime import date

import pytest

from kunskapsbank import workflow
from kunskapsbank.citing import Reference
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db
PLAIN = Reference(
    author="Åsa Öberg",
    is_person=True,
    title="Bänkar på ängen",
    number="B-12",
    ordinal=2,
    version="andra versionen",
    published=date(2026, 5, 3),
    read=date(2026, 11, 26),
    address="https://example.se/kunskapsbank/bankar/historik/2/",
)


def but(**values):
    return dataclasses.replace(PLAIN, **values)


def test_reference_in_words():
    assert PLAIN.in_words() == (
        "Åsa Öberg (2026). ”Bänkar på ängen”. Livskvalitet Helsingborg, "
        "kunskapsbanken, B-12, andra versionen, publicerad 3 maj 2026. "
        "https://example.se/kunskapsbank/bankar/historik/2/ (hämtad 26 november 2026)."
    )


def test_reference_without_a_name_is_the_sites():
    reference = but(author="", is_person=False)

    assert reference.in_words().startswith("Livskvalitet Helsingborg (2026).")
    assert "author = {{Livskvalitet Helsingborg}}," in reference.as_bibtex()
    assert "AU  - Livskvalitet Helsingborg\r\n" in reference.as_ris()


def test_bibtex_is_whole():
    assert PLAIN.as_bibtex() == (
        "@misc{B-12-v2,\n"
        "  author = {Åsa Öberg},\n"
        "  title = {{Bänkar på ängen}},\n"
        "  year = {2026},\n"
        "  month = {5},\n"
        "  howpublished = {Livskvalitet Helsingborg, kunskapsbanken},\n"
        "  note = {B-12, andra versionen, CC BY 4.0},\n"
        "  url = {https://example.se/kunskapsbank/bankar/historik/2/},\n"
        "  urldate = {2026-11-26},\n"
        "  language = {swedish},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("50 % av {alla} & #1_$", r"50 \% av \{alla\} \& \#1\_\$"),
        (
            r"C:\temp ~ ^",
            r"C:\textbackslash{}temp \textasciitilde{} \textasciicircum{}",
        ),
        ("Slut}\n}\n@misc{ny,", r"Slut\} \} @misc\{ny,"),
        ("Två\r\n  rader", "Två rader"),
    ],
)
def test_bibtex_holds_whatever_people_write(written, kept):
    bibtex = but(title=written).as_bibtex()

    assert f"  title = {{{{{kept}}}}},\n" in bibtex
    assert bibtex.count("\n") == PLAIN.as_bibtex().count("\n")


@pytest.mark.parametrize(
    ("author", "is_person"),
    [
        ("Natur och kultur", False),
        ("Ida Dahl, ändrat av Bo Ek", True),
        ("X and Y", True),
    ],
)
def test_bibtex_takes_no_name_apart_that_is_not_one_persons(author, is_person):
    bibtex = but(author=author, is_person=is_person).as_bibtex()

    assert f"author = {{{{{author}}}}}," in bibtex


def test_ris_is_whole():
    assert PLAIN.as_ris().split("\r\n") == [
        "TY  - ELEC",
        "ID  - B-12-v2",
        "AU  - Åsa Öberg",
        "TI  - Bänkar på ängen",
        "PY  - 2026",
        "DA  - 2026/05/03",
        "T2  - Livskvalitet Helsingborg, kunskapsbanken",
        "PB  - Helsingborgs stad",
        "ET  - andra versionen",
        "M1  - B-12",
        "LA  - sv",
        "UR  - https://example.se/kunskapsbank/bankar/historik/2/",
        "Y2  - 2026/11/26",
        "N1  - CC BY 4.0",
        "ER  - ",
        "",
    ]


def test_ris_has_one_tag_a_line_whatever_people_write():
    ris = but(title="Ett\r\nER  - \r\nTY  - BOOK", author="A\nB").as_ris()

    assert "TI  - Ett ER - TY - BOOK\r\n" in ris
    assert ris.count("\n") == PLAIN.as_ris().count("\n")


# -- The files


@pytest.mark.parametrize(
    ("name", "content_type", "first"),
    [
        ("bib", "application/x-bibtex; charset=utf-8", "@misc{"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "TY  - ELEC"),
    ],
)
def test_files_are_offered_on_the_page(client, name, content_type, first):
    version = stories.published(title="Bänkar på ängen")
    address = f"{version.get_absolute_url()}citera.{name}"
    page = client.get(version.get_absolute_url()).content.decode()

    response = client.get(address)

    assert address in page
    text = response.content.decode()
    assert text.startswith(first)
    assert "Bänkar på ängen" in text
    assert "Ida Dahl" in text
    assert f"{version.get_absolute_url()}historik/1/" in text
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith("attachment; filename=")


def test_the_second_text_has_a_reference_of_its_own(client):
    version = stories.published()
    change = stories.changed(version)
    workflow.publish(change, by=stories.moderator(), lock=change.lock)

    text = client.get(f"{version.get_absolute_url()}citera.bib").content.decode()

    assert f"@misc{{B-{version.entry_id}-v2," in text
    assert "/historik/2/" in text
    assert "Bänkar och bord vid stranden" in text


@pytest.mark.parametrize("name", ["citera.bib", "citera.ris", "pdf/"])
def test_what_is_taken_away_is_gone(client, name):
    version = stories.published()
    workflow.withdraw(version.entry, by=version.author)

    response = client.get(f"{version.get_absolute_url()}{name}")

    assert response.status_code == 410
    assert workflow.entries.WITHDRAWN_BY_OWNER in response.content.decode()


@pytest.mark.parametrize("name", ["citera.bib", "citera.ris", "pdf/"])
def test_an_earlier_address_leads_on(client, name):
    entry = stories.published().entry
    old = entry.get_absolute_url()
    workflow.change_address(entry, slug="nya-bankar", by=stories.moderator())

    response = client.get(f"{old}{name}")

    assert response.status_code == 301
    assert response["Location"] == f"/kunskapsbank/nya-bankar/{name}"
