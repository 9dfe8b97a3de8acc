import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0018_hidden_before"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.CreateModel(
            name="TagEvent",
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
                    "act",
                    models.CharField(
                        choices=[
                            ("renamed", "bytte namn"),
                            ("merged", "slogs ihop"),
                            ("split", "delades"),
                            ("forbidden", "förbjöds"),
                            ("allowed", "tilläts igen"),
                        ],
                        max_length=20,
                        verbose_name="händelse",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="ämne")),
                (
                    "other",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        verbose_name="annat ämne eller namn",
                    ),
                ),
                (
                    "happened_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="när"),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
            ],
            options={
                "verbose_name": "händelse med ämne",
                "verbose_name_plural": "händelser med ämnen",
                "ordering": ["-happened_at", "-pk"],
            },
        ),
    ]
