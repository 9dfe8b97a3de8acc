"""The closed sets of values of the frame."""

from django.db.models import TextChoices


class PageKind(TextChoices):
    """What the search finds beside contributions, as `programme.findable` has it."""

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
