"""Samband: how one prioritering bears on another, and what shows it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate

from kunskapsbank import connection_querysets
from kunskapsbank.enums import ConnectionKind, ConnectionStatus, DeclineReason
from kunskapsbank.models.content import Entry
from programme.models import Prioritering

_NEVER_DECIDED = [ConnectionStatus.PROPOSED, ConnectionStatus.WITHDRAWN]


class Connection(models.Model):
    """What somebody says ties two prioriteringar of one edition.

    A conflict has no direction, and is kept with the lower key as `from`.
    Changes through `kunskapsbank.workflow.connections` alone.
    """

    kind = models.CharField("slag", max_length=20, choices=ConnectionKind)
    from_prioritering = models.ForeignKey(
        Prioritering,
        models.PROTECT,
        related_name="connections_from",
        verbose_name="från prioritering",
    )
    to_prioritering = models.ForeignKey(
        Prioritering,
        models.PROTECT,
        related_name="connections_to",
        verbose_name="till prioritering",
    )
    sentence = models.CharField("hur de hör ihop", max_length=300)
    entries = models.ManyToManyField(
        Entry,
        blank=True,
        related_name="connections",
        verbose_name="bidrag som visar det",
    )
    link = models.URLField("länk som visar det", max_length=500, blank=True)
    link_title = models.CharField("vad länken leder till", max_length=140, blank=True)
    status = models.CharField(
        "läge",
        max_length=20,
        choices=ConnectionStatus,
        default=ConnectionStatus.PROPOSED,
    )
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="connections",
        verbose_name="föreslaget av",
    )
    proposed_at = models.DateTimeField("föreslaget")
    decided_at = models.DateTimeField("beslutat", null=True, blank=True)
    # The same form sent twice makes one connection.
    key = models.UUIDField("formulärets nyckel", unique=True)

    objects = connection_querysets.ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = "samband"
        verbose_name_plural = "samband"
        indexes = [
            models.Index(
                fields=["status", "proposed_at"], name="kunskapsbank_connections"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_prioritering=F("to_prioritering")),
                name="kunskapsbank_connection_of_two",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConnectionKind.CONFLICTS)
                | Q(from_prioritering__lt=F("to_prioritering")),
                name="kunskapsbank_connection_conflict_one_way",
            ),
            models.UniqueConstraint(
                fields=["kind", "from_prioritering", "to_prioritering"],
                condition=Q(
                    status__in=[ConnectionStatus.PROPOSED, ConnectionStatus.APPROVED]
                ),
                name="kunskapsbank_connection_once",
            ),
            models.CheckConstraint(
                condition=Q(link="", link_title="") | ~Q(link="") & ~Q(link_title=""),
                name="kunskapsbank_connection_link_named",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_NEVER_DECIDED) | Q(decided_at__isnull=False),
                name="kunskapsbank_connection_decided_at",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("kunskapsbank:connection", args=[self.pk])

    @property
    def number(self):
        return f"S-{self.pk}"

    @property
    def title(self):
        """Such as "4.1.1 a stöder 4.3.1 b"."""
        ends = self.from_prioritering.number, self.to_prioritering.number
        return f"{ends[0]} {self.get_kind_display()} {ends[1]}"

    @property
    def is_proposed(self):
        return self.status == ConnectionStatus.PROPOSED

    @property
    def is_approved(self):
        return self.status == ConnectionStatus.APPROVED

    @property
    def evidence(self):
        """The contributions that show it, as they may be read now. Needs
        `with_evidence`."""
        return [entry.listed_versions[0] for entry in self.shown_entries]

    @property
    def has_evidence(self):
        return bool(self.link or self.shown_entries)

    @property
    def waiting_days(self):
        """Days since it was proposed, by the calendar in Sweden."""
        return (localdate() - localdate(self.proposed_at)).days


class ConnectionEvent(models.Model):
    """That a connection was proposed, decided on or taken back, and what was said."""

    connection = models.ForeignKey(
        Connection, models.PROTECT, related_name="events", verbose_name="samband"
    )
    from_status = models.CharField(
        "från", max_length=20, choices=ConnectionStatus, blank=True
    )
    to_status = models.CharField("till", max_length=20, choices=ConnectionStatus)
    reason = models.CharField("skäl", max_length=20, choices=DeclineReason, blank=True)
    message = models.TextField("meddelande", max_length=4000, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="av",
    )
    happened_at = models.DateTimeField("tidpunkt")

    class Meta:
        verbose_name = "händelse för samband"
        verbose_name_plural = "händelser för samband"
        ordering = ["happened_at", "pk"]

    def __str__(self):
        return f"{self.connection_id}: {self.get_to_status_display()}"
