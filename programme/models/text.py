"""The decided text, word for word, edition by edition.

A body is plain text: paragraphs parted by a blank line. A paragraph that starts with
"> " is a quotation, "• " makes list items, "Figur: " a figure caption and "* " the note
that an asterisk points to.
"""

from string import ascii_lowercase

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from programme import querysets
from programme.enums import EditionStatus
from programme.models.history import History
from programme.validators import validate_edition_slug, validate_section_number

# Words that are addresses of their own beside the viljeinriktningar.
RESERVED = ["andringar", "hela", "jamfor", "kapitel", "pdf"]


class Edition(models.Model):
    """One decided, or proposed, programme."""

    slug = models.SlugField(
        "adressdel", unique=True, validators=[validate_edition_slug]
    )
    title = models.CharField("titel", max_length=200)
    period_start = models.PositiveSmallIntegerField("första år")
    period_end = models.PositiveSmallIntegerField("sista år")
    diary_numbers = models.CharField("diarienummer", max_length=200, blank=True)
    decided_on = models.DateField("beslutad", null=True, blank=True)
    valid_to = models.DateField("gällde till och med", null=True, blank=True)
    status = models.CharField(
        "läge",
        max_length=20,
        choices=EditionStatus,
        default=EditionStatus.PROPOSAL,
    )

    history = History()
    objects = querysets.EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "utgåva"
        verbose_name_plural = "utgåvor"
        ordering = ["-period_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status=EditionStatus.IN_FORCE),
                name="programme_one_edition_in_force",
                violation_error_message="En annan utgåva gäller redan.",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=models.F("period_start")),
                name="programme_edition_period_in_order",
                violation_error_message="Sista året är före det första.",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.period}"

    def get_absolute_url(self):
        return reverse("programme:edition", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    @property
    def period(self):
        return f"{self.period_start}–{self.period_end}"

    @property
    def is_decided(self):
        return self.status != EditionStatus.PROPOSAL

    @property
    def has_ended(self):
        return self.status == EditionStatus.ENDED


class Chapter(models.Model):
    """A numbered section of the document, such as 1.1."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="chapters", verbose_name="utgåva"
    )
    number = models.CharField(
        "nummer", max_length=10, validators=[validate_section_number]
    )
    slug = models.SlugField("adressdel", max_length=10)
    title = models.CharField("rubrik", max_length=200)
    body = models.TextField("text", blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    history = History()
    objects = querysets.ChapterQuerySet.as_manager()

    class Meta:
        verbose_name = "kapitel"
        verbose_name_plural = "kapitel"
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"], name="programme_chapter_number"
            ),
            models.UniqueConstraint(
                fields=["edition", "slug"], name="programme_chapter_slug"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("programme:chapter", args=[self.edition.slug, self.slug])

    def natural_key(self):
        return (self.edition.slug, self.number)

    natural_key.dependencies = ["programme.edition"]

    @property
    def is_section(self):
        return "." in self.number


class Viljeinriktning(models.Model):
    """One of the five directions, 4.1 to 4.5 in the document."""

    edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        related_name="viljeinriktningar",
        verbose_name="utgåva",
    )
    number = models.CharField(
        "nummer", max_length=10, validators=[validate_section_number]
    )
    key = models.PositiveSmallIntegerField(
        "färgnyckel", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    slug = models.SlugField("adressdel", max_length=80)
    title = models.CharField("rubrik", max_length=200)
    short_title = models.CharField("kort rubrik (vår)", max_length=60)
    description = models.TextField("beskrivning")
    challenges = models.TextField("utmaningar")
    actions_heading = models.CharField("rubrik före fokusområdena", max_length=60)
    in_short = models.TextField("kort sagt (vår text)", blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    history = History()
    objects = querysets.ViljeinriktningQuerySet.as_manager()

    class Meta:
        verbose_name = "viljeinriktning"
        verbose_name_plural = "viljeinriktningar"
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"], name="programme_viljeinriktning_slug"
            ),
            models.UniqueConstraint(
                fields=["edition", "number"], name="programme_viljeinriktning_number"
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED),
                name="programme_viljeinriktning_slug_not_reserved",
                violation_error_message="Adressdelen är upptagen av en annan sida.",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("programme:viljeinriktning", args=[self.edition.slug, self.slug])

    def natural_key(self):
        return (self.edition.slug, self.number)

    natural_key.dependencies = ["programme.edition"]


class Fokusomrade(models.Model):
    """One of the fifteen areas, 4.1.1 to 4.5.3 in the document."""

    viljeinriktning = models.ForeignKey(
        Viljeinriktning,
        models.PROTECT,
        related_name="fokusomraden",
        verbose_name="viljeinriktning",
    )
    number = models.CharField(
        "nummer", max_length=10, validators=[validate_section_number]
    )
    slug = models.SlugField("adressdel", max_length=80)
    title = models.CharField("rubrik", max_length=200)
    short_title = models.CharField("kort rubrik (vår)", max_length=60)
    body = models.TextField("text")
    priorities_heading = models.CharField("rubrik före prioriteringarna", max_length=60)
    in_short = models.TextField("kort sagt (vår text)", blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    history = History()
    objects = querysets.FokusomradeQuerySet.as_manager()

    class Meta:
        verbose_name = "fokusområde"
        verbose_name_plural = "fokusområden"
        ordering = ["viljeinriktning", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["viljeinriktning", "slug"], name="programme_fokusomrade_slug"
            ),
            models.UniqueConstraint(
                fields=["viljeinriktning", "number"],
                name="programme_fokusomrade_number",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        strand = self.viljeinriktning
        return reverse(
            "programme:fokusomrade", args=[strand.edition.slug, strand.slug, self.slug]
        )

    def natural_key(self):
        return (self.viljeinriktning.edition.slug, self.number)

    natural_key.dependencies = ["programme.viljeinriktning"]


class Prioritering(models.Model):
    """One of the fifty-eight sentences that say what the city gives priority to.

    The document lists them with bullets; the letter is the site's own index.
    """

    fokusomrade = models.ForeignKey(
        Fokusomrade,
        models.PROTECT,
        related_name="prioriteringar",
        verbose_name="fokusområde",
    )
    position = models.PositiveSmallIntegerField(
        "ordning", validators=[MinValueValidator(1), MaxValueValidator(26)]
    )
    slug = models.SlugField("adressdel", unique=True, max_length=40)
    text = models.TextField("text")

    history = History()
    objects = querysets.PrioriteringQuerySet.as_manager()

    class Meta:
        verbose_name = "prioritering"
        verbose_name_plural = "prioriteringar"
        ordering = ["fokusomrade", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["fokusomrade", "position"],
                name="programme_prioritering_position",
            )
        ]

    def __str__(self):
        return f"{self.number} {self.text}"

    def get_absolute_url(self):
        return reverse("programme:prioritering", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["programme.fokusomrade"]

    @property
    def letter(self):
        return ascii_lowercase[self.position - 1]

    @property
    def number(self):
        return f"{self.fokusomrade.number} {self.letter}"


class Footnote(models.Model):
    """A footnote and the place its number stands at."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="footnotes", verbose_name="utgåva"
    )
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("text")
    chapter = models.ForeignKey(
        Chapter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="footnotes",
        verbose_name="kapitel",
    )
    fokusomrade = models.ForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="footnotes",
        verbose_name="fokusområde",
    )
    prioritering = models.ForeignKey(
        Prioritering,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="footnotes",
        verbose_name="prioritering",
    )
    offset = models.PositiveIntegerField(
        "plats", help_text="Antal tecken i texten före notens siffra."
    )

    history = History()
    objects = querysets.FootnoteQuerySet.as_manager()

    class Meta:
        verbose_name = "fotnot"
        verbose_name_plural = "fotnoter"
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"], name="programme_footnote_number"
            ),
            models.CheckConstraint(
                condition=(
                    Q(chapter=None, fokusomrade=None, prioritering__isnull=False)
                    | Q(chapter=None, fokusomrade__isnull=False, prioritering=None)
                    | Q(chapter__isnull=False, fokusomrade=None, prioritering=None)
                ),
                name="programme_footnote_has_one_place",
                violation_error_message=(
                    "Välj ett kapitel, ett fokusområde eller en prioritering."
                ),
            ),
        ]

    def __str__(self):
        return f"fotnot {self.number}"

    def natural_key(self):
        return (self.edition.slug, self.number)

    natural_key.dependencies = [
        "programme.chapter",
        "programme.fokusomrade",
        "programme.prioritering",
    ]
