import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0002_append_only_review_events"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntrySlug",
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
                    "slug",
                    models.SlugField(
                        max_length=120, unique=True, verbose_name="tidigare adressdel"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="skapad"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="old_slugs",
                        to="kunskapsbank.entry",
                        verbose_name="bidrag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tidigare adress",
                "verbose_name_plural": "tidigare adresser",
            },
        ),
    ]
