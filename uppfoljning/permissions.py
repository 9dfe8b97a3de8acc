"""Who may do what in the follow-up, as pure predicates."""

from accounts.permissions import is_proven


def can_follow_up(user) -> bool:
    """Whether the person is the document owner: gives out assessments, decides on
    initiatives and adopts reports. Only with a second factor (trust 6.3.3)."""
    return user.is_active and user.has_perm("accounts.follow_up") and is_proven(user)


def can_contribute(user) -> bool:
    """Whether the person may tell of initiatives and write assessments."""
    return can_follow_up(user) or (
        user.is_active and user.has_perm("accounts.contribute_follow_up")
    )


def can_write_assessment(user, assessment) -> bool:
    """Whoever it is given to, and the document owner."""
    is_theirs = assessment.assignee_id is not None and (
        assessment.assignee_id == user.pk
    )
    return can_follow_up(user) or (is_theirs and can_contribute(user))


def can_write_initiative(user, text) -> bool:
    """A text is its author's alone, whoever else tells of the same initiative."""
    return can_contribute(user) and text.author_id == user.pk


def can_decide_initiative(user, text) -> bool:
    """Four eyes: nobody decides on what they wrote, the document owner no more than
    others."""
    return can_follow_up(user) and text.author_id != user.pk


def can_withdraw_initiative(user, text) -> bool:
    """The document owner, and whoever wrote the text that is published."""
    return can_follow_up(user) or can_write_initiative(user, text)
