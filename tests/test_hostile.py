"""What people write lies still in every output (trust 1.2, 1.3, 16.4)."""

import csv
import io
import json
import logging
from urllib.parse import urlencode
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts import workflow as of_people
from kunskapsbank import findable, notifications, workflow
from kunskapsbank.enums import ConnectionKind, DeclineReason, Kind
from kunskapsbank.models import Version
from livskvalitet import logs
from programme.models import Prioritering
from search import generation
from tests import hostile
from tests.factories import (
    EntryFactory,
    InitiativeFactory,
    OrganisationFactory,
    TagFactory,
    UserFactory,
    VersionFactory,
)
from tests.kunskapsbank import letter_stories, stories

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
SECTIONS = ("background", "implementation", "result", "lessons")


@pytest.fixture
def versions():
    """As if nothing had been made clean when it was saved."""
    places = list(Prioritering.objects.all()[: len(hostile.SHORT)])
    made = [_version(*each) for each in zip(hostile.SHORT, places, strict=True)]
    findable.refresh({version.entry_id for version in made})
    generation.touch()
    return made


def _version(text, place):
    entry = EntryFactory()
    entry.owners.add(UserFactory(contributor=True, name=text))
    return VersionFactory(
        entry=entry,
        kind=Kind.LINK,
        title=text[:140],
        summary=text,
        address=f"javascript:{hostile.PROBE}()//{text}"[:500],
        byline=text[:120],
        place=text[:120],
        author=entry.owners.first(),
        prioriteringar=[place],
        organisations=[OrganisationFactory(name=text[:200])],
        tags=[TagFactory(name=text[:100])],
        **dict.fromkeys(SECTIONS, hostile.LONG),
    )


@pytest.fixture
def initiatives(versions):
    texts = dict.fromkeys(("description", "effect", "evidence"), hostile.LONG)
    return [
        InitiativeFactory(
            title=version.title,
            summary=version.summary,
            organisation=version.organisations.first(),
            prioriteringar=version.prioriteringar.all(),
            entries=[version.entry],
            **texts,
        )
        for version in versions
    ]


def body(response):
    assert response.status_code == 200, response
    if response.streaming:
        return b"".join(response.streaming_content)
    return response.content


def public_pages(versions, initiatives):
    yield from ("/", "/kunskapsbank/", "/kunskapsbank/?sida=2", "/kunskapsbank/amne/")
    yield from ("/kunskapsbank/organisation/", "/uppfoljning/insatser/", "/samband/")
    yield "/kunskapsbank/vita-flackar/"
    for text in hostile.SHORT:
        yield reverse("search") + "?" + urlencode({"q": text})
        yield (
            reverse("kunskapsbank:entry_list")
            + "?"
            + urlencode({"q": text, "amne": text})
        )
    for version in versions:
        yield version.get_absolute_url()
    for each in (versions[0], versions[-2]):
        yield each.get_absolute_url() + "historik/"
        yield each.prioriteringar.first().get_absolute_url()
        yield reverse("kunskapsbank:tag", args=[each.tags.first().slug])
        slug = each.organisations.first().slug
        yield reverse("kunskapsbank:organisation", args=[slug])
    for initiative in initiatives:
        yield initiative.get_absolute_url()


@pytest.mark.thorough
def test_pages_show_it_as_text(client, versions, initiatives):
    faults, shown = {}, 0
    for address in public_pages(versions, initiatives):
        html = body(client.get(address)).decode()
        shown += hostile.PROBE in html
        if found := sorted(set(hostile.faults_of_page(html))):
            faults[address] = found

    assert faults == {}
    assert shown > 4 * len(hostile.SHORT)


def pages_of_the_signed_in(versions):
    """Who, and the addresses that show what people wrote to them."""
    moderator = UserFactory(moderator=True, name=hostile.SHORT[1])
    author = UserFactory(contributor=True, name=hostile.SHORT[0])
    submitted = stories.submitted(author, title=hostile.SHORT[0], result=hostile.LONG)
    Version.objects.filter(pk=submitted.pk).update(title=hostile.SHORT[1])
    workflow.add_note(submitted.entry, by=moderator, text=hostile.LONG[:2000])
    values = {"text": hostile.LONG[:4000], "name": hostile.SHORT[1][:120]}
    tip = letter_stories.tip(**values, link=hostile.SHORT[4])
    report = letter_stories.report(versions[0].entry, **values)
    of_people.apply(
        name=hostile.SHORT[0],
        email="bo@example.se",
        organisation=hostile.SHORT[1],
        reason=hostile.LONG[:1000],
    )
    connection = workflow.propose_connection(
        by=author,
        key=uuid4(),
        kind=ConnectionKind.SUPPORTS,
        start=Prioritering.objects.all()[0],
        end=Prioritering.objects.all()[1],
        sentence=hostile.SHORT[1],
        link_title=hostile.SHORT[3],
        link="https://example.se/",
    )
    of_moderator = [
        "/granska/",
        reverse("kunskapsbank:review", args=[submitted.pk]),
        reverse("kunskapsbank:review_entry", args=[submitted.entry_id]),
        reverse("kunskapsbank:letter", args=[tip.pk]),
        reverse("kunskapsbank:report", args=[report.pk]),
        reverse("accounts:applications"),
        reverse("kunskapsbank:review_connection", args=[connection.pk]),
        reverse("kunskapsbank:review_tags"),
    ]
    of_author = ["/mina-bidrag/", f"/mina-bidrag/{submitted.pk}/", "/konto/", "/bidra/"]
    return [(moderator, of_moderator), (author, of_author)]


