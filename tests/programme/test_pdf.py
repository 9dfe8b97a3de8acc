"""The programme as a file, read back."""

import io
import re

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from programme import pdf, taxonomy
from programme.models import Prioritering
from programme.views.text import whole_text

pytestmark = [pytest.mark.django_db, pytest.mark.pages, pytest.mark.thorough]
FOOT = re.compile(r"Livskvalitetsprogrammet 2016–2024\s*\d+ \(\d+\)\s*$")
ADDRESS = "/programmet/2016/livskvalitetsprogrammet.pdf"


def letters(text):
    """The letters alone: lines and words are broken anew on paper."""
    return "".join(letter for letter in text if letter.isalnum())


@pytest.fixture(scope="module")
def content():
    """The file, kept between the tests of this module: it takes seconds to make."""
    return {}


@pytest.fixture
def document(content):
    if "pdf" not in content:
        page = render_to_string("programme/pdf.html", whole_text(taxonomy.current()))
        content["pdf"] = pdf.make(page)
    return PdfReader(io.BytesIO(content["pdf"]))


def test_pdf_is_tagged_and_has_title_and_language(document):
    root = document.trailer["/Root"]

    assert document.metadata.title == "Livskvalitetsprogrammet 2016–2024"
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


def test_pdf_holds_every_prioritering(document):
    pages = (letters(FOOT.sub("", page.extract_text())) for page in document.pages)
    text = "".join(pages)

    missing = [
        prioritering.slug
        for prioritering in Prioritering.objects.filter(footnotes=None)
        if letters(prioritering.text) not in text
    ]

    assert missing == []


def test_file_is_about_as_large_as_the_page_says(document, content):
    assert 60_000 < len(content["pdf"]) < 140_000


def test_page_offers_the_file(client):
    response = client.get("/programmet/2016/hela/")

    assert ADDRESS in response.content.decode()


def test_page_says_how_to_print_when_files_cannot_be_made(client, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)

    response = client.get("/programmet/2016/hela/")

    assert ADDRESS not in response.content.decode()
    assert "Skriv ut" in response.content.decode()
    assert client.get(ADDRESS).status_code == 404


def test_file_is_served_as_pdf(client, monkeypatch):
    monkeypatch.setattr(pdf, "make", lambda page: b"%PDF-1.7 test")

    response = client.get(ADDRESS)

    assert response["Content-Type"] == "application/pdf"
    assert response.content == b"%PDF-1.7 test"
