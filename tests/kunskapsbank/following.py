"""Addresses that follow lists, for tests."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kunskapsbank import workflow
from kunskapsbank.enums import Frequency
from kunskapsbank.follow_mail import token_of
from kunskapsbank.models import Subscription
from tests.kunskapsbank import letter_stories

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