@pytest.mark.thorough
def test_pages_of_moderators_and_authors_show_it_as_text(client, versions):
    faults = {}
    for person, addresses in pages_of_the_signed_in(versions):
        client.force_login(person)
        for address in addresses:
            html = body(client.get(address)).decode()
            assert hostile.PROBE in html, address
            if found := sorted(set(hostile.faults_of_page(html))):
                faults[address] = found

    assert faults == {}


TABLES = [
    "/oppna-data/bidrag.csv",
    "/oppna-data/lankar.csv",
    "/oppna-data/insatser.csv",
    "/uppfoljning/insatser.csv",
    "/uppfoljning/verksamhetsplan/blad.csv",
]
RECORDS = [
    "/oppna-data/allt.json",
    "/api/v1/bidrag/",
    "/api/v1/insatser/",
    "/api/v1/amnen/",
    "/api/v1/organisationer/",
]


@pytest.mark.thorough
def test_tables_run_nothing(client, initiatives):
    for address in TABLES:
        text = body(client.get(address)).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))

        assert hostile.PROBE in text or "lankar" in address, address
        assert {len(row) for row in rows} == {len(rows[0])}, address
        assert list(hostile.formulas(rows)) == [], address


@pytest.mark.thorough
def test_workbook_runs_nothing(client, initiatives):
    for name in ("bidrag", "insatser"):
        content = body(client.get(f"/oppna-data/{name}.xlsx"))

        sheets = load_workbook(io.BytesIO(content)).worksheets
        cells = [cell for sheet in sheets for row in sheet for cell in row]
        assert "f" not in {cell.data_type for cell in cells}
        assert any(hostile.PROBE in str(cell.value) for cell in cells)


@pytest.mark.thorough
def test_records_are_data(client, initiatives):
    for address in RECORDS:
        response = client.get(address)

        assert response.headers["Content-Type"].startswith("application/json")
        text = body(response).decode()
        assert hostile.PROBE not in set(_keys(json.loads(text)))
        assert hostile.PROBE in text, address


def _keys(value):
    """Every name of a field, however deep."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _keys(each)


@pytest.mark.thorough
def test_feed_and_catalogue_are_whole(client, versions):
    feed = body(client.get("/kunskapsbank/flode.atom"))
    catalogue = body(client.get("/datasets/dcat"))
    sitemap = body(client.get("/sitemap.xml"))

    root = ElementTree.fromstring(feed)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert len(entries) >= len(versions)
    assert not any(entry.findall(f".//{atom}entry") for entry in entries)
    for link in root.iter(f"{atom}link"):
        assert link.get("href").startswith(("http://", "https://"))
    ElementTree.fromstring(catalogue)
    ElementTree.fromstring(sitemap)


def paper_faults(reader):
    """What in a PDF would do something by itself or lead astray."""
    faults = [
        *reader.attachments,
        *{"/OpenAction", "/AA"} & reader.trailer["/Root"].keys(),
    ]
    for page in reader.pages:
        for each in page.get("/Annots") or []:
            action = each.get_object().get("/A") or {}
            leads = str(action.get("/URI", ""))
            is_link = action.get("/S") in {None, "/URI", "/GoTo"}
            if not is_link or leads.startswith("javascript"):
                faults.append(action)
    return faults


@pytest.mark.thorough
def test_paper_runs_nothing(client, versions):
    for version in versions[:3]:
        reader = PdfReader(
            io.BytesIO(body(client.get(f"{version.get_absolute_url()}pdf/")))
        )

        assert paper_faults(reader) == []


def test_mails_are_one_message_of_plain_text():
    author = UserFactory(contributor=True, name=hostile.SHORT[11])
    for text in hostile.SHORT:
        version = stories.submitted(author, title="x", result="y")
        Version.objects.filter(pk=version.pk).update(title=text[:140])
        version.refresh_from_db()
        workflow.decline(
            version,
            by=stories.moderator(),
            lock=version.lock,
            reason=DeclineReason.TOO_THIN,
            message=text,
        )
    for task in DBTaskResult.objects.filter(task_path__endswith="send_mail"):
        notifications.send_mail.call(*task.args_kwargs["args"])

    assert len(mail.outbox) >= len(hostile.SHORT)
    for message in mail.outbox:
        sent = message.message()
        assert sent.get_content_type() == "text/plain"
        assert message.recipients() == [author.email]
        assert sent["Bcc"] is None
        assert "\n" not in message.subject


def test_log_has_one_line_for_each_record():
    lines = logs.formatter(as_json=True)
    for text in hostile.SHORT:
        record = logging.LogRecord("x", 30, "x.py", 1, "refused: %s", (text,), None)

        line = lines.format(record)

        assert not {"\n", "\r", "\x1b"} & set(line)
        assert json.loads(line)
