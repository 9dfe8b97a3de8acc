"""What the city does for the programme.

`Initiative` is what readers see and `InitiativeText` what somebody proposes that they
see: the words of the second become those of the first when they are published, and not
before. See docs/adr/0016.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from kunskapsbank.enums import OrganisationKind
from kunskapsbank.models import Entry, Organisation
from programme.models import Prioritering
from search.sorting import SortKeyField
from uppfoljning.enums.initiatives import (
    CITY,
    InitiativeState,
    InitiativeStatus,
    Progress,
)
from uppfoljning.models.indicators import Indicator
from uppfoljning.querysets import initiatives as querysets

# Words that are addresses of other pages.
RESERVED_SLUGS = ("granska", "las-in", "mall", "mina", "ny", "text")

_YEAR = {
    "null": True,
    "blank": True,
    "validators": [MinValueValidator(1950), MaxValueValidator(2100)],
}


class InitiativeContent(models.Model):
    """What is told of an initiative, whether it is published or not."""

    title = models.CharField("rubrik", max_length=140)
    summary = models.TextField("det här gör vi, kort", max_length=600)
    description = models.TextField("så går det till", blank=True, max_length=5000)
    progress = models.CharField(
        "hur långt den har kommit", max_length=20, choices=Progress, blank=True
    )
    period_start = models.PositiveSmallIntegerField("startår", **_YEAR)
    period_end = models.PositiveSmallIntegerField("slutår", **_YEAR)
    effect = models.TextField("effekt", blank=True, max_length=5000)
    evidence = models.TextField("hur vi vet det", blank=True, max_length=2000)
    prioriteringar = models.ManyToManyField(
        Prioritering,
        blank=True,
        related_name="%(class)ss",
        verbose_name="prioriteringar",
    )
    entries = models.ManyToManyField(
        Entry, blank=True, related_name="%(class)ss", verbose_name="bidrag"
    )
    indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="%(class)ss", verbose_name="nyckeltal"
    )
    sort_key = SortKeyField(of="title")

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    @property
    def period(self):
        """Such as 2018–2020, 2018– while there is no end, and 2018 for one year."""
        if self.period_start is None:
            return ""
        if self.period_end is None:
            return f"{self.period_start}–"
        return "–".join(
            dict.fromkeys([str(self.period_start), str(self.period_end)]),
        )


class Initiative(InitiativeContent):
    """An initiative as it was last published; every row has been approved."""

    slug = models.SlugField("adressdel", max_length=120, unique=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="initiatives",
        verbose_name="ansvarig organisation",
    )
    state = models.CharField(
        "läge", max_length=20, choices=InitiativeState, default=InitiativeState.OPEN
    )
    state_reason = models.TextField("orsak till läget", blank=True)
    state_at = models.DateTimeField("läget ändrat", null=True, blank=True)
    state_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="läget ändrat av",
    )
    published_at = models.DateTimeField("först publicerad", default=timezone.now)
    changed_at = models.DateTimeField("senast ändrad", default=timezone.now)

    objects = querysets.InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="uppfoljning_initiative_slug_not_reserved",
                violation_error_message="Adressdelen är upptagen av en annan sida.",
            ),
            models.CheckConstraint(
                condition=Q(period_end=None) | Q(period_end__gte=F("period_start")),
                name="uppfoljning_initiative_period_in_order",
                violation_error_message="Slutåret är före startåret.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("uppfoljning:initiative", args=[self.slug])

    @property
    def organisation_as_named(self):
        return self.organisation.name

    @property
    def is_open(self):
        return self.state == InitiativeState.OPEN

    @property
    def published_text(self):
        """The text that readers see now, as it was written."""
        return self.texts.get(status=InitiativeStatus.PUBLISHED)


class InitiativeText(InitiativeContent):
    """A text about an initiative, from the first draft to what became of it."""

    initiative = models.ForeignKey(
        Initiative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="texts",
        verbose_name="insats",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiative_texts",
        verbose_name="ansvarig organisation",
    )
    # One that is not there yet: made when the text is published, since nobody knows of
    # what only a draft names.
    organisation_name = models.CharField("ny organisation", max_length=200, blank=True)
    organisation_kind = models.CharField(
        "slag av organisation",
        max_length=20,
        choices=[(each.value, each.label) for each in OrganisationKind if each in CITY],
        blank=True,
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiative_texts",
        verbose_name="skriven av",
    )
    status = models.CharField(
        "läge",
        max_length=20,
        choices=InitiativeStatus,
        default=InitiativeStatus.DRAFT,
    )
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    saved_at = models.DateTimeField("sparad", default=timezone.now)
    submitted_at = models.DateTimeField("inskickad", null=True, blank=True)
    decided_at = models.DateTimeField("beslutad", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beslutad av",
    )
    # When the author was told that the draft will be erased; void once it is saved.
    first_warned_at = models.DateTimeField("först påmind", null=True, blank=True)
    last_warned_at = models.DateTimeField("sist påmind", null=True, blank=True)
    # Tells which text somebody was shown: every save raises it.
    lock = models.PositiveIntegerField("textens nummer", default=0)
    creation_key = models.UUIDField(
        "nyckel då utkastet skapades", null=True, blank=True, unique=True
    )

    objects = querysets.InitiativeTextQuerySet.as_manager()

    class Meta:
        verbose_name = "text om insats"
        verbose_name_plural = "texter om insatser"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(status=InitiativeStatus.PUBLISHED),
                name="uppfoljning_one_published_text",
            ),
            models.CheckConstraint(
                condition=Q(initiative__isnull=False)
                | ~Q(
                    status__in=[InitiativeStatus.PUBLISHED, InitiativeStatus.REPLACED]
                ),
                name="uppfoljning_published_text_has_initiative",
            ),
            models.CheckConstraint(
                condition=Q(period_end=None)
                | Q(period_start=None)
                | Q(period_end__gte=F("period_start")),
                name="uppfoljning_initiative_text_period_in_order",
                violation_error_message="Slutåret är före startåret.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("uppfoljning:initiative_text", args=[self.pk])

    @property
    def number(self):
        return f"I-{self.pk}"

    @property
    def organisation_as_named(self):
        """The organisation, or the name of one that is not there yet."""
        return self.organisation.name if self.organisation else self.organisation_name

    @property
    def is_editable(self):
        return self.status in querysets.EDITABLE

    @property
    def waiting_days(self):
        """Days since the text was submitted, by the calendar in Sweden."""
        return (localdate() - localdate(self.submitted_at)).days


class InitiativeEvent(models.Model):
    """What was done with a text, and what was said of why."""

    text = models.ForeignKey(
        InitiativeText,
        models.CASCADE,
        related_name="events",
        verbose_name="text",
    )
    from_status = models.CharField("från", max_length=20, choices=InitiativeStatus)
    to_status = models.CharField("till", max_length=20, choices=InitiativeStatus)
    happened_at = models.DateTimeField("när", default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="av",
    )
    message = models.TextField("meddelande", blank=True, max_length=2000)

    class Meta:
        verbose_name = "händelse med insats"
        verbose_name_plural = "händelser med insatser"
        ordering = ["happened_at", "pk"]

    def __str__(self):
        return f"{self.text.number} {self.get_to_status_display()}"
