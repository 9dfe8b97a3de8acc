"""The table of the database cache, where throttles count for all processes."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command(
        "createcachetable",
        "cache",
        database=schema_editor.connection.alias,
        verbosity=0,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_add_roles")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
