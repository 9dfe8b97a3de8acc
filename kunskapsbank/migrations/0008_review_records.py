import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("kunskapsbank", "0007_event_reason"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventDetail",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="detail",
                        serialize=False,
                        to="kunskapsbank.reviewevent",
                        verbose_name="händelse",
                    ),
                ),
                (
                    "actor_name",
                    models.CharField(blank=True, max_length=120, verbose_name="namn"),
                ),
                (
                    "name_salt",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="namnets salt"
                    ),
                ),
                ("message", models.TextField(blank=True, verbose_name="meddelande")),
                (
                    "message_salt",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="meddelandets salt"
                    ),
                ),
            ],
            options={
                "verbose_name": "uppgift till händelse",
                "verbose_name_plural": "uppgifter till händelser",
            },
        ),
        migrations.CreateModel(
            name="Actor",
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
                    "ref",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="ogenomskinligt id"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "aktör",
                "verbose_name_plural": "aktörer",
            },
        ),
        migrations.CreateModel(
            name="Claim",
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
                ("until", models.DateTimeField(verbose_name="gäller till")),
                (
                    "moderator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tagen av",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claim",
                        to="kunskapsbank.version",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "tagen granskning",
                "verbose_name_plural": "tagna granskningar",
            },
        ),
        migrations.CreateModel(
            name="LicenceGrant",
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
                ("lock", models.PositiveIntegerField(verbose_name="textens nummer")),
                ("licence", models.CharField(max_length=40, verbose_name="licens")),
                ("granted_at", models.DateTimeField(verbose_name="tidpunkt")),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="upplåten av",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licence_grants",
                        to="kunskapsbank.version",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "upplåtelse",
                "verbose_name_plural": "upplåtelser",
            },
        ),
        migrations.CreateModel(
            name="Appeal",
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
                ("declined_at", models.DateTimeField(verbose_name="gäller beslutet")),
                ("appealed_at", models.DateTimeField(verbose_name="begärd")),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="besvarad"
                    ),
                ),
                (
                    "granted",
                    models.BooleanField(blank=True, null=True, verbose_name="bifallen"),
                ),
                (
                    "declined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beslutat av",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="kunskapsbank.version",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "begäran om omprövning",
                "verbose_name_plural": "begäranden om omprövning",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "declined_at"),
                        name="kunskapsbank_appeal_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("granted", None)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("granted__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="kunskapsbank_appeal_answered_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
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
                ("lock", models.PositiveIntegerField(verbose_name="textens nummer")),
                ("text", models.JSONField(verbose_name="text")),
                ("made_at", models.DateTimeField(verbose_name="tidpunkt")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="kunskapsbank.version",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "inlämnad text",
                "verbose_name_plural": "inlämnade texter",
                "ordering": ["version", "lock"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "lock"), name="kunskapsbank_snapshot_once"
                    )
                ],
            },
        ),
    ]
