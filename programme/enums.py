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


class PageKind(TextChoices):
    """What the search finds beside contributions: see `programme.findable`."""

    CHAPTER = "chapter", "Kapitel"
    VILJEINRIKTNING = "viljeinriktning", "Viljeinriktning"
    FOKUSOMRADE = "fokusomrade", "Fokusområde"
    PRIORITERING = "prioritering", "Prioritering"
    FRAMEWORK = "framework", "Omvärld"
    GOAL = "goal", "Mål"
    STEERING_DOCUMENT = "steering_document", "Styrdokument"
    TERM = "term", "Ord i ordlistan"

    @property
    def plural(self):
        return {
            PageKind.CHAPTER: "Kapitel i programmet",
            PageKind.VILJEINRIKTNING: "Viljeinriktningar",
            PageKind.FOKUSOMRADE: "Fokusområden",
            PageKind.PRIORITERING: "Prioriteringar",
            PageKind.FRAMEWORK: "Omvärld",
            PageKind.GOAL: "Mål i omvärlden",
            PageKind.STEERING_DOCUMENT: "Styrdokument",
            PageKind.TERM: "Ord i ordlistan",
        }[self]
