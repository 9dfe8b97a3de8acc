"""From one edition to the next."""

from django.db import models
from django.db.models import Q

from programme import querysets
from programme.enums import LineageKind
from programme.models.history import History
from programme.models.text import Edition, Fokusomrade, Prioritering


def _ends(*, has_from: bool, has_to: bool) -> Q:
    """Of one of the two sorts, the other having none."""
    area = Q(from_fokusomrade__isnull=not has_from, to_fokusomrade__isnull=not has_to)
    sentence = Q(
        from_prioritering__isnull=not has_from, to_prioritering__isnull=not has_to
    )
    no_area = Q(from_fokusomrade=None, to_fokusomrade=None)
    no_sentence = Q(from_prioritering=None, to_prioritering=None)
    return (area & no_sentence) | (sentence & no_area)


class Lineage(models.Model):
    """What became of a fokusområde or prioritering in the next edition.

    It counts for readers when a person has confirmed it and `edition` is decided.
    """

    edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        related_name="lineages",
        verbose_name="till utgåva",
        help_text="Den nyare av de två utgåvorna.",
    )
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
    objects = querysets.LineageQuerySet.as_manager()

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
                    Q(kind=LineageKind.DROPPED) & _ends(has_from=True, has_to=False)
                    | Q(kind=LineageKind.NEW) & _ends(has_from=False, has_to=True)
                    | ~Q(kind__in=[LineageKind.DROPPED, LineageKind.NEW])
                    & _ends(has_from=True, has_to=True)
                ),
                name="programme_lineage_ends_fit_kind",
                violation_error_message=(
                    "Det som är struket har bara ett från, det som är nytt bara ett "
                    "till, och allt annat har båda."
                ),
            ),
            models.UniqueConstraint(
                fields=["from_prioritering", "to_prioritering"],
                name="programme_lineage_of_prioriteringar_once",
            ),
            models.UniqueConstraint(
                fields=["from_fokusomrade", "to_fokusomrade"],
                name="programme_lineage_of_fokusomraden_once",
            ),
        ]

    def __str__(self):
        return f"{self.before or '–'} → {self.after or '–'}"

    @property
    def before(self):
        return self.from_prioritering or self.from_fokusomrade

    @property
    def before_edition(self):
        return _edition_of(self.before)

    @property
    def after(self):
        return self.to_prioritering or self.to_fokusomrade


def _edition_of(part):
    area = part.fokusomrade if isinstance(part, Prioritering) else part
    return area.viljeinriktning.edition


class Heir(models.Model):
    """What a prioritering of an earlier edition is in the current one.

    Worked out from confirmed lineage and from nothing else, so that lists need not
    follow it from edition to edition: see `uppfoljning.workflow.editions`.
    """

    earlier = models.ForeignKey(
        Prioritering,
        models.CASCADE,
        related_name="heirs",
        verbose_name="tidigare prioritering",
    )
    today = models.ForeignKey(
        Prioritering,
        models.CASCADE,
        related_name="heir_of",
        verbose_name="prioritering i dag",
    )

    class Meta:
        verbose_name = "arvtagare"
        verbose_name_plural = "arvtagare"
        constraints = [
            models.UniqueConstraint(
                fields=["earlier", "today"], name="programme_heir_once"
            )
        ]

    def __str__(self):
        return f"{self.earlier} → {self.today}"
