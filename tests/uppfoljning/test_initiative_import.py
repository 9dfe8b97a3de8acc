"""Initiatives from a workbook: every fault by its row, then all of the rows or none."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from kunskapsbank.enums import OrganisationKind
from tests.factories import OrganisationFactory, UserFactory, VersionFactory
from uppfoljning.enums.initiatives import InitiativeStatus
from uppfoljning.forms.initiative_rows import COLUMNS
from uppfoljning.models import Indicator, InitiativeText

pytestmark = pytest.mark.django_db
PAGE = "/uppfoljning/insatser/las-in/"
RIGHT = {
    "rubrik": "Fler bänkar",
    "det här gör vi": "Vi ställer ut bänkar.",
    "organisation": "Påhittade nämnden",
    "slag av organisation": "Nämnd",
    "prioriteringar": "4.1.1 a; 4.3.1B",
    "läge": "Pågår",
    "från år": 2018,
}


@pytest.fixture
def signed_in(client):
    client.force_login(UserFactory(employee=True))
    return client


def workbook(*rows, headings=tuple(COLUMNS)):
    book = Workbook()
    book.active.append([heading.capitalize() for heading in headings])
    for row in rows:
        cells = [row.get(heading) for heading in headings]
        book.active.append(cells)
        for cell in book.active[book.active.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # words, whatever they begin with
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile("insatser.xlsx", file.getvalue())


def tried(client, *rows):
    response = client.post(PAGE, {"file": workbook(*rows)})
    assert response.status_code == 200
    return response.context["tried"]


def test_table_is_tried_and_then_kept_as_drafts(signed_in):
    entry = VersionFactory().entry
    Indicator.objects.create(slug="prov", title="Provtal, med komma", position=1)
    company = OrganisationFactory(name="Badbolaget", kind=OrganisationKind.COMPANY)
    second = RIGHT | {
        "rubrik": "'=1+1",
        "organisation": "BADBOLAGET",
        "slag av organisation": None,
        "till år": 2020,
        "effekt": "-5 procent",
        "bidrag": f"{entry.number}, ",
        "nyckeltal": "provtal, med komma",
    }

    sent = tried(signed_in, RIGHT, second)
    assert not InitiativeText.objects.exists()
    signed_in.post(PAGE, {"tried": sent})
    signed_in.post(PAGE, {"tried": sent})  # a double click

    first, other = InitiativeText.objects.all()
    assert (first.status, first.organisation) == (InitiativeStatus.DRAFT, None)
    assert first.organisation_name == "Påhittade nämnden"
    assert first.organisation_kind == OrganisationKind.BOARD
    numbers = [each.number for each in first.prioriteringar.all()]
    assert sorted(numbers) == ["4.1.1 a", "4.3.1 b"]
    assert (other.title, other.organisation) == ("=1+1", company)
    assert (other.period, other.effect) == ("2018–2020", "-5 procent")
    assert list(other.entries.all()) == [entry]
    assert other.indicators.get().slug == "prov"


def test_every_fault_is_told_by_its_row_and_nothing_is_kept(signed_in):
    rows = [
        RIGHT,
        RIGHT | {"prioriteringar": "4.1.1 a, 9.9.9 z", "läge": "klar"},
        RIGHT | {"rubrik": "", "från år": "igår", "nyckeltal": "finns inte"},
        RIGHT | {"slag av organisation": "", "till år": 2010, "bidrag": "B-9999999"},
        RIGHT | {"det här gör vi": "Ring 811218-9876", "prioriteringar": None},
    ]

    response = signed_in.post(PAGE, {"file": workbook(*rows)})

    faults = response.context["checked"].faults
    assert [(each.row, each.column) for each in faults] == [
        (3, "läge"),
        (3, "prioriteringar"),
        (4, "rubrik"),
        (4, "från år"),
        (4, "nyckeltal"),
        (5, "slag av organisation"),
        (5, "bidrag"),
        (5, "till år"),
        (6, "prioriteringar"),
        (6, "det här gör vi"),
    ]
    assert "Det finns ingen prioritering ”9.9.9 z”" in response.content.decode()
    assert not InitiativeText.objects.exists()


def test_table_may_be_handed_in_at_once(signed_in):
    sent = tried(signed_in, RIGHT, RIGHT)

    signed_in.post(PAGE, {"tried": sent, "then": "submit"})

    statuses = set(InitiativeText.objects.values_list("status", flat=True))
    assert statuses == {InitiativeStatus.SUBMITTED}


def test_trial_is_kept_by_the_person_who_made_it_alone(signed_in, client):
    sent = tried(signed_in, RIGHT)
    client.force_login(UserFactory(employee=True))

    for what in (sent, "påhittat", sent[:-1]):
        client.post(PAGE, {"tried": what})

    assert not InitiativeText.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Filen är tom"),
        (b"PK\x03\x04 no workbook", "går inte att läsa som tabell"),
        (b"rubrik;effekt\nEn;Ingen\n", "Kolumnen ”det här gör vi” saknas"),
        (workbook().read(), "Filen har inga rader"),
        (workbook(*[RIGHT] * 51).read(), "Filen har fler än 50 rader"),
    ],
)
def test_file_that_is_no_table_is_refused_in_words(signed_in, content, said):
    file = SimpleUploadedFile("insatser.xlsx", content)

    response = signed_in.post(PAGE, {"file": file})

    assert response.status_code == 400
    assert said in response.content.decode()


def test_template_has_the_headings_that_are_read(signed_in):
    response = signed_in.get("/uppfoljning/insatser/mall.xlsx")

    book = load_workbook(BytesIO(response.content))
    assert [cell.value for cell in book.worksheets[0][1]] == list(COLUMNS)
