"""Values from a table, as CSV and from Excel. All of them are made up."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from openpyxl import Workbook

from accounts.enums import Role
from tests.factories import UserFactory
from tests.test_html import faults_of
from tests.uppfoljning.made_up import an_indicator, measured
from tests.uppfoljning.test_indicator_views import words
from uppfoljning.models import Measurement, MeasurementRevision, ValueUpload
from uppfoljning.workflow import indicators as workflow

pytestmark = pytest.mark.django_db
PAGE = "/uppfoljning/nyckeltal/las-in/"
HEAD = "nyckeltal;ar;kon;varde\n"


@pytest.fixture
def indicator():
    return an_indicator()


@pytest.fixture
def owner(client):
    client.force_login(UserFactory(document_owner=True))
    return client


def send(client, content, name="varden.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)})


def confirm(client, response):
    return client.post(PAGE, {"tried": response.context["tried"]})


def values():
    rows = Measurement.objects.order_by("period", "gender")
    return list(rows.values_list("period", "gender", "value", "origin"))


def workbook(*rows):
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


EXCEL = workbook(
    ["Nyckeltal", "ar", "kon", "varde"],
    ["pahittat", 2020, "kvinnor", 71.5],
    ["pahittat", 2021, None, None],
)


@pytest.mark.parametrize(
    "content",
    [
        HEAD + "pahittat;2020;kvinnor;71,5\npahittat;2021;;\n",
        "nyckeltal,ar,kon,varde\r\nEtt påhittat nyckeltal,2020,K,71.5\r\n"
        "pahittat,2021,,\r\n",
        ("\ufeff" + HEAD + "pahittat;2020;Kvinnor;71,50\npahittat;2021;alla;").encode(),
        (HEAD + "Ett påhittat nyckeltal;2020;K;71,5\npahittat;2021;T;").encode(
            "cp1252"
        ),
        EXCEL,
    ],
    ids=["semicolons", "commas", "mark", "windows", "excel"],
)
def test_table_is_tried_and_then_kept(owner, indicator, content):
    tried = send(owner, content)

    assert "2 nya värden, 0 ändrade" in words(tried)
    assert values() == []

    confirm(owner, tried)

    assert values() == [
        (2020, "K", Decimal("71.5"), "uploaded"),
        (2021, "T", None, "uploaded"),
    ]


def test_every_fault_is_told_by_row_and_nothing_is_kept(owner, indicator):
    wrong = [
        "saknas;2020;;1",
        ";2020;;1",
        "pahittat;20;;1",
        "pahittat;år;;1",
        "pahittat;2020;annat;1",
        "pahittat;2020;;mycket",
        "pahittat;2020;;1e30",
        "pahittat;2021;;1",
        "pahittat;2021;;2",
    ]

    response = send(owner, HEAD + "\n".join(wrong))

    rows = [(each.row, each.column) for each in response.context["checked"].faults]
    assert rows == [
        (2, "nyckeltal"),
        (3, "nyckeltal"),
        (4, "ar"),
        (5, "ar"),
        (6, "kon"),
        (7, "varde"),
        (8, "varde"),
        (10, "nyckeltal"),
    ]
    assert "Inget är inläst. Rätta åtta saker" in words(response)
    assert "Samma värde står redan på rad 9" in words(response)
    assert values() == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "Filen är tom"),
        ("en;annan\n1;2\n", "Kolumnen ”nyckeltal” saknas"),
        (HEAD, "inga rader under rubrikerna"),
        (b"PK\x03\x04 not a workbook", "går inte att läsa som tabell"),
        (b"\x00\x01\x02", "går inte att läsa som tabell"),
        (HEAD + "pahittat;2020;;1\n" * 5001, "fler än 5000 rader"),
    ],
)
def test_what_is_no_table_is_refused(owner, content, message):
    assert message in words(send(owner, content))


def test_no_file_is_asked_for(owner):
    assert "Välj en fil med värden" in words(owner.post(PAGE))


def test_changed_value_is_shown_first_and_kept_as_history(owner, indicator):
    measured(indicator, "71 72", first=2020)

    tried = send(owner, HEAD + "pahittat;2020;;70,5\npahittat;2021;;72\n")

    assert "0 nya värden, 1 ändrade och 1 som redan finns" in words(tried)
    confirm(owner, tried)
    assert values()[0][2] == Decimal("70.5")
    assert MeasurementRevision.objects.get().value == 71
    kept = ValueUpload.objects.get()
    assert kept.uploaded_by.role == Role.DOCUMENT_OWNER
    assert (kept.new_count, kept.changed_count) == (0, 1)
    assert [*kept.indicators.all()] == [indicator]
    assert Measurement.objects.filter(fetched_at=kept.uploaded_at).count() == 1


def test_what_was_downloaded_can_be_uploaded(owner, indicator):
    measured(indicator, "71 -", first=2020)
    file = owner.get("/uppfoljning/nyckeltal/pahittat.csv")

    tried = send(owner, b"".join(file.streaming_content))

    assert "0 nya värden, 0 ändrade och 2 som redan finns" in words(tried)


def test_only_what_was_tried_can_be_kept(owner, indicator):
    owner.post(PAGE, {"tried": "something else"})

    assert values() == []


def test_only_the_document_owner_may_keep_values(indicator):
    with pytest.raises(PermissionDenied):
        workflow.upload_values([], by=UserFactory(employee=True))


def test_every_page_of_the_upload_is_sound(owner, indicator):
    measured(indicator, "71", first=2020)
    answers = [
        owner.get(PAGE),
        owner.post(PAGE),
        send(owner, HEAD + "saknas;2020;;1\n"),
        send(owner, HEAD + "pahittat;2020;;1\n"),
    ]

    assert [faults_of(answer.content.decode()) for answer in answers] == [[]] * 4


def test_owner_is_led_to_the_upload(owner):
    assert PAGE in owner.get("/uppfoljning/nyckeltal/").content.decode()
    owner.logout()
    assert PAGE not in owner.get("/uppfoljning/nyckeltal/").content.decode()


def test_all_of_a_table_is_kept_or_none(owner, indicator, monkeypatch):
    an_indicator(slug="annat")
    tried = send(owner, HEAD + "pahittat;2020;;1\nannat;2020;;2\n")
    keep, calls = workflow.keep_values, iter([True, False])

    def breaking(*args, **kwargs):
        if next(calls):
            return keep(*args, **kwargs)
        raise DatabaseError

    monkeypatch.setattr(workflow, "keep_values", breaking)

    with pytest.raises(DatabaseError):
        confirm(owner, tried)

    assert values() == []
