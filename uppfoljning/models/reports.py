"""What is said of the programme every second year.

A `Report` is a reporting period while it is worked on. What was adopted is in
`Adoption`, whose rows the database itself never changes; see docs/adr/0017.
"""

import json

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from programme.models import Edition, Fokusomrade
from uppfoljning.enums.reports import AssessmentStatus, ReportStatus
from uppfoljning.models.indicators import Indicator
from uppfoljning.models.initiatives import Initiative
from uppfoljning.querysets import reports as querysets

_YEAR = [MinValueValidator(2016), MaxValueValidator(2100)]


class Report(models.Model):
    """A reporting period and what comes of it. Changes through
    `uppfoljning.workflow.reports` alone."""

    year = models.PositiveSmallIntegerField("rapportår", unique=True, validators=_YEAR)
    period_start = models.PositiveSmallIntegerField("från år", validators=_YEAR)
    period_end = models.PositiveSmallIntegerField("till år", validators=_YEAR)
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="reports", verbose_name="utgåva"
    )
    status = models.CharField(
        "läge", max_length=20, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    started_at = models.DateTimeField("påbörjad", default=timezone.now)

    objects = querysets.ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="uppfoljning_report_period_in_order",
                violation_error_message=(
                    "Perioden ska sluta tidigast det år den börjar."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("uppfoljning:report", args=[self.year])

    @property
    def title(self):
        return f"Uppföljning {self.period}"

    @property
    def period(self):
        years = dict.fromkeys([str(self.period_start), str(self.period_end)])
        return "–".join(years)

    @property
    def years(self):
        return range(self.period_start, self.period_end + 1)

    @property
    def is_adopted(self):
        return self.status == ReportStatus.ADOPTED


class Adoption(models.Model):
    """What was adopted, as it was then. The table takes new rows only.

    `content` is the text of a JSON object, kept as text so that it is the same to the
    byte in every database.
    """

    report = models.OneToOneField(
        Report, models.PROTECT, related_name="adoption", verbose_name="rapport"
    )
    diary_number = models.CharField("diarienummer", max_length=60)
    adopted_on = models.DateField("fastställd")
    adopted_at = models.DateTimeField("fastställd här", default=timezone.now)
    content = models.TextField("innehåll")
    sha256 = models.CharField("kontrollsumma", max_length=64)

    objects = querysets.AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "fastställelse"
        verbose_name_plural = "fastställelser"

    def __str__(self):
        return f"{self.report_id}: {self.diary_number}"

    @property
    def data(self):
        return json.loads(self.content)


class ReportPdf(models.Model):
    """The file that was made of what was adopted. The table takes new rows only."""

    adoption = models.OneToOneField(
        Adoption, models.PROTECT, related_name="pdf", verbose_name="fastställelse"
    )
    content = models.BinaryField("fil")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    made_at = models.DateTimeField("gjord", default=timezone.now)

    class Meta:
        verbose_name = "rapportfil"
        verbose_name_plural = "rapportfiler"

    def __str__(self):
        return f"{self.adoption_id}: {self.sha256[:12]}"


class ReportCorrection(models.Model):
    """What was wrong in an adopted report. The table takes new rows only."""

    adoption = models.ForeignKey(
        Adoption,
        models.PROTECT,
        related_name="corrections",
        verbose_name="fastställelse",
    )
    text = models.TextField("rättelse", max_length=4000)
    noted_on = models.DateField("daterad")
    # The same form sent twice makes one note.
    key = models.UUIDField("formulärets nyckel", unique=True)

    class Meta:
        verbose_name = "rättelse"
        verbose_name_plural = "rättelser"
        ordering = ["noted_on", "pk"]

    def __str__(self):
        return f"{self.adoption_id}: {self.noted_on}"


class Assessment(models.Model):
    """What is said of a fokusområde in a period. Changes through
    `uppfoljning.workflow.assessments` alone."""

    report = models.ForeignKey(
        Report, models.PROTECT, related_name="assessments", verbose_name="rapport"
    )
    fokusomrade = models.ForeignKey(
        Fokusomrade,
        models.PROTECT,
        related_name="assessments",
        verbose_name="fokusområde",
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name="fördelad till",
    )
    status = models.CharField(
        "läge",
        max_length=20,
        choices=AssessmentStatus,
        default=AssessmentStatus.NOT_STARTED,
    )
    text = models.TextField("lägesbedömning", blank=True, max_length=10000)
    indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="assessments", verbose_name="nyckeltal"
    )
    initiatives = models.ManyToManyField(
        Initiative, blank=True, related_name="assessments", verbose_name="insatser"
    )
    # Tells which text somebody was shown: every save raises it.
    lock = models.PositiveIntegerField("textens nummer", default=0)
    tab = models.CharField("flik", max_length=64, blank=True)
    sequence = models.PositiveBigIntegerField("flikens nummer", default=0)
    saved_at = models.DateTimeField("sparad", null=True, blank=True)
    assigned_at = models.DateTimeField("fördelad", null=True, blank=True)
    reminded_at = models.DateTimeField("påmind", null=True, blank=True)

    objects = querysets.AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "lägesbedömning"
        verbose_name_plural = "lägesbedömningar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "fokusomrade"],
                name="uppfoljning_one_assessment_each",
            ),
        ]

    def __str__(self):
        return f"{self.fokusomrade_id} {self.report_id}"

    def get_absolute_url(self):
        place = self.fokusomrade.number
        return reverse("uppfoljning:assessment", args=[self.report.year, place])

    @property
    def is_editable(self):
        return self.status in querysets.UNWRITTEN and not self.report.is_adopted


class AssessmentEvent(models.Model):
    """What was done with an assessment, and what was said of why."""

    assessment = models.ForeignKey(
        Assessment,
        models.PROTECT,
        related_name="events",
        verbose_name="lägesbedömning",
    )
    from_status = models.CharField("från", max_length=20, choices=AssessmentStatus)
    to_status = models.CharField("till", max_length=20, choices=AssessmentStatus)
    message = models.TextField("meddelande", blank=True, max_length=2000)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="av",
    )
    happened_at = models.DateTimeField("tidpunkt", default=timezone.now)

    class Meta:
        verbose_name = "händelse med lägesbedömning"
        verbose_name_plural = "händelser med lägesbedömningar"
        ordering = ["happened_at", "pk"]

    def __str__(self):
        return f"{self.assessment_id}: {self.get_to_status_display()}"
