"""The people who sign in, what they may do, and how they came here."""

from accounts.models.joining import Application, Invitation
from accounts.models.people import GrantedPermission, RoleAssignment, User
from accounts.models.schedule import FailedTask, ScheduledJob
from accounts.models.sent_mail import SentMail

__all__ = [
    "Application",
    "FailedTask",
    "GrantedPermission",
    "Invitation",
    "RoleAssignment",
    "ScheduledJob",
    "SentMail",
    "User",
]
