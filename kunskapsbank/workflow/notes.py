"""What moderators write for each other and for later: notes, and replies to start from.

None of it is part of a contribution's history, and none of it is mailed.
"""

from django.db import transaction

from accounts.models import User
from kunskapsbank import permissions
from kunskapsbank.exceptions import NotAllowed
from kunskapsbank.models import Entry, InternalNote, ReplyTemplate
from kunskapsbank.workflow import text as texts


@transaction.atomic
def add_note(entry: Entry, *, by: User, text: str) -> InternalNote:
    """Write a note that only moderators read. Raises NotAllowed and MessageMissing."""
    _check_may_moderate(by)
    return InternalNote.objects.create(entry=entry, author=by, text=texts.said(text))


@transaction.atomic
def erase_note(note: InternalNote, *, by: User) -> None:
    """Erase a note for good, as for personal data in it. Raises NotAllowed."""
    _check_may_moderate(by)
    note.delete()


@transaction.atomic
def save_reply_template(
    template: ReplyTemplate | None, *, by: User, title: str, text: str
) -> ReplyTemplate:
    """Change a template, or make one; the wording before is kept in its history.

    Raises NotAllowed, and MessageMissing for a text of nothing.
    """
    _check_may_moderate(by)
    template = template or ReplyTemplate()
    template.title = " ".join(texts.said(title).split())
    template.text = texts.said(text)
    template.save()
    return template


@transaction.atomic
def remove_reply_template(template: ReplyTemplate, *, by: User) -> None:
    """Take a template away; its history stays. Raises NotAllowed."""
    _check_may_moderate(by)
    template.delete()


def _check_may_moderate(by: User) -> None:
    if not permissions.can_moderate(by):
        raise NotAllowed(f"user {by.pk} is no moderator")
