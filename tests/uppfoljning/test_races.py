"""Two who follow up at the same moment: one wins, and nothing is lost or done twice."""

from functools import partial

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from programme.enums import EditionStatus
from programme.models import Edition, Heir, Prioritering
from tests.factories import InitiativeTextFactory, UserFactory
from tests.racing import HAS_ROW_LOCKS, ROUNDS, committed, race, winners
from tests.uppfoljning import next_edition, reporting
from tests.uppfoljning.kolada_server import row, running, value
from tests.uppfoljning.made_up import an_indicator
from uppfoljning.enums.initiatives import InitiativeStatus as Status
from uppfoljning.exceptions.initiatives import InitiativeError
from uppfoljning.exceptions.reports import StaleAssessment
from uppfoljning.models import (
    Adoption,
    Assessment,
    Fetch,
    Initiative,
    InitiativeText,
    Measurement,
    MeasurementRevision,
)
from uppfoljning.workflow import assessments, editions, initiatives
from uppfoljning.workflow.report_files import make_report_pdf

pytestmark = pytest.mark.django_db


def an_owner():
    return UserFactory(document_owner=True)


def submitted():
    text = InitiativeTextFactory(
        author=UserFactory(employee=True),
        prioriteringar=[Prioritering.objects.first()],
    )
    return initiatives.submit_initiative(text, by=text.author, lock=text.lock)


def publishing(text):
    act = partial(initiatives.publish_initiative, text, by=an_owner(), lock=text.lock)
    return partial(act, over=None)


def two_publish_an_initiative(text):
    return [publishing(text), publishing(text)]


def one_publishes_and_one_declines(text):
    about = {"by": an_owner(), "lock": text.lock, "message": "Nej."}
    return [publishing(text), partial(initiatives.decline_initiative, text, **about)]


def the_author_takes_back_what_one_publishes(text):
    take_back = partial(initiatives.take_back_initiative, text, by=text.author)
    return [publishing(text), take_back]


def check_initiative_is_decided_once(stage):
    text = submitted()

    outcomes = race(*stage(text))

    (won,) = winners(outcomes)
    (lost,) = (each for each in outcomes if isinstance(each, Exception))
    assert isinstance(lost, InitiativeError)
    stored = InitiativeText.objects.get(pk=text.pk)
    assert stored.status == won.status
    assert stored.events.filter(from_status=Status.SUBMITTED).count() == 1
    is_published = stored.status == Status.PUBLISHED
    assert Initiative.objects.filter(texts=stored).count() == is_published


def check_two_texts_alike_get_two_addresses():
    texts = [submitted(), submitted()]

    outcomes = race(*map(publishing, texts))

    assert len({each.initiative.slug for each in winners(outcomes)}) == 2, outcomes


def check_two_saves_keep_one_text_and_tell_the_other():
    owner = an_owner()
    assessment = reporting.assigned(reporting.a_report(owner), owner, owner)

    outcomes = race(
        *[
            partial(reporting.saved, assessment, owner, text)
            for text in ("Ett.", "Två.")
        ]
    )

    (won,) = winners(outcomes)
    (lost,) = (each for each in outcomes if isinstance(each, Exception))
    assert isinstance(lost, StaleAssessment)
    stored = Assessment.objects.get(pk=assessment.pk)
    assert stored.text == won.text == lost.stored["text"]
    assert stored.lock == assessment.lock + 1


def check_area_is_given_to_one_of_two():
    owner, people = an_owner(), [UserFactory(employee=True) for _ in range(2)]
    report = reporting.a_report(owner)

    outcomes = race(
        *[
            partial(assessments.assign, report, {"4.1.1": each.pk}, by=owner)
            for each in people
        ]
    )

    assert outcomes == [1, 1]  # the later one stands, and both were told
    stored = report.assessments.get(fokusomrade__number="4.1.1")
    assert stored.assignee in people


def check_area_given_twice_to_one_is_given_once():
    owner, employee = an_owner(), UserFactory(employee=True)
    report = reporting.a_report(owner)
    give = partial(assessments.assign, report, {"4.1.1": employee.pk}, by=owner)

    assert sorted(race(give, give)) == [0, 1]


def check_report_is_adopted_once():
    owner = an_owner()
    report = reporting.a_report(owner)
    reporting.all_done(report, owner)
    adopt = partial(
        reporting.reports.adopt_report,
        report,
        by=owner,
        adopted_on=reporting.localdate(),
        sha256=reporting.sum_of(report),
    )

    outcomes = race(*[partial(adopt, diary_number=f"{n}/2021") for n in range(2)])

    (won,) = winners(outcomes)
    kept = Adoption.objects.get(report=report)
    assert (kept.pk, kept.diary_number) == (won.pk, won.diary_number)
    files = DBTaskResult.objects.filter(task_path=make_report_pdf.module_path)
    assert [each.args_kwargs["args"] for each in files] == [[kept.pk]]


def check_edition_is_put_in_force_once():
    owner, first = an_owner(), next_edition.first()
    edition = next_edition.decided(next_edition.drafted(owner))
    next_edition.confirm_all(edition, owner)
    put = partial(editions.put_in_force, edition, by=owner)
    try:
        outcomes = race(put, put)

        assert len(winners(outcomes)) == 1, outcomes
        in_force = Edition.objects.filter(status=EditionStatus.IN_FORCE)
        assert list(in_force) == [edition]
        ended = edition.history.filter(status=EditionStatus.IN_FORCE)
        assert ended.count() == 1
        assert Heir.objects.count() == texts_of(first)
    finally:
        as_before = {"status": first.status, "valid_to": first.valid_to}
        Edition.objects.filter(pk=first.pk).update(**as_before)


def texts_of(edition):
    place = {"fokusomrade__viljeinriktning__edition": edition}
    return Prioritering.objects.filter(**place).count()


def check_two_imports_keep_every_value_once(settings):
    an_indicator(kolada_id="N1")
    with running() as kolada:
        settings.KOLADA_ADDRESS = kolada.address
        kolada.rows = [row("N1", year, value("T", year)) for year in range(2015, 2020)]

        outcomes = race(import_n1, import_n1)

    assert outcomes == [None, None]
    kept = Measurement.objects.filter(indicator__kolada_id="N1")
    assert kept.count() == 5
    assert not MeasurementRevision.objects.filter(measurement__in=kept).exists()
    fetches = Fetch.objects.filter(indicator__kolada_id="N1")
    assert sum(each.new_count for each in fetches) == 5


def import_n1():
    call_command("import_kolada", "N1", verbosity=0)


if HAS_ROW_LOCKS:

    @pytest.mark.parametrize("time", ROUNDS)
    @pytest.mark.parametrize(
        "stage",
        [
            two_publish_an_initiative,
            one_publishes_and_one_declines,
            the_author_takes_back_what_one_publishes,
        ],
    )
    def test_exactly_one_act_wins(stage, time):
        committed(check_initiative_is_decided_once, stage)

    @pytest.mark.parametrize("time", ROUNDS)
    @pytest.mark.parametrize(
        "check",
        [
            check_two_texts_alike_get_two_addresses,
            check_two_saves_keep_one_text_and_tell_the_other,
            check_area_is_given_to_one_of_two,
            check_area_given_twice_to_one_is_given_once,
        ],
    )
    def test_at_the_same_moment(check, time):
        committed(check)

    @pytest.mark.parametrize(
        "check", [check_report_is_adopted_once, check_edition_is_put_in_force_once]
    )
    def test_great_decisions_at_the_same_moment(check):
        committed(check)

    def test_two_imports_at_the_same_moment(settings):
        committed(check_two_imports_keep_every_value_once, settings)
