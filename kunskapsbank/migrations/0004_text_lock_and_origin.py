import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("kunskapsbank", "0003_former_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kunskapsbank.version",
                verbose_name="ändrar versionen",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="creation_key",
            field=models.UUIDField(
                blank=True,
                null=True,
                unique=True,
                verbose_name="nyckel då utkastet skapades",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="edited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="redigerad av moderatorn",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="lock",
            field=models.PositiveIntegerField(default=0, verbose_name="textens nummer"),
        ),
        migrations.AddField(
            model_name="version",
            name="public_name",
            field=models.CharField(
                blank=True,
                choices=[
                    ("name", "mitt namn"),
                    ("organisation", "organisationens namn"),
                    ("none", "inget namn"),
                ],
                max_length=20,
                verbose_name="namn som visas",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kunskapsbank.version",
                verbose_name="ersatte versionen",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="sequence",
            field=models.PositiveBigIntegerField(
                default=0, verbose_name="flikens sparning"
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="submission_key",
            field=models.UUIDField(
                blank=True,
                null=True,
                unique=True,
                verbose_name="nyckel då texten skickades in",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="tab",
            field=models.CharField(
                blank=True, max_length=64, verbose_name="flik som sparade senast"
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="writers",
            field=models.ManyToManyField(
                blank=True,
                related_name="written_versions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="har skrivit i texten",
            ),
        ),
    ]
