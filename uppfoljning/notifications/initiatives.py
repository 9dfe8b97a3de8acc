"""Mail about initiatives: to the author what became of a text, and to the document
owners what waits for them."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from accounts import mail
from accounts.enums import Role
from accounts.models import User
from uppfoljning.enums.initiatives import InitiativeStatus
from uppfoljning.models import Initiative, InitiativeEvent, InitiativeText
from uppfoljning.permissions import can_decide_initiative

# The template of each status that the author is told of.
TEMPLATES = {
    InitiativeStatus.RETURNED: "returned",
    InitiativeStatus.PUBLISHED: "published",
    InitiativeStatus.DECLINED: "declined",
}


def tell(event: InitiativeEvent, *, by: User) -> None:
    """Queue the mails about a move."""
    if event.to_status == InitiativeStatus.SUBMITTED:
        owners = User.objects.filter(is_active=True, groups__name=Role.DOCUMENT_OWNER)
        for owner in owners.exclude(pk=by.pk).order_by("pk"):
            send_waiting.enqueue(event.pk, owner.pk)
    elif event.to_status in TEMPLATES and event.text.author_id not in {None, by.pk}:
        send_answer.enqueue(event.pk)


def tell_state(initiative: Initiative, *, by: User) -> None:
    """Queue a mail to the author that it was withdrawn, or is shown again."""
    author_pk = initiative.published_text.author_id
    if author_pk not in {None, by.pk}:
        moment = int(initiative.state_at.timestamp())
        send_state.enqueue(initiative.pk, author_pk, moment)


@task()
def send_answer(event_pk: int, attempt: int = 0) -> None:
    """What the document owner decided, to the author."""
    event = _event(event_pk)
    if event is None or event.text.author is None or not event.text.author.is_active:
        return
    name = TEMPLATES[InitiativeStatus(event.to_status)]
    message = _message(name, event, event.text.author)
    mail.send(message, task=send_answer, args=[event_pk], attempt=attempt)


@task()
def send_waiting(event_pk: int, recipient_pk: int, attempt: int = 0) -> None:
    """That a text waits, to one who may decide on it, while it does."""
    event = _event(event_pk)
    recipient = User.objects.filter(pk=recipient_pk, is_active=True).first()
    if event is None or recipient is None:
        return
    is_waiting = event.text.status == InitiativeStatus.SUBMITTED
    if not is_waiting or not can_decide_initiative(recipient, event.text):
        return
    message = _message("waiting", event, recipient)
    args = [event_pk, recipient_pk]
    mail.send(message, task=send_waiting, args=args, attempt=attempt)


@task()
def send_draft_warning(text_pk: int, lock: int, day: str, attempt: int = 0) -> None:
    """When a draft will be erased, to its author, unless it has changed since."""
    drafts = InitiativeText.objects.never_handed_in().select_related("author")
    text = drafts.filter(pk=text_pk, lock=lock).first()
    if text is None or text.author is None or not text.author.is_active:
        return
    context = {
        "title": text.title or "Utan rubrik",
        "number": text.number,
        "erased_on": date.fromisoformat(day),
        "own_page": settings.SITE_ADDRESS + text.get_absolute_url(),
    }
    body = render_to_string("uppfoljning/initiatives/mail/draft_warning.txt", context)
    stage = "sist" if text.last_warned_at else "forst"
    name = f"insatsutkast-{text_pk}-{lock}-{day}-{stage}"
    message = mail.composed(body, to=text.author.email, name=name)
    args = [text_pk, lock, day]
    mail.send(message, task=send_draft_warning, args=args, attempt=attempt)


@task()
def send_state(
    initiative_pk: int, recipient_pk: int, moment: int, attempt: int = 0
) -> None:
    """That readers no longer see it, or do again. `moment` parts one time from another
    in the name of the mail."""
    initiative = Initiative.objects.filter(pk=initiative_pk).first()
    recipient = User.objects.filter(pk=recipient_pk, is_active=True).first()
    if initiative is None or recipient is None:
        return
    context = {
        "title": initiative.title,
        "is_open": initiative.is_open,
        "message": initiative.state_reason,
        "page": settings.SITE_ADDRESS + initiative.get_absolute_url(),
        "own_page": settings.SITE_ADDRESS + reverse("uppfoljning:my_initiatives"),
    }
    text = render_to_string("uppfoljning/initiatives/mail/state.txt", context)
    name = f"insatslage-{initiative.pk}-{moment}"
    message = mail.composed(text, to=recipient.email, name=name)
    args = [initiative_pk, recipient_pk, moment]
    mail.send(message, task=send_state, args=args, attempt=attempt)


def _event(pk: int) -> InitiativeEvent | None:
    events = InitiativeEvent.objects.select_related("text__author", "text__initiative")
    return events.filter(pk=pk).first()


def _message(template: str, event: InitiativeEvent, recipient: User) -> EmailMessage:
    site, text = settings.SITE_ADDRESS, event.text
    context = {
        "title": text.title or "Utan rubrik",
        "number": text.number,
        "message": event.message,
        "author": text.author,
        "organisation": text.organisation_as_named,
        "page": site + text.initiative.get_absolute_url() if text.initiative else "",
        "own_page": site + text.get_absolute_url(),
        "review_page": site + reverse("uppfoljning:review_initiative", args=[text.pk]),
    }
    body = render_to_string(f"uppfoljning/initiatives/mail/{template}.txt", context)
    name = f"insats-{event.pk}-{recipient.pk}"
    return mail.composed(body, to=recipient.email, name=name)
