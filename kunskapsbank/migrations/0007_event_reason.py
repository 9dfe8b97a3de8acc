from django.db import migrations, models

from kunskapsbank import chain


def install(apps, schema_editor):
    chain.install_append_only(schema_editor)


def remove(apps, schema_editor):
    chain.remove_append_only(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0006_right_to_contribute"),
    ]

    operations = [
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name="reviewevent",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("threat", "olaga hot"),
                    ("privacy_crime", "olaga integritetsintrång"),
                    ("incitement", "uppvigling"),
                    ("hate_speech", "hets mot folkgrupp"),
                    ("child_abuse", "barnpornografibrott"),
                    ("violence", "olaga våldsskildring"),
                    (
                        "terrorism",
                        "offentlig uppmaning till särskilt allvarlig brottslighet",
                    ),
                    ("copyright", "uppenbart intrång i upphovsrätten"),
                    ("personal_data", "uppgifter om någon som inte har sagt ja"),
                    ("out_of_scope", "hör inte till programmet"),
                    ("duplicate", "finns redan i kunskapsbanken"),
                    ("advertising", "reklam"),
                    ("unsourced", "källan saknas eller går inte att kontrollera"),
                    ("too_thin", "för lite för andra att lära av"),
                    ("other", "annat skäl"),
                ],
                max_length=20,
                verbose_name="skäl",
            ),
        ),
        migrations.AlterField(
            model_name="reviewevent",
            name="act",
            field=models.CharField(
                choices=[
                    ("loaded", "inläst vid starten"),
                    ("submitted", "inskickat"),
                    ("taken_back", "taget tillbaka före beslut"),
                    ("returned", "komplettering begärd"),
                    ("resubmitted", "inskickat igen"),
                    ("edited_by_moderator", "redigerat av en moderator"),
                    ("published", "publicerat"),
                    ("replaced", "ersatt av en nyare version"),
                    ("declined", "avböjt"),
                    ("appealed", "omprövning begärd"),
                    ("appeal_granted", "granskas på nytt efter omprövning"),
                    ("appeal_denied", "avböjt även efter omprövning"),
                    ("publication_undone", "publiceringen ångrad"),
                    ("restored", "publicerat på nytt"),
                    ("suppressed", "undantaget ur den öppna historiken"),
                    ("hidden", "dolt"),
                    ("shown_again", "visat på nytt"),
                    ("withdrawn", "återtaget"),
                    ("handed_over", "överlämnat"),
                    ("owner_added", "fler ägare"),
                    ("address_changed", "ny adress"),
                ],
                max_length=20,
                verbose_name="händelse",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
