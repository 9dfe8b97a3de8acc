import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0022_freshness"),
    ]

    operations = [
        migrations.CreateModel(
            name="Subscription",
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
                    "email",
                    models.EmailField(max_length=254, verbose_name="e-postadress"),
                ),
                (
                    "query",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="sökning"
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("daily", "Högst en gång om dagen"),
                            ("weekly", "Högst en gång i veckan"),
                        ],
                        max_length=10,
                        verbose_name="hur ofta",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="anmäld"),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="bekräftad"
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="senast begärd"
                    ),
                ),
                (
                    "asked",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="gånger begärd"
                    ),
                ),
                (
                    "told_until",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        verbose_name="berättat till och med",
                    ),
                ),
                (
                    "network",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="nätets kontrollsumma"
                    ),
                ),
            ],
            options={
                "verbose_name": "prenumeration",
                "verbose_name_plural": "prenumerationer",
                "indexes": [
                    models.Index(
                        fields=["frequency", "told_until"], name="kunskapsbank_to_tell"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("email", "query"), name="kunskapsbank_followed_once"
                    )
                ],
            },
        ),
    ]
