"""Mail about connections: the decision to whoever proposed, a word to moderators."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from accounts import mail
from accounts.models import User
from kunskapsbank.enums import MailChoice
from kunskapsbank.models import Connection, ConnectionEvent
from kunskapsbank.permissions import can_decide_connection


def review_address(connection: Connection) -> str:
    path = reverse("kunskapsbank:review_connection", args=[connection.pk])
    return settings.SITE_ADDRESS + path


def tell_moderators(connection: Connection) -> None:
    """Queue a mail to each moderator who wants one for every matter."""
    wanting = User.objects.filter(mail_preference__choice=MailChoice.EACH)
    for user in wanting.order_by("pk"):
        if can_decide_connection(user, connection):
            send_connection_notice.enqueue(connection.pk, user.pk)


def tell_proposer(event: ConnectionEvent, *, by: User) -> None:
    """Queue what was decided, unless they did it themselves or are gone."""
    proposer = event.connection.proposer_id
    if proposer and proposer != by.pk:
        send_connection_decision.enqueue(event.pk)


@task()
def send_connection_decision(event_pk: int, attempt: int = 0) -> None:
    events = ConnectionEvent.objects.select_related("connection__proposer")
    event = events.filter(pk=event_pk).first()
    proposer = event.connection.proposer if event else None
    if event is None or proposer is None or not proposer.is_active:
        return
    name = f"samband-{event.pk}-{proposer.pk}"
    message = _message("decided", event.connection, proposer, name, event=event)
    args = [event_pk]
    mail.send(message, task=send_connection_decision, args=args, attempt=attempt)


@task()
def send_connection_notice(connection_pk: int, user_pk: int, attempt: int = 0) -> None:
    connection = Connection.objects.waiting().filter(pk=connection_pk).first()
    user = User.objects.filter(pk=user_pk).first()
    if connection is None or user is None:
        return
    if not can_decide_connection(user, connection):
        return
    name = f"sambandsnotis-{connection.pk}-{user.pk}"
    message = _message("notice", connection, user, name)
    args = [connection_pk, user_pk]
    mail.send(message, task=send_connection_notice, args=args, attempt=attempt)


def _message(
    template: str,
    connection: Connection,
    user: User,
    name: str,
    event: ConnectionEvent | None = None,
) -> EmailMessage:
    site = settings.SITE_ADDRESS
    context = {
        "connection": connection,
        "event": event,
        "page": site + connection.get_absolute_url(),
        "review": review_address(connection),
        "propose": site + reverse("kunskapsbank:propose_connection"),
        "choose": site + reverse("kunskapsbank:mail_preferences"),
    }
    text = render_to_string(f"kunskapsbank/mail/connection_{template}.txt", context)
    return mail.composed(text, to=user.email, name=name)
