"""A copy of everything public, for when the site cannot answer and for the archive."""

from livskvalitet.static_copy.asking import Unanswered
from livskvalitet.static_copy.making import NoPlace, make, mend

__all__ = ["NoPlace", "Unanswered", "make", "mend"]
