"""What is read out of a web server's log, and what is passed over."""

import gzip
from datetime import date

import pytest

from search import access_log
from search.access_log import LogUnreadable, Reading, Search

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
TIME = "03/Nov/2026:12:00:00 +0100"


def line(target="/sok/?q=bad", **values):
    values = {"address": "192.0.2.7", "time": TIME, "status": 200, "agent": AGENT} | {
        "method": "GET",
        **values,
    }
    return (
        f'{values["address"]} - - [{values["time"]}] "{values["method"]} {target} '
        f'HTTP/1.1" {values["status"]} 5316 "-" "{values["agent"]}"\n'
    ).encode()


@pytest.fixture
def read(tmp_path):
    """The searches of a log with these lines, and how the reading went."""

    def read(*lines, name="access.log"):
        path = tmp_path / name
        path.write_bytes(b"".join(lines))
        reading = Reading()
        return list(reading.searches(path)), reading

    return read


def test_search_is_read_with_its_day_and_a_truncated_address(read):
    found, reading = read(line("/sok/?q=b%C3%A4var+i+%C3%A5n&sida=2"))

    assert found == [Search(date(2026, 11, 3), "192.0.2.0/24", AGENT, "bävar i ån")]
    assert (reading.lines, reading.malformed) == (1, 0)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
    ],
)
def test_addresses_of_other_kinds_are_truncated_too(read, address, network):
    (found,), _ = read(line(address=address))

    assert found.network == network


def test_day_is_that_of_sweden(read):
    found, _ = read(
        line(time="02/Nov/2026:23:30:00 +0000"), line(time="2026-11-02 23:30:00 +0000")
    )

    assert [each.day for each in found] == [date(2026, 11, 3)] * 2


def test_list_is_searched_too(read):
    found, _ = read(line("/kunskapsbank/?vilja=1&q=bad"))

    assert [each.text for each in found] == ["bad"]


@pytest.mark.parametrize(
    "other",
    [
        line("/sok/forslag/?q=bad"),
        line("/sok/"),
        line("/sok/?q="),
        line("/sok/?vilja=1"),
        line("/kunskapsbank/ett-bidrag/?q=bad"),
        line("/"),
        line("http://example.se/annat/?q=bad"),
        line(method="POST"),
        line(method="HEAD"),
        line(status=404),
        line(status=301),
        line("/sok/?q=%FF%FEbad"),
        line(r"/sok/?q=b\xC3\xA4var"),
        line(agent="-"),
        line(agent=""),
        line(agent="curl/8.5.0"),
        line(agent="Mozilla/5.0 (compatible; Googlebot/2.1)"),
        line(agent="Mozilla/5.0 (compatible; AhrefsBot/7.0)"),
        line(agent="Mozilla/5.0 HeadlessChrome/120"),
        line(agent="python-requests/2.31"),
    ],
)
def test_what_is_no_search_of_a_person_is_left_out(read, other):
    found, reading = read(other)

    assert found == []
    assert (reading.lines, reading.malformed) == (1, 0)


@pytest.mark.parametrize(
    "broken",
    [
        b"\n",
        b"not a line at all\n",
        b"\x00\xff\xfe\x80\n",
        line()[:60] + b"\n",
        line(time="31/Foo/2026:12:00:00 +0100"),
        line(time="yesterday"),
        line(time="03/Nov/2026:12:00:00"),
        line(address="localhost"),
        line(address="999.1.1.1"),
        line("http://[/sok/?q=bad"),
        line("/sok/?" + "&".join(["q=bad"] * 500)),
        b'192.0.2.7 - - [%s] "\x16\x03\x01" 400 0 "-" "-"\n' % TIME.encode(),
        b'192.0.2.7 - - [%s] "GET /sok/?q=a b HTTP/1.1" 200 1 "-" "-"\n'
        % TIME.encode(),
    ],
)
def test_malformed_line_is_counted_and_the_rest_is_read(read, broken):
    found, reading = read(broken, line())

    assert [each.text for each in found] == ["bad"]
    assert (reading.lines, reading.malformed) == (2, 1)


def test_line_written_by_a_visitor_is_no_line(read):
    """A line break or a quote in what they send is escaped by the server; whatever
    stands inside the agent or the address they came from stays there."""
    within = line("/sok/?q=injected").decode().strip().replace('"', r"\x22")

    found, _ = read(
        line("/", agent=rf"x\x22 {within}"),
        line(f"/sok/?q=x%0A{within.replace(' ', '+')}"),
        line("/", agent=r"x\" 200 1 \"-\" \"" + AGENT),
    )

    assert found == []


def test_huge_line_is_passed_over_in_pieces(read, monkeypatch):
    monkeypatch.setattr(access_log, "LONGEST_LINE", 500)
    huge = line("/sok/?q=" + "a" * 5000)

    found, reading = read(huge, line(), line("/sok/?q=" + "b" * 500).strip())

    assert [each.text for each in found] == ["bad"]
    assert (reading.lines, reading.malformed) == (3, 2)


def test_last_line_needs_no_end(read):
    found, _ = read(line().strip())

    assert len(found) == 1


def test_packed_log_is_known_whatever_its_name(read):
    found, reading = read(gzip.compress(line() * 3), name="access.log.2")

    assert (len(found), reading.lines) == (3, 3)


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(line() * 1000)[:-20],
        gzip.compress(line() * 1000)[:40] + b"x" * 100,
        b"\x1f\x8b",
        b"\x1f\x8bnot packed at all",
    ],
    ids=["cut", "spoilt", "begun", "not packed"],
)
def test_broken_file_is_told(read, content):
    with pytest.raises(LogUnreadable):
        read(content)


def test_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(LogUnreadable):
        list(Reading().searches(tmp_path / "none.log"))


def test_empty_file_has_nothing(read):
    assert read()[0] == []
