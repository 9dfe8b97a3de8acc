"""Contributions: `Entry` is the address, `Version` the text, `ReviewEvent` what
happened to it."""

import unicodedata

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from kunskapsbank import enums, querysets
from programme.models import Prioritering
from search.sorting import SortKeyField


def tag_key(name: str) -> str:
    """What makes two tags one: the name composed (NFC) and case-folded."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


class Organisation(models.Model):
    name = models.CharField("namn", max_length=200)
    slug = models.SlugField("adressdel", unique=True, max_length=120)
    kind = models.CharField("slag", max_length=20, choices=enums.OrganisationKind)
    sort_key = SortKeyField(of="name")

    objects = querysets.OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["sort_key"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    @property
    def is_used(self):
        return self.versions.exists()


class Tag(TagBase):
    """A subject. `key` makes "äldre" and "Äldre" one on every database."""

    key = models.CharField("nyckel", max_length=100, unique=True)

    objects = querysets.TagQuerySet.as_manager()

    class Meta:
        verbose_name = "ämne"
        verbose_name_plural = "ämnen"

    def natural_key(self):
        return (self.key,)

    @property
    def is_used(self):
        return self.tagged_versions.exists()


class TaggedVersion(ItemBase):
    tag = models.ForeignKey(
        Tag, models.CASCADE, related_name="tagged_versions", verbose_name="ämne"
    )
    content_object = models.ForeignKey(
        "Version",
        models.CASCADE,
        related_name="tagged_versions",
        verbose_name="version",
    )

    class Meta:
        verbose_name = "ämne på version"
        verbose_name_plural = "ämnen på versioner"
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="kunskapsbank_tag_once"
            )
        ]

    def __str__(self):
        return f"{self.tag} på {self.content_object_id}"


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
    def is_launch_content(self):
        return self.launch_key is not None

    @property
    def last_event(self):
        return self.events.order_by("position").last()


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
    byline = models.CharField("visas som", max_length=120, blank=True)
    status = models.CharField(
        "läge", max_length=20, choices=enums.Status, default=enums.Status.DRAFT
    )
    is_suppressed = models.BooleanField("undantagen ur historiken", default=False)
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    published_at = models.DateTimeField("publicerad", null=True, blank=True)
    sort_key = SortKeyField(of="title")

    objects = querysets.VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versioner"
        ordering = ["entry", "number"]
        permissions = [("moderate_version", "kan granska bidrag")]
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


class ReviewEvent(models.Model):
    """One act, in an append-only chain per entry; see `kunskapsbank.chain`.

    The row names nobody: `actor_ref` is opaque and `message_hash` salted, so that a
    person can be erased and the chain still holds. Triggers refuse UPDATE and DELETE.
    """

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="events", verbose_name="bidrag"
    )
    position = models.PositiveIntegerField("plats i kedjan")
    version_number = models.PositiveIntegerField("versionsnummer")
    act = models.CharField("händelse", max_length=20, choices=enums.Act)
    from_status = models.CharField(
        "från läge", max_length=20, choices=enums.Status, blank=True
    )
    to_status = models.CharField(
        "till läge", max_length=20, choices=enums.Status, blank=True
    )
    happened_at = models.DateTimeField("tidpunkt")
    actor_ref = models.CharField("vem (ogenomskinligt id)", max_length=64, blank=True)
    name_hash = models.CharField("namnets kontrollsumma", max_length=64, blank=True)
    message_hash = models.CharField(
        "meddelandets kontrollsumma", max_length=64, blank=True
    )
    previous_hash = models.CharField("föregående", max_length=64, blank=True)
    hash = models.CharField("kontrollsumma", max_length=64)

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["entry", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "position"], name="kunskapsbank_event_position"
            )
        ]

    def __str__(self):
        return f"{self.get_act_display()} ({self.happened_at:%Y-%m-%d})"
