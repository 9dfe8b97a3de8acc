"""People who are invited, for the tests of how they come here."""

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import notices, tokens, workflow
from accounts.enums import Role
from tests.factories import UserFactory

ANNA = "anna@example.se"


def moderator(**fields):
    return UserFactory(moderator=True, name="Mo Lind", **fields)


def administrator():
    return workflow.give_role(
        UserFactory(second_factor=True), Role.ADMINISTRATOR, by=None
    )


def invited(by=None, role=Role.CONTRIBUTOR, email=ANNA, **about):
    """An invitation and the secret of its link."""
    invitation = workflow.invite(email, role, by=by or moderator(), **about)
    return invitation, tokens.new_token(invitation)


def run(name):
    """Run the latest task of that name, as the worker does."""
    task = DBTaskResult.objects.filter(task_path=f"accounts.notices.{name}").latest(
        "enqueued_at"
    )
    getattr(notices, name).call(*task.args_kwargs["args"])
    return mail.outbox[-1]


def expire(invitation):
    invitation.expires_at = timezone.now() - timedelta(seconds=1)
    invitation.save()


def address(token):
    return f"/inbjudan/{token}/"


def link_in(message):
    return re.search(r"/inbjudan/[^/\s]+/", message.body)[0]
