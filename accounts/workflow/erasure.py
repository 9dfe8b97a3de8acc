"""What the accounts know of a person: corrected, erased, and forgotten in time."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.exceptions import NameMissing
from accounts.models import Application, Invitation, RoleAssignment, User
from accounts.workflow.roles import check_administrator_left
from accounts.workflow.sessions import end_all_sessions

# docs/gallring.md says the same for people.
INVITATIONS_KEPT = timedelta(days=90)
APPLICATIONS_KEPT = timedelta(days=365)
WITHDRAWN = "Den som ansökte har raderat sitt konto."


def rename(user: User, name: str) -> User:
    """Correct the name; raises NameMissing."""
    name = " ".join(name.split())
    if not name:
        raise NameMissing(f"user {user.pk}")
    user.name = name
    user.save(update_fields=["name"])
    return user


@transaction.atomic
def erase_account(user: User) -> None:
    """Erase the account with all ways in, and the address wherever it is kept; the
    caller has checked who asks, and has erased what the other apps know.

    Raises LastAdministrator.
    """
    check_administrator_left(without=user)
    end_all_sessions(user)
    Invitation.objects.filter(email__iexact=user.email).delete()
    for application in Application.objects.filter(email__iexact=user.email):
        _forget_applicant(application)
    # Or the history would say that they took their own role, and name them.
    for assignment in RoleAssignment.objects.filter(user=user):
        assignment._history_user = None
        assignment.delete()
    user.delete()


@transaction.atomic
def sweep(*, dry_run: bool = False) -> tuple[int, int]:
    """Erase invitations that have been of no use for 90 days, and forget who sent
    applications that were answered a year ago; gives how many of each."""
    now = timezone.now()
    invitations = Invitation.objects.filter(expires_at__lt=now - INVITATIONS_KEPT)
    applications = Application.objects.filter(
        answered_at__lt=now - APPLICATIONS_KEPT
    ).exclude(email="")
    swept = invitations.count(), applications.count()
    if not dry_run:
        invitations.delete()
        for application in applications:
            _forget_applicant(application)
    return swept


def _forget_applicant(application: Application) -> None:
    """That somebody applied, and what was answered, is kept until it is gallrat."""
    if application.answered_at is None:
        application.answered_at = timezone.now()
        application.granted = False
        application.answer = WITHDRAWN
    application.name = application.email = application.organisation = ""
    application.reason = ""
    application.save(
        update_fields=[
            "answered_at",
            "granted",
            "answer",
            "name",
            "email",
            "organisation",
            "reason",
        ]
    )
