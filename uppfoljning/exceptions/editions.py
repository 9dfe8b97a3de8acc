"""What can go wrong when an edition is drafted, confirmed or put in force."""


class EditionError(Exception):
    """Base of every refusal."""

    user_message = "Det gick inte att ändra utgåvan. Ladda om sidan och försök igen."

    def __init__(self, *args, user_message=None):
        super().__init__(*args)
        if user_message:
            self.user_message = user_message


class MayNotRevise(EditionError):
    user_message = (
        "Du får inte göra det här med utgåvan. Be den som är dokumentansvarig om hjälp."
    )


class NothingToDraftFrom(EditionError):
    user_message = "Det finns ingen beslutad utgåva att börja från."


class AddressTaken(EditionError):
    user_message = "Det finns redan en utgåva med den adressdelen. Välj en annan."


class InvalidMove(EditionError):
    user_message = (
        "Utgåvan är inte längre i det läget. Ladda om sidan för att se vad som gäller."
    )


class NotReady(EditionError):
    """`obstacles` says what is missing, in words for the document owner."""

    user_message = (
        "Utgåvan kan inte sättas i kraft än. Det som saknas står under Återstår."
    )

    def __init__(self, *args, obstacles=()):
        super().__init__(*args)
        self.obstacles = list(obstacles)


class LineageChanged(EditionError):
    user_message = (
        "En del av härkomsten har ändrats eller tagits bort sedan sidan visades. "
        "Ingenting är bekräftat. Titta igenom den igen."
    )
