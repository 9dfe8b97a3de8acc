import pytest
from django.db import IntegrityError, connection, transaction

from kunskapsbank import chain
from kunskapsbank.models import Entry, ReviewEvent

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def event():
    return ReviewEvent.objects.order_by("pk").first()


@pytest.fixture
def unguarded():
    """The table without its triggers, as for somebody who writes in the file."""
    chain.remove_append_only(connection.schema_editor())


def rewrite(event, column, value):
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE kunskapsbank_reviewevent SET {column} = %s WHERE id = %s",
            [value, event.pk],
        )


def events_of(event):
    return ReviewEvent.objects.filter(entry=event.entry_id).order_by("position")


def test_every_loaded_chain_is_whole():
    entries = Entry.objects.prefetch_related("events")

    assert entries.count() == 60
    assert all(chain.is_whole(entry.events.all()) for entry in entries)


def test_database_refuses_to_change_an_event(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        rewrite(event, "actor_ref", "someone")

    event.refresh_from_db()
    assert event.actor_ref == ""


def test_database_refuses_to_delete_an_event(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        event.delete()

    assert ReviewEvent.objects.filter(act=event.act).count() == 60


def test_database_refuses_to_delete_all_events():
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewEvent.objects.all().delete()

    assert ReviewEvent.objects.count() == 60


def test_database_refuses_to_write_over_an_event(event):
    """SQLite does not ask the trigger on DELETE then."""
    again = "kunskapsbank_reviewevent SELECT * FROM kunskapsbank_reviewevent"
    statement = {
        "sqlite": f"INSERT OR REPLACE INTO {again} WHERE id = %s",
        "postgresql": (
            f"INSERT INTO {again} WHERE id = %s ON CONFLICT (id) DO UPDATE SET act = ''"
        ),
    }[connection.vendor]

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [event.pk])

    assert chain.is_whole(events_of(event))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "declined"),
        ("actor_ref", "someone"),
        ("from_status", "draft"),
        ("to_status", "declined"),
        ("version_number", 7),
        ("position", 2),
        ("name_hash", "0" * 64),
        ("message_hash", "0" * 64),
        ("happened_at", "2001-01-01 00:00:00+00:00"),
        ("previous_hash", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_chain_is_broken_when_a_row_is_altered(unguarded, event, column, value):
    assert chain.is_whole(events_of(event))

    rewrite(event, column, value)

    assert not chain.is_whole(events_of(event))


def test_chain_is_broken_when_a_row_is_gone(unguarded, event):
    second = ReviewEvent(
        entry=event.entry,
        position=2,
        version_number=1,
        act=event.act,
        happened_at=event.happened_at,
        previous_hash=event.hash,
    )
    second.hash = chain.event_hash(second)
    second.save()
    assert chain.is_whole(events_of(event))

    event.delete()

    assert not chain.is_whole(ReviewEvent.objects.filter(pk=second.pk))


def test_triggers_can_be_put_back(unguarded, event):
    chain.install_append_only(connection.schema_editor())

    with pytest.raises(IntegrityError), transaction.atomic():
        rewrite(event, "actor_ref", "someone")
