"""What waits for a moderator, and the mail that says so once a day or for each."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate
from django_tasks import task

from accounts import mail
from accounts.models import Application, User
from accounts.permissions import can_invite
from kunskapsbank.connection_mail import review_address
from kunskapsbank.enums import Act, LetterKind, MailChoice, Status
from kunskapsbank.models import (
    Appeal,
    Connection,
    FreshnessQuestion,
    Hiding,
    Letter,
    ReviewEvent,
    Version,
)
from kunskapsbank.permissions import (
    can_answer,
    can_answer_appeal,
    can_decide_connection,
    can_moderate,
    can_review,
    can_review_hiding,
)

# What moderators who want mail for each are told of.
OF_HIDING = {Act.HIDDEN, Act.HIDING_OBJECTED}
TOLD = {
    Act.SUBMITTED,
    Act.RESUBMITTED,
    Act.APPEALED,
    Act.APPEAL_GRANTED,
    *OF_HIDING,
}


@dataclass(frozen=True)
class Waiting:
    """One thing that a moderator can act on; `days` by the calendar in Sweden."""

    what: str
    number: str
    title: str
    address: str
    days: int


def waiting_for(user: User) -> list[Waiting]:
    """All that this very moderator can act on, the longest wait first."""
    if not can_moderate(user):
        return []
    sources = [_texts, _appeals, _hidings, _letters]
    sources += [_connections, _applications, _unowned]
    found = [each for source in sources for each in source(user)]
    return sorted(found, key=lambda each: -each.days)


def moderators(choice: MailChoice) -> list[User]:
    """The moderators who want mail so often; who has not chosen wants it daily."""
    people = User.objects.filter(is_active=True).select_related("mail_preference")
    return [
        user
        for user in people.order_by("pk")
        if _choice(user) == choice and can_moderate(user)
    ]


def queue_digests() -> int:
    """Queue today's digest for each who wants one; gives how many."""
    people = moderators(MailChoice.DAILY)
    for user in people:
        send_digest.enqueue(user.pk, localdate().isoformat())
    return len(people)


def tell_moderators(event: ReviewEvent) -> None:
    """Queue a mail to each moderator who wants one for every matter."""
    if event.act in TOLD:
        eager = User.objects.filter(mail_preference__choice=MailChoice.EACH)
        for pk in sorted(eager.values_list("pk", flat=True)):
            send_one.enqueue(event.pk, pk)


@task()
def send_digest(user_pk: int, day: str, attempt: int = 0) -> None:
    """The digest of a day, once; nothing when nothing waits any longer."""
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    found = waiting_for(user) if user else []
    if user is None or not found:
        return
    context = {"waiting": found, "count": len(found), **_addresses()}
    text = render_to_string("kunskapsbank/mail/digest.txt", context)
    message = mail.composed(text, to=user.email, name=f"dagens-{day}-{user.pk}")
    mail.send(message, task=send_digest, args=[user_pk, day], attempt=attempt)


@task()
def send_one(event_pk: int, user_pk: int, attempt: int = 0) -> None:
    """Tell one moderator of one text, if it still waits and they may act on it."""
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    event = ReviewEvent.objects.select_related("entry").get(pk=event_pk)
    version = event.entry.versions.get(number=event.version_number)
    if user is None or not _may_act(user, version, Act(event.act)):
        return
    message = _about(event, version, user)
    mail.send(message, task=send_one, args=[event_pk, user_pk], attempt=attempt)


def _about(event: ReviewEvent, version: Version, user: User) -> EmailMessage:
    context = {
        "number": event.entry.number,
        "act": Act(event.act).value,
        "title": version.title,
        "is_change": version.based_on_id is not None,
        "review": _address_after(event, version),
        **_addresses(),
    }
    text = render_to_string("kunskapsbank/mail/waiting.txt", context)
    name = f"vantar-{event.pk}-{user.pk}"
    return mail.composed(text, to=user.email, name=name)


def _address_after(event: ReviewEvent, version: Version) -> str:
    if event.act in OF_HIDING:
        return _hiding_address(event.entry_id)
    if event.act == Act.APPEALED:
        return _appeal_address(version)
    return _review_address(version)


