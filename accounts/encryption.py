"""What the database may keep but not read: secrets, encrypted with SECRET_KEY."""

import hashlib
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Raises cryptography.fernet.InvalidToken for what was not encrypted here."""
    return _fernet().decrypt(text.encode()).decode()


def _fernet() -> MultiFernet:
    """With the key in use first; SECRET_KEY_FALLBACKS still reads what is older."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    digest = hashlib.sha256(b"accounts.encryption" + key.encode()).digest()
    return urlsafe_b64encode(digest)
