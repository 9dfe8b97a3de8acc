from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0004_editions_begin_as_proposals")]

    operations = [
        migrations.RemoveConstraint(
            model_name="viljeinriktning",
            name="programme_viljeinriktning_slug_not_reserved",
        ),
        migrations.AddConstraint(
            model_name="viljeinriktning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("slug__in", ["andringar", "hela", "jamfor", "kapitel", "pdf"]),
                    _negated=True,
                ),
                name="programme_viljeinriktning_slug_not_reserved",
                violation_error_message="Adressdelen är upptagen av en annan sida.",
            ),
        ),
    ]
