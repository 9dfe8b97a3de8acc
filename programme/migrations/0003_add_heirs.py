import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_lineage_into_an_edition")]

    operations = [
        migrations.CreateModel(
            name="Heir",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
            ],
            options={
                "verbose_name": "arvtagare",
                "verbose_name_plural": "arvtagare",
            },
        ),
        migrations.AddField(
            model_name="heir",
            name="earlier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="heirs",
                to="programme.prioritering",
                verbose_name="tidigare prioritering",
            ),
        ),
        migrations.AddField(
            model_name="heir",
            name="today",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="heir_of",
                to="programme.prioritering",
                verbose_name="prioritering i dag",
            ),
        ),
        migrations.AddConstraint(
            model_name="heir",
            constraint=models.UniqueConstraint(
                fields=("earlier", "today"), name="programme_heir_once"
            ),
        ),
    ]
