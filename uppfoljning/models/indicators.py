"""What is measured, where it belongs in the programme, and the values.

Where an indicator belongs and which way is the better one are editorial choices. The
values are the source's: they are fetched or uploaded, and never written by hand.
"""

from django.db import models
from django.urls import reverse

from programme.models import Fokusomrade, Prioritering
from programme.models.history import History
from uppfoljning.enums.indicators import Gender, Origin, Wanted
from uppfoljning.querysets import indicators as querysets


class Place(models.Model):
    """The city, or what it is compared with."""

    code = models.CharField(
        "kod i källan",
        max_length=12,
        unique=True,
        help_text="Koladas kod för kommunen, regionen eller gruppen.",
    )
    title = models.CharField("namn", max_length=120)
    short_title = models.CharField("kort namn", max_length=40)
    is_own = models.BooleanField("är Helsingborg", default=False)
    position = models.PositiveSmallIntegerField(
        "ordning", help_text="Diagrammen jämför med den första som har värden."
    )
    is_active = models.BooleanField("visas", default=True)

    history = History()
    objects = querysets.PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "jämförelse"
        verbose_name_plural = "jämförelser"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_own"],
                condition=models.Q(is_own=True),
                name="uppfoljning_one_own_place",
                violation_error_message="En annan rad är redan Helsingborg.",
            )
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.code,)


class Indicator(models.Model):
    kolada_id = models.CharField(
        "nummer i Kolada",
        max_length=12,
        unique=True,
        null=True,
        blank=True,
        help_text="Tomt för ett nyckeltal som inte finns i Kolada.",
    )
    slug = models.SlugField("adressdel", unique=True, max_length=80)
    title = models.CharField("namn", max_length=200)
    source_title = models.CharField("namn i källan", max_length=300, blank=True)
    unit = models.CharField("enhet", max_length=80)
    wanted = models.CharField("vad som är bättre", max_length=10, choices=Wanted)
    why = models.TextField("varför det är med")
    comment = models.TextField("att tänka på", blank=True)
    method = models.TextField("metod", blank=True)
    is_by_gender = models.BooleanField("finns för kvinnor och män", default=False)
    source = models.CharField("källa", max_length=100)
    source_url = models.URLField("källans adress", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("ordning")
    is_active = models.BooleanField("visas", default=True)
    fokusomraden = models.ManyToManyField(
        Fokusomrade,
        through="IndicatorFokusomradeLink",
        related_name="indicators",
        verbose_name="fokusområden",
    )
    prioriteringar = models.ManyToManyField(
        Prioritering,
        through="IndicatorPrioriteringLink",
        related_name="indicators",
        verbose_name="prioriteringar",
    )

    history = History()
    objects = querysets.IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "nyckeltal"
        verbose_name_plural = "nyckeltal"
        ordering = ["position", "title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("uppfoljning:indicator", args=[self.slug])

    def natural_key(self):
        return (self.slug,)


class IndicatorFokusomradeLink(models.Model):
    """An editorial tie between an indicator and a fokusområde."""

    indicator = models.ForeignKey(
        Indicator,
        models.CASCADE,
        related_name="fokusomrade_links",
        verbose_name="nyckeltal",
    )
    fokusomrade = models.ForeignKey(
        Fokusomrade,
        models.CASCADE,
        related_name="indicator_links",
        verbose_name="fokusområde",
    )

    history = History()
    objects = querysets.FokusomradeLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "nyckeltal för fokusområde"
        verbose_name_plural = "nyckeltal för fokusområden"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "fokusomrade"],
                name="uppfoljning_indicator_fokusomrade_once",
            )
        ]

    def __str__(self):
        return f"{self.indicator} – {self.fokusomrade.number}"

    def natural_key(self):
        return (*self.indicator.natural_key(), *self.fokusomrade.natural_key())

    natural_key.dependencies = ["uppfoljning.indicator", "programme.fokusomrade"]


class IndicatorPrioriteringLink(models.Model):
    """An editorial tie between an indicator and a prioritering."""

    indicator = models.ForeignKey(
        Indicator,
        models.CASCADE,
        related_name="prioritering_links",
        verbose_name="nyckeltal",
    )
    prioritering = models.ForeignKey(
        Prioritering,
        models.CASCADE,
        related_name="indicator_links",
        verbose_name="prioritering",
    )

    history = History()
    objects = querysets.PrioriteringLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "nyckeltal för prioritering"
        verbose_name_plural = "nyckeltal för prioriteringar"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "prioritering"],
                name="uppfoljning_indicator_prioritering_once",
            )
        ]

    def __str__(self):
        return f"{self.indicator} – {self.prioritering.number}"

    def natural_key(self):
        return (*self.indicator.natural_key(), *self.prioritering.natural_key())

    natural_key.dependencies = ["uppfoljning.indicator", "programme.prioritering"]


class Measurement(models.Model):
    """A value as the source has it now; `value` is null where the source says that
    there is none, and `status` is the source's own word for why."""

    indicator = models.ForeignKey(
        Indicator,
        models.CASCADE,
        related_name="measurements",
        verbose_name="nyckeltal",
    )
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="measurements", verbose_name="plats"
    )
    period = models.PositiveSmallIntegerField("år")
    gender = models.CharField("kön", max_length=1, choices=Gender)
    value = models.DecimalField(
        "värde", max_digits=20, decimal_places=6, null=True, blank=True
    )
    status = models.CharField("källans anmärkning", max_length=40, blank=True)
    origin = models.CharField("ursprung", max_length=10, choices=Origin)
    fetched_at = models.DateTimeField("hämtat")

    objects = querysets.MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = "värde"
        verbose_name_plural = "värden"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "place", "period", "gender"],
                name="uppfoljning_measurement_once",
            )
        ]

    def __str__(self):
        return f"{self.indicator} {self.period}"


class MeasurementRevision(models.Model):
    """What a value was before the source changed it; statistics get revised."""

    measurement = models.ForeignKey(
        Measurement, models.CASCADE, related_name="revisions", verbose_name="värde"
    )
    value = models.DecimalField(
        "tidigare värde", max_digits=20, decimal_places=6, null=True
    )
    status = models.CharField("källans anmärkning", max_length=40, blank=True)
    origin = models.CharField("ursprung", max_length=10, choices=Origin)
    fetched_at = models.DateTimeField("hämtat")
    replaced_at = models.DateTimeField("ersatt")

    class Meta:
        verbose_name = "tidigare värde"
        verbose_name_plural = "tidigare värden"
        ordering = ["-replaced_at", "-pk"]

    def __str__(self):
        return f"{self.measurement}: {self.value}"
