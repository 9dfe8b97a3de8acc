"""Mail to the people whose contributions something happened to.

`tell` queues it as tasks in the transaction of the event, so that a mail is never lost,
and never sent for what was rolled back. A task takes ids and reads what they are now.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from accounts import mail
from accounts.models import User
from kunskapsbank import digests
from kunskapsbank.enums import Act
from kunskapsbank.models import Hiding, ReviewEvent, Version
from kunskapsbank.permissions import can_object_to_hiding

# The template of each act that people are told of, in templates/kunskapsbank/mail/.
TEMPLATES = {
    Act.SUBMITTED: "submitted",
    Act.RESUBMITTED: "submitted",
    Act.TAKEN_BACK: "taken_back",
    Act.RETURNED: "returned",
    Act.PUBLISHED: "published",
    Act.DECLINED: "declined",
    Act.APPEALED: "appealed",
    Act.APPEAL_GRANTED: "appeal_granted",
    Act.APPEAL_DENIED: "appeal_denied",
    Act.PUBLICATION_UNDONE: "publication_undone",
    Act.SUPPRESSED: "suppressed",
    Act.HIDDEN: "hidden",
    Act.HIDING_OBJECTED: "hiding_objected",
    Act.HIDING_UPHELD: "hiding_upheld",
    Act.SHOWN_AGAIN: "shown_again",
    Act.WITHDRAWN: "withdrawn",
    Act.HANDED_OVER: "owners_changed",
    Act.OWNER_ADDED: "owners_changed",
}
# Whoever did these wants a receipt; of all else they know already.
RECEIPTS = {Act.SUBMITTED, Act.RESUBMITTED, Act.APPEALED, Act.HIDING_OBJECTED}
MY_CONTRIBUTIONS = "/mina-bidrag/"


def tell(event: ReviewEvent, version: Version, *, by: User | None) -> None:
    """Queue a mail about the event to the author and the owners, and to moderators
    who want one for every matter."""
    digests.tell_moderators(event)
    if event.act not in TEMPLATES:
        return
    people = set(version.entry.owners.values_list("pk", flat=True))
    if version.author_id:
        people.add(version.author_id)
    if by is not None and event.act not in RECEIPTS:
        people -= {by.pk}
    for pk in sorted(people):
        send_mail.enqueue(event.pk, pk)


@task()
def send_mail(event_pk: int, recipient_pk: int, attempt: int = 0) -> None:
    """Send one mail; when the mail server does not take it, try again later."""
    recipient = User.objects.filter(pk=recipient_pk, is_active=True).first()
    if recipient is None:
        return
    mail.send(
        message_about(event_pk, recipient),
        task=send_mail,
        args=[event_pk, recipient_pk],
        attempt=attempt,
    )


def message_about(event_pk: int, recipient: User) -> EmailMessage:
    """The mail, with a Message-ID that is the same however often it is sent."""
    event = ReviewEvent.objects.select_related("entry").get(pk=event_pk)
    version = event.entry.versions.get(number=event.version_number)
    name = TEMPLATES[Act(event.act)]
    text = render_to_string(
        f"kunskapsbank/mail/{name}.txt", _context(event, version, recipient)
    )
    return mail.composed(
        text, to=recipient.email, name=f"handelse-{event.pk}-{recipient.pk}"
    )


def _context(event: ReviewEvent, version: Version, recipient: User) -> dict:
    site = settings.SITE_ADDRESS
    page = event.entry.get_absolute_url() if event.entry.slug else MY_CONTRIBUTIONS
    detail = getattr(event, "detail", None)
    return {
        "event": event,
        "version": version,
        "title": version.title or "Utan rubrik",
        "number": event.entry.number,
        "message": detail.message if detail else "",
        "ties": _ties(version),
        "page": site + page,
        "own_page": site + own_page(version, recipient),
        "objection": objection_page(version, recipient),
        "my_contributions": site + MY_CONTRIBUTIONS,
        "how_we_review": site + reverse("kunskapsbank:how_we_review"),
        "is_author": version.author_id == recipient.pk,
        "is_change": version.based_on_id is not None,
    }


def own_page(version: Version, recipient: User) -> str:
    """Where the person sees the text and what they may do with it; the list of what is
    theirs when that text is not, or not any longer."""
    if Version.objects.owned_by(recipient).filter(pk=version.pk).exists():
        return reverse("kunskapsbank:my_entry", args=[version.pk])
    return MY_CONTRIBUTIONS


def objection_page(version: Version, recipient: User) -> str:
    """Where an owner may object to the hiding; empty when they may not, or have."""
    hidings = Hiding.objects.filter(entry=version.entry, objected_at=None)
    if not hidings.exists() or not can_object_to_hiding(recipient, version.entry):
        return ""
    page = own_page(version, recipient)
    if page != MY_CONTRIBUTIONS:
        page = reverse("kunskapsbank:object_to_hiding", args=[version.pk])
    return settings.SITE_ADDRESS + page


def _ties(version: Version) -> str:
    """Such as "prioriteringarna 4.3.1 a, 4.3.1 b och 5.1.2 a"; empty without any."""
    *first, last = [each.number for each in version.prioriteringar.all()] or [""]
    if not first:
        return f"prioritering {last}" if last else ""
    return f"prioriteringarna {', '.join(first)} och {last}"
