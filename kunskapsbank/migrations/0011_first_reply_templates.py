"""Replies to start from, which moderators then change as they like."""

from django.db import migrations

from search.sorting import sort_key

REPLIES = [
    (
        "Berätta lite mer",
        "Hej! Det här vill vi gärna publicera. Kan du lägga till hur många som var med, "
        "hur länge det pågick och vad ni skulle göra annorlunda nästa gång?",
    ),
    (
        "Vem äger bilden?",
        "Hej! Skriv vem som har tagit bilden, och att den får användas fritt. Vet du "
        "inte det kan du ta bort den och skicka in bidraget igen.",
    ),
    (
        "Beskriv bilden",
        "Hej! Beskriv med ord vad bilden visar, så att den som inte ser den också får "
        "veta det. Är den bara dekoration kryssar du i det.",
    ),
    (
        "Uppgifter om någon annan",
        "Hej! Texten nämner en person som kan kännas igen. Ta bort namnet, eller skriv "
        "till oss att personen har sagt ja till att vara med.",
    ),
    (
        "Länken går inte att öppna",
        "Hej! Vi kommer inte in på sidan som länken leder till. Kontrollera adressen, "
        "eller välj en annan sida som alla kan läsa.",
    ),
    (
        "Finns redan",
        "Hej! Tack för bidraget. Det finns redan ett om samma sak i kunskapsbanken, så "
        "vi publicerar inte det här. Du får gärna föreslå en ändring av det som finns.",
    ),
    (
        "Hör inte till programmet",
        "Hej! Tack för bidraget. Kunskapsbanken samlar sådant som hör till "
        "livskvalitetsprogrammets prioriteringar, och vi hittar ingen som passar. Du "
        "kan kopiera texten till ett nytt utkast, om du vill visa hur det hör ihop.",
    ),
]


def add(apps, schema_editor):
    template = apps.get_model("kunskapsbank", "ReplyTemplate")
    for title, text in REPLIES:
        template.objects.get_or_create(
            title=title, defaults={"text": text, "sort_key": sort_key(title)}
        )


def remove(apps, schema_editor):
    template = apps.get_model("kunskapsbank", "ReplyTemplate")
    for title, text in REPLIES:
        template.objects.filter(title=title, text=text).delete()


class Migration(migrations.Migration):
    dependencies = [("kunskapsbank", "0010_reply_templates_and_notes")]

    operations = [migrations.RunPython(add, remove)]
