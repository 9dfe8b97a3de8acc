"""A contribution as a file, read back."""

import io
import re
import threading

import pytest
from PIL import Image
from pypdf import PdfReader

from kunskapsbank import links
from kunskapsbank.models import StoredFile, VersionAttachment
from kunskapsbank.uploads import storage
from kunskapsbank.views import entry_pdf
from programme import pdf
from tests.kunskapsbank import stories
from tests.kunskapsbank.web import GONE, days_later

pytestmark = [pytest.mark.django_db, pytest.mark.pages, pytest.mark.thorough]
MAP = "https://example.se/karta"


def address(version):
    return f"{version.get_absolute_url()}pdf/"


def read(client, version):
    response = client.get(address(version))
    assert response.status_code == 200
    return PdfReader(io.BytesIO(response.content))


def letters(reader):
    text = "".join(page.extract_text() for page in reader.pages)
    return "".join(each for each in text if each.isalnum())


def stored_picture(version, *, alt="En bänk i solen", is_decorative=False, size=60):
    made = io.BytesIO()
    Image.new("RGBA", (size * 2, size), (200, 60, 40, 90)).save(made, "WEBP")
    name = storage.keep(made.getvalue())
    file = StoredFile.objects.create(
        hash=name[-64:], content_type="image/webp", size=1, stored_name=name
    )
    return VersionAttachment.objects.create(
        version=version, file=file, name="b.webp", alt=alt, is_decorative=is_decorative
    )


def pictures(reader):
    return [image for page in reader.pages for image in page.images]


def alternatives(reader):
    """The alternative text of every figure in the tree of tags."""
    found, queue = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while queue:
        node = queue.pop().get_object()
        if isinstance(node, list):
            queue += node
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(node["/Alt"])
            if "/K" in node:
                queue.append(node["/K"])
    return found


def test_file_is_tagged_and_says_what_it_is(client):
    version = stories.published(title="Bänkar på ängen")

    reader = read(client, version)

    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Bänkar på ängen"
    assert reader.metadata.author == "Ida Dahl"
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_file_holds_the_text_and_where_it_comes_from(client, settings):
    version = stories.published(
        background=f"Vi frågade *alla*. Se [kartan]({MAP}) och [oss](/om/).",
        result="Grannarna sitter där.",
    )

    reader = read(client, version)

    text = letters(reader)
    where = version.get_absolute_url()
    for part in (
        "Grannarna valde plats för dem.",
        "Av Ida Dahl.",
        f"{version.entry.number}, första versionen",
        "Vi frågade alla.",
        "Resultat",
        "Grannarna sitter där.",
        f"{settings.SITE_ADDRESS}{where}historik/1/",
        "CC BY 4.0",
    ):
        assert "".join(filter(str.isalnum, part)) in text, part
    links_out = {
        annotation["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
    }
    assert {MAP, f"{settings.SITE_ADDRESS}/om/"} <= links_out
    assert not [each for each in links_out if not re.match("https?://", each)]


def test_pictures_are_in_the_file_with_their_words(client, media):
    version = stories.published()
    stored_picture(version)
    stored_picture(version, alt="", is_decorative=True)

    reader = read(client, version)

    assert len(pictures(reader)) == 1
    assert alternatives(reader) == ["En bänk i solen"]


def test_a_large_picture_is_made_small_enough(media):
    attachment = stored_picture(stories.published(), size=1500)

    made = Image.open(io.BytesIO(entry_pdf.picture(attachment.file.stored_name)))

    assert made.format == "JPEG"
    assert max(made.size) == max(entry_pdf.PICTURE_SIZE)


def test_a_picture_that_is_lost_leaves_its_words(client, media):
    version = stories.published()
    storage.remove(stored_picture(version).file.stored_name)

    reader = read(client, version)

    assert pictures(reader) == []
    assert "Enbänkisolen" in letters(reader)


def test_a_link_that_does_not_work_is_told_on_paper(client):
    version = stories.published(background=f"Se [kartan]({MAP}).")
    days_later(links.note(version.entry_id, MAP, GONE))
    links.note(version.entry_id, MAP, GONE)

    assert "Länkarsomintefungerar" in letters(read(client, version))


def test_file_is_made_once_while_the_text_is_the_same(client, monkeypatch):
    made = []
    monkeypatch.setattr(pdf, "make", lambda *about: made.append(about) or b"%PDF-1.7")
    version = stories.published()

    first = client.get(address(version))
    again = client.get(address(version))
    unchanged = client.get(address(version), headers={"if-none-match": first["ETag"]})

    assert len(made) == 1
    assert again.content == b"%PDF-1.7"
    assert unchanged.status_code == 304
    assert first["Content-Type"] == "application/pdf"
    assert first["X-Robots-Tag"] == "noindex"


def test_who_asks_when_many_do_is_told_to_come_back(client, monkeypatch):
    monkeypatch.setattr(pdf, "WAIT", 0.05)
    monkeypatch.setattr(pdf, "_making", threading.Lock())
    version = stories.published()

    with pdf._making:
        response = client.get(address(version))

    assert response.status_code == 503
    assert response["Retry-After"] == "30"


def test_page_offers_the_file_or_says_how_to_print(client, monkeypatch):
    version = stories.published()
    page = client.get(version.get_absolute_url()).content.decode()
    monkeypatch.setattr(pdf, "is_available", lambda: False)

    without = client.get(version.get_absolute_url()).content.decode()

    assert address(version) in page
    assert "Skriv ut" not in page
    assert address(version) not in without
    assert "Skriv ut" in without
    assert client.get(address(version)).status_code == 404


def test_nothing_that_people_write_reaches_our_files(client, monkeypatch):
    opened = []
    real = pdf.make

    def make(page, read_picture):
        def reading(name):
            opened.append(name)
            return read_picture(name)

        return real(page, reading)

    monkeypatch.setattr(pdf, "make", make)
    version = stories.published(
        title='<img src="file:///etc/passwd">',
        background='<link rel="attachment" href="file:///etc/passwd"> '
        "![bild](picture:bilagor/x) <style>@import 'file:///etc/passwd'</style>",
    )

    reader = read(client, version)

    assert opened == []
    assert pictures(reader) == []
    assert reader.attachments == {}
    assert reader.metadata.title == '<img src="file:///etc/passwd">'
