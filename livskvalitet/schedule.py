"""All that is run by the clock: one table for `manage.py run_schedule`.

docs/drift.md says what each does, and a test compares the two.
"""

from datetime import time, timedelta

from django.conf import settings

from accounts.schedule import Daily, Every, Job

OFTEN = Every(timedelta(minutes=10))
NIGHT = Daily(time(2, 30))
MORNING = Daily(time(6, 30))
# It ends as failed when it finds a fault.
DOCTOR = "doctor"


def jobs() -> list[Job]:
    """In the order that those of one time are run."""
    logs = tuple(settings.ACCESS_LOGS)
    counted = [
        Job("count_searches", NIGHT, logs),
        Job("count_views", NIGHT, logs),
    ]
    return [
        Job("sweep_tasks", OFTEN),
        Job("mend_static", OFTEN),
        Job("backup", NIGHT, ("--keep", "30")),  # before the others change anything
        Job("sweep_drafts", NIGHT),
        Job("sweep_initiative_drafts", NIGHT),
        Job("sweep_files", NIGHT),
        Job("sweep_people", NIGHT),
        Job("sweep_followers", NIGHT),
        Job("erase_senders", NIGHT),
        Job("check_addresses", NIGHT),
        Job("import_kolada", NIGHT),
        *(counted if logs else []),
        Job("export_static", NIGHT),
        Job("ask_freshness", MORNING),
        Job("remind_assessments", MORNING),
        Job("send_digests", MORNING),
        Job("send_follow_digests", MORNING),
        Job(DOCTOR, MORNING),
    ]
