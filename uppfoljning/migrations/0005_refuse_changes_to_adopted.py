from django.db import migrations

from uppfoljning import frozen_tables


def install(apps, schema_editor):
    frozen_tables.install(schema_editor)


def remove(apps, schema_editor):
    frozen_tables.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("uppfoljning", "0004_add_reports")]

    operations = [migrations.RunPython(install, remove)]
