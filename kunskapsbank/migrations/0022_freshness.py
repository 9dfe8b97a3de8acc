import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0021_collections"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reviewevent",
            name="act",
            field=models.CharField(
                choices=[
                    ("loaded", "inläst vid starten"),
                    ("submitted", "inskickat"),
                    ("taken_back", "taget tillbaka före beslut"),
                    ("returned", "komplettering begärd"),
                    ("resubmitted", "inskickat igen"),
                    ("edited_by_moderator", "redigerat av en moderator"),
                    ("published", "publicerat"),
                    ("replaced", "ersatt av en nyare version"),
                    ("declined", "avböjt"),
                    ("appealed", "omprövning begärd"),
                    ("appeal_granted", "granskas på nytt efter omprövning"),
                    ("appeal_denied", "avböjt även efter omprövning"),
                    ("publication_undone", "publiceringen ångrad"),
                    ("restored", "publicerat på nytt"),
                    ("suppressed", "undantaget ur den öppna historiken"),
                    ("hidden", "dolt"),
                    ("hiding_objected", "omprövning av döljandet begärd"),
                    ("hiding_upheld", "döljandet omprövat, bidraget förblir dolt"),
                    ("shown_again", "visat på nytt"),
                    ("withdrawn", "återtaget"),
                    ("handed_over", "överlämnat"),
                    ("owner_added", "fler ägare"),
                    ("address_changed", "ny adress"),
                    ("confirmed", "bekräftat att det stämmer"),
                ],
                max_length=20,
                verbose_name="händelse",
            ),
        ),
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
                    "reminded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="påmint"),
                ),
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
