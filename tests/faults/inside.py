"""What the tests of faults ask a process with the site's own database to do."""

import json
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import CommandError, call_command
from django.db import close_old_connections, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django_tasks_db.models import DBTaskResult

from kunskapsbank import chain
from kunskapsbank.models import (
    ReviewEvent,
    StoredFile,
    Version,
    VersionAttachment,
)
from kunskapsbank.uploads import storage
from tests.factories import UserFactory
from tests.kunskapsbank import samples, stories

WRITES = ("INSERT", "UPDATE", "DELETE")


def tell(code):
    """Print what the code gives; the database may have been away since the last."""
    close_old_connections()
    print(json.dumps(eval(code, {"inside": sys.modules[__name__]})))


def prepare(count):
    """An author who is signed in, with so many drafts that are ready to send in."""
    author = stories.author()
    drafts = [stories.draft(author, title=f"Bänk {n}") for n in range(count)]
    session = _session(author)
    _visit(session, drafts[0].pk)
    return {
        "session": session,
        "drafts": [
            {"pk": each.pk, "lock": each.lock, "key": str(uuid4())} for each in drafts
        ],
    }


def _visit(session, pk):
    """Read what the children read, so that they need not compile it each."""
    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    for page in ("kontrollera", "filer"):
        client.get(f"/bidra/{pk}/{page}/")


def _session(person):
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store.session_key


def status(pk):
    return Version.objects.get(pk=pk).status


def wholeness(pk):
    """Whether the text is handed in with all that belongs to it, or not at all; else
    what there is of it."""
    version = Version.objects.get(pk=pk)
    parts = {
        "status": version.status == "submitted",
        "time": version.submitted_at is not None,
        "event": ReviewEvent.objects.filter(entry=version.entry).exists(),
        "licence": version.licence_grants.exists(),
        "task": any(
            task.args_kwargs["args"] == [pk]
            for task in DBTaskResult.objects.filter(task_path__endswith="check_links")
        ),
    }
    if all(parts.values()):
        return "whole"
    return parts if any(parts.values()) else "nothing"


def die_submitting(prepared, number, draft=0):
    """Whether the process that hands in a draft was killed at its write `number`."""
    own = prepared["drafts"][draft]
    data = {"lock": own["lock"], "key": own["key"], "grants_licence": "on"}
    return _die(prepared, number, f"/bidra/{own['pk']}/kontrollera/", data)


def die_uploading(prepared, number, draft=0):
    """The same for adding a picture."""
    pk = prepared["drafts"][draft]["pk"]
    data = {"file": samples.upload("bild.png")}
    return _die(prepared, number, f"/bidra/{pk}/filer/", data)


def _die(prepared, number, address, data):
    """A child does the POST and kills itself, as kill -9 does, after that write."""
    connections.close_all()
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    with suppress(BaseException):
        client = Client(headers={"host": "localhost"})
        client.cookies[settings.SESSION_COOKIE_NAME] = prepared["session"]
        with connection.execute_wrapper(_killer(number)):
            client.post(address, data)
    os._exit(0)


def _killer(number):
    written = 0

    def execute(execute, sql, params, many, context):
        nonlocal written
        result = execute(sql, params, many, context)
        written += sql.startswith(WRITES)
        if written == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return execute


def saved(pk):
    """The summary as it is kept."""
    return Version.objects.get(pk=pk).summary


def files(pk):
    """Rows of a draft's files, and names that are kept without a row."""
    rows = StoredFile.objects.all()
    known = {name for each in rows for name in (each.stored_name, each.thumbnail_name)}
    return {
        "attached": VersionAttachment.objects.filter(version=pk).count(),
        "rows": len(rows),
        "all_there": all(storage.exists(each) for each in known if each),
        "strays": len([each for each in storage.names() if each not in known]),
    }


def sweep_as_tomorrow():
    """What the nightly sweep leaves behind when what is there has become old."""
    from datetime import timedelta

    from kunskapsbank.uploads import sweeping

    sweeping.GRACE = timedelta(0)
    StoredFile.objects.update(created_at="2020-01-01T00:00Z")
    sweeping.sweep()
    return [StoredFile.objects.count(), len(list(storage.names()))]


def migrate(*target):
    """What `migrate` said when it gave up; empty when it did not."""
    try:
        call_command("migrate", *target, verbosity=0)
    except CommandError as fault:
        return str(fault)
    return ""


def applied(app):
    names = MigrationRecorder(connection).applied_migrations()
    return sorted(name for label, name in names if label == app)


def prepare_many(count, of_each=5):
    """A moderator, and authors with some drafts each, all signed in."""
    moderator = UserFactory(moderator=True, name="Mo Lind")
    drafts = []
    for number in range(0, count, of_each):
        author = UserFactory(
            contributor=True, name="Ida Dahl", email=f"ida{number}@example.se"
        )
        session = _session(author)
        for each in range(of_each):
            draft = stories.draft(author, title=f"Bänk {number + each}")
            own = {"pk": draft.pk, "lock": draft.lock, "key": str(uuid4())}
            drafts.append(own | {"session": session})
    return {"moderator": _session(moderator), "drafts": drafts}


def lost(saved, reached):
    """What was acknowledged and is not so: texts, what they reached, whole chains."""
    versions = Version.objects.in_bulk([*saved, *reached])
    found = []
    for pk, number in saved.items():
        told = int("".join(filter(str.isdigit, versions[pk].summary)) or 0)
        if told < number:
            found.append(f"{pk}: saved {number}, has {told}")
    for pk, status in reached.items():
        if versions[pk].status not in {status, "published"}:
            found.append(f"{pk}: was {status}, is {versions[pk].status}")
        if not chain.is_whole(versions[pk].entry.events.order_by("position")):
            found.append(f"{pk}: the chain is broken")
    return found
