"""The closed sets of values in the knowledge bank."""

from django.db.models import TextChoices


class Kind(TextChoices):
    GOOD_EXAMPLE = "good_example", "Gott exempel"
    EXPERIENCE = "experience", "Erfarenhet"
    RESEARCH = "research", "Forskning"
    LINK = "link", "Länk"

    @property
    def plural(self):
        return {
            Kind.GOOD_EXAMPLE: "Goda exempel",
            Kind.EXPERIENCE: "Erfarenheter",
            Kind.RESEARCH: "Forskning",
            Kind.LINK: "Länkar",
        }[self]


class Status(TextChoices):
    DRAFT = "draft", "utkast"
    SUBMITTED = "submitted", "inskickat"
    RETURNED = "returned", "komplettering begärd"
    PUBLISHED = "published", "publicerat"
    REPLACED = "replaced", "ersatt"
    DECLINED = "declined", "avböjt"


class EntryState(TextChoices):
    OPEN = "open", "öppet"
    HIDDEN = "hidden", "dolt"
    WITHDRAWN = "withdrawn", "återtaget"


class Outcome(TextChoices):
    SUCCEEDED = "succeeded", "lyckades"
    PARTLY = "partly", "lyckades delvis"
    ABANDONED = "abandoned", "avbröts"


class OrganisationKind(TextChoices):
    ADMINISTRATION = "administration", "förvaltning"
    BOARD = "board", "nämnd"
    COMPANY = "company", "kommunalt bolag"
    BUSINESS = "business", "företag"
    ASSOCIATION = "association", "förening"
    UNIVERSITY = "university", "lärosäte"
    OTHER = "other", "annan"


class Act(TextChoices):
    """What a review event says happened."""

    LOADED = "loaded", "inläst vid starten"


class Order(TextChoices):
    """How a list of contributions may be ordered."""

    NEWEST = "senaste", "Senaste först"
    OLDEST = "aldsta", "Äldsta först"
    YEAR = "ar", "Nyaste årtal först"
    TITLE = "a-o", "Rubrik, A till Ö"
