"""What is read of the searches that found nothing."""

from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import TruncMonth


class MissedSearchQuerySet(QuerySet):
    def by_query(self):
        """Each query with `total`, its visits on all days, and `last_day`; those of
        most visits first."""
        sums = self.values("query").annotate(total=Sum("visits"), last_day=Max("day"))
        return sums.order_by("-total", "-last_day", "query")

    def by_month(self):
        """The first day of each month with `total`, the visits that found nothing, and
        `queries`, how many different things they searched for."""
        months = self.values(month=TruncMonth("day"))
        return months.annotate(
            total=Sum("visits"), queries=Count("query", distinct=True)
        ).order_by("month")

    def between(self, first, last):
        """Of these days, both of them included."""
        return self.filter(day__gte=first, day__lte=last)

    def before(self, day):
        return self.filter(day__lt=day)
