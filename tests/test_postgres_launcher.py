import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from tests import postgres


def connect(url):
    parsed = dj_database_url.parse(url)
    return psycopg.connect(
        host=parsed["HOST"],
        port=parsed["PORT"],
        user=parsed["USER"],
        dbname=parsed["NAME"],
        connect_timeout=2,
    )


def answers(url):
    try:
        connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def wait_until_gone(path):
    deadline = time.monotonic() + 10
    while path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)


def heed_interrupts():
    """What a shell starts in the background ignores them, and so does all it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def launched():
    """The command, running something that shows its DATABASE_URL and then waits."""
    show_and_wait = "import os, time; print(os.environ['DATABASE_URL'], flush=True)"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.postgres", "--", sys.executable, "-c"]
        + [show_and_wait + "; time.sleep(30)"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    ) as process:
        yield process
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def test_server_answers_and_is_removed():
    with postgres.server() as running, connect(running.url) as connection:
        listens = connection.execute("SHOW listen_addresses").fetchone()
        folder = Path(connection.info.host)

    assert listens == ("",)
    assert not folder.exists()


def test_server_without_programs_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PG_BIN", "/nowhere")

    with (
        pytest.raises(postgres.Unavailable, match="install the package postgresql"),
        postgres.server(),
    ):
        pass


@pytest.mark.thorough
@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_command_told_to_stop_removes_the_server(launched, signum):
    url = launched.stdout.readline().strip()
    folder = Path(dj_database_url.parse(url)["HOST"])

    launched.send_signal(signum)

    assert launched.wait(timeout=20) == 128 + signum
    assert not folder.exists()


@pytest.mark.thorough
def test_command_killed_takes_the_server_along(launched):
    url = launched.stdout.readline().strip()
    folder = Path(dj_database_url.parse(url)["HOST"])
    assert answers(url)

    launched.kill()

    wait_until_gone(folder / "data" / "postmaster.pid")
    assert not answers(url)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.thorough
def test_command_gives_the_exit_code_of_its_child():
    command = [sys.executable, "-m", "tests.postgres", "--", "sh", "-c", "exit 7"]

    assert subprocess.run(command).returncode == 7
