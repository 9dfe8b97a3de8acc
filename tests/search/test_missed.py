"""What several people searched for in vain, counted from the log."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from search import index, missed
from search.models import MissedSearch
from tests.search.samples import put
from tests.search.test_access_log import AGENT, line

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def content(db):
    index.rebuild([])
    put(first="Cykelbanor i staden", second="Skolans gård")


@pytest.fixture
def count(tmp_path):
    def count(*lines, today=TODAY):
        path = tmp_path / "access.log"
        path.write_bytes(b"".join(lines))
        return missed.count_missed([path], today=today)

    return count


def by(number, target="/sok/?q=solceller", **values):
    """The same search by so many, from networks of their own."""
    return [line(target, address=f"192.0.{each}.7", **values) for each in range(number)]


def kept():
    return list(MissedSearch.objects.order_by("day", "query").values_list())


def rows():
    return [each[1:] for each in kept()]


def test_what_three_visits_missed_is_kept_with_their_number(count):
    counted = count(*by(3), *by(5, "/kunskapsbank/?q=fjärrvärme"))

    assert rows() == [("fjärrvärme", TODAY, 5), ("solceller", TODAY, 3)]
    assert (counted.lines, counted.malformed, counted.kept) == (8, 0, 2)


def test_what_fewer_visits_share_is_not(count):
    count(*by(2))

    assert rows() == []


def test_same_visit_counts_once_and_other_browsers_in_its_network_by_themselves(count):
    again = [line("/sok/?q=solceller&sida=2")] * 5

    count(*again, *[line("/sok/?q=solceller", address="192.0.2.99")] * 2)
    assert rows() == []

    count(*again, *[line("/sok/?q=solceller", agent=f"{AGENT} {i}") for i in (1, 2)])
    assert rows() == [("solceller", TODAY, 3)]


def test_forms_of_one_search_are_one(count):
    count(
        line("/sok/?q=Solceller", address="192.0.1.1"),
        line("/sok/?q=++SOLCELLER+", address="192.0.2.1"),
        line("/sok/?q=sol%C2%ADceller", address="192.0.3.1"),
    )

    assert rows() == [("solceller", TODAY, 3)]


def test_days_are_counted_apart(count):
    yesterday = "02/Nov/2026:12:00:00 +0100"

    count(*by(4), *by(3, time=yesterday), *by(2, "/sok/?q=vindkraft", time=yesterday))

    assert rows() == [
        ("solceller", date(2026, 11, 2), 3),
        ("solceller", TODAY, 4),
    ]


@pytest.mark.parametrize("query", ["cykelbanor", "skola", "cykelbanro+skola", "gård"])
def test_what_finds_something_is_not_kept(count, query):
    count(*by(5, f"/sok/?q={query}"))

    assert rows() == []


@pytest.mark.parametrize(
    "query",
    [
        "anna%40example.se",
        "121212-1212",
        "070-1234567",
        "Anna+Ek",
        "zqxw+wqxz",
        "anna+zqxw",
        "https%3A%2F%2Fexample.se",
        "a+b+c+d+e+f+g",
        "zqxw%0A192.0.2.1+-+-",
        "z" * 101,
        "-cykel+%00",
    ],
)
def test_what_may_be_a_person_is_not_kept(count, query):
    count(*by(9, f"/sok/?q={query}"))

    assert not MissedSearch.objects.exclude(query="-cykel").exists()


def test_what_somebody_wrote_as_a_name_is_not_kept_for_others(count):
    count(*by(9, "/sok/?q=skola+zqxw"))
    assert [query for query, *_ in rows()] == []

    index.rebuild([])  # so that nothing is found
    put(ett="Skola")
    count(*by(9, "/sok/?q=stad+zqxw"), *by(1, "/sok/?q=Stad+Zqxw"))

    assert rows() == []


def test_bots_and_suggestions_are_not_counted(count):
    count(*by(9, agent="Mozilla/5.0 Googlebot"), *by(9, "/sok/forslag/?q=solceller"))

    assert rows() == []


def test_counting_again_changes_nothing(count):
    log = [*by(4), *by(3, "/sok/?q=vindkraft"), b"broken\n"]
    count(*log)
    before = kept()

    counted = count(*log)

    assert kept() == before
    assert counted.malformed == 1


def test_day_in_two_logs_keeps_the_greater_number(count):
    count(*by(5))
    count(*by(3))
    assert rows() == [("solceller", TODAY, 5)]

    count(*by(7))
    assert rows() == [("solceller", TODAY, 7)]


def test_old_rows_are_erased_and_old_and_coming_days_never_kept(count):
    oldest = TODAY - timedelta(days=365)
    for day in (oldest, oldest - timedelta(days=1)):
        MissedSearch.objects.create(query="gammalt", day=day, visits=3)

    counted = count(
        *by(3, time="01/Nov/2025:12:00:00 +0100"),
        *by(3, time="04/Nov/2026:12:00:00 +0100"),
        *by(3, time="04/Nov/9999:12:00:00 +0100"),
    )

    assert rows() == [("gammalt", oldest, 3)]
    assert counted.erased == 1


def test_nothing_of_who_searched_is_kept(count):
    count(*by(3))

    said = repr(kept())
    assert "192.0" not in said
    assert "Mozilla" not in said


def test_memory_is_bounded_and_what_many_share_survives(count, monkeypatch):
    monkeypatch.setattr(missed, "_MOST_QUERIES", 20)
    noise = [line(f"/sok/?q=zq{number}x") for number in range(500)]

    count(*by(4), *noise[:250], *noise[250:])

    assert rows() == [("solceller", TODAY, 4)]


def test_visits_in_memory_are_bounded(count, monkeypatch):
    monkeypatch.setattr(missed, "_MOST_VISITS", 5)
    monkeypatch.setattr(missed, "_MOST_SEEN", 8)

    count(*by(50), *by(3, "/sok/?q=vindkraft"))

    assert ("solceller", TODAY, 5) in rows()


def test_tally_forgets_down_to_half(monkeypatch):
    monkeypatch.setattr(missed, "_MOST_QUERIES", 20)
    tally = missed.Tally()

    for number in range(1000):
        tally.add(missed.Search(TODAY, "192.0.2.0/24", AGENT, f"zq{number}x"))
        assert len(tally._visits) <= 20


# -- The command


def test_command_counts_and_says_what_it_did(tmp_path):
    path = tmp_path / "access.log"
    today = f"{localdate():%Y-%m-%d} 12:00:00 +0100"
    path.write_bytes(b"".join([*by(3, time=today), b"broken\n"]))
    said = StringIO()

    call_command("count_searches", str(path), stdout=said)

    assert said.getvalue() == (
        "4 lines read, 1 of them passed over; 1 searches without hits kept, "
        "0 old erased\n"
    )
    assert MissedSearch.objects.get().query == "solceller"


def test_unreadable_log_fails_and_nothing_is_kept(tmp_path):
    path = tmp_path / "access.log"
    today = f"{localdate():%Y-%m-%d} 12:00:00 +0100"
    path.write_bytes(b"".join(by(3, time=today)))

    with pytest.raises(CommandError, match="none.log cannot be read"):
        call_command("count_searches", str(path), str(tmp_path / "none.log"))

    assert not MissedSearch.objects.exists()
