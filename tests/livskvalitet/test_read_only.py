"""A database that can only be read, and the switch for maintenance (trust R19, R20)."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from accounts import sessions
from livskvalitet import read_only
from livskvalitet.management.commands.db_worker import RestingWorker
from tests import mail_server
from tests.kunskapsbank import stories
from tests.kunskapsbank.writing import at, stored

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
OURS = {"origin": "http://testserver"}
TEXT = "Vi ställde ut bänkar."
WHY = "Vi byter databas. Klart klockan 14."


@pytest.fixture
def draft():
    return stories.draft(title="Först")


@pytest.fixture
def writer(draft):
    client = Client(raise_request_exception=False)
    client.force_login(draft.author)
    return client


@pytest.fixture
def refusing_database(draft, writer):
    """The database itself refuses to write, as a replica does."""
    if connection.vendor == "sqlite":
        begin, end = "PRAGMA query_only = ON", "PRAGMA query_only = OFF"
    else:
        begin, end = "SET TRANSACTION READ ONLY", "SELECT 1"
        connection.check_constraints()  # what waits for the end of the test would write
    with connection.cursor() as cursor:
        cursor.execute(begin)
        yield
        cursor.execute(end)


@pytest.fixture
def switched(draft, writer):
    read_only.switch(WHY)


def send(client, draft, **headers):
    values = {"lock": draft.lock, "title": "Nytt", "background": TEXT}
    return client.post(at(draft), values, headers=OURS | headers)


def assert_given_back(response, draft):
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert f'<input type="hidden" name="background" value="{TEXT}">' in page
    assert f'action="{at(draft)}"' in page
    assert f"<blockquote><p>{TEXT}</p></blockquote>" in page
    assert stored(draft).title == "Först"


@pytest.mark.trust("R19")
def test_what_was_sent_to_a_database_that_refuses_comes_back(
    writer, draft, refusing_database
):
    response = send(writer, draft)

    assert_given_back(response, draft)


@pytest.mark.trust("R19")
def test_reading_goes_on_in_a_database_that_refuses(
    writer, draft, refusing_database, monkeypatch
):
    monkeypatch.setattr(sessions, "EXACTNESS", -1)  # each page notes the session

    answers = [writer.get(at(draft)), Client().get("/"), Client().get("/tipsa/")]

    assert [each.status_code for each in answers] == [200, 200, 200]


@pytest.mark.trust("R20")
def test_what_was_sent_while_the_switch_is_on_comes_back_with_the_reason(
    writer, draft, switched
):
    response = send(writer, draft)

    assert_given_back(response, draft)
    assert WHY in response.content.decode()


def test_a_script_is_told_why(writer, draft, switched):
    response = send(writer, draft, accept="application/json")

    assert response.status_code == 503
    assert WHY in response.json()["message"]


@pytest.mark.trust("R20")
def test_pages_say_why_and_can_be_read(writer, draft, switched):
    for page in (writer.get(at(draft)), Client().get("/tipsa/"), Client().get("/")):
        assert page.status_code == 200
        assert WHY in page.content.decode()


@pytest.mark.trust("R20")
def test_nobody_signs_in_but_whoever_is_in_may_leave(writer, switched):
    signing_in = Client().post("/konto/logga-in/", {"login": "a@example.se"})
    by_the_city = Client().get("/konto/stad/helsingborg/svar/")
    leaving = writer.post("/konto/logga-ut/")

    assert (signing_in.status_code, by_the_city.status_code) == (503, 503)
    assert "a@example.se" not in signing_in.content.decode()
    assert leaving.status_code == 302


@pytest.mark.trust("R20")
def test_reading_writes_nothing_while_the_switch_is_on(writer, switched, monkeypatch):
    monkeypatch.setattr(sessions, "EXACTNESS", -1)
    with connection.execute_wrapper(_only_reading):
        response = writer.get("/mina-bidrag/")

    assert response.status_code == 200


def _only_reading(execute, sql, params, many, context):
    assert not sql.startswith(("INSERT", "UPDATE", "DELETE")), sql
    return execute(sql, params, many, context)


@pytest.mark.trust("R20")
def test_the_worker_takes_no_task_until_it_is_over(settings, monkeypatch):
    monkeypatch.setattr(mail_server.db_worker, "Worker", RestingWorker)
    with mail_server.serving(settings) as inbox:
        stories.submitted()
        read_only.switch(WHY)
        mail_server.work()
        meanwhile = len(inbox.messages)
        waiting = DBTaskResult.objects.ready().count()
        read_only.switch("")
        mail_server.work()

    assert (meanwhile, waiting > 0) == (0, True)
    assert inbox.messages
    assert not DBTaskResult.objects.ready().exists()


def test_the_command_switches_it_on_and_off(capsys):
    call_command("read_only", WHY)
    on = Client().post("/tipsa/").status_code
    call_command("read_only", "--off")

    assert (on, read_only.reason()) == (503, "")
    assert WHY in capsys.readouterr().out


def test_the_command_wants_a_reason():
    with pytest.raises(CommandError, match="it can be written"):
        call_command("read_only")
