"""What is ranked and counted, in the narrow rows that PostgreSQL finds anyway."""

from django.db import migrations


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE search_terms"
            " ADD COLUMN facets text NOT NULL DEFAULT '',"
            " ADD COLUMN confirmed boolean NOT NULL DEFAULT true"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE search_terms DROP COLUMN facets, DROP COLUMN confirmed"
        )


class Migration(migrations.Migration):
    dependencies = [("search", "0006_first_synonyms")]

    operations = [migrations.RunPython(add, drop)]
