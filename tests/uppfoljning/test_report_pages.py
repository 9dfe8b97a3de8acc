"""Reports read, and made, in the browser."""

import csv
import io
from hashlib import sha256
from uuid import uuid4

import pypdf
import pytest
from django.urls import reverse

from kunskapsbank.views.writing import carrying
from tests.factories import UserFactory
from tests.uppfoljning.reporting import (
    DIARY_NUMBER,
    a_report,
    adopted,
    all_done,
    assigned,
    saved,
)
from uppfoljning.models import Adoption, Assessment, Report, ReportPdf
from uppfoljning.workflow import assessments, report_files

pytestmark = pytest.mark.django_db
LIST = "/uppfoljning/rapporter/"
REPORT = "/uppfoljning/rapporter/2020/"
WORK = "/uppfoljning/arbete/2020/"
TEXT = f"{WORK}4-1-1/"
ADOPT = f"{WORK}faststall/"


@pytest.fixture
def owner():
    return UserFactory(document_owner=True)


@pytest.fixture
def writer():
    return UserFactory(employee=True)


@pytest.fixture
def assessment(owner, writer):
    return assigned(a_report(owner), writer, owner)


@pytest.fixture
def adoption(owner):
    report = a_report(owner)
    all_done(report, owner)
    return adopted(report, owner)


def post(client, url, user, **fields):
    client.force_login(user)
    return client.post(url, fields)


# -- For readers


def test_list_without_reports_says_so(client):
    assert "Ingen rapport finns här än" in client.get(LIST).content.decode()


def test_draft_is_the_owners_alone(client, assessment, owner, writer):
    for user in (None, writer, UserFactory(moderator=True)):
        if user:
            client.force_login(user)
        assert client.get(REPORT).status_code == 404
    client.force_login(owner)

    page = client.get(REPORT).content.decode()

    assert "Bara dokumentansvariga ser sidan" in page
    for name in ("rapport.csv", "rapport.json", "rapport.pdf", "utdrag/2020/"):
        assert client.get(REPORT + name).status_code == 404


def test_adopted_report_is_read_by_all_as_page_data_and_table(client, adoption):
    page = client.get(REPORT).content.decode()
    data = client.get(f"{REPORT}rapport.json").content
    table = client.get(f"{REPORT}rapport.csv").getvalue().decode()

    assert "Så gick det i 4.1.1." in page
    assert DIARY_NUMBER in page
    assert sha256(data).hexdigest() == adoption.sha256
    assert adoption.sha256 in page
    assert len(list(csv.reader(io.StringIO(table)))) > 58
    assert REPORT in client.get(LIST).content.decode()


def test_extract_is_of_the_years_of_the_period(client, adoption):
    assert "Utdrag för 2019" in client.get(f"{REPORT}utdrag/2019/").content.decode()
    assert client.get(f"{REPORT}utdrag/2019/utdrag.csv").status_code == 200
    assert client.get(f"{REPORT}utdrag/2018/").status_code == 404


def test_file_is_served_as_it_is_kept(client, adoption):
    assert client.get(f"{REPORT}rapport.pdf").status_code == 404
    ReportPdf.objects.create(adoption=adoption, content=b"%PDF-1", sha256="a" * 64)

    response = client.get(f"{REPORT}rapport.pdf")

    assert (response.content, response["Content-Type"]) == (
        b"%PDF-1",
        "application/pdf",
    )
    assert "a" * 64 in client.get(REPORT).content.decode()


@pytest.mark.pages
def test_file_is_a_tagged_pdf(adoption):
    made = report_files.make_pdf(adoption)

    reader = pypdf.PdfReader(io.BytesIO(bytes(made.content)))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert DIARY_NUMBER in reader.pages[0].extract_text()


# -- Writing


def test_writer_saves_hands_in_and_takes_back(client, assessment, writer):
    page = post(client, TEXT, writer, lock=0, text="Så gick det.")
    assert page.status_code == 302
    assessment.refresh_from_db()
    assert (assessment.status, assessment.text) == ("ongoing", "Så gick det.")

    post(client, TEXT, writer, lock=1, text="Så gick det.", then="ready")
    assessment.refresh_from_db()
    assert assessment.status == "ready"

    post(client, f"{TEXT}ta-tillbaka/", writer)
    assessment.refresh_from_db()
    assert assessment.status == "ongoing"


def test_two_tabs_are_shown_both_texts(client, assessment, writer):
    saved(assessment, writer, "Den första.")

    response = post(client, TEXT, writer, lock=0, text="Den andra.")

    page = response.content.decode()
    assert response.status_code == 409
    assert "första" in page
    assert "andra" in page
    assert 'name="lock" value="1"' in page
    assessment.refresh_from_db()
    assert assessment.text == "Den första."


def test_same_text_sent_twice_is_saved_once(client, assessment, writer):
    for _ in range(2):
        assert post(client, TEXT, writer, lock=0, text="En gång.").status_code == 302

    assessment.refresh_from_db()
    assert assessment.lock == 1


def test_text_is_given_back_after_signing_in(client, assessment, writer):
    who = carrying.owner_token(writer)
    client.post(TEXT, {"lock": 0, "who": who, "text": "Skrivet utloggad."})

    client.force_login(writer)

    assert "Skrivet utloggad." in client.get(TEXT).content.decode()


def test_text_is_shown_to_whoever_may_not_write_any_longer(client, assessment, writer):
    writer.groups.clear()

    response = post(client, TEXT, writer, lock=0, text="Bevara detta.")

    assert response.status_code == 403
    assert "Bevara detta." in response.content.decode()


