from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0003_add_heirs")]

    operations = [
        migrations.AlterField(
            model_name="edition",
            name="status",
            field=models.CharField(
                choices=[
                    ("in_force", "gäller"),
                    ("ended", "har upphört"),
                    ("proposal", "förslag"),
                ],
                default="proposal",
                max_length=20,
                verbose_name="läge",
            ),
        ),
        migrations.AlterField(
            model_name="historicaledition",
            name="status",
            field=models.CharField(
                choices=[
                    ("in_force", "gäller"),
                    ("ended", "har upphört"),
                    ("proposal", "förslag"),
                ],
                default="proposal",
                max_length=20,
                verbose_name="läge",
            ),
        ),
    ]
