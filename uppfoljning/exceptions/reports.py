"""What can go wrong with an assessment or a report."""

from kunskapsbank.exceptions import WorkflowError


class ReportError(WorkflowError):
    user_message = "Det gick inte att ändra rapporten. Ladda om sidan och försök igen."


class NotAllowed(ReportError):
    user_message = (
        "Du får inte göra det här. Hör av dig till den dokumentansvariga, om du tror "
        "att det är fel."
    )


class InvalidMove(ReportError):
    user_message = (
        "Någon annan har ändrat läget sedan du öppnade sidan. Ladda om sidan för att "
        "se vad som gäller. Ingenting har ändrats."
    )


class YearTaken(ReportError):
    user_message = "Det finns redan en uppföljning med det rapportåret."


class PeriodInWrongOrder(ReportError):
    user_message = "Perioden ska sluta tidigast det år den börjar."


class MayNotBeAssigned(ReportError):
    user_message = (
        "Den du valde kan inte skriva lägesbedömningar längre. Ingen har fördelats. "
        "Ladda om sidan och välj igen."
    )


class NotEditable(ReportError):
    """The text cannot be written in now; `user_message` says why."""


class StaleAssessment(ReportError):
    """The text changed since it was shown; `stored` is what is kept now, as data."""

    user_message = (
        "Texten har sparats någon annanstans sedan du öppnade den. Båda texterna "
        "finns kvar: jämför dem och spara den du vill ha."
    )

    def __init__(self, *args, stored, user_message=None):
        super().__init__(*args, user_message=user_message)
        self.stored = stored


class TooLong(ReportError):
    """The text does not fit; `user_message` says by how much."""


class NothingWritten(ReportError):
    user_message = "Skriv en lägesbedömning först. Det som är sparat finns kvar."


class HoldsPersonalNumber(ReportError):
    """`user_message` says which."""


class PartsMissing(ReportError):
    user_message = (
        "Rapporten kan inte fastställas än. Det som saknas står under Det här saknas."
    )


class NotAdopted(ReportError):
    user_message = "Rapporten är inte fastställd än, och kan ändras som den är."


class AlreadyAdopted(ReportError):
    user_message = (
        "Rapporten är redan fastställd. Ingenting i den kan ändras. Skriv en "
        "rättelse, om något är fel."
    )


class ContentChanged(ReportError):
    user_message = (
        "Innehållet har ändrats sedan du öppnade sidan. Ingenting är fastställt. Läs "
        "rapporten igen innan du fastställer den."
    )
