"""What a report says, how it is adopted, and that it never changes after."""

import json
from hashlib import sha256
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from kunskapsbank.enums import ConnectionKind, ConnectionStatus, EntryState
from kunskapsbank.models import Connection, Entry
from programme import pdf
from programme.models import Prioritering
from search import generation
from tests.factories import InitiativeFactory, UserFactory, VersionFactory
from tests.racing import HAS_ROW_LOCKS
from tests.uppfoljning.made_up import an_indicator, measured
from tests.uppfoljning.reporting import (
    DIARY_NUMBER,
    a_report,
    adopted,
    all_done,
    done,
    sum_of,
)
from uppfoljning import report_content, report_page
from uppfoljning.enums.initiatives import InitiativeState
from uppfoljning.enums.reports import ReportStatus
from uppfoljning.exceptions.reports import (
    AlreadyAdopted,
    ContentChanged,
    NotAdopted,
    NotAllowed,
    PartsMissing,
    PeriodInWrongOrder,
    YearTaken,
)
from uppfoljning.models import Adoption, Report, ReportCorrection, ReportPdf
from uppfoljning.workflow import report_files, reports

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return UserFactory(document_owner=True)


@pytest.fixture
def report(owner):
    return a_report(owner, period_start=localdate().year, period_end=localdate().year)


@pytest.fixture(autouse=True)
def _no_contributions_from_the_launch():
    Entry.objects.update(state=EntryState.WITHDRAWN, state_reason="för testet")
    generation.touch()


def strand_of(content, key=1):
    return next(each for each in content["viljeinriktningar"] if each["key"] == key)


def first():
    return Prioritering.objects.get(slug="2016-4-1-1-a")


def connected(one, other):
    today = localdate()
    return Connection.objects.create(
        kind=ConnectionKind.SUPPORTS,
        from_prioritering=one,
        to_prioritering=other,
        sentence="Påhittat samband.",
        status=ConnectionStatus.APPROVED,
        proposed_at=f"{today} 08:00+00:00",
        decided_at=f"{today} 09:00+00:00",
        key=uuid4(),
    )


# -- What it says


def test_report_has_every_fokusomrade_and_prioritering_once(report):
    content = report_content.gather(report)

    areas = [
        each for one in content["viljeinriktningar"] for each in one["fokusomraden"]
    ]
    assert (len(areas), sum(len(each["prioriteringar"]) for each in areas)) == (15, 58)


def test_report_tells_of_all_that_is_public_and_new(report, owner):
    other = Prioritering.objects.get(slug="2016-4-3-1-a")
    entry = VersionFactory(status="published", prioriteringar=[first()])
    indicator = an_indicator()
    indicator.fokusomraden.add(first().fokusomrade)
    measured(indicator, "1 2 3 4 5", first=localdate().year - 4)
    initiative = InitiativeFactory(prioriteringar=[first()], effect="Det hjälpte.")
    connection_ = connected(first(), other)
    generation.touch()

    strand = strand_of(report_content.gather(report))

    assert [each["number"] for each in strand["entries"]] == [entry.entry.number]
    told = next(each for each in strand["indicators"] if each["slug"] == indicator.slug)
    assert (told["direction"], told["last"]["text"]) == ("right", "5")
    assert [each["year"] for each in told["values"]] == [localdate().year]
    assert [each["title"] for each in strand["initiatives"]] == [initiative.title]
    assert [each["number"] for each in strand["connections"]] == [connection_.number]
    prioritering = strand["fokusomraden"][0]["prioriteringar"][0]
    assert prioritering["is_white_spot"] is False
    assert strand["fokusomraden"][0]["prioriteringar"][1]["is_white_spot"] is True


def test_report_tells_nothing_that_is_not_public_or_from_before(report):
    for status in ("draft", "submitted", "returned", "declined"):
        VersionFactory(status=status, prioriteringar=[first()])
    VersionFactory(
        status="published",
        prioriteringar=[first()],
        published_at=f"{localdate().year - 1}-06-01T12:00Z",
    )
    InitiativeFactory(prioriteringar=[first()], state=InitiativeState.WITHDRAWN)
    hidden = an_indicator(is_active=False)
    hidden.fokusomraden.add(first().fokusomrade)
    declined = connected(first(), Prioritering.objects.get(slug="2016-4-3-1-a"))
    Connection.objects.filter(pk=declined.pk).update(status=ConnectionStatus.DECLINED)
    generation.touch()

    strand = strand_of(report_content.gather(report))

    assert strand["entries"] == strand["initiatives"] == strand["connections"] == []
    assert hidden.slug not in {each["slug"] for each in strand["indicators"]}


