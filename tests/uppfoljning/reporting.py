"""A period that is followed up. Every text is made up."""

from django.utils.timezone import localdate

from tests.factories import UserFactory
from uppfoljning import report_content
from uppfoljning.workflow import assessments, reports

DIARY_NUMBER = "00123/2021"


def a_report(owner=None, **years):
    owner = owner or UserFactory(document_owner=True)
    period = {"period_start": 2019, "period_end": 2020, **years}
    return reports.start_report(by=owner, **period)


def assigned(report, user, owner, number="4.1.1"):
    assessments.assign(report, {number: user.pk}, by=owner)
    return report.assessments.get(fokusomrade__number=number)


def saved(assessment, by, text="Det går framåt."):
    return assessments.save_assessment(
        assessment, by=by, lock=assessment.lock, text=text
    )


def done(assessment, owner, text="Det går framåt."):
    assessment = saved(assessment, owner, text)
    assessments.hand_in(assessment, by=owner, lock=assessment.lock)
    return assessments.mark_done(assessment, by=owner, lock=assessment.lock)


def all_done(report, owner):
    for each in report.assessments.select_related("fokusomrade").order_by("pk"):
        done(each, owner, f"Så gick det i {each.fokusomrade.number}.")


def adopted(report, owner):
    return reports.adopt_report(
        report,
        by=owner,
        diary_number=DIARY_NUMBER,
        adopted_on=localdate(),
        sha256=sum_of(report),
    )


def sum_of(report):
    return report_content.digest(report_content.written(report_content.gather(report)))
