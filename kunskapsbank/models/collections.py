"""Samlingar: contributions that moderators gather on a theme."""

from django.db import models
from django.urls import reverse

from kunskapsbank import subject_querysets
from kunskapsbank.models.content import Entry
from programme.models.history import History
from search.sorting import SortKeyField


class Collection(models.Model):
    """A theme with a short text, and the contributions that say something of it."""

    title = models.CharField("rubrik", max_length=140)
    slug = models.SlugField("adressdel", max_length=120, unique=True)
    text = models.TextField("text", max_length=2000)
    is_published = models.BooleanField("syns för alla", default=False)
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    changed_at = models.DateTimeField("ändrad", auto_now=True)
    # Tells which text somebody was shown: every save raises it.
    lock = models.PositiveIntegerField("textens nummer", default=0)
    entries = models.ManyToManyField(
        Entry,
        through="CollectedEntry",
        related_name="collections",
        verbose_name="bidrag",
    )
    sort_key = SortKeyField(of="title")

    objects = subject_querysets.CollectionQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "samling"
        verbose_name_plural = "samlingar"
        ordering = ["sort_key"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("kunskapsbank:collection", args=[self.slug])


class CollectedEntry(models.Model):
    """A contribution's place in a collection, and what a moderator says of it."""

    collection = models.ForeignKey(
        Collection,
        models.CASCADE,
        related_name="collected_entries",
        verbose_name="samling",
    )
    entry = models.ForeignKey(
        Entry,
        models.CASCADE,
        related_name="collected_entries",
        verbose_name="bidrag",
    )
    position = models.PositiveSmallIntegerField("plats")
    note = models.CharField("varför det är med", max_length=300, blank=True)

    class Meta:
        verbose_name = "bidrag i samling"
        verbose_name_plural = "bidrag i samlingar"
        ordering = ["collection", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "entry"], name="kunskapsbank_collected_once"
            )
        ]

    def __str__(self):
        return f"{self.entry} i {self.collection}"
