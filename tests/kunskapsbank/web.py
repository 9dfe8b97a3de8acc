"""A web that answers as a test wants, and the queue of questions to it, run by hand."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kunskapsbank import asking, links
from kunskapsbank.asking import Answer
from kunskapsbank.enums import LinkState
from kunskapsbank.models import Link

WELL = Answer(LinkState.ANSWERS, 200)
GONE = Answer(LinkState.MISSING, 404)
SILENT = Answer(LinkState.SILENT)


class Web:
    def __init__(self, monkeypatch):
        self.answers = {}
        self.asked = []
        self.marks = []
        monkeypatch.setattr(asking, "ask", self.ask)

    def ask(self, url, *, etag="", last_modified=""):
        self.asked.append(url)
        self.marks.append((etag, last_modified))
        return self.answers.get(url, WELL)

    def run_queue(self, most=100):
        """Do every question that waits, as if the pause before it were over."""
        for _ in range(most):
            queued = self.queued()
            if not queued:
                return
            (groups,) = queued[0].args_kwargs["args"]
            queued[0].delete()
            cache.clear()
            links.check_in_turn.call(groups)
        raise AssertionError("the queue never ends")

    def queued(self):
        path = links.check_in_turn.module_path
        waiting = DBTaskResult.objects.filter(task_path=path)
        return list(waiting.order_by("-priority", "enqueued_at"))


def days_later(link, days=1):
    """Let the past be longer ago: everything known of the link is so much older."""
    past = timedelta(days=days)
    link.refresh_from_db()
    for name in ("next_check_at", "checked_at", "failing_since", "last_failed_on"):
        moment = getattr(link, name)
        setattr(link, name, moment - past if moment else None)
    link.save()
    return link


def make_due(entry):
    Link.objects.filter(entry=entry).update(next_check_at=timezone.now())
