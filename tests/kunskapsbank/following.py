"""Addresses that follow lists, for tests."""

from datetime import timedelta
from io import StringIO

from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django.utils.timezone import localtime
from django_tasks_db.models import DBTaskResult
from time_machine import travel

from kunskapsbank import workflow
from kunskapsbank.enums import Frequency
from kunskapsbank.follow_mail import token_of
from kunskapsbank.models import Subscription
from tests import mail_server
from tests.kunskapsbank import letter_stories, stories

DAY = timedelta(days=1)
EMAIL = "ada@example.se"
FORM = "/folj/"


def form(**values):
    """The form as a person sends it."""
    sent = {"email": EMAIL, "frequency": "weekly", "stamp": letter_stories.stamp()}
    return sent | values


def asked(email=EMAIL, query="", frequency=Frequency.WEEKLY):
    workflow.follow(email, query=query, frequency=frequency)
    return Subscription.objects.get(email=email, query=query)


def follower(email=EMAIL, query="", frequency=Frequency.DAILY, days=2):
    """Confirmed, and told of all that was published until so many days ago."""
    found = asked(email, query, frequency)
    found.told_until = timezone.now() - timedelta(days=days)
    found.confirmed_at = found.told_until
    found.save()
    return found


def address(act, salt, *subscriptions):
    return f"/folj/{act}/{token_of(salt, subscriptions)}/"


def send(*options):
    """Run the command; gives what it says."""
    out = StringIO()
    call_command("send_follow_digests", *options, stdout=out)
    return out.getvalue().strip()


def mail_tasks(name):
    return DBTaskResult.objects.filter(task_path__endswith=f".{name}")


def some_morning():
    """A month on, so that the launch contributions are no news."""
    later = localtime(timezone.now() + timedelta(days=30))
    return later.replace(hour=7, minute=0, second=0, microsecond=0)


def published(moment=None, **values):
    with travel(moment or timezone.now() - timedelta(hours=3), tick=False):
        return stories.published(**values)


def news():
    """The mails of followers that are sent now."""
    mail_server.work()
    mail.outbox.clear()
    send()
    mail_server.work()
    return list(mail.outbox)


def news_on(moment):
    with travel(moment, tick=False):
        return news()
