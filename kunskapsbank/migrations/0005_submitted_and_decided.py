import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("kunskapsbank", "0004_text_lock_and_origin"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="beslutad"),
        ),
        migrations.AddField(
            model_name="version",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="beslutad av",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="submitted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="inskickad"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "draft"), ("submitted_at", None)),
                    models.Q(
                        ("status__in", ["submitted", "returned", "declined"]),
                        ("submitted_at__isnull", False),
                    ),
                    ("status__in", ["published", "replaced"]),
                    _connector="OR",
                ),
                name="kunskapsbank_submitted_at_tells_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at", None), ("status__in", ["draft", "submitted"])
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("status__in", ["returned", "declined"]),
                    ),
                    models.Q(
                        ("decided_at", None),
                        ("status__in", ["published", "replaced"]),
                        ("submitted_at", None),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("status__in", ["published", "replaced"]),
                        ("submitted_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="kunskapsbank_decided_at_tells_status",
            ),
        ),
    ]
