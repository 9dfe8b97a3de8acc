"""The secret of an invitation's link: kept as a hash, and encrypted in the mail
that waits to be sent."""

import hashlib
import secrets

from accounts.models import Invitation

TOKEN_BYTES = 32  # 256 bits; trust 11.5.1 asks for 128


def new_token(invitation: Invitation) -> str:
    """A secret for the mail alone; one made before no longer works."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash = hash_of(token)
    invitation.save(update_fields=["token_hash"])
    return token


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
