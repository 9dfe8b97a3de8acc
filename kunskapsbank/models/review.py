"""What happened to contributions: the append-only history, and what hangs on it."""

from django.conf import settings
from django.db import models

from kunskapsbank import enums, querysets
from kunskapsbank.models.content import Entry, Version


class Actor(models.Model):
    """Which opaque reference stands for a person in the history; goes with them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name="person",
    )
    ref = models.CharField("ogenomskinligt id", max_length=64, unique=True)

    class Meta:
        verbose_name = "aktör"
        verbose_name_plural = "aktörer"

    def __str__(self):
        return self.ref


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
    reason = models.CharField(
        "skäl", max_length=20, choices=enums.DeclineReason, blank=True
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


class EventDetail(models.Model):
    """The name and message of an event, apart from the chain so that they can be
    erased: the event holds salted hashes, and the salts are here."""

    event = models.OneToOneField(
        ReviewEvent,
        models.PROTECT,
        primary_key=True,
        related_name="detail",
        verbose_name="händelse",
    )
    actor_name = models.CharField("namn", max_length=120, blank=True)
    name_salt = models.CharField("namnets salt", max_length=64, blank=True)
    message = models.TextField("meddelande", blank=True)
    message_salt = models.CharField("meddelandets salt", max_length=64, blank=True)

    class Meta:
        verbose_name = "uppgift till händelse"
        verbose_name_plural = "uppgifter till händelser"

    def __str__(self):
        return str(self.event)


class Snapshot(models.Model):
    """A text as it reached somebody else: when submitted, or edited by a moderator.

    Drafts are overwritten as they are written; what was handed in never is.
    """

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="snapshots", verbose_name="version"
    )
    lock = models.PositiveIntegerField("textens nummer")
    text = models.JSONField("text")
    made_at = models.DateTimeField("tidpunkt")

    objects = querysets.SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "inlämnad text"
        verbose_name_plural = "inlämnade texter"
        ordering = ["version", "lock"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "lock"], name="kunskapsbank_snapshot_once"
            )
        ]

    def __str__(self):
        return f"{self.version_id}, text {self.lock}"


class LicenceGrant(models.Model):
    """That the author gave everybody the right to use a text, when submitting it."""

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="licence_grants", verbose_name="version"
    )
    lock = models.PositiveIntegerField("textens nummer")
    licence = models.CharField("licens", max_length=40)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="upplåten av",
    )
    granted_at = models.DateTimeField("tidpunkt")

    class Meta:
        verbose_name = "upplåtelse"
        verbose_name_plural = "upplåtelser"

    def __str__(self):
        return f"{self.licence}, version {self.version_id}"


class Claim(models.Model):
    """That a moderator has taken on a text; lapses by itself."""

    version = models.OneToOneField(
        Version, models.CASCADE, related_name="claim", verbose_name="version"
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name="tagen av",
    )
    until = models.DateTimeField("gäller till")

    objects = querysets.ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "tagen granskning"
        verbose_name_plural = "tagna granskningar"

    def __str__(self):
        return f"{self.version_id}, {self.moderator}"


class Hiding(models.Model):
    """That a contribution is hidden, and who has looked at that again; goes when it is
    shown. What was said stands with the events."""

    entry = models.OneToOneField(
        Entry, models.CASCADE, related_name="hiding", verbose_name="bidrag"
    )
    hidden_at = models.DateTimeField("dolt")
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dolt av",
    )
    objected_at = models.DateTimeField("omprövning begärd", null=True, blank=True)
    upheld_at = models.DateTimeField("senast omprövat", null=True, blank=True)

    objects = querysets.HidingQuerySet.as_manager()

    class Meta:
        verbose_name = "döljande"
        verbose_name_plural = "döljanden"

    def __str__(self):
        return f"{self.entry_id}, {self.hidden_at:%Y-%m-%d}"


class Appeal(models.Model):
    """The author's request that another moderator looks at a decline, once for each."""

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="appeals", verbose_name="version"
    )
    declined_at = models.DateTimeField("gäller beslutet")
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beslutat av",
    )
    appealed_at = models.DateTimeField("begärd")
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)
    granted = models.BooleanField("bifallen", null=True, blank=True)

    objects = querysets.AppealQuerySet.as_manager()

    class Meta:
        verbose_name = "begäran om omprövning"
        verbose_name_plural = "begäranden om omprövning"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "declined_at"], name="kunskapsbank_appeal_once"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, granted=None)
                | models.Q(answered_at__isnull=False, granted__isnull=False),
                name="kunskapsbank_appeal_answered_whole",
            ),
        ]

    def __str__(self):
        return f"{self.version_id}, {self.appealed_at:%Y-%m-%d}"
