import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0018_hidden_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="is_forbidden",
            field=models.BooleanField(
                default=False,
                help_text="Ämnet visas ingenstans och går inte att skriva på nya bidrag.",
                verbose_name="får inte användas",
            ),
        ),
        migrations.CreateModel(
            name="TagAlias",
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
                (
                    "key",
                    models.CharField(
                        max_length=100, unique=True, verbose_name="nyckel"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        max_length=100, unique=True, verbose_name="tidigare adressdel"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="kunskapsbank.tag",
                        verbose_name="ämne",
                    ),
                ),
            ],
            options={
                "verbose_name": "tidigare namn på ämne",
                "verbose_name_plural": "tidigare namn på ämnen",
            },
        ),
    ]
