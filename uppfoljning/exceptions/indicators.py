"""What can go wrong with values, in words for the document owner.

`user_message` is Swedish, says what happened and what to do, and may be shown.
"""


class KoladaFault(Exception):
    """Base of every answer that nothing is kept of."""

    user_message = "Det gick inte att hämta värden från Kolada. Försök igen senare."

    def __init__(self, *args: object, user_message: str = "") -> None:
        super().__init__(*args)
        if user_message:
            self.user_message = user_message


class NoAnswer(KoladaFault):
    user_message = (
        "Kolada svarade inte i tid. Inget är ändrat. Försök igen om en stund."
    )


class Refused(KoladaFault):
    """Kolada answered with another status than 200; `user_message` says which."""


class BrokenOff(KoladaFault):
    user_message = (
        "Svaret från Kolada kom inte fram helt. Inget är ändrat. Försök igen om en "
        "stund."
    )


class AnotherShape(KoladaFault):
    """The answer is not what Kolada's documentation says; `user_message` says how."""


class MissingGender(AnotherShape):
    user_message = (
        "Ett värde i svaret från Kolada saknar uppgift om kön. Inget är ändrat. "
        "Kontrollera om Kolada har ändrat sitt format."
    )


class UnknownIndicator(KoladaFault):
    user_message = (
        "Kolada har inget nyckeltal med det numret. Inget är ändrat. Kontrollera "
        "numret, eller om Kolada har tagit bort nyckeltalet."
    )
