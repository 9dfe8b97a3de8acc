"""What deploy/ says of the site is so."""

import configparser
import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.management import get_commands
from django.urls import get_resolver, reverse

from kunskapsbank.views import attachment
from livskvalitet.open_data import crossing
from livskvalitet.schedule import MORNING, NIGHT, OFTEN, jobs
from search import parsing
from tests.rehearse import proxy

DEPLOY = Path("deploy")
SOURCES = ["livskvalitet/settings.py", "livskvalitet/environment.py"]
# Those that only one's own computer may have, and the name of a folder's parts.
NOT_FOR_A_SERVER = {"LOCAL", "DEBUG"}
HSTS_SECONDS = 63_072_000  # which settings.py has for whoever is not LOCAL
UNITS = sorted(DEPLOY.glob("systemd/*"))


def test_every_setting_is_in_the_example():
    read = {
        name
        for file in SOURCES
        for name in re.findall(r'"([A-Z][A-Z0-9_]{3,})"', Path(file).read_text())
    }
    table = set(re.findall(r"`([A-Z][A-Z0-9_]{3,})`", Path("README.md").read_text()))

    explained = re.findall(
        r"^#?([A-Z0-9_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE
    )

    assert (read & table) - NOT_FOR_A_SERVER - set(explained) == set()
    assert set(explained) - read == set()


def test_jobs_are_commands_that_exist(settings):
    settings.ACCESS_LOGS = ["log"]

    names = [job.name for job in jobs()]

    assert set(names) - set(get_commands()) == set()
    assert len(names) == len(set(names))


def test_every_timed_command_is_a_job_of_that_time(settings):
    settings.ACCESS_LOGS = ["log"]
    times = {OFTEN: "every ten minutes", NIGHT: "every night", MORNING: "every morning"}
    rows = re.findall(
        r"^\| `manage\.py (\w+)[^|]*\| (every \w+(?: minutes)?)",
        Path("docs/drift.md").read_text(),
        re.MULTILINE,
    )

    assert dict(rows) == {job.name: times[job.when] for job in jobs()}


@pytest.mark.parametrize("file", UNITS, ids=lambda path: path.name)
def test_units_run_commands_that_exist(file):
    commands = re.findall(r"manage\.py (\w+)", file.read_text())

    assert commands
    assert set(commands) - set(get_commands()) == set()


@pytest.mark.parametrize("file", UNITS, ids=lambda path: path.name)
def test_units_are_well_formed(file):
    unit = configparser.ConfigParser(strict=False, interpolation=None)

    unit.read_string(file.read_text())

    assert "Unit" in unit
    assert {"Service", "Timer"} & set(unit.sections())


def test_the_rehearsal_runs_the_very_configuration_of_the_proxy():
    """With other ports and folders, and a second server beside the first."""
    where = {"folder": Path("/f"), "port": 1, "plain": 2, "nodes": [3, 4]}

    own = proxy.CONF.read_text()
    run = proxy.moved(own, **where)

    changed = [line for line in own.splitlines() if line not in run.splitlines()]
    assert all(re.search(r"listen |127.0.0.1:8000|/etc/ssl|/var/l", x) for x in changed)
    assert len(run.splitlines()) == len(own.splitlines()) + 1 - 2


def mapped(source, name):
    """The rows of a map of the proxy, but for the default: what is looked for, and its
    value."""
    text = proxy.CONF.read_text()
    (body,) = re.findall(rf"map {re.escape(source)} \{name} {{\n(.+?)\n}}", text, re.S)
    rows = re.findall(r'^ +("[^"]+"|\S+) ("[^"]*"|\S+);$', body, re.M)
    assert len(rows) == len(body.splitlines())
    return {key.strip('"'): value.strip('"') for key, value in rows}


def pattern(looked_for):
    return re.compile(looked_for.removeprefix("~").replace("(?<", "(?P<"))


def told_by_proxy():
    """Every header that it adds, with all the values that are written for it."""
    found = {}
    rows = r'add_header (\S+) (?:"([^"]*)"|(\S+))( always)?;'
    for name, quoted, bare, _ in re.findall(rows, proxy.CONF.read_text()):
        found.setdefault(name, set()).add(quoted or bare)
    return found


