import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0021_collections"),
    ]

    operations = [
        migrations.CreateModel(
            name="FreshnessQuestion",
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
                ("asked_at", models.DateTimeField(verbose_name="frågat")),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="besvarat"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "stämmer fortfarande"),
                            ("change", "ska ändras"),
                            ("withdraw", "ska tas tillbaka"),
                        ],
                        max_length=20,
                        verbose_name="svar",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="freshness_questions",
                        to="kunskapsbank.entry",
                        verbose_name="bidrag",
                    ),
                ),
            ],
            options={
                "verbose_name": "fråga om det stämmer",
                "verbose_name_plural": "frågor om det stämmer",
                "indexes": [
                    models.Index(
                        fields=["entry", "asked_at"], name="kunskapsbank_asked_when"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="kunskapsbank_freshness_answered_with_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpfulAnswer",
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
                ("is_helpful", models.BooleanField(verbose_name="hjälpte")),
                (
                    "text",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="rad till granskarna"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="svarat"),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="sedd av en granskare"
                    ),
                ),
                (
                    "key",
                    models.UUIDField(unique=True, verbose_name="formulärets nyckel"),
                ),
                (
                    "network",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="nätets kontrollsumma"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="helpful_answers",
                        to="kunskapsbank.entry",
                        verbose_name="bidrag",
                    ),
                ),
            ],
            options={
                "verbose_name": "svar på om bidraget hjälpte",
                "verbose_name_plural": "svar på om bidragen hjälpte",
                "indexes": [
                    models.Index(
                        fields=["seen_at", "created_at"],
                        name="kunskapsbank_helpful_unseen",
                    )
                ],
            },
        ),
    ]
