"""What the finding of public content keeps in the database."""

from django.db import models


class ContentGeneration(models.Model):
    """One row whose number is raised by every change to public content.

    Caches and ETags are keyed on it, so that a change is seen at once.
    """

    number = models.PositiveBigIntegerField("nummer", default=1)

    class Meta:
        verbose_name = "innehållsgeneration"
        verbose_name_plural = "innehållsgenerationer"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="search_one_content_generation"
            )
        ]

    def __str__(self):
        return str(self.number)
