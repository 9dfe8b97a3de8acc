"""Contributions: `Entry` is the address and `Version` the text."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from taggit.managers import TaggableManager

from kunskapsbank import enums, querysets
from kunskapsbank.models.subjects import Organisation, TaggedVersion
from programme.models import Prioritering
from search.sorting import SortKeyField

# Words that are addresses of other pages; the database refuses them as slugs.
RESERVED_SLUGS = (
    "amne",
    "organisation",
    "sa-granskar-vi",
    "samlingar",
    "vita-flackar",
)


class Entry(models.Model):
    """The stable address of a contribution, whatever its text becomes."""

    slug = models.SlugField(
        "adressdel",
        max_length=120,
        unique=True,
        null=True,
        blank=True,
        help_text="Sätts när bidraget publiceras första gången.",
    )
    state = models.CharField(
        "läge",
        max_length=20,
        choices=enums.EntryState,
        default=enums.EntryState.OPEN,
    )
    state_reason = models.TextField("orsak till läget", blank=True)
    owners = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="entries",
        verbose_name="ägare",
    )
    confirmed_on = models.DateField("bekräftad", null=True, blank=True)
    launch_key = models.CharField(
        "nyckel i startinnehållet", max_length=20, unique=True, null=True, blank=True
    )
    created_at = models.DateTimeField("skapad", auto_now_add=True)

    objects = querysets.EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "bidrag"
        verbose_name_plural = "bidrag"
        constraints = [
            models.CheckConstraint(
                condition=~Q(
                    slug__in=["amne", "organisation", "sa-granskar-vi", "samlingar"]
                )
                & ~Q(slug="vita-flackar"),
                name="kunskapsbank_entry_slug_not_reserved",
                violation_error_message="Adressdelen är upptagen av en annan sida.",
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("kunskapsbank:entry", args=[self.slug])

    def natural_key(self):
        return (self.launch_key,)

    @property
    def number(self):
        return f"B-{self.pk}"

    @property
    def last_event(self):
        return self.events.order_by("position").last()

    @property
    def published_version(self):
        """The published text, whether or not the entry is open; or None."""
        return self.versions.filter(status=enums.Status.PUBLISHED).first()


class EntrySlug(models.Model):
    """An address that the contribution used to have, and that leads to it still."""

    entry = models.ForeignKey(
        Entry, models.CASCADE, related_name="old_slugs", verbose_name="bidrag"
    )
    slug = models.SlugField("tidigare adressdel", max_length=120, unique=True)
    created_at = models.DateTimeField("skapad", auto_now_add=True)

    class Meta:
        verbose_name = "tidigare adress"
        verbose_name_plural = "tidigare adresser"

    def __str__(self):
        return self.slug


class Version(models.Model):
    """One text of a contribution; publishing never overwrites an earlier one."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="versions", verbose_name="bidrag"
    )
    number = models.PositiveIntegerField("versionsnummer")
    kind = models.CharField("typ", max_length=20, choices=enums.Kind)
    title = models.CharField("rubrik", max_length=140)
    summary = models.TextField("sammanfattning", max_length=600)
    background = models.TextField("bakgrund", blank=True, max_length=5000)
    implementation = models.TextField("genomförande", blank=True, max_length=5000)
    result = models.TextField("resultat", blank=True, max_length=5000)
    lessons = models.TextField("lärdomar", blank=True, max_length=5000)
    outcome = models.CharField(
        "hur det gick", max_length=20, choices=enums.Outcome, blank=True
    )
    organisations = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="versions",
        verbose_name="organisationer",
    )
    period_start = models.PositiveSmallIntegerField(
        "startår",
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
    )
    period_end = models.PositiveSmallIntegerField(
        "slutår",
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
    )
    place = models.CharField("plats", max_length=120, blank=True)
    address = models.URLField("webbadress", max_length=500, blank=True)
    address_language = models.CharField(
        "språk på webbadressen", max_length=10, default="sv"
    )
    prioriteringar = models.ManyToManyField(
        Prioritering,
        blank=True,
        related_name="versions",
        verbose_name="prioriteringar",
    )
    tags = TaggableManager(through=TaggedVersion, blank=True, verbose_name="ämnen")
    sources = models.JSONField("källor för redaktörer", default=list, blank=True)
    editor_note = models.TextField("anteckning för redaktörer", blank=True)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name="upphovsperson",
    )
    public_name = models.CharField(
        "namn som visas", max_length=20, choices=enums.PublicName, blank=True
    )
    byline = models.CharField("visas som", max_length=120, blank=True)
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="written_versions",
        verbose_name="har skrivit i texten",
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="redigerad av moderatorn",
    )
    based_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ändrar versionen",
    )
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ersatte versionen",
    )
    status = models.CharField(
        "läge", max_length=20, choices=enums.Status, default=enums.Status.DRAFT
    )
    is_suppressed = models.BooleanField("undantagen ur historiken", default=False)
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
    published_at = models.DateTimeField("publicerad", null=True, blank=True)
    # Words that become subjects, an organisation or a message when the step is saved.
    typed = models.JSONField(
        "skrivet i utkastet", default=dict, blank=True, editable=False
    )
    # `lock` tells which text somebody was shown: every save raises it.
    lock = models.PositiveIntegerField("textens nummer", default=0)
    tab = models.CharField("flik som sparade senast", max_length=64, blank=True)
    sequence = models.PositiveBigIntegerField("flikens sparning", default=0)
    creation_key = models.UUIDField(
        "nyckel då utkastet skapades", null=True, blank=True, unique=True
    )
    submission_key = models.UUIDField(
        "nyckel då texten skickades in", null=True, blank=True, unique=True
    )
    sort_key = SortKeyField(of="title")

    objects = querysets.VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versioner"
        ordering = ["entry", "number"]
        permissions = [
            ("contribute", "kan bidra"),
            ("moderate_version", "kan granska bidrag"),
        ]
        indexes = [
            models.Index(fields=["status", "-published_at"], name="kunskapsbank_newest")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "number"], name="kunskapsbank_version_number"
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(status=enums.Status.PUBLISHED),
                name="kunskapsbank_one_published_version",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        status__in=[enums.Status.PUBLISHED, enums.Status.REPLACED],
                        published_at__isnull=False,
                    )
                    | ~Q(status__in=[enums.Status.PUBLISHED, enums.Status.REPLACED])
                    & Q(published_at=None)
                ),
                name="kunskapsbank_published_at_tells_status",
            ),
            # Launch contributions were published without being submitted.
            models.CheckConstraint(
                condition=Q(status=enums.Status.DRAFT, submitted_at=None)
                | Q(
                    status__in=[
                        enums.Status.SUBMITTED,
                        enums.Status.RETURNED,
                        enums.Status.DECLINED,
                    ],
                    submitted_at__isnull=False,
                )
                | Q(status__in=[enums.Status.PUBLISHED, enums.Status.REPLACED]),
                name="kunskapsbank_submitted_at_tells_status",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[enums.Status.DRAFT, enums.Status.SUBMITTED],
                    decided_at=None,
                )
                | Q(
                    status__in=[enums.Status.RETURNED, enums.Status.DECLINED],
                    decided_at__isnull=False,
                )
                | Q(
                    status__in=[enums.Status.PUBLISHED, enums.Status.REPLACED],
                    submitted_at=None,
                    decided_at=None,
                )
                | Q(
                    status__in=[enums.Status.PUBLISHED, enums.Status.REPLACED],
                    submitted_at__isnull=False,
                    decided_at__isnull=False,
                ),
                name="kunskapsbank_decided_at_tells_status",
            ),
            models.CheckConstraint(
                condition=Q(period_end=None)
                | Q(period_start=None)
                | Q(period_end__gte=models.F("period_start")),
                name="kunskapsbank_period_in_order",
                violation_error_message="Slutåret är före startåret.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.entry.get_absolute_url()

    def natural_key(self):
        return (self.entry.launch_key, self.number)

    natural_key.dependencies = ["kunskapsbank.entry", "programme.prioritering"]

    @property
    def period(self):
        years = [str(year) for year in (self.period_start, self.period_end) if year]
        return "–".join(dict.fromkeys(years))

    @property
    def waiting_days(self):
        """Days since the text was submitted, by the calendar in Sweden."""
        return (localdate() - localdate(self.submitted_at)).days
