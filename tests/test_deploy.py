"""What deploy/ says of the site is so."""

import configparser
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

DEPLOY = Path("deploy")
SOURCES = ["livskvalitet/settings.py", "livskvalitet/environment.py"]
# Those that only one's own computer may have, and the name of a folder's parts.
NOT_FOR_A_SERVER = {"LOCAL", "DEBUG"}
TIMERS = sorted(DEPLOY.glob("systemd/*.timer"))


def test_every_setting_is_in_the_example():
    read = {
        name
        for file in SOURCES
        for name in re.findall(r'"([A-Z][A-Z_]{3,})"', Path(file).read_text())
    }
    table = set(re.findall(r"`([A-Z][A-Z_]{3,})`", Path("README.md").read_text()))

    explained = re.findall(
        r"^#?([A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE
    )

    assert (read & table) - NOT_FOR_A_SERVER - set(explained) == set()
    assert set(explained) - read == set()


@pytest.mark.parametrize("timer", TIMERS, ids=lambda path: path.stem)
def test_timers_run_commands_that_exist(timer):
    service = timer.with_suffix(".service").read_text()

    commands = re.findall(r"manage\.py (\w+)", service)

    assert commands
    assert set(commands) - set(get_commands()) == set()


def test_every_timed_command_has_a_timer():
    """Those that need no argument: logs are where the server's owner keeps them."""
    rows = re.findall(
        r"^\| `manage\.py (\w+)` \| every", Path("docs/drift.md").read_text(), re.M
    )
    timed = {
        name
        for timer in TIMERS
        for name in re.findall(
            r"manage\.py (\w+)", timer.with_suffix(".service").read_text()
        )
    }

    assert rows
    assert set(rows) - timed == set()


@pytest.mark.parametrize("file", sorted(DEPLOY.glob("systemd/*")), ids=lambda p: p.name)
def test_units_are_well_formed(file):
    unit = configparser.ConfigParser(strict=False, interpolation=None)

    unit.read_string(file.read_text())

    assert "Unit" in unit
    assert {"Service", "Timer"} & set(unit.sections())
