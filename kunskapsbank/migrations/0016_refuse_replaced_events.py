from django.db import migrations

from kunskapsbank import chain


def install(apps, schema_editor):
    chain.install_append_only(schema_editor)


class Migration(migrations.Migration):
    """The triggers anew, since SQLite needs one more; back again changes nothing."""

    dependencies = [("kunskapsbank", "0015_add_typed")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
