"""What people write in the follow-up and in invitations lies still, too (trust 1.2)."""

import csv
import io
import json
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from accounts import workflow as of_people
from tests import hostile
from tests.factories import UserFactory
from tests.test_hostile import body, paper_faults
from tests.uppfoljning import reporting
from uppfoljning.enums.reports import AssessmentStatus
from uppfoljning.models import Assessment
from uppfoljning.workflow import assessments, report_files, reports

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
REPORT = "/uppfoljning/rapporter/2020/"
READ = [REPORT, f"{REPORT}utdrag/2020/", "/uppfoljning/rapporter/"]


@pytest.fixture
def owner():
    return UserFactory(document_owner=True, name=hostile.SHORT[1])


@pytest.fixture
def report(owner):
    """Each assessment has a text of its own, which nobody made clean."""
    made = reporting.a_report(owner)
    for number, each in enumerate(made.assessments.order_by("pk")):
        text = hostile.SHORT[number % len(hostile.SHORT)]
        Assessment.objects.filter(pk=each.pk).update(
            text=f"{text}\n\n{hostile.LONG[:6000]}", status=AssessmentStatus.DONE
        )
    return made


@pytest.fixture
def adoption(report, owner):
    made = reports.adopt_report(
        report,
        by=owner,
        diary_number=hostile.SHORT[3][:60],
        adopted_on=report.started_at.date(),
        sha256=reporting.sum_of(report),
    )
    reports.correct_report(report, by=owner, text=hostile.LONG[:4000], key=uuid4())
    return made


@pytest.mark.thorough
def test_adopted_report_shows_it_as_text(client, adoption):
    for address in READ[:2]:
        html = body(client.get(address)).decode()

        assert hostile.PROBE in html, address
        assert sorted(set(hostile.faults_of_page(html))) == []


def test_adopted_report_is_data_and_tables_run_nothing(client, adoption):
    data = json.loads(body(client.get(f"{REPORT}rapport.json")))
    text = body(client.get(f"{REPORT}rapport.csv")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))

    assert hostile.PROBE in str(data)
    assert hostile.PROBE in text
    assert {len(row) for row in rows} == {len(rows[0])}
    assert list(hostile.formulas(rows)) == []


@pytest.mark.thorough
def test_paper_of_a_report_runs_nothing(adoption):
    made = report_files.make_pdf(adoption)

    assert paper_faults(PdfReader(io.BytesIO(bytes(made.content)))) == []


@pytest.mark.thorough
def test_pages_of_those_who_write_reports_show_it_as_text(client, report, owner):
    writer = UserFactory(employee=True, name=hostile.SHORT[0])
    assessment = reporting.assigned(report, writer, owner)
    Assessment.objects.filter(pk=assessment.pk).update(status=AssessmentStatus.READY)
    assessments.send_back(
        assessment, by=owner, lock=assessment.lock, message=hostile.LONG[:2000]
    )
    place = (
        f"/uppfoljning/arbete/2020/{assessment.fokusomrade.number.replace('.', '-')}/"
    )
    for person, addresses in [
        (owner, [REPORT, "/uppfoljning/arbete/2020/", place]),
        (writer, [place]),
    ]:
        client.force_login(person)
        for address in addresses:
            html = body(client.get(address)).decode()

            assert hostile.PROBE in html, address
            assert sorted(set(hostile.faults_of_page(html))) == []


def test_invitations_show_it_as_text_in_pages_and_mails(client):
    moderator = UserFactory(moderator=True, name=hostile.SHORT[11])
    client.force_login(moderator)
    for number, text in enumerate(hostile.SHORT):
        of_people.invite(
            f"ny{number}@example.se", "bidragsgivare", by=moderator, message=text
        )
    links = _links()

    page = body(client.get(reverse("accounts:invitations"))).decode()
    client.logout()
    pages = [page, *(body(client.get(link)).decode() for link in links)]

    assert len(links) == len(hostile.SHORT)
    assert hostile.PROBE in page
    for html in pages:
        assert sorted(set(hostile.faults_of_page(html))) == []


def test_mails_about_assessments_carry_it_as_text(report, owner):
    writer = UserFactory(employee=True, name=hostile.SHORT[0])
    assessment = reporting.assigned(report, writer, owner)
    for text in hostile.SHORT:
        Assessment.objects.filter(pk=assessment.pk).update(
            status=AssessmentStatus.READY
        )
        assessment.refresh_from_db()
        assessments.send_back(assessment, by=owner, lock=assessment.lock, message=text)

    messages = _sent("send_event")

    assert [each.recipients() for each in messages] == [[writer.email]] * len(
        hostile.SHORT
    )
    assert hostile.PROBE in messages[0].body


def _links():
    """Where the invitations lead."""
    words = [word for each in _sent("send_invitation") for word in each.body.split()]
    return [
        f"/inbjudan/{word.partition('/inbjudan/')[2]}"
        for word in words
        if "/inbjudan/" in word
    ]


def _sent(name):
    """The mails of a task, each of which is one message of plain text to one person."""
    for task in DBTaskResult.objects.filter(task_path__endswith=name):
        task.task.func(*task.args_kwargs["args"])
    for message in mail.outbox:
        sent = message.message()
        assert sent.get_content_type() == "text/plain"
        assert sent["Bcc"] is None
        assert "\n" not in message.subject
        assert len(message.recipients()) == 1
    return mail.outbox