def test_report_names_no_person(report, owner):
    employee = UserFactory(employee=True, name="Ada Påhittad")
    VersionFactory(status="published", prioriteringar=[first()], author=employee)
    done(report.assessments.first(), owner)

    text = report_content.written(report_content.gather(report))

    assert "Påhittad" not in text
    assert "@" not in text


def test_next_report_begins_where_the_last_ended_and_tells_what_changed(report, owner):
    initiative = InitiativeFactory(prioriteringar=[first()])
    indicator = an_indicator()
    indicator.fokusomraden.add(first().fokusomrade)
    generation.touch()
    all_done(report, owner)
    adopted(report, owner)

    year = localdate().year + 2
    later = a_report(owner, period_start=year - 1, period_end=year)
    measured(indicator, "5 4 3 2 1")
    InitiativeFactory(prioriteringar=[first()], title="En till")
    initiative.progress = "finished"
    initiative.save()
    VersionFactory(status="published", prioriteringar=[first()])
    generation.touch()
    content = report_content.gather(later)

    assert content["since"] == localdate().isoformat()
    changes = content["changes"]
    assert [each["title"] for each in changes["initiatives_new"]] == ["En till"]
    assert [each["title"] for each in changes["initiatives_finished"]] == [
        initiative.title
    ]
    assert [each["number"] for each in changes["white_spots_filled"]] == ["4.1.1 a"]
    assert [(each["before"], each["after"][:8]) for each in changes["directions"]] == [
        ("för lite data", "fel håll")
    ]


def test_extract_has_what_is_of_its_year(report):
    year = localdate().year
    InitiativeFactory(prioriteringar=[first()], period_start=year, period_end=year)
    VersionFactory(status="published", prioriteringar=[first()])
    generation.touch()
    content = report_content.gather(report)

    now, before = (report_page.extract(content, each) for each in (year, year - 1))

    assert len(strand_of(now)["entries"]) == len(strand_of(now)["initiatives"]) == 1
    assert strand_of(before)["entries"] == strand_of(before)["initiatives"] == []


def test_csv_has_a_row_for_each_thing_and_no_formula(report, owner):
    done(report.assessments.first(), owner, "=1+1")
    content = report_content.gather(report)

    rows = "".join(report_page.as_csv(content)).split("\r\n")

    assert rows[0].startswith("viljeinriktning,slag,nummer")
    assert any(",lägesbedömning,4.1.1," in row and ",'=1+1," in row for row in rows)
    assert sum(",vit fläck," in row for row in rows) == 58


# -- Its life


def test_transitions_cover_every_status():
    assert reports.TRANSITIONS.keys() == set(ReportStatus)


def test_start_once_for_each_year(owner, report):
    assert report.assessments.count() == 15
    with pytest.raises(YearTaken):
        a_report(owner, period_start=report.year, period_end=report.year)
    with pytest.raises(PeriodInWrongOrder):
        a_report(owner, period_start=2022, period_end=2020)
    with pytest.raises(NotAllowed):
        a_report(UserFactory(employee=True))


def test_adopt_refuses_what_is_not_ready_or_was_not_read(report, owner):
    with pytest.raises(PartsMissing):
        adopted(report, owner)
    all_done(report, owner)
    how = {"diary_number": DIARY_NUMBER, "adopted_on": localdate()}
    read = sum_of(report)
    InitiativeFactory(prioriteringar=[first()])

    with pytest.raises(ContentChanged):
        reports.adopt_report(report, by=owner, sha256=read, **how)
    employee, read = UserFactory(employee=True), sum_of(report)
    with pytest.raises(NotAllowed):
        reports.adopt_report(report, by=employee, sha256=read, **how)

    assert not Adoption.objects.exists()
    assert not Report.objects.public().exists()