def test_text_is_shown_when_it_cannot_be_saved(client, assessment, writer):
    text = saved(assessment, writer)
    assessments.hand_in(text, by=writer, lock=text.lock)

    response = post(client, TEXT, writer, lock=1, text="För sent.")

    assert response.status_code == 409
    assert "För sent." in response.content.decode()


def test_script_saves_what_changed(client, assessment, writer):
    fields = {"lock": 0, "tab": "a", "sequence": 1, "changed": "text"}
    answer = post(client, f"{TEXT}spara/", writer, text="Av skriptet.", **fields)

    assert (answer.status_code, answer.json()["lock"]) == (200, 1)
    fields |= {"tab": "b"}
    stale = post(client, f"{TEXT}spara/", writer, text="Annan flik.", **fields)
    assert stale.status_code == 409
    client.logout()
    assert client.post(f"{TEXT}spara/", fields).status_code == 401
    assessment.refresh_from_db()
    assert assessment.text == "Av skriptet."


def test_writer_sees_what_is_theirs_alone(client, assessment, writer):
    client.force_login(writer)

    page = client.get(WORK).content.decode()

    assert page.count("task-list__row") == 1
    assert "Vem skriver vad?" not in page
    assert client.get(f"{WORK}4-1-2/").status_code == 404
    assert 'href="/uppfoljning/arbete/"' in page
    client.force_login(UserFactory(employee=True))
    assert client.get(WORK).status_code == 404
    assert 'href="/uppfoljning/arbete/"' not in client.get("/konto/").content.decode()


# -- The document owner


def test_owner_starts_a_period_and_gives_it_out(client, owner, writer):
    post(
        client,
        "/uppfoljning/arbete/ny/",
        owner,
        period_start="2019",
        period_end="2020",
    )
    post(client, f"{WORK}fordela/", owner, **{"till-4.1.1": str(writer.pk)})

    assert Assessment.objects.exclude(assignee=None).get().assignee == writer
    page = client.get(WORK).content.decode()
    assert page.count("task-list__row") == 15
    assert page.count("<tr>") == 59


def test_owner_sends_back_with_a_message_or_marks_done(
    client, assessment, owner, writer
):
    text = saved(assessment, writer)
    assessments.hand_in(text, by=writer, lock=text.lock)
    url = f"{TEXT}besluta/"

    assert post(client, url, owner, lock=1, then="back").status_code == 400
    post(client, url, owner, lock=1, then="back", message="Mer om skolan.")
    client.force_login(writer)
    assert "Mer om skolan." in client.get(TEXT).content.decode()
    assessments.hand_in(text, by=writer, lock=1)
    post(client, url, owner, lock=1, then="done")

    assessment.refresh_from_db()
    assert assessment.status == "done"


def test_owner_is_told_what_is_missing(client, assessment, owner):
    client.force_login(owner)

    page = client.get(ADOPT).content.decode()

    assert page.count('<li><a href="/uppfoljning/arbete/2020/4-') == 15
    assert 'name="diary_number"' not in page


def test_owner_adopts_once(client, owner):
    report = a_report(owner)
    all_done(report, owner)
    client.force_login(owner)
    read = client.get(ADOPT).context["form"]["sha256"].value()
    form = {"diary_number": DIARY_NUMBER, "adopted_on": "2021-03-24", "sha256": read}

    faulty = client.post(ADOPT, form | {"adopted_on": "24/3"})
    first, again = (client.post(ADOPT, form) for _ in range(2))

    assert faulty.status_code == 400
    assert (first.status_code, again.status_code) == (302, 302)
    assert Adoption.objects.get().diary_number == DIARY_NUMBER
    assert "Innehållet är fryst som data." in client.get(WORK).content.decode()


def test_owner_corrects_beside_the_report(client, adoption, owner):
    content = client.get(f"{REPORT}rapport.json").content
    key = str(uuid4())

    faulty = post(client, f"{WORK}ratta/", owner, text=" ", key=key)
    for _ in range(2):
        post(client, f"{WORK}ratta/", owner, text="Det var 4, inte 5.", key=key)

    assert "Skriv vad som är fel och vad som är rätt" in faulty.content.decode()
    client.logout()
    assert client.get(REPORT).content.decode().count("Det var 4, inte 5.") == 1
    assert client.get(f"{REPORT}rapport.json").content == content


ADDRESSES = {
    "work": [],
    "work_on": [2020],
    "assessment": [2020, "4.1.1"],
    "adopt_report": [2020],
    "correct_report": [2020],
}
POSTS = {
    "start_period": [],
    "assign_areas": [2020],
    "make_report_pdf": [2020],
    "autosave_assessment": [2020, "4.1.1"],
    "take_back_assessment": [2020, "4.1.1"],
    "decide_assessment": [2020, "4.1.1"],
}


@pytest.mark.pages
def test_nobody_else_comes_to_where_reports_are_made(client, assessment):
    before = list(Report.objects.values()), list(Assessment.objects.values())

    for role in (None, {}, {"contributor": True}, {"moderator": True}):
        if role is not None:
            client.force_login(UserFactory(**role))
        for name, arguments in (ADDRESSES | POSTS).items():
            ask = client.get if name in ADDRESSES else client.post
            response = ask(reverse(f"uppfoljning:{name}", args=arguments))
            refused = {302, 401} if role is None else {302, 404}
            assert response.status_code in refused, (name, role)

    assert before == (list(Report.objects.values()), list(Assessment.objects.values()))