def test_the_proxy_tells_what_the_site_tells_of_its_pages(settings):
    """Trust B5, 3.4.3-3.4.6; `make rehearse` looks at the answers."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(" ".join([name, *of]) for name, of in directives.items())
    hsts = f"max-age={HSTS_SECONDS}; includeSubDomains"

    told = told_by_proxy()

    assert mapped("$uri", "$policy")["default"] == policy
    assert told["Content-Security-Policy"] == {"$policy", ""}
    assert told["Strict-Transport-Security"] == {hsts}
    assert told["Permissions-Policy"] == {settings.PERMISSIONS_POLICY}
    assert told["Referrer-Policy"] == {settings.SECURE_REFERRER_POLICY}
    assert told["X-Frame-Options"] == {settings.X_FRAME_OPTIONS}
    assert told["X-Content-Type-Options"] == {"nosniff"}


def test_only_answers_of_the_site_are_kept_from_what_the_proxy_tells():
    """A location with a header of its own has none of the server's."""
    text = proxy.CONF.read_text()
    locations = re.findall(r"^    location (.+?) {\n(.+?)^    }", text, re.S | re.M)

    without = {name for name, body in locations if "add_header" in body}

    assert without == {name for name, body in locations if "proxy_pass" in body}


def test_the_proxy_serves_copied_files_as_the_site_does():
    """Trust 3.2.1: saved, and with nothing in them run."""
    address = reverse("kunskapsbank:attachment", args=[1, "plan.pdf"])
    by_uri = [mapped("$uri", each) for each in ("$policy", "$disposition", "$robots")]

    (looked_for,) = set().union(*by_uri) - {"default"}

    assert pattern(looked_for).search(address)
    told = [each[looked_for] for each in by_uri]
    assert told == [attachment.POLICY, "attachment", "noindex"]


def test_the_proxy_opens_what_the_site_opens():
    looked_for = mapped("$uri", "$other_sites").keys() - {"default"}

    assert looked_for == {f"~^({crossing._OPEN.pattern})$"}


def test_the_proxy_notes_networks_and_no_addresses():
    """Trust A20; `make rehearse` looks into the log."""
    (line,) = re.findall(r"log_format livskvalitet ([^;]+);", proxy.CONF.read_text())

    assert line.startswith("'$network ")
    assert not re.search(r"_addr|x_forwarded", line)


def is_counted(address):
    path, _, query = address.partition("?")
    rows = mapped('"$uri?$args"', "$searching").keys() - {"default"}
    return any(pattern(row).search(f"{unquote(path)}?{query}") for row in rows)


def open_addresses(resolver=None, before=""):
    """Those that are whole without a number or a name."""
    for each in (resolver or get_resolver()).url_patterns:
        address = f"{before}{each.pattern}"
        if hasattr(each, "url_patterns"):
            yield from open_addresses(each, address)
        elif not re.search(r"[<(^\\]", address):
            yield f"/{address}"


@pytest.mark.django_db
def test_the_proxy_counts_every_address_that_searches(client, monkeypatch):
    """Trust 2.3.2: the site does not know its readers; `make rehearse` tries it."""
    asked, parse = [], parsing.parse

    def noted(text):
        asked.append(text)
        return parse(text)

    monkeypatch.setattr("search.finding.parse", noted)
    monkeypatch.setattr("search.suggesting.parse", noted)
    searching = set()
    for address in open_addresses():
        asked.clear()
        client.get(address, {"q": "barn"})
        if "barn" in asked:
            searching.add(address)

    typing = set(mapped("$uri", "$typing")) - {"default"}

    assert typing == {reverse("suggestions")}
    assert {reverse("search"), reverse("kunskapsbank:entry_list")} < searching
    assert {each for each in searching if not is_counted(f"{each}?q=a")} == typing


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/sok/?q=barn", True),
        ("/s%6Fk/?q=barn", True),
        ("/sok/?typ=forskning", True),
        ("/sok/", False),
        ("/kunskapsbank/?%71=barn", True),
        ("/kunskapsbank/?sida=2&q=barn", True),
        ("/kunskapsbank/?q=&q=barn", True),
        ("/kunskapsbank/?q=&typ=forskning", False),
        ("/kunskapsbank/?sida=2", False),
        ("/kunskapsbank/?faq=barn", False),
        ("/kunskapsbank/amne/cykel/?q=barn", False),
    ],
)
def test_the_proxy_counts_searches_however_they_are_written(address, expected):
    assert is_counted(address) == expected


def test_the_proxy_counts_for_each_network():
    """Of IPv6 for each /64, which a home has for itself."""
    text = proxy.CONF.read_text()
    (looked_for,) = mapped("$binary_remote_addr", "$home").keys() - {"default"}

    def home(address):
        packed = ip_address(address).packed.decode("latin-1")
        found = pattern(looked_for).search(packed)
        return found["line"] if found else packed

    assert home("2001:db8::1") == home("2001:db8::ffff:0:0:a")
    assert home("2001:db8::1") != home("2001:db8:0:1::1")
    assert home("192.0.2.1") != home("192.0.2.2")
    for zone, key in [("searches", "$searching"), ("suggestions", "$typing")]:
        assert f"limit_req_zone {key} zone={zone}:" in text
        assert f"    limit_req zone={zone} " in text
