"""Addresses of subjects in plain letters: they are pages of their own from now on, and
those that people typed themselves had å, ä and ö in theirs."""

import re

from django.db import migrations
from django.utils.text import slugify

PLAIN = re.compile(r"[-a-zA-Z0-9_]+")
ROOM = 90  # of 100, so that a number fits after


def make_plain(apps, schema_editor):
    tags = apps.get_model("kunskapsbank", "Tag").objects
    taken = set(tags.values_list("slug", flat=True))
    for tag in tags.order_by("pk"):
        if PLAIN.fullmatch(tag.slug):
            continue
        words = slugify(tag.name)[:ROOM].strip("-") or "amne"
        slug, number = words, 2
        while slug in taken:
            slug, number = f"{words}-{number}", number + 1
        taken.add(slug)
        tag.slug = slug
        tag.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [
        ("kunskapsbank", "0024_file_text"),
    ]

    operations = [
        migrations.RunPython(make_plain, migrations.RunPython.noop),
    ]
