"""What deploy/ says of the site is so."""

import configparser
import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import reverse

from livskvalitet.schedule import MORNING, NIGHT, OFTEN, jobs
from tests.rehearse import proxy

DEPLOY = Path("deploy")
SOURCES = ["livskvalitet/settings.py", "livskvalitet/environment.py"]
# Those that only one's own computer may have, and the name of a folder's parts.
NOT_FOR_A_SERVER = {"LOCAL", "DEBUG"}
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


def test_the_proxy_says_of_the_copy_what_the_site_says_of_its_pages(settings):
    """Trust B5: nothing that the site itself does not allow."""
    text = proxy.CONF.read_text()

    told = re.findall(r'add_header Content-Security-Policy "([^"]+)"', text)

    assert told
    for policy in told:
        for directive in policy.split("; "):
            name, *sources = directive.split()
            assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"][name] == sources


def test_the_proxy_notes_networks_and_no_addresses():
    """Trust A20; `make rehearse` looks into the log."""
    (line,) = re.findall(r"log_format livskvalitet ([^;]+);", proxy.CONF.read_text())

    assert line.startswith("'$network ")
    assert not re.search(r"_addr|x_forwarded", line)


def test_the_proxy_counts_searches():
    """Trust 2.3.2: the site does not know its readers; `make rehearse` tries it."""
    text = proxy.CONF.read_text()

    assert f'"~^{reverse("search")}\\?" $binary_remote_addr;' in text
    assert "limit_req_zone $searching zone=searches:" in text
    assert "limit_req zone=searches " in text
