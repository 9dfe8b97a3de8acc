"""The closed sets of values in the programme."""

from django.db.models import TextChoices


class EditionStatus(TextChoices):
    IN_FORCE = "in_force", "gäller"
    ENDED = "ended", "har upphört"
    PROPOSAL = "proposal", "förslag"


class LineageKind(TextChoices):
    UNCHANGED = "unchanged", "oförändrad"
    REWORDED = "reworded", "omformulerad"
    MERGED = "merged", "sammanslagen"
    SPLIT = "split", "delad"
    DROPPED = "dropped", "struken"
    NEW = "new", "ny"


class FrameworkLevel(TextChoices):
    INTERNATIONAL = "international", "internationell"
    NATIONAL = "national", "nationell"
    REGIONAL = "regional", "regional"
    LOCAL = "local", "lokal"


class Confidence(TextChoices):
    HIGH = "high", "hög"
    MEDIUM = "medium", "medel"
    LOW = "low", "låg"
