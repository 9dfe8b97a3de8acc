"""Mail to whoever follows a list: the question whether they want to, and the signed
addresses that each mail carries.

A token holds the keys of subscriptions and never an address; it is of no use once they
are erased.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from accounts import mail
from kunskapsbank.models import Subscription

LINK_LASTS = timedelta(days=7)
CONFIRM = "kunskapsbank.following.confirm"
MANAGE = "kunskapsbank.following.manage"
STOP = "kunskapsbank.following.stop"


def token_of(salt: str, subscriptions: Iterable[Subscription]) -> str:
    return signing.dumps([each.pk for each in subscriptions], salt=salt)


def keys_in(token: str, salt: str, *, max_age: timedelta | None = None) -> list[int]:
    """The keys of the subscriptions that a signed address is about, whether or not
    they are there. Raises BadSignature when it is not ours, or is too old."""
    return signing.loads(token, salt=salt, max_age=max_age)


def of_same_address(keys: Iterable[int]):
    """All that the address follows, or has been asked about; none when every one of
    `keys` is erased."""
    known = Subscription.objects.filter(pk__in=list(keys)).values("email")[:1]
    return Subscription.objects.filter(email=known).order_by("pk")


def address_of(name: str, token: str) -> str:
    return settings.SITE_ADDRESS + reverse(f"kunskapsbank:{name}", args=[token])


def composed(
    template: str, *, to: str, name: str, own: list[Subscription], **context: object
) -> EmailMessage:
    """A mail that says how to change and how to stop, in its text and in the headers
    that mail programs show a button for (RFC 8058). `own` are all of the address."""
    stop = address_of("stop_following", token_of(STOP, own))
    context |= {
        "manage": address_of("manage_following", token_of(MANAGE, own)),
        "stop": stop,
    }
    text = render_to_string(f"kunskapsbank/mail/{template}.txt", context)
    message = mail.composed(text, to=to, name=name)
    message.extra_headers["List-Unsubscribe"] = f"<{stop}>"
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


@task()
def send_confirmation(pk: int, asked_at: str, attempt: int = 0) -> None:
    """Ask whether they want to follow; tell who does already how to change it."""
    found = Subscription.objects.filter(pk=pk).first()
    if found is None:
        return
    own = list(of_same_address([pk]))
    message = composed(
        "follow_known" if found.confirmed_at else "follow_confirm",
        to=found.email,
        name=f"folj-{pk}-{asked_at}".replace(":", "."),
        own=own,
        query=found.query,
        frequency=found.get_frequency_display(),
        confirm=address_of("confirm_following", token_of(CONFIRM, [found])),
        follows_more=any(each.confirmed_at for each in own),
    )
    mail.send(message, task=send_confirmation, args=[pk, asked_at], attempt=attempt)
