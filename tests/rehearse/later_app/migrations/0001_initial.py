from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kunskapsbank", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Later",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("note", models.TextField(default="")),
                (
                    "entry",
                    models.ForeignKey("kunskapsbank.entry", models.CASCADE, null=True),
                ),
            ],
        ),
    ]
