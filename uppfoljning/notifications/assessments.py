"""Mail about assessments: what is given to somebody, what waits to be read, what came
back, and what is still unwritten."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from accounts import mail
from accounts.enums import Role
from accounts.models import User
from uppfoljning.enums.reports import AssessmentStatus
from uppfoljning.models import Assessment, AssessmentEvent
from uppfoljning.permissions import can_contribute, can_follow_up


def tell_assigned(assessments: Sequence[Assessment], *, by: User) -> None:
    """Queue one mail to each who was given something."""
    theirs: dict[int, list[int]] = {}
    for each in assessments:
        if each.assignee_id not in {None, by.pk}:
            theirs.setdefault(each.assignee_id, []).append(each.pk)
    for user_pk, pks in sorted(theirs.items()):
        moment = max(each.assigned_at for each in assessments if each.pk in pks)
        send_list.enqueue("assigned", user_pk, pks, int(moment.timestamp()))


def tell_unwritten(user_pk: int, pks: list[int], moment: datetime) -> None:
    send_list.enqueue("reminder", user_pk, pks, int(moment.timestamp()))


def tell(event: AssessmentEvent, *, by: User) -> None:
    """Queue the mails about a move."""
    if event.to_status == AssessmentStatus.READY:
        owners = User.objects.filter(is_active=True, groups__name=Role.DOCUMENT_OWNER)
        for owner in owners.exclude(pk=by.pk).order_by("pk"):
            send_event.enqueue("ready", event.pk, owner.pk)
    elif event.message and event.assessment.assignee_id not in {None, by.pk}:
        send_event.enqueue("returned", event.pk, event.assessment.assignee_id)


@task()
def send_list(
    template: str, user_pk: int, pks: list[int], moment: int, attempt: int = 0
) -> None:
    """What somebody has to write, as far as it is still theirs and unwritten."""
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if user is None or not can_contribute(user):
        return
    rows = Assessment.objects.waiting_for(user).filter(pk__in=pks)
    waiting = list(rows.with_places().in_order())
    if not waiting:
        return
    context = {"waiting": [_row(each) for each in waiting]}
    name = f"lagesbedomning-{template}-{moment}-{user_pk}"
    message = _message(template, user, name, context)
    args = [template, user_pk, pks, moment]
    mail.send(message, task=send_list, args=args, attempt=attempt)


@task()
def send_event(
    template: str, event_pk: int, recipient_pk: int, attempt: int = 0
) -> None:
    """That a text can be read, or that its reader wants more."""
    events = AssessmentEvent.objects.select_related(
        "assessment__report", "assessment__fokusomrade"
    )
    event = events.filter(pk=event_pk).first()
    user = User.objects.filter(pk=recipient_pk, is_active=True).first()
    may_see = can_follow_up if template == "ready" else can_contribute
    if event is None or user is None or not may_see(user):
        return
    context = {"message": event.message, "row": _row(event.assessment)}
    name = f"lagesbedomning-{event.pk}-{recipient_pk}"
    message = _message(template, user, name, context)
    args = [template, event_pk, recipient_pk]
    mail.send(message, task=send_event, args=args, attempt=attempt)


def _row(assessment: Assessment) -> dict[str, str]:
    area = assessment.fokusomrade
    return {
        "title": f"{area.number} {area.title}",
        "period": assessment.report.period,
        "address": settings.SITE_ADDRESS + assessment.get_absolute_url(),
    }


def _message(template: str, user: User, name: str, context: dict) -> EmailMessage:
    work = settings.SITE_ADDRESS + reverse("uppfoljning:work")
    text = render_to_string(
        f"uppfoljning/reports/mail/{template}.txt", context | {"work": work}
    )
    return mail.composed(text, to=user.email, name=name)
