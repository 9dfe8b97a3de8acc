from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0007_facets_beside_the_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="MissedSearch",
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
                ("query", models.CharField(max_length=100, verbose_name="sökning")),
                ("day", models.DateField(verbose_name="dag")),
                ("visits", models.PositiveIntegerField(verbose_name="antal besök")),
            ],
            options={
                "verbose_name": "sökning utan träff",
                "verbose_name_plural": "sökningar utan träff",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("query", "day"), name="search_missed_once_a_day"
                    )
                ],
            },
        ),
    ]
