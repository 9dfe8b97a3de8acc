"""The programme's decided text, and what the site itself says around it."""

from programme.models.context import (
    Framework,
    Goal,
    GoalLink,
    SteeringDocument,
    SteeringDocumentLink,
    Term,
)
from programme.models.lineage import Heir, Lineage
from programme.models.text import (
    Chapter,
    Edition,
    Fokusomrade,
    Footnote,
    Prioritering,
    Viljeinriktning,
)

__all__ = [
    "Chapter",
    "Edition",
    "Fokusomrade",
    "Footnote",
    "Framework",
    "Goal",
    "GoalLink",
    "Heir",
    "Lineage",
    "Prioritering",
    "SteeringDocument",
    "SteeringDocumentLink",
    "Term",
    "Viljeinriktning",
]
