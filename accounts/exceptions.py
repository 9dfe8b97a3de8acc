"""What can go wrong with accounts, in words for the person who tried.

`user_message` is Swedish, says what happened and what to do, and may be shown.
"""


class GivenUp(OSError):
    """A task has been tried for as long as it is of use: no more tries by itself.

    Raise it `from None`: what the mail server said may name the recipient, and the
    traceback is kept.
    """


class AccountError(Exception):
    """Base of every refusal."""

    user_message = "Det gick inte att ändra. Ladda om sidan och försök igen."

    def __init__(self, *args, user_message=None):
        super().__init__(*args)
        if user_message:
            self.user_message = user_message


class NotAllowed(AccountError):
    user_message = (
        "Du får inte göra det här. Be en administratör om hjälp, om du tror att det "
        "är fel."
    )


class LastAdministrator(AccountError):
    user_message = (
        "Personen är den enda administratören. Gör någon annan till administratör "
        "först."
    )


class AlreadyHere(AccountError):
    user_message = "Personen har redan ett konto som kan det här."


class AccountClosed(AccountError):
    user_message = (
        "Kontot med den här adressen är avstängt. Be en administratör öppna det."
    )


class InvitationNotOpen(AccountError):
    user_message = "Inbjudan är redan använd eller återkallad."


class UnknownLink(AccountError):
    user_message = "Länken leder inte till någon inbjudan."


class NameMissing(AccountError):
    user_message = "Skriv ditt namn."


class AlreadyAnswered(AccountError):
    user_message = "Ansökan är redan besvarad."


class MessageMissing(AccountError):
    user_message = "Skriv ett svar, så att den som har ansökt vet vad som gäller."
