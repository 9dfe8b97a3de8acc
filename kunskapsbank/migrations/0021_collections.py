import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import search.sorting


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0020_link_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CollectedEntry",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="plats")),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="varför det är med"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collected_entries",
                        to="kunskapsbank.entry",
                        verbose_name="bidrag",
                    ),
                ),
            ],
            options={
                "verbose_name": "bidrag i samling",
                "verbose_name_plural": "bidrag i samlingar",
                "ordering": ["collection", "position"],
            },
        ),
        migrations.CreateModel(
            name="Collection",
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
                ("title", models.CharField(max_length=140, verbose_name="rubrik")),
                (
                    "slug",
                    models.SlugField(
                        max_length=120, unique=True, verbose_name="adressdel"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                (
                    "is_published",
                    models.BooleanField(default=False, verbose_name="syns för alla"),
                ),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="skapad"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(auto_now=True, verbose_name="ändrad"),
                ),
                (
                    "lock",
                    models.PositiveIntegerField(
                        default=0, verbose_name="textens nummer"
                    ),
                ),
                (
                    "sort_key",
                    search.sorting.SortKeyField(
                        db_index=True, editable=False, max_length=200, of="title"
                    ),
                ),
                (
                    "entries",
                    models.ManyToManyField(
                        related_name="collections",
                        through="kunskapsbank.CollectedEntry",
                        to="kunskapsbank.entry",
                        verbose_name="bidrag",
                    ),
                ),
            ],
            options={
                "verbose_name": "samling",
                "verbose_name_plural": "samlingar",
                "ordering": ["sort_key"],
            },
        ),
        migrations.AddField(
            model_name="collectedentry",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="collected_entries",
                to="kunskapsbank.collection",
                verbose_name="samling",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalCollection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=140, verbose_name="rubrik")),
                ("slug", models.SlugField(max_length=120, verbose_name="adressdel")),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                (
                    "is_published",
                    models.BooleanField(default=False, verbose_name="syns för alla"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        blank=True, editable=False, verbose_name="skapad"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        blank=True, editable=False, verbose_name="ändrad"
                    ),
                ),
                (
                    "lock",
                    models.PositiveIntegerField(
                        default=0, verbose_name="textens nummer"
                    ),
                ),
                (
                    "sort_key",
                    search.sorting.SortKeyField(
                        db_index=True, editable=False, max_length=200, of="title"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historik för samling",
                "verbose_name_plural": "historik för samling",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="collectedentry",
            constraint=models.UniqueConstraint(
                fields=("collection", "entry"), name="kunskapsbank_collected_once"
            ),
        ),
    ]
