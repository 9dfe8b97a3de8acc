import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0019_tag_aliases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="link",
            name="etag",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="serverns märke"
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="failed_days",
            field=models.PositiveSmallIntegerField(
                default=0, verbose_name="dagar med fel"
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="failing_since",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="fungerar inte sedan"
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="ignored_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="bedömd av",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="is_ignored",
            field=models.BooleanField(
                default=False, verbose_name="felet är falskt larm"
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="last_failed_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="senaste dag med fel"
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="last_modified",
            field=models.CharField(
                blank=True, max_length=100, verbose_name="senast ändrad hos servern"
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="next_check_at",
            field=models.DateTimeField(
                null=True, verbose_name="kontrolleras nästa gång"
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                fields=["next_check_at"], name="kunskapsbank_links_to_check"
            ),
        ),
    ]
