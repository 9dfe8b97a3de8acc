"""What surrounds the decided text: goals it rests on, documents, words explained.

These are facts and editorial interpretation, not decided by the city. Sources,
confidence and notes are for editors and are never shown to readers.
"""

from django.db import models
from django.urls import reverse

from programme import querysets
from programme.enums import Confidence, FrameworkLevel
from programme.models.history import History
from programme.models.text import Fokusomrade
from programme.validators import validate_texts
from search.sorting import SortKeyField


class Sourced(models.Model):
    """What an editor needs to know about where a fact was read."""

    confidence = models.CharField(
        "säkerhet", max_length=10, choices=Confidence, default=Confidence.HIGH
    )
    sources = models.JSONField(
        "källor", default=list, blank=True, validators=[validate_texts]
    )
    editor_note = models.TextField("anteckning för redaktörer", blank=True)

    class Meta:
        abstract = True


class Framework(Sourced):
    """A set of goals outside the city, named in chapter 2.1, or a later one."""

    slug = models.SlugField("adressdel", unique=True, max_length=80)
    level = models.CharField("nivå", max_length=20, choices=FrameworkLevel)
    title = models.CharField("namn", max_length=200)
    short_title = models.CharField("kort namn", max_length=60)
    title_in_programme = models.CharField(
        "namn i programmet", max_length=200, blank=True
    )
    summary = models.TextField("beskrivning")
    overarching_goal = models.TextField("övergripande mål", blank=True)
    responsible = models.TextField("ansvarig", blank=True)
    adopted = models.TextField("antaget", blank=True)
    valid = models.CharField("gäller", max_length=200, blank=True)
    held_in_2016 = models.BooleanField("gällde när programmet beslutades", default=True)
    url = models.URLField("webbadress", max_length=500, blank=True)
    parts_heading = models.CharField("rubrik för delarna", max_length=200)
    later_version = models.TextField("senare version", blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    history = History()
    objects = querysets.FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = "ramverk"
        verbose_name_plural = "ramverk"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug="styrdokument"),
                name="programme_framework_slug_not_reserved",
                violation_error_message="Adressdelen är upptagen av en annan sida.",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("programme:framework", args=[self.slug])

    def natural_key(self):
        return (self.slug,)


class Goal(Sourced):
    """One part of a framework."""

    framework = models.ForeignKey(
        Framework, models.PROTECT, related_name="goals", verbose_name="ramverk"
    )
    number = models.PositiveSmallIntegerField("nummer", null=True, blank=True)
    slug = models.SlugField("adressdel", max_length=100)
    title = models.CharField("namn", max_length=200)
    earlier_title = models.CharField("tidigare namn", max_length=200, blank=True)
    summary = models.TextField("beskrivning", blank=True)
    authority = models.CharField("ansvarig myndighet", max_length=200, blank=True)
    named_in_programme = models.BooleanField("nämns i programmet", default=False)
    url = models.URLField("webbadress", max_length=500, blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    history = History()
    objects = querysets.GoalQuerySet.as_manager()

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["framework", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "slug"], name="programme_goal_slug"
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.title}" if self.number else self.title

    def get_absolute_url(self):
        return reverse("programme:goal", args=[self.framework.slug, self.slug])

    def natural_key(self):
        return (self.framework.slug, self.slug)

    natural_key.dependencies = ["programme.framework"]


class GoalLink(models.Model):
    """An editorial tie between a fokusområde and a goal, with its motivation."""

    fokusomrade = models.ForeignKey(
        Fokusomrade,
        models.CASCADE,
        related_name="goal_links",
        verbose_name="fokusområde",
    )
    goal = models.ForeignKey(
        Goal, models.CASCADE, related_name="goal_links", verbose_name="mål"
    )
    motivation = models.CharField("motivering", max_length=300)

    history = History()
    objects = querysets.GoalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "målkoppling"
        verbose_name_plural = "målkopplingar"
        ordering = ["fokusomrade", "goal"]
        constraints = [
            models.UniqueConstraint(
                fields=["fokusomrade", "goal"], name="programme_goal_link_once"
            )
        ]

    def __str__(self):
        return f"{self.fokusomrade.number} – {self.goal}"

    def natural_key(self):
        return (*self.fokusomrade.natural_key(), *self.goal.natural_key())

    natural_key.dependencies = ["programme.fokusomrade", "programme.goal"]


class SteeringDocument(Sourced):
    """One of the nine documents listed in chapter 3."""

    slug = models.SlugField("adressdel", unique=True, max_length=80)
    title = models.CharField("namn", max_length=200)
    asterisk = models.BooleanField("väntades från 2016", default=False)
    law = models.CharField("lag", max_length=300, blank=True)
    law_section = models.CharField("lagrum", max_length=100, blank=True)
    law_summary = models.TextField("lagen i korthet", blank=True)
    law_url = models.URLField("källa för lagen", max_length=500, blank=True)
    about = models.TextField("om dokumentet", blank=True)
    about_url = models.URLField("källa om dokumentet", max_length=500, blank=True)
    fokusomraden = models.ManyToManyField(
        Fokusomrade,
        through="SteeringDocumentLink",
        related_name="steering_documents",
        verbose_name="fokusområden",
    )
    position = models.PositiveSmallIntegerField("ordning")

    history = History()
    objects = querysets.SteeringDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "styrdokument"
        verbose_name_plural = "styrdokument"
        ordering = ["position"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('programme:steering_documents')}#{self.slug}"

    def natural_key(self):
        return (self.slug,)

    @property
    def law_is_established(self):
        return bool(self.law) and self.confidence != Confidence.LOW


class SteeringDocumentLink(models.Model):
    """An editorial tie between a steering document and a fokusområde."""

    document = models.ForeignKey(
        SteeringDocument,
        models.CASCADE,
        related_name="links",
        verbose_name="styrdokument",
    )
    fokusomrade = models.ForeignKey(
        Fokusomrade,
        models.CASCADE,
        related_name="steering_document_links",
        verbose_name="fokusområde",
    )

    history = History()
    objects = querysets.SteeringDocumentLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "styrdokumentkoppling"
        verbose_name_plural = "styrdokumentkopplingar"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "fokusomrade"],
                name="programme_steering_document_link_once",
            )
        ]

    def __str__(self):
        return f"{self.document} – {self.fokusomrade.number}"

    def natural_key(self):
        return (*self.document.natural_key(), *self.fokusomrade.natural_key())

    natural_key.dependencies = [
        "programme.steeringdocument",
        "programme.fokusomrade",
    ]


class Term(Sourced):
    """A word of the programme, explained in plain Swedish."""

    slug = models.SlugField("adressdel", unique=True, max_length=80)
    term = models.CharField("ord", max_length=100)
    explanation = models.TextField("förklaring")
    forms = models.JSONField(
        "former i texten",
        default=list,
        blank=True,
        validators=[validate_texts],
        help_text="Böjningar av ordet som ska länkas i programtexten.",
    )
    sort_key = SortKeyField(of="term")

    history = History()
    objects = querysets.TermQuerySet.as_manager()

    class Meta:
        verbose_name = "ordförklaring"
        verbose_name_plural = "ordförklaringar"
        ordering = ["sort_key"]

    def __str__(self):
        return self.term

    def get_absolute_url(self):
        return f"{reverse('programme:glossary')}#{self.slug}"

    def natural_key(self):
        return (self.slug,)
