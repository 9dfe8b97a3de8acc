"""How the site is used, without a word of who uses it."""

from django.db import models

from uppfoljning.querysets.openness import PageViewsQuerySet


class PageViews(models.Model):
    """How many times a public page was shown on a day.

    An empty path stands for pages that have been taken away: how often they were read
    is kept, and that they were there is not.
    """

    day = models.DateField("dag")
    path = models.CharField("adress", max_length=500, blank=True)
    views = models.PositiveIntegerField("antal visningar")

    objects = PageViewsQuerySet.as_manager()

    class Meta:
        verbose_name = "sidvisningar"
        verbose_name_plural = "sidvisningar"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "path"], name="uppfoljning_views_once_a_day"
            )
        ]

    def __str__(self):
        return f"{self.path or 'borttagna sidor'} {self.day}"
