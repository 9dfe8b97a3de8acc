"""What is read of the counts of page views."""

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth


class PageViewsQuerySet(QuerySet):
    def by_month(self):
        """The first day of each month with `total`, its views of all pages, and `days`,
        how many of its days have been counted."""
        months = self.values(month=TruncMonth("day"))
        return months.annotate(
            total=Sum("views"), days=Count("day", distinct=True)
        ).order_by("month")

    def by_path(self):
        """The path of each page that is there with `total`, the most read first."""
        paths = self.exclude(path="").values("path").annotate(total=Sum("views"))
        return paths.order_by("-total", "path")

    def total(self):
        """The views of all of them, pages that were taken away included."""
        return self.aggregate(total=Sum("views"))["total"] or 0

    def between(self, first, last):
        """Of these days, both of them included."""
        return self.filter(day__gte=first, day__lte=last)

    def before(self, day):
        return self.filter(day__lt=day)
