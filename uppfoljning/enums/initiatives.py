"""The closed sets of values for initiatives."""

from django.db.models import TextChoices

from kunskapsbank.enums import OrganisationKind

# Who answers for initiatives: the city's own boards, administrations and companies.
CITY = (
    OrganisationKind.BOARD,
    OrganisationKind.ADMINISTRATION,
    OrganisationKind.COMPANY,
)


class Progress(TextChoices):
    """How far an initiative has come."""

    PLANNED = "planned", "planerad"
    ONGOING = "ongoing", "pågår"
    FINISHED = "finished", "avslutad"


class InitiativeStatus(TextChoices):
    """What has become of a text about an initiative."""

    DRAFT = "draft", "utkast"
    SUBMITTED = "submitted", "inskickad"
    RETURNED = "returned", "komplettering begärd"
    PUBLISHED = "published", "publicerad"
    REPLACED = "replaced", "ersatt"
    DECLINED = "declined", "avböjd"


class InitiativeState(TextChoices):
    """Whether readers see an initiative that has been published."""

    OPEN = "open", "öppen"
    WITHDRAWN = "withdrawn", "återtagen"


class InitiativeKind(TextChoices):
    """What the search finds beside contributions and the programme."""

    INITIATIVE = "initiative", "Insats"

    @property
    def plural(self):
        return "Insatser"
