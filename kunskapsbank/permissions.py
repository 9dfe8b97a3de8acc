"""Who may do what with a contribution, as pure predicates."""


def can_moderate(user) -> bool:
    """Whether the person may read what is waiting and decide on it."""
    return user.is_active and user.has_perm("kunskapsbank.moderate_version")