def test_adopted_report_is_what_was_read_and_is_adopted_once(report, owner):
    all_done(report, owner)
    before, read = generation.current(), sum_of(report)

    adoption = adopted(report, owner)

    assert sha256(adoption.content.encode()).hexdigest() == adoption.sha256 == read
    assert json.loads(adoption.content) == adoption.data
    assert generation.current() > before
    with pytest.raises(AlreadyAdopted):
        adopted(report, owner)


FROZEN = [
    *("uppfoljning_adoption", "uppfoljning_reportpdf", "uppfoljning_reportcorrection")
]
CHANGES = ["UPDATE {} SET id = id", "DELETE FROM {}"]
if not HAS_ROW_LOCKS:  # only SQLite has a way to replace a row
    CHANGES.append("INSERT OR REPLACE INTO {0} SELECT * FROM {0}")


@pytest.mark.engine
def test_database_refuses_to_change_what_was_adopted(report, owner):
    all_done(report, owner)
    adoption = adopted(report, owner)
    ReportPdf.objects.create(adoption=adoption, content=b"%PDF", sha256="0" * 64)
    reports.correct_report(report, by=owner, text="Fel.", key=uuid4())

    for change in CHANGES:
        for table in FROZEN:
            with pytest.raises(DatabaseError), transaction.atomic():
                connection.cursor().execute(change.format(table))


def test_correction_is_noted_once_under_its_day(report, owner):
    key = uuid4()
    with pytest.raises(NotAdopted):
        reports.correct_report(report, by=owner, text="Fel.", key=key)
    all_done(report, owner)
    adoption = adopted(report, owner)
    before = generation.current()

    for _ in range(2):
        reports.correct_report(report, by=owner, text="Det var 4, inte 5.", key=key)

    (note,) = ReportCorrection.objects.all()
    assert (note.text, note.noted_on) == ("Det var 4, inte 5.", localdate())
    assert note.adoption == adoption
    assert generation.current() == before + 1  # the page is made anew, once
    other = UserFactory(employee=True)
    with pytest.raises(NotAllowed):
        reports.correct_report(report, by=other, text="Nej.", key=uuid4())


# -- The file


def test_file_is_made_once_of_what_was_adopted(report, owner, monkeypatch):
    all_done(report, owner)
    adoption = adopted(report, owner)
    pages = []
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "make", lambda page: pages.append(page) or b"%PDF-1.7")
    assert report_files.pdf_state(adoption) == "waiting"

    report_files.make_report_pdf.func(adoption.pk)
    report_files.make_report_pdf.func(adoption.pk)

    assert len(pages) == 1
    assert adoption.sha256 in pages[0]
    assert "Så gick det i 4.1.1." in pages[0]
    made = ReportPdf.objects.get()
    assert made.sha256 == sha256(bytes(made.content)).hexdigest()
    assert report_files.pdf_state(adoption) == "made"


def test_command_makes_the_files_that_are_missing_once(report, owner, monkeypatch):
    all_done(report, owner)
    adoption = adopted(report, owner)
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    with pytest.raises(CommandError, match="WeasyPrint"):
        call_command("make_report_pdfs")
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "make", lambda page: b"%PDF-1.7")
    said = StringIO()

    call_command("make_report_pdfs", stdout=said)
    call_command("make_report_pdfs", stdout=said)

    made = ReportPdf.objects.get()
    assert made.adoption == adoption
    assert said.getvalue().split("\n") == [
        f"{report.year}: {made.sha256}",
        "Made: 1.",
        "Made: 0.",
        "",
    ]


def test_machine_that_cannot_make_files_says_so(report, owner, monkeypatch):
    all_done(report, owner)
    adoption = adopted(report, owner)
    monkeypatch.setattr(pdf, "is_available", lambda: False)

    report_files.make_report_pdf.func(adoption.pk)

    assert not ReportPdf.objects.exists()
    assert report_files.pdf_state(adoption) == "unavailable"


def test_public_reports_are_those_adopted(report, owner):
    assert not Report.objects.public().exists()
    assert not Report.objects.visible_to(UserFactory(employee=True)).exists()
    assert Report.objects.visible_to(owner).exists()

    all_done(report, owner)
    adopted(report, owner)

    assert Report.objects.public().get() == report
