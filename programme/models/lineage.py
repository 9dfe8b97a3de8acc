"""From one edition to the next."""

from django.db import models
from django.db.models import Q

from programme.enums import LineageKind
from programme.models.history import History
from programme.models.text import Fokusomrade, Prioritering


class Lineage(models.Model):
    """What became of a fokusområde or prioritering in the next edition."""

    kind = models.CharField("vad som hände", max_length=20, choices=LineageKind)
    from_fokusomrade = models.ForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="became",
        verbose_name="från fokusområde",
    )
    to_fokusomrade = models.ForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="came_from",
        verbose_name="till fokusområde",
    )
    from_prioritering = models.ForeignKey(
        Prioritering,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="became",
        verbose_name="från prioritering",
    )
    to_prioritering = models.ForeignKey(
        Prioritering,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="came_from",
        verbose_name="till prioritering",
    )
    confirmed_on = models.DateField("bekräftad", null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = "härkomst"
        verbose_name_plural = "härkomster"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(from_fokusomrade=None, to_fokusomrade=None)
                    | Q(from_prioritering=None, to_prioritering=None)
                ),
                name="programme_lineage_of_one_sort",
                violation_error_message=(
                    "Härkomsten gäller fokusområden eller prioriteringar, inte båda."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    Q(from_fokusomrade__isnull=False)
                    | Q(to_fokusomrade__isnull=False)
                    | Q(from_prioritering__isnull=False)
                    | Q(to_prioritering__isnull=False)
                ),
                name="programme_lineage_has_an_end",
                violation_error_message="Välj vad härkomsten gäller.",
            ),
        ]

    def __str__(self):
        before = self.from_prioritering or self.from_fokusomrade or "–"
        after = self.to_prioritering or self.to_fokusomrade or "–"
        return f"{before} → {after}"
