"""python -m tests.rehearse.desk: what people have done before the rehearsal begins, and
the session of a moderator; as JSON. Runs as one of the site's own processes."""

import json
import os
import sys

import django


def waiting_text() -> dict[str, object]:
    """A text with a document that a moderator, who is signed in, may publish."""
    from django.conf import settings
    from django.test import Client

    from tests.kunskapsbank import samples, stories
    from tests.kunskapsbank.test_files_serving import attach

    version = stories.draft()
    made = attach(version, "plan.pdf", samples.document())
    version = stories.hand_in(version)
    client = Client()
    client.force_login(stories.moderator())
    name = settings.SESSION_COOKIE_NAME
    return {
        "pk": version.pk,
        "lock": version.lock,
        "file": made.get_absolute_url(),
        "session": f"{name}={client.cookies[name].value}",
        "csrf": settings.CSRF_COOKIE_NAME,
    }


def leave_due(names: list[str]) -> dict[str, object]:
    """Let all jobs but these have been run already."""
    from django.utils import timezone

    from accounts.models import ScheduledJob
    from livskvalitet.schedule import jobs

    now = timezone.now()
    done = {"due_at": now, "started_at": now, "finished_at": now}
    for job in jobs():
        if job.name not in names:
            ScheduledJob.objects.create(name=job.name, **done)
    return {"due": names}


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livskvalitet.settings")
    django.setup()
    told = leave_due(arguments) if arguments else waiting_text()
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
