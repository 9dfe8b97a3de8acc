"""The closed sets of values for assessments and reports."""

from django.db.models import TextChoices


class AssessmentStatus(TextChoices):
    """How far the text about a fokusområde has come."""

    NOT_STARTED = "not_started", "inte påbörjad"
    ONGOING = "ongoing", "pågår"
    READY = "ready", "klar att läsa"
    DONE = "done", "klar"


class ReportStatus(TextChoices):
    DRAFT = "draft", "utkast"
    ADOPTED = "adopted", "fastställd"


class ReportKind(TextChoices):
    """What reports are called among what is found."""

    REPORT = "report", "Rapport"

    @property
    def plural(self):
        return "Rapporter"
