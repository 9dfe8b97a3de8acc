"""What contributions are about and who took part: tags and organisations."""

import unicodedata

from django.conf import settings
from django.db import models
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from kunskapsbank import enums, subject_querysets
from search.sorting import SortKeyField


def tag_key(name: str) -> str:
    """What makes two tags one: the name composed (NFC) and case-folded."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


class Organisation(models.Model):
    name = models.CharField("namn", max_length=200)
    slug = models.SlugField("adressdel", unique=True, max_length=120)
    kind = models.CharField("slag", max_length=20, choices=enums.OrganisationKind)
    sort_key = SortKeyField(of="name")

    objects = subject_querysets.OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["sort_key"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("kunskapsbank:organisation", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    @property
    def is_used(self):
        return self.versions.exists()


class Tag(TagBase):
    """A subject. `key` makes "äldre" and "Äldre" one on every database."""

    key = models.CharField("nyckel", max_length=100, unique=True)
    is_forbidden = models.BooleanField(
        "får inte användas",
        default=False,
        help_text="Ämnet visas ingenstans och går inte att skriva på nya bidrag.",
    )

    objects = subject_querysets.TagQuerySet.as_manager()

    class Meta:
        verbose_name = "ämne"
        verbose_name_plural = "ämnen"

    def get_absolute_url(self):
        return reverse("kunskapsbank:tag", args=[self.slug])

    def natural_key(self):
        return (self.key,)

    @property
    def is_used(self):
        return self.tagged_versions.exists()


class TagAlias(models.Model):
    """A name that a subject used to have, or that of a subject merged into it.

    Whoever writes it gets the subject, and its address leads there.
    """

    tag = models.ForeignKey(
        Tag, models.CASCADE, related_name="aliases", verbose_name="ämne"
    )
    key = models.CharField("nyckel", max_length=100, unique=True)
    slug = models.SlugField("tidigare adressdel", max_length=100, unique=True)

    class Meta:
        verbose_name = "tidigare namn på ämne"
        verbose_name_plural = "tidigare namn på ämnen"

    def __str__(self):
        return self.key


class TagEvent(models.Model):
    """What a moderator did with a subject, by its name then; the subject may be gone.

    The person is known only while they have their account.
    """

    act = models.CharField("händelse", max_length=20, choices=enums.TagAct)
    name = models.CharField("ämne", max_length=100)
    other = models.CharField("annat ämne eller namn", max_length=100, blank=True)
    happened_at = models.DateTimeField("när", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="av",
    )

    class Meta:
        verbose_name = "händelse med ämne"
        verbose_name_plural = "händelser med ämnen"
        ordering = ["-happened_at", "-pk"]

    def __str__(self):
        return f"{self.name} {self.get_act_display()}"


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
