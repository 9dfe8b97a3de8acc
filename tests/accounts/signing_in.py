"""People who sign in, and the mails they get, for the tests of it."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.core import mail
from django_tasks_db.models import DBTaskResult

from accounts import notifications
from tests.factories import TOTP_SECRET, UserFactory

PASSWORD = "vatten och luft i staden"
LOGIN = "/konto/logga-in/"
ASK_FOR_CODE = "/konto/logga-in/ny-kod/"
ENTER_CODE = "/konto/logga-in/kod/"
SECOND_STEP = "/konto/logga-in/andra-steget/"
SECURITY = "/konto/sakerhet/"
AFTER = "/mina-bidrag/"
WRONG = "E-postadressen och lösenordet hör inte ihop."


def person(password=PASSWORD, **fields):
    """Somebody whose address is known to be theirs."""
    user = UserFactory(**fields)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


def by_password(client, user, password=PASSWORD, **extra):
    data = {"login": user if isinstance(user, str) else user.email}
    return client.post(LOGIN, {**data, "password": password, **extra})


def ask_for_code(client, email, **extra):
    return client.post(ASK_FOR_CODE, {"email": email, **extra})


def code_in(message):
    return re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", message.body)[0]


def delivered():
    """The mails that wait, sent; in the order in which they were queued."""
    mail.outbox.clear()
    queued = DBTaskResult.objects.filter(task_path=notifications.send_mail.module_path)
    for task in queued.order_by("enqueued_at", "pk"):
        notifications.send_mail.call(*task.args_kwargs["args"])
    queued.delete()
    return list(mail.outbox)


def app_code(offset=0):
    """What an app shows; `offset` in steps of thirty seconds."""
    counter = next(iter(auth.yield_hotp_counters_from_time())) + offset
    return auth.format_hotp_value(auth.hotp_value(TOTP_SECRET, counter))


def is_signed_in(client):
    return "_auth_user_id" in client.session
