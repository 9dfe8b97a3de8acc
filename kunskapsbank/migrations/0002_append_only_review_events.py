from django.db import migrations

from kunskapsbank import chain


def install(apps, schema_editor):
    chain.install_append_only(schema_editor)


def remove(apps, schema_editor):
    chain.remove_append_only(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("kunskapsbank", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
