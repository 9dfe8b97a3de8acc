"""What is written to the moderators without an account, and what they do with it.

A letter is never published. Nobody but its sender, by a secret link, and the moderators
ever see what became of it.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from kunskapsbank import letter_mail, permissions
from kunskapsbank.enums import (
    DeclineReason,
    EntryState,
    Kind,
    LetterKind,
    LetterOutcome,
    MailChoice,
    PublicName,
)
from kunskapsbank.exceptions import (
    LetterClosed,
    NotAllowed,
    OwnText,
    TooManyLetters,
    WrongLetter,
)
from kunskapsbank.models import (
    HelpfulAnswer,
    Letter,
    LetterReply,
    MailPreference,
    Version,
)
from kunskapsbank.workflow import text as texts
from kunskapsbank.workflow.drafts import start_draft
from kunskapsbank.workflow.entries import hide

# Of each kind, so that a flood of tips never stops a report.
MAX_PER_HOUR_AND_NETWORK = 30
MAX_PER_HOUR = 200
MAX_RECEIPTS_PER_DAY = 3  # to one address, which may be somebody else's
NETWORK_KEPT = timedelta(days=1)
_TITLE, _SUMMARY = 140, 600
_BECAME_DRAFT = (
    "Tack för tipset. En granskare skriver nu ett bidrag av det. Det granskas av någon "
    "annan innan det syns."
)


def receive_letter(
    kind: LetterKind, *, key: UUID, network: str = "", **values: Any
) -> Letter:
    """Keep what somebody wrote; the same `key` again gives the same letter.

    `network` is a hash that says what came from the same place. Raises TooManyLetters
    when too much has come in an hour (trust 2.4.1), counted in the database so that it
    holds however many processes there are, and whatever becomes of a cache.
    """
    if known := Letter.objects.filter(key=key).first():
        return known
    _check_room(kind, network)
    clean = {
        name: texts.plain(value) if isinstance(value, str) else value
        for name, value in values.items()
    }
    try:
        with transaction.atomic():
            letter = Letter.objects.create(kind=kind, key=key, network=network, **clean)
            _tell_of(letter)
    except IntegrityError:
        # The other half of a double click came first.
        return Letter.objects.get(key=key)
    return letter


@transaction.atomic
def answer_letter(letter: Letter, *, by: User, message: str) -> LetterReply:
    """Write to the sender, who may answer by mail; the letter goes on waiting.

    Raises NotAllowed, OwnText, LetterClosed and MessageMissing.
    """
    letter = _open(letter, by=by)
    return _reply(letter, by=by, message=message)


@transaction.atomic
def ask_owners(letter: Letter, *, by: User, message: str) -> LetterReply:
    """Ask the owners of a reported contribution; they never learn who reported it.

    Raises NotAllowed, OwnText, LetterClosed, WrongLetter and MessageMissing.
    """
    letter = _open(letter, by=by)
    if letter.entry is None:
        raise WrongLetter(f"letter {letter.pk} is about no entry")
    return _reply(letter, by=by, message=message, to_owners=True)


@transaction.atomic
def make_draft(letter: Letter, *, by: User) -> Version:
    """Begin a draft of the moderator's own with what a tip says, and close the tip.

    Raises NotAllowed, OwnText, LetterClosed, and WrongLetter unless it is a tip.
    """
    letter = _open(letter, by=by)
    if letter.kind != LetterKind.TIP:
        raise WrongLetter(f"letter {letter.pk} is no tip")
    letter.draft = start_draft(by=by, key=letter.key, **_as_draft(letter))
    _close(letter, LetterOutcome.DRAFT, by=by, message=_BECAME_DRAFT)
    return letter.draft


@transaction.atomic
def close_letter(
    letter: Letter, *, by: User, outcome: LetterOutcome, message: str
) -> Letter:
    """End the matter and tell the sender why.

    Raises NotAllowed, OwnText, LetterClosed, MessageMissing, and WrongLetter for an
    outcome that has an act of its own.
    """
    letter = _open(letter, by=by)
    if outcome not in outcomes(letter):
        raise WrongLetter(f"letter {letter.pk}: {outcome}")
    _close(letter, outcome, by=by, message=message)
    return letter


@transaction.atomic
def hide_reported(
    letter: Letter, *, by: User, reason: DeclineReason, message: str
) -> Letter:
    """Hide the reported contribution at once, and tell both owners and sender.

    Raises NotAllowed, OwnText, LetterClosed, WrongLetter, ReasonMissing and
    MessageMissing.
    """
    letter = _open(letter, by=by)
    if letter.entry is None:
        raise WrongLetter(f"letter {letter.pk} is about no entry")
    if letter.entry.state == EntryState.OPEN:
        hide(letter.entry, by=by, reason=reason, message=texts.said(message))
    said = f"Vi har dolt innehållet. Skäl: {DeclineReason(reason).label}."
    _close(letter, LetterOutcome.HIDDEN, by=by, message=said)
    return letter


@transaction.atomic
def erase_senders(*, closed_before: datetime) -> int:
    """Forget names and addresses of letters closed before then, the lines that readers
    wrote and a moderator saw before then, and the networks of all that are older than
    a day; gives how many senders were forgotten."""
    old = Letter.objects.filter(closed_at__lt=closed_before)
    known = old.exclude(name="", email="")
    for letter in known:
        letter.name = letter.email = ""
        letter.save(update_fields=["name", "email"])
    HelpfulAnswer.objects.filter(seen_at__lt=closed_before).update(text="")
    for model in (Letter, HelpfulAnswer):
        counted = model.objects.filter(created_at__lt=timezone.now() - NETWORK_KEPT)
        counted.exclude(network="").update(network="")
    return len(known)


def save_mail_choice(user: User, *, choice: MailChoice) -> MailPreference:
    """Say how often a moderator wants mail; raises NotAllowed."""
    if not permissions.can_moderate(user):
        raise NotAllowed(f"user {user.pk} is no moderator")
    saved, _ = MailPreference.objects.update_or_create(
        user=user, defaults={"choice": choice}
    )
    return saved


def outcomes(letter: Letter) -> list[LetterOutcome]:
    """What a moderator may close a letter of this kind with."""
    if letter.kind == LetterKind.REPORT:
        return [LetterOutcome.KEPT, LetterOutcome.ANSWERED]
    return [LetterOutcome.ANSWERED, LetterOutcome.CLOSED]


def _check_room(kind: LetterKind, network: str) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    recent = Letter.objects.filter(kind=kind, created_at__gt=hour_ago)
    if recent.count() >= MAX_PER_HOUR:
        raise TooManyLetters(f"{kind}: all networks")
    from_there = recent.filter(network=network).count()
    if network and from_there >= MAX_PER_HOUR_AND_NETWORK:
        raise TooManyLetters(f"{kind}: one network")


def _tell_of(letter: Letter) -> None:
    day_ago = timezone.now() - timedelta(days=1)
    same = Letter.objects.filter(email__iexact=letter.email, created_at__gt=day_ago)
    if letter.email and same.count() <= MAX_RECEIPTS_PER_DAY:
        letter_mail.send_receipt.enqueue(letter.pk)
    letter_mail.tell_moderators(letter)


def _open(letter: Letter, *, by: User) -> Letter:
    """The letter, locked, if it waits and `by` may act on it."""
    if not permissions.can_moderate(by):
        raise NotAllowed(f"user {by.pk} is no moderator")
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.closed_at:
        raise LetterClosed(f"letter {letter.pk}")
    if not permissions.can_answer(by, letter):
        raise OwnText(f"user {by.pk} owns what letter {letter.pk} is about")
    return letter


def _reply(letter: Letter, *, by: User, message: str, **how: Any) -> LetterReply:
    said = texts.said(message)
    reply = LetterReply.objects.create(letter=letter, author=by, text=said, **how)
    letter_mail.tell_reply(reply)
    return reply


def _close(letter: Letter, outcome: LetterOutcome, *, by: User, message: str) -> None:
    letter.outcome, letter.closed_at, letter.closed_by = outcome, timezone.now(), by
    letter.save(update_fields=["outcome", "closed_at", "closed_by", "draft"])
    _reply(letter, by=by, message=message)


def _as_draft(letter: Letter) -> dict[str, Any]:
    title = " ".join(letter.title.split())[:_TITLE]
    fits = len(letter.text) <= _SUMMARY
    return {
        "kind": Kind.LINK if letter.link else Kind.GOOD_EXAMPLE,
        "title": title,
        "summary": letter.text if fits else "",
        "background": "" if fits else letter.text,
        "address": letter.link,
        "public_name": PublicName.NONE,
    }