def _may_act(user: User, version: Version, act: Act) -> bool:
    if act in OF_HIDING:
        hiding = Hiding.objects.waiting().filter(entry=version.entry_id).first()
        return hiding is not None and _may_review(user, hiding)
    if act != Act.APPEALED:
        return version.status == Status.SUBMITTED and can_review(user, version)
    waiting = Appeal.objects.waiting().filter(version=version).first()
    if waiting is None:
        return False
    return can_answer_appeal(user, version, waiting.declined_by_id)


def _texts(user: User) -> list[Waiting]:
    queue = Version.objects.awaiting(user).filter(status=Status.SUBMITTED)
    return [
        Waiting(
            "Ändring" if each.based_on_id else "Nytt bidrag",
            each.entry.number,
            each.title,
            _review_address(each),
            each.waiting_days,
        )
        for each in queue.select_related("entry")
    ]


def _appeals(user: User) -> list[Waiting]:
    today = localdate()
    return [
        Waiting(
            "Omprövning",
            each.version.entry.number,
            each.version.title,
            _appeal_address(each.version),
            (today - localdate(each.appealed_at)).days,
        )
        for each in Appeal.objects.waiting().select_related("version__entry")
        if can_answer_appeal(user, each.version, each.declined_by_id)
    ]


def _hidings(user: User) -> list[Waiting]:
    today = localdate()
    hidings = Hiding.objects.waiting().select_related("entry")
    mine = [each for each in hidings if _may_review(user, each)]
    seen = Version.objects.visible_to(user)
    texts = seen.shown_of([each.entry_id for each in mine])
    return [
        Waiting(
            "Dolt bidrag",
            each.entry.number,
            texts[each.entry_id].title,
            _hiding_address(each.entry_id),
            (today - localdate(each.since)).days,
        )
        for each in mine
    ]


def _may_review(user: User, hiding: Hiding) -> bool:
    return can_review_hiding(user, hiding.entry, hiding.hidden_by_id)


def _letters(user: User) -> list[Waiting]:
    return [
        Waiting(
            LetterKind(each.kind).label.capitalize(),
            each.number,
            each.title,
            settings.SITE_ADDRESS + each.get_absolute_url(),
            each.waiting_days,
        )
        for each in Letter.objects.waiting().select_related("entry")
        if can_answer(user, each)
    ]


def _connections(user: User) -> list[Waiting]:
    return [
        Waiting(
            "Samband",
            each.number,
            each.title,
            review_address(each),
            each.waiting_days,
        )
        for each in Connection.objects.waiting().with_ends()
        if can_decide_connection(user, each)
    ]


def _applications(user: User) -> list[Waiting]:
    if not can_invite(user):
        return []
    today = localdate()
    return [
        Waiting(
            "Ansökan",
            each.number,
            f"{each.name} vill bidra",
            settings.SITE_ADDRESS + reverse("accounts:application", args=[each.pk]),
            (today - localdate(each.created_at)).days,
        )
        for each in Application.objects.waiting()
    ]


def _unowned(user: User) -> list[Waiting]:
    """One thing for all contributions that only moderators can confirm."""
    waiting = FreshnessQuestion.objects.for_moderators()
    first = waiting.first()
    if first is None:
        return []
    return [
        Waiting(
            "Frågan om det stämmer",
            str(waiting.count()),
            "bidrag utan ägare att bekräfta",
            settings.SITE_ADDRESS + reverse("kunskapsbank:review_freshness"),
            (localdate() - localdate(first.asked_at)).days,
        )
    ]


def _review_address(version: Version) -> str:
    path = reverse("kunskapsbank:review", args=[version.pk])
    return f"{settings.SITE_ADDRESS}{path}"


def _appeal_address(version: Version) -> str:
    path = reverse("kunskapsbank:review_appeal", args=[version.pk])
    return f"{settings.SITE_ADDRESS}{path}"


def _hiding_address(entry_pk: int) -> str:
    path = reverse("kunskapsbank:review_hiding", args=[entry_pk])
    return f"{settings.SITE_ADDRESS}{path}"


def _addresses() -> dict[str, str]:
    choose = reverse("kunskapsbank:mail_preferences")
    return {
        "queue": f"{settings.SITE_ADDRESS}/granska/",
        "choose": f"{settings.SITE_ADDRESS}{choose}",
    }


def _choice(user: User) -> str:
    preference = getattr(user, "mail_preference", None)
    return preference.choice if preference else MailChoice.DAILY
