"""What can go wrong with an initiative."""

from kunskapsbank.exceptions import WorkflowError


class InitiativeError(WorkflowError):
    user_message = "Det gick inte att ändra insatsen. Ladda om sidan och försök igen."


class NotAllowed(InitiativeError):
    user_message = (
        "Du får inte göra det här med insatsen. Hör av dig till den dokumentansvariga, "
        "om du tror att det är fel."
    )


class OwnInitiative(NotAllowed):
    user_message = (
        "Texten är din egen. Låt en annan dokumentansvarig fatta beslutet. Ingenting "
        "har ändrats."
    )


class InvalidTransition(InitiativeError):
    user_message = "Insatsen är inte längre i det läget. Ladda om sidan."


class AlreadyDecided(InvalidTransition):
    """Somebody else decided first; `user_message` says who and what."""


class TakenBack(InvalidTransition):
    user_message = (
        "Texten är tagen tillbaka av den som har skrivit den, och väntar inte på "
        "beslut längre. Ditt beslut är inte sparat."
    )


class NotEditable(InvalidTransition):
    """The text cannot be changed in its status; `user_message` says what can."""


class Withdrawn(InvalidTransition):
    user_message = (
        "Insatsen är återtagen och syns inte på webbplatsen. Ingenting har ändrats."
    )


class AlreadyWaiting(InitiativeError):
    user_message = (
        "Du har redan en ändring av den här insatsen som väntar på beslut. Ta tillbaka "
        "den, om du vill ändra den."
    )


class StaleInitiative(InitiativeError):
    """The text changed since it was shown; `stored` is what is kept now, as data."""

    user_message = (
        "Texten har sparats någon annanstans sedan du öppnade den. Båda texterna "
        "finns kvar: jämför dem och spara den du vill ha."
    )

    def __init__(self, *args, stored, user_message=None):
        super().__init__(*args, user_message=user_message)
        self.stored = stored


class StaleDecision(InitiativeError):
    user_message = (
        "Texten, eller den som är publicerad, har ändrats sedan du öppnade sidan. "
        "Inget beslut är fattat. Läs det som är nytt och besluta igen."
    )


class Incomplete(InitiativeError):
    """`faults` says for each field what is missing or must go, in Swedish."""

    user_message = (
        "Något saknas innan insatsen kan skickas in. Utkastet är sparat som det är."
    )

    def __init__(self, *args, faults, user_message=None):
        super().__init__(*args, user_message=user_message)
        self.faults = faults


class KeyUsed(InitiativeError):
    user_message = "Formuläret är redan använt. Ladda om sidan och försök igen."
