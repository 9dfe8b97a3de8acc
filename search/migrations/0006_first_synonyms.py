"""A few synonyms to begin with. Moderators keep them from then on."""

from django.db import migrations

GROUPS = [
    ["bil", "personbil"],
    ["återvinning", "återbruk", "kretslopp"],
    ["bilpool", "bildelning", "delade fordon", "delade bilar"],
    ["volontär", "frivillig", "ideell"],
    ["flykting", "nyanländ", "asylsökande"],
    ["invandrare", "utrikes född"],
    ["växthusgas", "koldioxid", "klimatpåverkan"],
    ["idrott", "sport"],
    ["grönområde", "grönska", "park"],
    ["buss", "kollektivtrafik"],
    ["funktionshinder", "funktionsnedsättning", "funktionshindrad"],
    ["dagvatten", "skyfall"],
]


def write(apps, schema_editor):
    synonym_group = apps.get_model("search", "SynonymGroup")
    if not synonym_group.objects.exists():
        for group in GROUPS:
            synonym_group.objects.create(words="\n".join(group))


class Migration(migrations.Migration):
    dependencies = [("search", "0005_fold_stems")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
