"""How lists of versions are narrowed by what the versions are tied to."""

from django.db.models import Q, QuerySet

from kunskapsbank.enums import Scan


class NarrowingQuerySet(QuerySet):
    def tagged_to(self, prioriteringar):
        """Versions tied to any of `prioriteringar`, each once."""
        ties = self.model.prioriteringar.through.objects.filter(
            prioritering__in=prioriteringar
        )
        return self.filter(pk__in=ties.values("version"))

    def about(self, tags):
        """Versions with any of the subjects, each once."""
        ties = self.model.tags.through.objects.filter(tag__in=tags)
        return self.filter(pk__in=ties.values("content_object"))

    def made_by(self, **organisation):
        """Versions with an organisation that answers the lookups, each once."""
        ties = self.model.organisations.through.objects.filter(**organisation)
        return self.filter(pk__in=ties.values("version"))

    def in_years(self, years):
        """Versions whose period has something of any of the years."""
        asked = Q()
        for year in years:
            started = Q(period_start__lte=year) | Q(period_start=None, period_end=year)
            asked |= started & (
                Q(period_end__gte=year) | Q(period_end=None, period_start=year)
            )
        return self.filter(asked)

    def with_files(self):
        """Versions with a file that readers are given."""
        files = self.model._meta.get_field("attachments").related_model.objects
        served = files.exclude(file__scan=Scan.INFECTED)
        return self.filter(pk__in=served.values("version"))
