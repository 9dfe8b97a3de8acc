"""Mail about letters: a receipt, what a moderator writes, and a word to moderators."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from accounts import mail
from accounts.models import User
from kunskapsbank.enums import LetterKind, MailChoice
from kunskapsbank.models import Letter, LetterReply
from kunskapsbank.permissions import can_moderate

SALT = "kunskapsbank.letters"


def token_of(letter: Letter) -> str:
    """What the secret address of the receipt holds."""
    return signing.dumps(letter.pk, salt=SALT)


def letter_of(token: str) -> Letter | None:
    """The letter that a secret address is about; None when it is not ours."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Letter.objects.filter(pk=pk).first()


def tell_moderators(letter: Letter) -> None:
    """Queue a mail to each moderator who wants one for every matter."""
    wanting = User.objects.filter(mail_preference__choice=MailChoice.EACH)
    for user in wanting.order_by("pk"):
        if can_moderate(user):
            send_notice.enqueue(letter.pk, user.pk)


def tell_reply(reply: LetterReply) -> None:
    """Queue the moderator's words to the sender, or to each owner of the entry."""
    entry = reply.letter.entry
    if reply.to_owners and entry is not None:
        for pk in sorted(entry.owners.values_list("pk", flat=True)):
            send_question.enqueue(reply.pk, pk)
    elif reply.letter.email:
        send_reply.enqueue(reply.pk)


@task()
def send_receipt(letter_pk: int, attempt: int = 0) -> None:
    letter = Letter.objects.exclude(email="").filter(pk=letter_pk).first()
    if letter is None:
        return
    message = _message("receipt", letter, to=letter.email, name=f"brev-{letter.pk}")
    mail.send(message, task=send_receipt, args=[letter_pk], attempt=attempt)


@task()
def send_reply(reply_pk: int, attempt: int = 0) -> None:
    reply = _reply(reply_pk)
    if reply is None or not reply.letter.email:
        return
    to, name = reply.letter.email, f"brevsvar-{reply.pk}"
    message = _message("reply", reply.letter, to=to, name=name, reply=reply)
    mail.send(message, task=send_reply, args=[reply_pk], attempt=attempt)


@task()
def send_question(reply_pk: int, user_pk: int, attempt: int = 0) -> None:
    reply = _reply(reply_pk)
    owner = User.objects.filter(pk=user_pk, is_active=True).first()
    if reply is None or owner is None:
        return
    name = f"brevfraga-{reply.pk}-{owner.pk}"
    message = _message("question", reply.letter, to=owner.email, name=name, reply=reply)
    args = [reply_pk, user_pk]
    mail.send(message, task=send_question, args=args, attempt=attempt)


@task()
def send_notice(letter_pk: int, user_pk: int, attempt: int = 0) -> None:
    letter = Letter.objects.waiting().filter(pk=letter_pk).first()
    user = User.objects.filter(pk=user_pk).first()
    if letter is None or user is None or not can_moderate(user):
        return
    name = f"brevnotis-{letter.pk}-{user.pk}"
    message = _message("notice", letter, to=user.email, name=name)
    args = [letter_pk, user_pk]
    mail.send(message, task=send_notice, args=args, attempt=attempt)


def _reply(pk: int) -> LetterReply | None:
    replies = LetterReply.objects.select_related("letter__entry")
    return replies.filter(pk=pk).first()


def _message(
    template: str,
    letter: Letter,
    *,
    to: str,
    name: str,
    reply: LetterReply | None = None,
) -> EmailMessage:
    site = settings.SITE_ADDRESS
    entry = letter.entry
    receipt = reverse("kunskapsbank:letter_receipt", args=[token_of(letter)])
    context = {
        "letter": letter,
        "number": letter.number,
        "kind": LetterKind(letter.kind).label,
        "reply": reply,
        "entry": entry,
        "entry_title": str(entry.published_version or entry) if entry else "",
        "page": site + entry.get_absolute_url() if entry and entry.slug else "",
        "receipt": site + receipt,
        "review": site + letter.get_absolute_url(),
        "choose": site + reverse("kunskapsbank:mail_preferences"),
    }
    text = render_to_string(f"kunskapsbank/mail/letter_{template}.txt", context)
    return mail.composed(text, to=to, name=name)
