"""Every write to people, their roles, invitations and applications.

Each act is a function that takes who acts as `by`, locks, checks, writes in one
transaction, and raises an AccountError when it refuses.
"""

from accounts.workflow.applications import apply, decline_applicant, invite_applicant
from accounts.workflow.erasure import erase_account, rename, sweep
from accounts.workflow.invitations import (
    accept,
    ask_for_new,
    find,
    invite,
    revoke,
    send_anew,
)
from accounts.workflow.roles import (
    change_role,
    check_administrator_left,
    close,
    give_role,
    open_again,
)
from accounts.workflow.sessions import (
    end_other_sessions,
    end_sessions,
    remove_second_factor,
    take_new_address,
)

__all__ = [
    "accept",
    "apply",
    "ask_for_new",
    "change_role",
    "check_administrator_left",
    "close",
    "decline_applicant",
    "end_other_sessions",
    "end_sessions",
    "erase_account",
    "find",
    "give_role",
    "invite",
    "invite_applicant",
    "open_again",
    "remove_second_factor",
    "rename",
    "revoke",
    "send_anew",
    "sweep",
    "take_new_address",
]
