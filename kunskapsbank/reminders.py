"""Mail about what waits on somebody: a draft that will be erased, a contribution that
is offered. What happened to a contribution is told by `notifications`."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django_tasks import task

from accounts import mail
from accounts.models import User
from kunskapsbank.models import DraftWarning, OwnerOffer
from kunskapsbank.notifications import MY_CONTRIBUTIONS, own_page


@task()
def send_warning(warning_pk: int, attempt: int = 0) -> None:
    """Tell the author when a draft will be erased, unless it has changed since."""
    found = DraftWarning.objects.select_related("version__author", "version__entry")
    warning = found.filter(pk=warning_pk).first()
    if warning is None or warning.version.saved_at != warning.saved_at:
        return
    version = warning.version
    if version.author is None or not version.author.is_active:
        return
    context = {"version": version, "warning": warning, "number": version.entry.number}
    message = _message("draft_warning", version.author, f"utkast-{warning.pk}", context)
    mail.send(message, task=send_warning, args=[warning_pk], attempt=attempt)


@task()
def send_offer(offer_pk: int, attempt: int = 0) -> None:
    """Tell somebody that a contribution is offered to them."""
    found = OwnerOffer.objects.select_related("entry", "recipient", "offered_by")
    offer = found.filter(pk=offer_pk, answered_at=None).first()
    if offer is None or not offer.recipient.is_active:
        return
    context = {"offer": offer, "number": offer.entry.number}
    message = _message(
        "owner_offer", offer.recipient, f"erbjudande-{offer.pk}", context
    )
    mail.send(message, task=send_offer, args=[offer_pk], attempt=attempt)


def _message(name: str, recipient: User, key: str, context: dict) -> EmailMessage:
    site = settings.SITE_ADDRESS
    about = {**context, "my_contributions": site + MY_CONTRIBUTIONS}
    if version := context.get("version"):
        about["own_page"] = site + own_page(version, recipient)
    text = render_to_string(f"kunskapsbank/mail/{name}.txt", about)
    return mail.composed(text, to=recipient.email, name=key)
