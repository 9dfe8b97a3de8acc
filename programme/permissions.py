"""Who may see what of the programme is not decided, as a pure predicate."""


def can_see_proposals(user) -> bool:
    """Whether the person may see an edition before it is decided.

    Pages ask for a second factor of whoever has greater rights: see the middleware of
    accounts.
    """
    return user.is_active and user.has_perm("programme.view_edition")
