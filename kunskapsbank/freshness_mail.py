"""The yearly question whether what a contribution says still holds, by mail.

Each link is signed for one question and one person. The pages that it leads to write
nothing until somebody presses a button, since mail scanners open links.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from accounts import mail
from accounts.models import User
from kunskapsbank.enums import Status
from kunskapsbank.models import Entry, FreshnessQuestion
from kunskapsbank.permissions import has_part

SALT = "kunskapsbank.freshness"
LINK_LASTS = timedelta(days=60)


def token_of(question: FreshnessQuestion, recipient: User) -> str:
    """What the secret address of an answer holds."""
    return signing.dumps([question.pk, recipient.pk], salt=SALT)


def read_token(token: str) -> tuple[FreshnessQuestion | None, User | None]:
    """The question and the person a secret address is for; None for what is gone.

    Raises signing.SignatureExpired after 60 days, and BadSignature for what is not
    ours.
    """
    question_pk, user_pk = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    questions = FreshnessQuestion.objects.select_related("entry")
    return (
        questions.filter(pk=question_pk).first(),
        User.objects.filter(pk=user_pk).first(),
    )


def recipients(entry: Entry) -> set[int]:
    """The keys of those to ask: who wrote the published text and who owns it, with
    accounts that are open."""
    people = set(entry.owners.filter(is_active=True).values_list("pk", flat=True))
    published = entry.versions.filter(status=Status.PUBLISHED, author__is_active=True)
    return people | set(published.values_list("author", flat=True))


@task()
def send_questions(
    user_pk: int, question_pks: list[int], day: str, attempt: int = 0
) -> None:
    """One mail of all that a person is asked that day, less what is answered since."""
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    waiting = FreshnessQuestion.objects.waiting().filter(pk__in=question_pks)
    asked = [
        question
        for question in waiting.select_related("entry")
        if user and has_part(user, question.entry)
    ]
    if user is None or not asked:
        return
    about = [_asked(question, user) for question in asked]
    context = {"asked": about, "count": len(about), "days": LINK_LASTS.days}
    text = render_to_string("kunskapsbank/mail/freshness.txt", context)
    message = mail.composed(text, to=user.email, name=f"aktualitet-{day}-{user_pk}")
    args = [user_pk, question_pks, day]
    mail.send(message, task=send_questions, args=args, attempt=attempt)


def _asked(question: FreshnessQuestion, user: User) -> dict[str, object]:
    path = reverse("kunskapsbank:still_true", args=[token_of(question, user)])
    return {
        "number": question.entry.number,
        "version": question.entry.published_version,
        "is_reminder": question.reminded_at is not None,
        "address": settings.SITE_ADDRESS + path,
    }
