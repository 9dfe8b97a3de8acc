"""The closed sets of values of the indicators."""

from django.db.models import TextChoices


class Wanted(TextChoices):
    """Which way is the better one; an editorial judgement, not the source's."""

    HIGHER = "higher", "högre är bättre"
    LOWER = "lower", "lägre är bättre"
    NEUTRAL = "neutral", "varken högre eller lägre är bättre i sig"


class Direction(TextChoices):
    """Where a series of values is going; see `uppfoljning.directions` for the rule."""

    RIGHT = "right", "rätt håll"
    WRONG = "wrong", "fel håll"
    UNCHANGED = "unchanged", "oförändrat"
    INCREASING = "increasing", "ökar"
    DECREASING = "decreasing", "minskar"
    TOO_LITTLE = "too_little", "för lite data"


class Gender(TextChoices):
    """Kolada's letters."""

    TOTAL = "T", "alla"
    WOMEN = "K", "kvinnor"
    MEN = "M", "män"


class Origin(TextChoices):
    """How a value came here."""

    FETCHED = "fetched", "hämtat"
    UPLOADED = "uploaded", "uppladdat"


class RunState(TextChoices):
    RUNNING = "running", "pågår"
    DONE = "done", "klar"
    FAULTY = "faulty", "klar med fel"
    BROKEN_OFF = "broken_off", "avbruten"


class FetchState(TextChoices):
    """What became of one indicator in a run."""

    CHANGED = "changed", "nya eller ändrade värden"
    UNCHANGED = "unchanged", "inget nytt"
    FAILED = "failed", "gick inte"


class IndicatorKind(TextChoices):
    """What the search finds beside contributions and the programme."""

    INDICATOR = "indicator", "Nyckeltal"

    @property
    def plural(self):
        return "Nyckeltal"
