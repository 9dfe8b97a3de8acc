"""What is read of the searches that found nothing."""

from django.db.models import Max, QuerySet, Sum


class MissedSearchQuerySet(QuerySet):
    def by_query(self):
        """Each query with `total`, its visits on all days, and `last_day`; those of
        most visits first."""
        sums = self.values("query").annotate(total=Sum("visits"), last_day=Max("day"))
        return sums.order_by("-total", "-last_day", "query")

    def before(self, day):
        return self.filter(day__lt=day)
