"""What the finding of public content keeps in the database.

All but the synonyms is made from what the apps hand in, and can be made anew.
"""

from django.db import models
from simple_history.models import HistoricalRecords

from search import querysets


class ContentGeneration(models.Model):
    """One row whose number is raised by every change to public content.

    Caches and ETags are keyed on it, so that a change is seen at once.
    """

    number = models.PositiveBigIntegerField("nummer", default=1)

    class Meta:
        verbose_name = "innehållsgeneration"
        verbose_name_plural = "innehållsgenerationer"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="search_one_content_generation"
            )
        ]

    def __str__(self):
        return str(self.number)


class IndexedDocument(models.Model):
    """A page that can be found: what a list of hits needs, in a narrow row.

    `place` grows with the date, so the newest come first by the key alone; the
    engine's own table, `search_terms`, has the same key.
    """

    place = models.BigIntegerField("plats", primary_key=True)
    key = models.CharField("nyckel", max_length=100, unique=True)
    kind = models.CharField("slag", max_length=50)
    address = models.CharField("adress", max_length=500)
    title = models.CharField("rubrik", max_length=500)
    date = models.DateField("datum", null=True, blank=True)
    confirmed = models.BooleanField("bekräftat", default=True)
    facets = models.TextField("egenskaper", blank=True)

    class Meta:
        verbose_name = "sökbar sida"
        verbose_name_plural = "sökbara sidor"

    def __str__(self):
        return self.title


class IndexedText(models.Model):
    """The text of a document, from which the index and the snippets are made."""

    document = models.OneToOneField(
        IndexedDocument,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="content",
        verbose_name="sida",
    )
    summary = models.TextField("sammanfattning", blank=True)
    text = models.TextField("text", blank=True)

    class Meta:
        verbose_name = "sökbar text"
        verbose_name_plural = "sökbara texter"

    def __str__(self):
        return self.summary


class VocabularyWord(models.Model):
    """A word as it is spelt in the documents, and how many have it."""

    word = models.CharField("ord", max_length=60, primary_key=True)
    stem = models.CharField("stam", max_length=60, db_index=True)
    folded = models.CharField("utan prickar", max_length=60, db_index=True)
    folded_stem = models.CharField(
        "stam utan prickar", max_length=60, db_index=True, default=""
    )
    parts = models.TextField("delar", blank=True)
    documents = models.PositiveIntegerField("antal sidor")

    class Meta:
        verbose_name = "ord i sökningen"
        verbose_name_plural = "ord i sökningen"

    def __str__(self):
        return self.word


class MissedSearch(models.Model):
    """What several visitors of one day searched for and did not find.

    Kept only when at least three visits share it, and nothing in it looks like a
    person.
    """

    query = models.CharField("sökning", max_length=100)
    day = models.DateField("dag")
    visits = models.PositiveIntegerField("antal besök")

    objects = querysets.MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "sökning utan träff"
        verbose_name_plural = "sökningar utan träff"
        constraints = [
            models.UniqueConstraint(
                fields=["query", "day"], name="search_missed_once_a_day"
            )
        ]

    def __str__(self):
        return self.query


class SynonymGroup(models.Model):
    """Words that find the same, kept by moderators."""

    words = models.TextField(
        "ord",
        help_text=(
            "Ett ord eller uttryck per rad. Den som söker på ett av dem hittar också "
            "de andra. Böjningar behövs inte."
        ),
    )

    history = HistoricalRecords(
        verbose_name="historik för synonymer",
        verbose_name_plural="historik för synonymer",
    )

    class Meta:
        verbose_name = "synonymer"
        verbose_name_plural = "synonymer"

    def __str__(self):
        return ", ".join(self.words.split("\n"))
