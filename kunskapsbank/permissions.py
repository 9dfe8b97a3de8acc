"""Who may do what with a contribution, as pure predicates.

*When* it may be done is `kunskapsbank.workflow.moves`. What a person may see is
`VersionQuerySet.visible_to`.
"""

from accounts.permissions import is_proven
from kunskapsbank.enums import Status


def can_moderate(user) -> bool:
    """Whether the person may read what is waiting and decide on it.

    Only with a second factor (trust 6.3.3): without one they have no more rights than
    a contributor.
    """
    return (
        user.is_active
        and user.has_perm("kunskapsbank.moderate_version")
        and is_proven(user)
    )


def can_contribute(user) -> bool:
    """Whether the person may write contributions of their own."""
    return can_moderate(user) or (
        user.is_active and user.has_perm("kunskapsbank.contribute")
    )


def has_written(user, version) -> bool:
    """Whether any of the text is the person's own words."""
    if user.pk is None:
        return False
    return version.author_id == user.pk or version.writers.filter(pk=user.pk).exists()


def owns(user, entry) -> bool:
    """Whether the contribution is the person's to change, hand over and withdraw."""
    return (
        user.pk is not None
        and user.is_active
        and entry.owners.filter(pk=user.pk).exists()
    )


def can_review(user, version) -> bool:
    """Four eyes: a moderator never decides on a text that is partly their own, nor on
    one of a contribution that they own."""
    if not can_moderate(user):
        return False
    return not (has_written(user, version) or owns(user, version.entry))


def can_edit_text(user, version) -> bool:
    """A draft is its author's alone; what was handed in is the owners' too."""
    if not can_contribute(user):
        return False
    if version.author_id == user.pk:
        return True
    return version.status != Status.DRAFT and owns(user, version.entry)


def can_take_back(user, version) -> bool:
    """Whoever wrote it, and other owners unless it is an outsider's proposal to them.

    Needs no right to contribute: whoever lost it may still say no.
    """
    if user.is_active and user.pk is not None and version.author_id == user.pk:
        return True
    if not owns(user, version.entry):
        return False
    author = version.author
    return author is None or owns(author, version.entry)


def has_part(user, entry) -> bool:
    """Whether the published text is the person's own words, or theirs to change."""
    if user.pk is None or not user.is_active:
        return False
    version = entry.published_version
    is_author = version is not None and version.author_id == user.pk
    return is_author or owns(user, entry)


def can_confirm(user, entry) -> bool:
    """To say that a text still holds changes nothing in it, so it asks for no second
    pair of eyes: whoever has a part in it may, and any moderator."""
    return has_part(user, entry) or can_moderate(user)


def can_withdraw(user, entry) -> bool:
    return owns(user, entry)


def can_hide(user) -> bool:
    """Hiding cannot wait, so it asks for no second pair of eyes."""
    return can_moderate(user)


def can_show_again(user, entry) -> bool:
    """Four eyes, as for publishing: nobody brings back a text of their own."""
    version = entry.published_version
    if not can_moderate(user) or owns(user, entry):
        return False
    return not (version and has_written(user, version))


def can_review_hiding(user, entry, hidden_by_id) -> bool:
    """Four eyes: a moderator who neither hid it, owns it nor wrote its text."""
    if not can_show_again(user, entry) or user.pk == hidden_by_id:
        return False
    handed_in = entry.versions.exclude(status=Status.DRAFT).order_by("number")
    version = entry.published_version or handed_in.last()
    return not (version and has_written(user, version))


def can_object_to_hiding(user, entry) -> bool:
    """Needs no right to contribute: whoever lost it may still say no."""
    return owns(user, entry)


def can_hand_over(user, entry) -> bool:
    """Moderators too, since an owner may be gone."""
    return owns(user, entry) or can_moderate(user)


def can_share(user, version) -> bool:
    """Nobody but its author decides who reads a text before it is published."""
    return can_contribute(user) and version.author_id == user.pk


def can_appeal(user, version) -> bool:
    return user.is_active and user.pk is not None and version.author_id == user.pk


def can_answer_appeal(user, version, declined_by_id) -> bool:
    """A moderator who neither wrote the text nor declined it."""
    return can_review(user, version) and user.pk != declined_by_id


def can_propose_connection(user) -> bool:
    """Anyone signed in: it takes no right to contribute."""
    return user.is_authenticated and user.is_active


def can_decide_connection(user, connection) -> bool:
    """Four eyes: a moderator never decides on what they proposed themselves."""
    return can_moderate(user) and connection.proposer_id != user.pk


def can_withdraw_connection(user, connection) -> bool:
    """Whoever proposed it; moderators too, when it turns out not to hold."""
    if user.pk is None or not user.is_active:
        return False
    return connection.proposer_id == user.pk or (
        connection.is_approved and can_moderate(user)
    )


def can_answer(user, letter) -> bool:
    """Nobody decides on a report of what is their own, in whole or in part."""
    if not can_moderate(user):
        return False
    entry = letter.entry
    if entry is None:
        return True
    version = entry.published_version
    return not (owns(user, entry) or (version and has_written(user, version)))
