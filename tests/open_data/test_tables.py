"""Tables for spreadsheets, and the one file with everything."""

import json
from datetime import date, datetime
from types import SimpleNamespace

import jsonschema_rs
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kunskapsbank import cells, workflow
from kunskapsbank.enums import Status
from kunskapsbank.models import Link, Version
from livskvalitet.open_data import reading, tables, workbooks
from programme.models import Chapter, Fokusomrade, Footnote, Prioritering, Term
from search import generation
from tests.factories import (
    EntryFactory,
    OrganisationFactory,
    TagFactory,
    VersionFactory,
)
from tests.kunskapsbank import stories
from tests.open_data.reading import csv_rows, whole, workbook

pytestmark = pytest.mark.django_db

NAMES = [*tables.TABLES]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def link():
    version = VersionFactory(title="Bänkar vid stranden")
    return Link.objects.create(
        entry=version.entry,
        url="https://example.se/bankar",
        next_check_at=version.published_at,
        checked_at=version.published_at,
    )


def rows_of(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


# -- CSV


def test_csv_has_every_contribution_with_what_it_says(client):
    version = VersionFactory(
        title='Bänkar, "sköna" sådana',
        summary="Första raden.\nAndra raden.",
        tags=[TagFactory(name="bänkar"), TagFactory(name="stränder")],
        organisations=[OrganisationFactory(name="A"), OrganisationFactory(name="B")],
        prioriteringar=Prioritering.objects.order_by("pk")[:2],
    )
    generation.touch()

    rows = {row["nummer"]: row for row in csv_rows(client, "bidrag")}

    listed = Version.objects.listed().select_related("entry")
    assert rows.keys() == {each.entry.number for each in listed}
    row = rows[version.entry.number]
    assert row["rubrik"] == 'Bänkar, "sköna" sådana'
    assert row["sammanfattning"] == "Första raden.\nAndra raden."
    assert sorted(row["amnen"].split(" | ")) == ["bänkar", "stränder"]
    assert sorted(row["organisationer"].split(" | ")) == ["A", "B"]
    assert len(row["prioriteringar"].split(" | ")) == 2
    assert row["licens"] == "https://creativecommons.org/licenses/by/4.0/"
    assert datetime.fromisoformat(row["publicerat"]).tzinfo


def test_csv_is_written_as_the_page_says(client):
    body = whole(client.get("/oppna-data/bidrag.csv"))

    assert not body.startswith(b"\xef\xbb\xbf")
    assert body.startswith(b"nummer,rubrik,typ,")
    assert body.endswith(b"\r\n")


def test_csv_of_prioriteringar_is_word_for_word(client):
    rows = csv_rows(client, "prioriteringar")

    texts = dict(Prioritering.objects.values_list("slug", "text"))
    assert {row["kortnamn"]: row["text"] for row in rows} == texts
    assert date.fromisoformat(rows[0]["beslutad"]) == date(2016, 1, 26)


def test_csv_of_links_tells_where_they_stand(client, link):
    (row,) = csv_rows(client, "lankar")

    assert row["webbadress"] == "https://example.se/bankar"
    assert row["bidrag"] == link.entry.number
    assert row["bidragets_rubrik"] == "Bänkar vid stranden"
    assert row["fungerar_inte_sedan"] == ""


RUN = ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("text", RUN)
def test_cell_that_a_spreadsheet_would_run_is_text(client, text):
    VersionFactory(title="Farlig", place=text)
    generation.touch()

    (told,) = [row for row in csv_rows(client, "bidrag") if row["rubrik"] == "Farlig"]
    book = rows_of(workbook(client, "bidrag")["Bidrag"])
    (cell,) = [row["plats"] for row in book if row["rubrik"] == "Farlig"]

    assert told["plats"] == f"'{text}"
    assert cell.startswith("'")


def test_contributions_are_read_some_at_a_time(monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 7)
    with CaptureQueriesContext(connection) as few:
        first = next(iter(reading.all_contributions()))

    whole_list = list(reading.all_contributions())

    assert first.number == whole_list[0].number
    assert len({each.number for each in whole_list}) == len(whole_list) == 60
    assert not any("OFFSET" in query["sql"] for query in few)


def test_csv_is_sent_some_rows_at_a_time(monkeypatch):
    monkeypatch.setattr(cells, "ROWS_AT_A_TIME", 10)

    pieces = list(tables.as_csv(tables.CONTRIBUTIONS))

    assert len(pieces) == 7


# -- Excel


@pytest.mark.parametrize("name", NAMES)
def test_workbook_says_the_same_as_the_csv(client, link, name):
    generation.touch()
    table = tables.TABLES[name]

    book = workbook(client, name)

    sheet = book[table.title]
    rows = rows_of(sheet)
    told = [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in rows
    ]
    assert told == csv_rows(client, name)
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


@pytest.mark.parametrize("name", NAMES)
def test_workbook_explains_every_column(client, name):
    book = workbook(client, name)

    described = rows_of(book["Kolumner"])
    head = [cell.value for cell in book.worksheets[0][1]] if name != "lankar" else None
    columns = [column.name for column in tables.TABLES[name].columns]
    assert [row["kolumn"] for row in described] == columns
    assert head in (None, columns)
    assert all(row["vad den säger"] for row in described)


def test_workbook_takes_a_text_that_xml_cannot_hold(client):
    VersionFactory(title="Konstig\x0btext")
    generation.touch()

    rows = rows_of(workbook(client, "bidrag")["Bidrag"])

    assert "Konstigtext" in {row["rubrik"] for row in rows}


def test_workbook_is_made_once_until_something_changes(client, monkeypatch, tmp_path):
    made = []
    # As between transactions, where what is read cannot be undone.
    monkeypatch.setattr(workbooks, "connection", SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr(workbooks, "_folder", lambda: SimpleNamespace(name=tmp_path))
    monkeypatch.setattr(
        workbooks, "write_xlsx", lambda table, file: made.append(file.write(b"x"))
    )

    for _ in range(3):
        whole(client.get("/oppna-data/lankar.xlsx"))
    generation.touch()
    whole(client.get("/oppna-data/lankar.xlsx"))

    assert len(made) == 2
    assert len(list(tmp_path.iterdir())) == 1


# -- How files are sent


FILES = {
    "bidrag.csv": "text/csv; charset=utf-8; header=present",
    "bidrag.xlsx": XLSX,
    "allt.json": "application/json",
}


@pytest.mark.parametrize("name", FILES)
def test_file_is_sent_with_its_type_name_and_etag(client, name):
    answer = client.get(f"/oppna-data/{name}")
    again = client.get(
        f"/oppna-data/{name}", headers={"if-none-match": answer.headers["ETag"]}
    )

    assert whole(answer)
    assert answer.headers["Content-Type"] == FILES[name]
    named = answer.headers["Content-Disposition"]
    assert named == f'attachment; filename="livskvalitet-{name}"'
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert again.status_code == 304


@pytest.mark.parametrize("name", FILES)
def test_head_reads_no_rows(client, name):
    client.get("/oppna-data/")
    with CaptureQueriesContext(connection) as captured:
        answer = client.head(f"/oppna-data/{name}")

    assert whole(answer) == b""
    assert answer.headers["Content-Type"] == FILES[name]
    assert len(captured) == 1


@pytest.mark.parametrize("name", ["finns-inte.csv", "finns-inte.xlsx"])
def test_unknown_table_is_not_there(client, name):
    assert client.get(f"/oppna-data/{name}").status_code == 404


def test_file_cannot_be_written(client):
    assert client.post("/oppna-data/bidrag.csv").status_code == 405


# -- Everything


@pytest.fixture
def everything(client, link):
    generation.touch()
    return json.loads(whole(client.get("/oppna-data/allt.json")))


def test_everything_is_what_its_schema_says(client, everything):
    schema = json.loads(whole(client.get("/oppna-data/schema.json")))

    jsonschema_rs.meta.validate(schema)
    jsonschema_rs.validator_for(schema).validate(everything)
    assert schema["$id"] == everything["schema_address"]
    assert list(everything) == list(schema["properties"])


def test_everything_needs_nothing_else_to_be_understood(everything):
    def texts(name, field):
        return {each[field] for each in everything[name]}

    def of(model, field):
        return set(model.objects.values_list(field, flat=True))

    assert texts("prioriteringar", "text") == of(Prioritering, "text")
    assert texts("fokusomraden", "text") == of(Fokusomrade, "body")
    assert texts("chapters", "text") == of(Chapter, "body")
    assert texts("footnotes", "text") == of(Footnote, "text")
    assert texts("terms", "explanation") == of(Term, "explanation")
    assert len(everything["contributions"]) == Version.objects.listed().count()
    assert [each["url"] for each in everything["links"]] == [
        "https://example.se/bankar"
    ]
    named = {each["id"] for each in everything["prioriteringar"]}
    tied = {
        tie["id"]
        for each in everything["contributions"]
        for tie in each["prioriteringar"]
    }
    assert tied <= named


def test_every_record_names_itself_for_good_and_says_its_licence(everything):
    for name in ("contributions", "prioriteringar", "fokusomraden", "links"):
        for record in everything[name]:
            assert record["id"].startswith(f"{settings.SITE_ADDRESS}/")
            assert record["licence"].startswith("https://creativecommons.org/")


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.PUBLISHED}))
def test_what_is_not_published_is_in_no_file(client, status):
    VersionFactory(entry=EntryFactory(slug=None), status=status, title="Hemlig bank")

    for name in ("bidrag.csv", "allt.json"):
        assert b"Hemlig bank" not in whole(client.get(f"/oppna-data/{name}"))


def test_withdrawn_contribution_is_in_no_file(client):
    version = stories.published(title="Borttagen bänk")
    names = ["bidrag.csv", "allt.json"]
    for name in names:
        assert b"Borttagen b\xc3\xa4nk" in whole(client.get(f"/oppna-data/{name}"))

    workflow.withdraw(version.entry, by=version.author)

    for name in names:
        assert b"Borttagen b\xc3\xa4nk" not in whole(client.get(f"/oppna-data/{name}"))
    rows = rows_of(workbook(client, "bidrag")["Bidrag"])
    assert "Borttagen bänk" not in {row["rubrik"] for row in rows}
