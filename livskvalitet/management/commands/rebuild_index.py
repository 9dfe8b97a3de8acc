"""manage.py rebuild_index: the search index from nothing."""

from django.core.management.base import BaseCommand

from livskvalitet import findable


class Command(BaseCommand):
    help = (
        "Make the search index anew from all that is public, in one transaction. "
        "Needed when the analysis of words has changed, and never else."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"{findable.rebuild()} documents in the index.")
