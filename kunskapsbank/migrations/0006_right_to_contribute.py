from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0005_submitted_and_decided"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="version",
            options={
                "ordering": ["entry", "number"],
                "permissions": [
                    ("contribute", "kan bidra"),
                    ("moderate_version", "kan granska bidrag"),
                ],
                "verbose_name": "version",
                "verbose_name_plural": "versioner",
            },
        ),
    ]
