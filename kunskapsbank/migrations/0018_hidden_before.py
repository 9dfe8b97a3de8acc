"""What was hidden before anybody had to look at it again waits for that now."""

from django.db import migrations


def fill(apps, schema_editor):
    models = apps.get_app_config("kunskapsbank")
    events = models.get_model("ReviewEvent").objects.filter(act="hidden")
    actors = models.get_model("Actor").objects
    for entry in models.get_model("Entry").objects.filter(state="hidden"):
        event = events.filter(entry=entry).order_by("position").last()
        if event is None:
            continue
        actor = actors.filter(ref=event.actor_ref).first()
        models.get_model("Hiding").objects.get_or_create(
            entry=entry,
            defaults={
                "hidden_at": event.happened_at,
                "hidden_by_id": actor.user_id if actor else None,
            },
        )


def leave(apps, schema_editor):
    """The table goes with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("kunskapsbank", "0017_review_hidden")]

    operations = [migrations.RunPython(fill, leave)]
