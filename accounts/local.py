"""Ready accounts and their mails, for a site that runs on one's own computer.

They exist with LOCAL=1 alone: any other start refuses a database that holds them
(trust 6.3.2). Their password and the secrets of their one-time codes are made at the
first start and kept in VAR_DIR.
"""

import base64
import json
import os
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction

from accounts import workflow
from accounts.enums import Role
from accounts.models import User

ADDRESSES = {
    Role.CONTRIBUTOR: "bidragsgivare@example.se",
    Role.EMPLOYEE: "medarbetare@example.se",
    Role.MODERATOR: "moderator@example.se",
    Role.DOCUMENT_OWNER: "dokumentansvarig@example.se",
    Role.ADMINISTRATOR: "administrator@example.se",
}
NAMES = {
    Role.CONTRIBUTOR: "Bo Bidragsgivare",
    Role.EMPLOYEE: "Maja Medarbetare",
    Role.MODERATOR: "Mona Moderator",
    Role.DOCUMENT_OWNER: "Doris Dokumentansvarig",
    Role.ADMINISTRATOR: "Adam Administratör",
}
WITH_CODE = {Role.MODERATOR, Role.DOCUMENT_OWNER, Role.ADMINISTRATOR}
MAX_MAILS = 100


@dataclass(frozen=True)
class Account:
    """A ready account as the local page shows it; the code is that of this moment."""

    role: Role
    email: str
    code: str
    seconds_left: int


@dataclass(frozen=True)
class Mail:
    """A mail that would have been sent."""

    number: str
    subject: str
    to: str
    sender: str
    sent_at: datetime
    body: str


def password() -> str:
    return _kept()["password"]


@transaction.atomic
def prepare() -> None:
    """Make the accounts, or bring those there are to the kept secrets."""
    kept = _kept()
    for role, email in ADDRESSES.items():
        user = User.objects.filter(email=email).first()
        user = user or User.objects.create_user(email, name=NAMES[role])
        if not user.check_password(kept["password"]):
            user.set_password(kept["password"])
            user.save(update_fields=["password"])
        if user.role != role:
            workflow.give_role(user, role, by=None)
        EmailAddress.objects.get_or_create(
            user=user, email=email, defaults={"verified": True, "primary": True}
        )
        if role in WITH_CODE:
            _give_codes(user, kept["secrets"][role.value])


def found() -> list[str]:
    """The addresses of ready accounts that are in the database, whatever made them."""
    known = User.objects.filter(email__in=ADDRESSES.values())
    return sorted(known.values_list("email", flat=True))


def accounts() -> list[Account]:
    kept = _kept()["secrets"]
    period = 30
    left = period - int(time.time()) % period
    return [
        Account(role, email, _code(kept[role.value]) if role in WITH_CODE else "", left)
        for role, email in ADDRESSES.items()
    ]


def mails() -> list[Mail]:
    """What would have been sent, the latest first."""
    files = sorted(_mail_folder().glob("*.log"), key=_moment_of, reverse=True)
    # Django names a file by the second and its connection, so one may hold several.
    return [mail for file in files[:MAX_MAILS] for mail in reversed(_mails_in(file))]


def mail(number: str) -> Mail | None:
    return next((each for each in mails() if each.number == number), None)


def _mail_folder() -> Path:
    return settings.VAR_DIR / "mail"


def _moment_of(file: Path) -> float:
    return file.stat().st_mtime


def _mails_in(file: Path) -> list[Mail]:
    """The mails that Django's file backend wrote in a file, the earliest first."""
    parts = file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")
    found = []
    for place, part in enumerate(parts):
        if not part.strip():
            continue
        message: Any = message_from_bytes(part, policy=policy.default)
        found.append(
            Mail(
                number=f"{file.stem}-{place}",
                subject=message["Subject"] or "",
                to=message["To"] or "",
                sender=message["From"] or "",
                sent_at=datetime.fromtimestamp(_moment_of(file), UTC),
                body=message.get_content(),
            )
        )
    return found


def _give_codes(user: User, secret: str) -> None:
    kinds = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    for each in kinds:
        if _holds(each, secret):
            return
        each.delete()
    totp.TOTP.activate(user, secret)


def _holds(authenticator: Authenticator, secret: str) -> bool:
    """Whether it is that secret; one encrypted with another key is no longer any."""
    try:
        return decrypt(authenticator.data["secret"]) == secret
    except Exception:  # whatever the encryption in use raises
        return False


def _code(secret: str) -> str:
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def _kept() -> dict[str, Any]:
    file = settings.VAR_DIR / "local_accounts.json"
    if not file.exists():
        made = {
            "password": secrets.token_urlsafe(12),
            "secrets": {
                role.value: base64.b32encode(secrets.token_bytes(20)).decode()
                for role in WITH_CODE
            },
        }
        # Whole or not at all, and for nobody else to read.
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(made), encoding="utf-8")
        unfinished.replace(file)
    return json.loads(file.read_text(encoding="utf-8"))
