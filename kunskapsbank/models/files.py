"""Files, and which versions have them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kunskapsbank import enums, querysets
from kunskapsbank.models.content import Version


class StoredFile(models.Model):
    """A file that is kept, once however many versions have it; it never changes."""

    hash = models.CharField("kontrollsumma", max_length=64, unique=True)
    content_type = models.CharField("filtyp", max_length=40)
    size = models.PositiveIntegerField("storlek i byte")
    stored_name = models.CharField("namn i lagret", max_length=120, unique=True)
    thumbnail_name = models.CharField(
        "miniatyrens namn i lagret", max_length=120, blank=True
    )
    width = models.PositiveIntegerField("bredd", null=True, blank=True)
    height = models.PositiveIntegerField("höjd", null=True, blank=True)
    report = models.JSONField("vad kontrollen fann", default=dict, blank=True)
    text = models.TextField("text i dokumentet", blank=True)
    scan = models.CharField(
        "viruskontroll", max_length=20, choices=enums.Scan, default=enums.Scan.NONE
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="uppladdad av",
    )
    created_at = models.DateTimeField("skapad", auto_now_add=True)

    objects = querysets.StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "lagrad fil"
        verbose_name_plural = "lagrade filer"
        indexes = [
            models.Index(
                fields=["uploaded_by", "created_at"], name="kunskapsbank_uploads"
            )
        ]

    def __str__(self):
        return self.hash[:12]

    @property
    def is_image(self):
        return self.content_type.startswith("image/")


class VersionAttachment(models.Model):
    """A file as one version shows it; a copy of the version has one of its own."""

    version = models.ForeignKey(
        Version, models.CASCADE, related_name="attachments", verbose_name="version"
    )
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        related_name="attachments",
        verbose_name="lagrad fil",
    )
    name = models.CharField("filnamn", max_length=100)
    alt = models.CharField("beskrivning av bilden", max_length=300, blank=True)
    is_decorative = models.BooleanField("bilden är bara dekoration", default=False)
    language = models.CharField("språk i dokumentet", max_length=10, default="sv")
    people = models.CharField(
        "personer på bilden", max_length=20, choices=enums.People, blank=True
    )
    shows_children = models.BooleanField("barn på bilden", default=False)
    position = models.PositiveIntegerField("ordning", default=0)

    # Told to whoever has just added it, and then forgotten.
    was_shortened = False

    objects = querysets.VersionAttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        ordering = ["version", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "file"], name="kunskapsbank_file_once_in_version"
            ),
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alt=""),
                name="kunskapsbank_decoration_says_nothing",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("kunskapsbank:attachment", args=[self.pk, self.name])

    @property
    def thumbnail_url(self):
        return reverse("kunskapsbank:thumbnail", args=[self.pk, self.name])

    @property
    def is_described(self):
        """Whether all that is asked about a picture is answered."""
        if not self.file.is_image:
            return True
        return bool((self.alt or self.is_decorative) and self.people)
