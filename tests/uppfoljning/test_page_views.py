"""How often each public page was shown, counted from the log."""

import gzip
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from livskvalitet.sitemaps import addresses
from search import generation
from tests.kunskapsbank import stories
from tests.search.test_access_log import line
from uppfoljning.models import PageViews
from uppfoljning.workflow.openness import count_views

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 3)
PUBLIC = {"/", "/om/", "/kunskapsbank/", "/kunskapsbank/ett-bidrag/"}


@pytest.fixture
def count(tmp_path):
    def count(*lines, public=PUBLIC, name="access.log"):
        path = tmp_path / name
        path.write_bytes(b"".join(lines))
        return count_views([path], public=public, today=TODAY)

    return count


def rows():
    return [
        (row.day, row.path, row.views)
        for row in PageViews.objects.order_by("day", "path")
    ]


def test_views_of_a_day_are_counted_per_page(count):
    yesterday = line("/om/", time="02/Nov/2026:12:00:00 +0100")

    counted = count(*[line("/om/")] * 3, line("/"), yesterday, b"broken\n")

    assert rows() == [
        (TODAY - timedelta(days=1), "/om/", 1),
        (TODAY, "/", 1),
        (TODAY, "/om/", 3),
    ]
    assert (counted.lines, counted.malformed, counted.written) == (6, 1, 3)


def test_what_was_asked_for_and_by_whom_is_not_kept(count):
    count(line("/kunskapsbank/?q=anna+ek&vilja=1"), line("/kunskapsbank/?sida=2"))

    assert rows() == [(TODAY, "/kunskapsbank/", 2)]
    assert {field.name for field in PageViews._meta.fields} == {
        "id",
        "day",
        "path",
        "views",
    }


@pytest.mark.parametrize(
    "other",
    [
        line("/om/", method="POST"),
        line("/om/", method="HEAD"),
        line("/om/", status=301),
        line("/om/", status=404),
        line("/om/", agent="Mozilla/5.0 (compatible; Googlebot/2.1)"),
        line("/om/", agent="curl/8.5.0"),
        line("/om"),
        line("//om/"),
        line("http://[/om/"),
        line("/finns-inte/"),
        line("/mina-bidrag/"),
        line("/utkast/en-hemlig-nyckel/"),
    ],
)
def test_only_public_pages_shown_to_people_are_counted(count, other):
    count(other)

    assert rows() == []


def test_page_that_a_browser_had_already_is_shown_too(count):
    count(line("/om/", status=304))

    assert rows() == [(TODAY, "/om/", 1)]


def test_counting_again_changes_nothing(count):
    log = [*[line("/om/")] * 3, line("/")]
    count(*log)
    before, number = rows(), generation.current()

    counted = count(*log)

    assert rows() == before
    assert counted.written == 0
    assert generation.current() == number


def test_day_that_goes_on_keeps_the_greater_number(count):
    """As when the log of a day is read before the day is over, and is then rotated."""
    count(line("/om/"))
    count(*[line("/om/")] * 4)
    count(*[line("/om/")] * 2)

    assert rows() == [(TODAY, "/om/", 4)]


def test_day_in_two_logs_is_counted_as_one(tmp_path):
    new, old = tmp_path / "access.log", tmp_path / "access.log.1.gz"
    new.write_bytes(line("/om/"))
    old.write_bytes(gzip.compress(line("/om/") * 2))

    count_views([new, old], public=PUBLIC, today=TODAY)

    assert rows() == [(TODAY, "/om/", 3)]


def test_old_rows_are_erased_and_old_and_coming_days_never_kept(count):
    oldest = TODAY - timedelta(days=730)
    for day in (oldest, oldest - timedelta(days=1)):
        PageViews.objects.create(day=day, path="/om/", views=5)

    counted = count(
        line("/om/", time="01/Nov/2024:12:00:00 +0100"),
        line("/om/", time="04/Nov/2026:12:00:00 +0100"),
    )

    assert rows() == [(oldest, "/om/", 5)]
    assert counted.erased == 1


def test_page_that_was_taken_away_loses_its_address_and_keeps_its_number(count):
    count(*[line("/kunskapsbank/ett-bidrag/")] * 3, *[line("/om/")] * 2)
    PageViews.objects.create(day=TODAY, path="", views=4)

    count(public={"/om/"})

    assert rows() == [(TODAY, "", 7), (TODAY, "/om/", 2)]


def test_new_counts_are_seen_at_once(count):
    before = generation.current()

    count(line("/om/"))

    assert generation.current() > before


def test_public_pages_are_those_of_the_sitemap():
    shown = stories.published(title="Flaggor")
    waiting = stories.submitted()

    found = addresses()

    assert {"/", "/om/", "/programmet/", shown.get_absolute_url()} <= found
    assert not any(address.startswith(("/mina", "/konto")) for address in found)
    assert not any(f"/{waiting.pk}/" in address for address in found)


# -- The command


def test_command_counts_and_says_what_it_did(tmp_path):
    path = tmp_path / "access.log"
    today = f"{localdate():%Y-%m-%d} 12:00:00 +0100"
    path.write_bytes(line("/om/", time=today) * 2 + b"broken\n")
    said = StringIO()

    call_command("count_views", str(path), stdout=said)

    assert said.getvalue() == (
        "3 lines read, 1 of them passed over; 1 counts written, 0 old erased\n"
    )
    assert rows() == [(localdate(), "/om/", 2)]


def test_unreadable_log_fails_and_nothing_is_kept(tmp_path):
    path = tmp_path / "access.log"
    path.write_bytes(line("/om/", time=f"{localdate():%Y-%m-%d} 12:00:00 +0100"))

    with pytest.raises(CommandError, match="none.log cannot be read"):
        call_command("count_views", str(path), str(tmp_path / "none.log"))

    assert rows() == []
