"""manage.py import_kolada against a server that answers as Kolada is documented to.
All values are synthetic."""

import threading
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import generation
from tests.uppfoljning.kolada_server import (
    cut_off,
    half_json,
    row,
    running,
    send_json,
    value,
)
from tests.uppfoljning.made_up import an_indicator
from uppfoljning import kolada as client
from uppfoljning.enums.indicators import FetchState, RunState
from uppfoljning.models import (
    Fetch,
    ImportRun,
    Indicator,
    Measurement,
    MeasurementRevision,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kolada(settings, monkeypatch):
    monkeypatch.setattr(client, "BACKOFF_SECONDS", 0)
    monkeypatch.setattr(client, "READ_SECONDS", 0.3)
    with running() as server:
        settings.KOLADA_ADDRESS = server.address
        yield server


@pytest.fixture
def indicator(kolada):
    """The only one that is fetched."""
    Indicator.objects.update(is_active=False)
    kolada.rows = [
        row("N1", 2022, value("T", 1.11)),
        row("N1", 2023, value("K", 11.1), value("M", 22.2), value("T", 16.6)),
        row("N1", 2023, value("T", 3.33), place="0000"),
    ]
    return an_indicator(kolada_id="N1")


def run(*arguments):
    said = StringIO()
    call_command("import_kolada", *arguments, stdout=said)
    return said.getvalue()


def failing(*arguments):
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("import_kolada", *arguments, stdout=said)
    return said.getvalue()


def kept():
    rows = Measurement.objects.order_by("place__position", "period", "gender")
    return list(rows.values_list("place__code", "period", "gender", "value"))


ALL = [
    ("1283", 2022, "T", Decimal("1.11")),
    ("1283", 2023, "K", Decimal("11.1")),
    ("1283", 2023, "M", Decimal("22.2")),
    ("1283", 2023, "T", Decimal("16.6")),
    ("0000", 2023, "T", Decimal("3.33")),
]


def test_values_of_city_and_comparisons_are_kept(kolada, indicator):
    before = generation.current()

    said = run()

    assert kept() == ALL
    assert "[####################] 1/1 N1 nya eller ändrade värden" in said
    assert "5 new, 0 changed" in said
    assert kolada.asked[0][0] == (
        "/data/kpi/N1/municipality/1283,0000,0012,G37394,G128518?per_page=5000"
    )
    assert ImportRun.objects.get().state == RunState.DONE
    assert generation.current() > before


def test_all_pages_are_read(kolada, indicator):
    kolada.per_page = 1

    run()

    assert kept() == ALL
    assert len(kolada.asked) == 3


def test_second_run_asks_for_what_has_changed_since(kolada, indicator):
    run()
    asked_on = Fetch.objects.get().fetched_at

    said = run()

    since = (asked_on - timedelta(days=2)).date()
    assert kolada.asked[1][0].endswith(f"&from_date={since}")
    assert "inget nytt" in said
    assert MeasurementRevision.objects.count() == 0


def test_source_that_gives_marks_is_asked_with_them(kolada, indicator):
    kolada.etag = '"one"'
    run()

    said = run()

    path, headers = kolada.asked[1]
    assert headers["If-None-Match"] == '"one"'
    assert "from_date" not in path
    assert "inget nytt" in said
    assert kept() == ALL
    assert Fetch.objects.last().etag == '"one"'


def test_full_asks_for_everything(kolada, indicator):
    kolada.etag = '"one"'
    run()

    run("--full")

    path, headers = kolada.asked[1]
    assert "from_date" not in path
    assert "If-None-Match" not in headers


def test_changed_value_is_kept_as_history(kolada, indicator):
    run()
    kolada.rows = [row("N1", 2022, value("T", 1.12))]

    said = run()

    assert "0 new, 1 changed" in said
    assert kept()[0] == ("1283", 2022, "T", Decimal("1.12"))
    assert kept()[1:] == ALL[1:]
    revision = MeasurementRevision.objects.get()
    assert revision.value == Decimal("1.11")
    assert revision.replaced_at > revision.fetched_at


@pytest.mark.parametrize(
    ("gone", "status"),
    [({"status": "Missing"}, "Missing"), ({"isdeleted": True}, "Deleted")],
)
def test_value_that_is_gone_is_no_longer_shown(kolada, indicator, gone, status):
    run()
    kolada.rows = [row("N1", 2022, value("T", None, **gone))]

    run()

    present = Measurement.objects.get(period=2022)
    assert (present.value, present.status) == (None, status)
    assert present.revisions.get().value == Decimal("1.11")


def changed(change):
    """A fault: an answer of another shape."""
    return lambda handler: send_json(handler, change)


def page(*values, **others):
    rows = [row("N1", 2022, *values)]
    return {"values": rows, "next_url": None, **others}


def slow(handler):
    threading.Event().wait(0.6)


FAULTS = {
    "500 for ever": ([500] * 9, "felkod 500"),
    "400": ([400], "felkod 400"),
    "slow for ever": ([slow] * 9, "svarade inte i tid"),
    "cut off": ([cut_off] * 9, "kom inte fram helt"),
    "half JSON": ([half_json], "kom inte fram helt"),
    "web page": ([lambda h: send_json(h, "<html>")], "”svaret” är inte som"),
    "another shape": ([changed({"data": []})], "”values” är inte som"),
    "no next_url": ([changed({"values": []})], "”next_url” är inte som"),
    "words for a number": (
        [changed(page(value("T", "mycket")))],
        "”values.0.values.0.value” är inte som",
    ),
    "infinite": ([changed(page(value("T", float("inf"))))], "value” är inte som"),
    "huge": ([changed(page(value("T", 1e20)))], "orimligt stort"),
    "missing gender": (
        [changed(page({"value": 1, "status": "", "isdeleted": False}))],
        "saknar uppgift om kön",
    ),
    "another gender": ([changed(page(value("X", 1)))], "saknar uppgift om kön"),
    "another place": (
        [changed({"values": [row("N1", 2022, place="9")], "next_url": None})],
        "något annat än det vi frågade efter",
    ),
    "another indicator": (
        [changed({"values": [row("N2", 2022)], "next_url": None})],
        "något annat än det vi frågade efter",
    ),
    "led astray": (
        [changed(page(value("T", 9), next_url="http://169.254.169.254/"))],
        "hänger inte ihop",
    ),
    "unknown": ([404], "inget nyckeltal med det numret"),
}


@pytest.mark.parametrize(("faults", "message"), FAULTS.values(), ids=FAULTS)
def test_fault_is_told_and_nothing_is_written(kolada, indicator, faults, message):
    run()
    kolada.faults = list(faults)

    said = failing()

    assert message in said
    assert kept() == ALL
    assert MeasurementRevision.objects.count() == 0
    fetch = Fetch.objects.last()
    assert fetch.state == FetchState.FAILED
    assert message in fetch.message
    assert ImportRun.objects.first().state == RunState.FAULTY


def test_fault_on_a_later_page_leaves_nothing_of_the_first(kolada, indicator):
    kolada.per_page = 1
    kolada.faults = [kolada_page_one(kolada), 400]

    failing()

    assert kept() == []


def kolada_page_one(kolada):
    onward = f"{kolada.address}/data/kpi/N1/municipality/1283?page=2"
    return changed(page(value("T", 1), next_url=onward))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_fault_that_passes_is_tried_again(kolada, indicator, status):
    kolada.faults = [status, status]

    run()

    assert kept() == ALL


def test_unknown_indicator_is_told_apart_from_one_without_values(kolada, indicator):
    kolada.rows, kolada.known = [], set()

    assert "inget nyckeltal med det numret" in failing()

    kolada.known = {"N1"}

    assert "Källan har inga värden för Helsingborg." in run()


def test_missing_women_and_men_are_remarked_on(kolada, indicator):
    Indicator.objects.filter(pk=indicator.pk).update(is_by_gender=True)
    kolada.rows = [row("N1", 2022, value("T", 1.11))]

    said = run()

    assert "inga värden för kvinnor och män" in said
    assert kept() == ALL[:1]


def test_one_fault_does_not_stop_the_others(kolada, indicator):
    an_indicator(kolada_id="N0", slug="annat", position=1)
    kolada.faults = [400]

    assert "1 of 2 indicators failed." in str(_refusal())

    assert kept() == ALL


def _refusal():
    with pytest.raises(CommandError) as refusal:
        call_command("import_kolada", stdout=StringIO())
    return refusal.value


def test_run_that_was_broken_off_is_taken_up(kolada, indicator):
    an_indicator(kolada_id="N2", slug="annat", position=901)
    kolada.rows.append(row("N2", 2020, value("T", 5)))
    _break_off_after_first(kolada)

    run()

    assert ImportRun.objects.get().state == RunState.DONE
    assert [path.split("/")[3] for path, _ in kolada.asked] == ["N1", "N2"]
    assert Measurement.objects.count() == 6


def test_anew_leaves_what_was_broken_off(kolada, indicator):
    an_indicator(kolada_id="N2", slug="annat", position=901)
    kolada.rows.append(row("N2", 2020, value("T", 5)))
    _break_off_after_first(kolada)

    run("--anew")

    states = ImportRun.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [RunState.BROKEN_OFF, RunState.DONE]


def _break_off_after_first(kolada):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    asked = client.Kolada.readings
    calls = iter([asked, interrupted])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            client.Kolada, "readings", lambda *args, **kw: next(calls)(*args, **kw)
        )
        with pytest.raises(KeyboardInterrupt):
            run()


def test_only_those_that_are_named_are_fetched(kolada, indicator):
    an_indicator(kolada_id="N2", slug="annat")

    run("N1")

    assert Fetch.objects.get().indicator == indicator
    with pytest.raises(CommandError, match="N9"):
        run("N9")
