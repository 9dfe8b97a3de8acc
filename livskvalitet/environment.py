"""What the settings take from the environment, each fault in one clear sentence."""

import ipaddress
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"]


class Environment(Env):
    """`environs` with the values this site makes for itself on a laptop."""

    @property
    def is_local(self) -> bool:
        return self.bool("LOCAL", False)

    def loopback_host(self) -> str:
        """The address to listen on; anything but loopback is refused when LOCAL=1."""
        host = self.str("HOST", "127.0.0.1")
        if self.is_local and not _is_loopback(host):
            raise ImproperlyConfigured(
                f"LOCAL=1 serves this computer only: set HOST to 127.0.0.1 instead of "
                f"{host}, or unset LOCAL to run the site for others."
            )
        return host

    def local_secret(self, name: str, folder: Path) -> str:
        """The secret `name`, made once in `folder` when the site runs with LOCAL=1."""
        if value := self.str(name, ""):
            if len(value) < 50:
                raise ImproperlyConfigured(
                    f"{name} is too short: set it to at least 50 random characters."
                )
            return value
        if not self.is_local:
            raise ImproperlyConfigured(
                f"{name} is missing: set it to at least 50 random characters."
            )
        return _kept_secret(folder / f"{name.lower()}.txt")

    def database(self, default_file: Path) -> dict:
        """The database of DATABASE_URL; with LOCAL=1 an SQLite file by default."""
        if self.is_local:
            _make_folder(default_file.parent)
            self_made = f"sqlite:///{default_file}"
        else:
            self_made = ""
        if not (url := self.str("DATABASE_URL", self_made)):
            raise ImproperlyConfigured(
                "DATABASE_URL is missing: set it to postgres://user:password@host/name "
                "or sqlite:////path/to/file."
            )
        try:
            database = self.dj_db_url("DATABASE_URL", url)
        except Exception as fault:
            raise ImproperlyConfigured(_BAD_DATABASE) from fault
        if not str(database.get("ENGINE", "")).endswith(("sqlite3", "postgresql")):
            raise ImproperlyConfigured(_BAD_DATABASE)
        return database


_BAD_DATABASE = (
    "DATABASE_URL cannot be read: set it to postgres://user:password@host/name or "
    "sqlite:////path/to/file."
)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ImproperlyConfigured(
            f"{folder} cannot be used ({fault.strerror}): set VAR_DIR to a folder that "
            "may be written to."
        ) from fault


def _kept_secret(file: Path) -> str:
    if not file.exists():
        _make_folder(file.parent)
        # Whole or not at all: an interrupted start must not leave an empty secret.
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(64), encoding="ascii")
        unfinished.replace(file)
    return file.read_text(encoding="ascii")
