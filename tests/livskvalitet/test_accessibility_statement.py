import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from livskvalitet.accessibility import (
    MAX_ASSESSMENT_AGE,
    STATEMENT_FILE,
    load_statement,
)


@pytest.fixture
def record():
    return json.loads(STATEMENT_FILE.read_text(encoding="utf-8"))


@pytest.fixture
def load(tmp_path):
    def load_record(record):
        path = tmp_path / "statement.json"
        path.write_text(json.dumps(record), encoding="utf-8")
        return load_statement(path)

    return load_record


def test_the_statement_is_true_today():
    assert load_statement().contradictions(date.today()) == []


def test_the_statement_holds_every_required_part():
    statement = load_statement()

    assert statement.service_name
    assert statement.status_text
    assert statement.assessed_how
    assert statement.not_tested


def test_each_deficiency_has_a_reason_and_an_alternative():
    for deficiency in load_statement().deficiencies:
        assert deficiency.reason
        assert deficiency.alternative


def test_fully_compliant_with_open_deficiencies_contradicts_itself():
    statement = replace(load_statement(), status="helt")

    found = statement.contradictions(statement.updated_on)

    assert found == ['The status is "helt" but there are open deficiencies.']


def test_fully_compliant_without_deficiencies_is_accepted():
    statement = replace(load_statement(), status="helt", deficiencies=())

    assert statement.contradictions(statement.updated_on) == []


@pytest.mark.parametrize(("days_late", "expected"), [(0, 0), (1, 1)])
def test_an_assessment_is_too_old_after_a_year(days_late, expected):
    statement = load_statement()
    today = statement.assessed_on + MAX_ASSESSMENT_AGE + timedelta(days=days_late)

    found = statement.contradictions(today)

    assert len(found) == expected


@pytest.mark.parametrize(
    "field",
    [
        "service_name",
        "status",
        "assessed_on",
        "assessed_how",
        "updated_on",
        "deficiencies",
        "exempt",
        "burden",
        "not_tested",
    ],
)
def test_a_missing_field_is_named(record, load, field):
    del record[field]

    with pytest.raises(ValueError, match=f'"{field}" is missing'):
        load(record)


@pytest.mark.parametrize(
    "field",
    [
        "description",
        "reason",
        "alternative",
        "criterion",
        "found_on",
        "planned",
    ],
)
def test_a_missing_field_of_a_deficiency_is_named_with_its_title(record, load, field):
    title = record["deficiencies"][0]["title"]
    del record["deficiencies"][0][field]

    with pytest.raises(ValueError, match=f'"{field}" is missing .* in {title}'):
        load(record)


@pytest.mark.parametrize("status", ["nästan", "HELT"])
def test_an_unknown_status_is_refused(record, load, status):
    record["status"] = status

    with pytest.raises(ValueError, match="choose one of helt, delvis, inte"):
        load(record)


@pytest.mark.parametrize("text", ["23 november 2026", "2026-13-01"])
def test_a_wrong_date_is_refused(record, load, text):
    record["assessed_on"] = text

    with pytest.raises(ValueError, match="write the date as 2026-11-23"):
        load(record)


def test_an_empty_text_is_refused(record, load):
    record["assessed_how"] = "  "

    with pytest.raises(ValueError, match='"assessed_how" is empty'):
        load(record)
