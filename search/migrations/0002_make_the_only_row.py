from django.db import migrations


def make_the_only_row(apps, schema_editor):
    apps.get_model("search", "ContentGeneration").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(
            make_the_only_row, migrations.RunPython.noop, elidable=False
        )
    ]
