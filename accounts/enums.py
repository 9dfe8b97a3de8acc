"""The closed sets of values about people."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is here; the value is the name of the group."""

    CONTRIBUTOR = "bidragsgivare", "bidragsgivare"
    EMPLOYEE = "medarbetare", "medarbetare"
    MODERATOR = "moderator", "moderator"
    DOCUMENT_OWNER = "dokumentansvarig", "dokumentansvarig"
    ADMINISTRATOR = "administratör", "administratör"

    @property
    def consequence(self):
        return {
            Role.CONTRIBUTOR: "Får skriva bidrag och föreslå ändringar.",
            Role.EMPLOYEE: (
                "Får också berätta om insatser och skriva lägesbedömningar."
            ),
            Role.MODERATOR: (
                "Får skriva och granska bidrag, bjuda in och svara på ansökningar."
            ),
            Role.DOCUMENT_OWNER: "Får skriva bidrag och följa upp programmet.",
            Role.ADMINISTRATOR: "Får göra allt, även ge roller och ändra programmet.",
        }[self]


class InvitationState(TextChoices):
    WAITING = "waiting", "väntar på svar"
    USED = "used", "använd"
    REVOKED = "revoked", "återkallad"
    EXPIRED = "expired", "har gått ut"
