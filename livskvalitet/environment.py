"""What the settings take from the environment, each fault in one clear sentence."""

import ipaddress
import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

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
        if self.is_local and not is_loopback(host):
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

    def long_secret(self, name: str, *, least: int) -> str:
        """The secret `name`, or nothing; one that could be guessed is refused."""
        value = self.str(name, "")
        if value and len(value) < least:
            raise ImproperlyConfigured(
                f"{name} is too short: set it to at least {least} random characters, "
                "or unset it."
            )
        return value

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

    def cache(self, self_made: dict) -> dict:
        """The cache of CACHE_URL, or the one given here."""
        if not (url := self.str("CACHE_URL", "")):
            return self_made
        try:
            cache = self.dj_cache_url("CACHE_URL", url)
        except Exception as fault:
            raise ImproperlyConfigured(
                "CACHE_URL cannot be read: set it to redis://host:6379/0, or unset it "
                "to use the database."
            ) from fault
        if str(cache["BACKEND"]).endswith("RedisCache"):
            cache["BACKEND"] = "livskvalitet.fallback_cache.FallbackCache"
        return cache

    def media(self, on_disk: str) -> dict[str, object]:
        """Where files are kept: the S3-compatible store of S3_BUCKET, or the disk."""
        if not (bucket := self.str("S3_BUCKET", "")):
            return {"BACKEND": on_disk}
        names = ["S3_ENDPOINT", "S3_ACCESS_KEY", "S3_SECRET_KEY"]
        if missing := [name for name in names if not self.str(name, "")]:
            raise ImproperlyConfigured(
                f"{' and '.join(missing)} missing: set all of {', '.join(names)} for "
                "S3_BUCKET, or unset it to keep files in MEDIA_ROOT."
            )
        from botocore.config import Config  # of requirements-server.txt

        options = {
            "bucket_name": bucket,
            # A store that is silent must not hold those who ask how the site is.
            "client_config": Config(
                connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 2}
            ),
            "endpoint_url": self.str("S3_ENDPOINT"),
            "access_key": self.str("S3_ACCESS_KEY"),
            "secret_key": self.str("S3_SECRET_KEY"),
            "region_name": self.str("S3_REGION", "") or None,
            "file_overwrite": False,
            "default_acl": None,
        }
        backend = "kunskapsbank.uploads.object_storage.ObjectStorage"
        return {"BACKEND": backend, "OPTIONS": options}

    def openid_provider(self) -> dict:
        """The city's own sign-in, as allauth wants it; empty when OIDC_* is unset."""
        names = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]
        values = [self.str(name, "") for name in names]
        if not any(values):
            return {}
        if not all(values):
            missing = [
                name for name, value in zip(names, values, strict=True) if not value
            ]
            raise ImproperlyConfigured(
                f"{' and '.join(missing)} missing: set all of {', '.join(names)}, or "
                "none of them."
            )
        issuer, client_id, secret = values
        app = {
            "provider_id": "helsingborg",
            "name": self.str("OIDC_NAME", "Helsingborgs stad"),
            "client_id": client_id,
            "secret": secret,
            "settings": {
                "server_url": issuer,
                "oauth_pkce_enabled": True,
                "fetch_userinfo": True,
            },
        }
        return {"openid_connect": {"APPS": [app]}}

    def mail(self, default_folder: Path) -> dict[str, object]:
        """The mail settings of EMAIL_URL, or of EMAIL_HOST and what goes with it; with
        LOCAL=1 and neither, mails become files in `default_folder`.

        The talk with the server is encrypted unless the address says otherwise.
        """
        timeout = {"EMAIL_TIMEOUT": self.int("EMAIL_TIMEOUT", 20)}
        if url := self.str("EMAIL_URL", ""):
            return self._mail_of(url) | timeout
        if host := self.str("EMAIL_HOST", ""):
            return (
                _smtp(
                    host,
                    port=self.int("EMAIL_PORT", 587),
                    user=self.str("EMAIL_HOST_USER", ""),
                    password=self.str("EMAIL_HOST_PASSWORD", ""),
                    tls=self.bool("EMAIL_USE_TLS", True),
                )
                | timeout
            )
        if not self.is_local:
            raise ImproperlyConfigured(
                "EMAIL_URL is missing: set it to submission://user:password@host:587, "
                "or set EMAIL_HOST."
            )
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": default_folder}

    def answers_go_to(self) -> str:
        """The address for answers to the site's mail, which ask people to answer."""
        named = self.str("MODERATORS_EMAIL", "") or self.str("CONTACT_EMAIL", "")
        if not named and not self.is_local:
            raise ImproperlyConfigured(
                "MODERATORS_EMAIL is missing: set it to the address that answers to "
                "the site's mail go to, or set CONTACT_EMAIL."
            )
        return named or "granskarna@localhost"

    def sender(self, name: str, site_address: str) -> str:
        """The address that mail comes from: by default one at the site's own name."""
        host = urlsplit(site_address).hostname or "localhost"
        sender = self.str(name, f"Livskvalitet Helsingborg <svara-inte@{host}>")
        if "\n" in sender or "\r" in sender or "@" not in sender:
            raise ImproperlyConfigured(
                f"{name} is no address: set it to one such as "
                "Livskvalitet Helsingborg <livskvalitet@helsingborg.se>."
            )
        return sender

    def _mail_of(self, url: str) -> dict[str, object]:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as fault:
            raise ImproperlyConfigured(_BAD_MAIL) from fault
        if parts.scheme not in _MAIL_PORTS or not parts.hostname:
            raise ImproperlyConfigured(_BAD_MAIL)
        return _smtp(
            parts.hostname,
            port=port or _MAIL_PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls=parts.scheme == "submission",
            ssl=parts.scheme == "smtps",
        )


def _smtp(
    host: str, *, port: int, user: str, password: str, tls: bool, ssl: bool = False
) -> dict[str, object]:
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": password,
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
    }


# submission: STARTTLS; smtps: TLS from the start; smtp: in clear, on the same machine.
_MAIL_PORTS = {"submission": 587, "smtps": 465, "smtp": 25}
_BAD_MAIL = (
    "EMAIL_URL cannot be read: set it to submission://user:password@host:587 "
    "(STARTTLS), smtps://user:password@host:465, or smtp://localhost:25 in clear."
)
_BAD_DATABASE = (
    "DATABASE_URL cannot be read: set it to postgres://user:password@host/name or "
    "sqlite:////path/to/file."
)


def is_loopback(host: str) -> bool:
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
