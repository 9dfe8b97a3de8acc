"""What can go wrong with a contribution, in words for the person who tried.

`user_message` is Swedish, says what happened and what to do, and may be shown.
"""


class WorkflowError(Exception):
    """Base of every refusal."""

    user_message = "Det gick inte att ändra bidraget. Ladda om sidan och försök igen."

    def __init__(self, *args, user_message=None):
        super().__init__(*args)
        if user_message:
            self.user_message = user_message


class NotAllowed(WorkflowError):
    user_message = (
        "Du får inte göra det här med bidraget. Be en moderator om hjälp, om du "
        "tror att det är fel."
    )


class OwnText(NotAllowed):
    user_message = (
        "Bidraget är ditt eget, i sin helhet eller till en del. Låt en annan moderator "
        "fatta beslutet."
    )


class InvalidTransition(WorkflowError):
    user_message = "Bidraget är inte längre i det läget. Ladda om sidan."


class AlreadyDecided(InvalidTransition):
    """Somebody else decided first; `user_message` says who and what."""


class TakenBack(InvalidTransition):
    user_message = (
        "Bidraget är taget tillbaka av den som har skrivit eller äger det, och väntar "
        "inte på beslut längre. Ta nästa i kön."
    )


class NotEditable(InvalidTransition):
    """The text cannot be changed in its status; `user_message` says what can."""


class EntryWithdrawn(WorkflowError):
    user_message = (
        "Bidraget är återtaget av den som äger det. Ingenting har ändrats. "
        "Ta nästa i kön."
    )


class StaleText(WorkflowError):
    """The text changed since it was shown; both texts are here and none is lost.

    `yours` is what was sent (or shown, for a decision) and `stored` what is kept now,
    as dicts of the fields that a text has.
    """

    user_message = (
        "Texten har sparats någon annanstans sedan du öppnade den. Båda texterna "
        "finns kvar: jämför dem och spara den du vill ha."
    )

    def __init__(self, *args, yours, stored, user_message=None):
        super().__init__(*args, user_message=user_message)
        self.yours = yours
        self.stored = stored


class StaleDecision(StaleText):
    user_message = (
        "Texten har ändrats sedan du öppnade den. Inget beslut är fattat. "
        "Läs det som är nytt och besluta igen."
    )


class StaleBase(WorkflowError):
    user_message = (
        "Den publicerade texten har ändrats sedan förslaget skrevs. Inget beslut är "
        "fattat. Jämför förslaget med den text som syns nu och besluta igen."
    )


class InvalidText(WorkflowError):
    """`faults` says for each field what is wrong with it, in Swedish."""

    user_message = "Något i texten behöver rättas. Det som redan var sparat finns kvar."

    def __init__(self, *args, faults, user_message=None):
        super().__init__(*args, user_message=user_message)
        self.faults = faults


class Incomplete(InvalidText):
    user_message = (
        "Något saknas innan bidraget kan skickas in. Utkastet är sparat som det är."
    )


class MessageMissing(WorkflowError):
    user_message = (
        "Skriv ett meddelande, så att den som har skrivit vet vad som gäller."
    )


class ReasonMissing(WorkflowError):
    user_message = "Välj ett skäl. Det visas för den som har skrivit bidraget."


class ClaimedByOther(WorkflowError):
    user_message = "Någon annan granskar det här just nu. Ta nästa i kön."


class AlreadyWaiting(WorkflowError):
    user_message = (
        "Du har redan ett förslag till det här bidraget som väntar på granskning. "
        "Ta tillbaka det, om du vill ändra det."
    )


class NothingPublished(WorkflowError):
    user_message = "Bidraget har ingen publicerad text att utgå från."


class NothingBefore(WorkflowError):
    user_message = (
        "Det finns ingen tidigare text att gå tillbaka till. Dölj bidraget i stället."
    )


class KeyUsed(WorkflowError):
    user_message = "Formuläret är redan använt. Ladda om sidan och försök igen."


class AddressTaken(WorkflowError):
    user_message = "Adressen används redan av något annat. Välj en annan."


class CannotOwn(WorkflowError):
    user_message = (
        "Personen har inget konto som kan bidra. Bjud in personen först och försök "
        "sedan igen."
    )


class AppealUsed(WorkflowError):
    user_message = (
        "Du har redan begärt omprövning av beslutet. Kopiera texten till ett nytt "
        "utkast, om du vill ändra den och skicka in den igen."
    )


class NoAppeal(WorkflowError):
    user_message = "Det finns ingen begäran om omprövning att svara på."


class HidingReviewed(InvalidTransition):
    user_message = (
        "Döljandet är redan omprövat av en annan moderator. Ingenting har ändrats."
    )


class OwnHiding(NotAllowed):
    user_message = (
        "Du har själv dolt bidraget. Låt en annan moderator ompröva det. Ingenting har "
        "ändrats."
    )


class ObjectionUsed(WorkflowError):
    user_message = (
        "Du eller en annan ägare har redan begärt omprövning av döljandet. Det går att "
        "göra en gång."
    )


class FileRefused(WorkflowError):
    """A file is not taken; `user_message` says why, as an error at its field does."""


class FileNotScanned(WorkflowError):
    user_message = (
        "En bilaga är inte kontrollerad av antivirusprogrammet än. Ingenting är "
        "publicerat. Försök igen om en stund."
    )


class FileInfected(WorkflowError):
    user_message = (
        "Antivirusprogrammet har stoppat en bilaga. Ingenting är publicerat. Lämna "
        "tillbaka bidraget och be att filen tas bort."
    )


class TooManyLetters(WorkflowError):
    user_message = (
        "Det har kommit ovanligt många brev på kort tid. Det du skrev står kvar här "
        "nedanför. Vänta en timme och skicka igen."
    )


class TooManyFollowers(WorkflowError):
    user_message = (
        "Ovanligt många har velat följa kunskapsbanken på kort tid. Det du skrev står "
        "kvar här nedanför. Vänta en timme och skicka igen."
    )


class TooManyDrafts(WorkflowError):
    user_message = (
        "Du har börjat på ovanligt många bidrag det senaste dygnet. Fortsätt på ett av "
        "dina utkast, eller vänta till i morgon."
    )


class LetterClosed(WorkflowError):
    user_message = "Ärendet är redan avslutat. Ingenting har ändrats."


class WrongLetter(WorkflowError):
    user_message = "Det går inte att göra så med den här sortens ärende."


class OfferOver(WorkflowError):
    user_message = (
        "Erbjudandet gäller inte längre. Be den som skickade det om ett nytt."
    )


class TagGone(WorkflowError):
    user_message = (
        "Ämnet finns inte längre. Någon annan har slagit ihop det med ett annat. "
        "Ingenting har ändrats."
    )


class TagRenamed(WorkflowError):
    user_message = (
        "Ämnet heter ”{}” sedan du öppnade sidan. Ingenting har ändrats. Spara igen, "
        "om du ändå vill byta namn."
    )


class TagTaken(WorkflowError):
    user_message = (
        "Namnet hör redan till ämnet ”{}”. Slå ihop ämnena i stället, om de är samma."
    )


class TagForbidden(WorkflowError):
    """`names` are the subjects that may not be used."""

    def __init__(self, *args, names):
        which = " och ".join(f"”{name}”" for name in names)
        what = "Ämnet" if len(names) == 1 else "Ämnena"
        said = f"{what} {which} får inte användas. Ta bort det eller skriv ett annat"
        super().__init__(*args, user_message=said)
        self.names = names


class NothingChosen(WorkflowError):
    user_message = "Välj minst ett."


class LinkAnswers(WorkflowError):
    user_message = (
        "Länken svarar nu, så det finns inget larm att bortse från. Ladda om sidan."
    )


class NothingToConfirm(InvalidTransition):
    user_message = (
        "Bidraget är inte öppet för läsarna, så det finns inget att bekräfta just nu."
    )


class QuestionClosed(WorkflowError):
    """A question whether a text still holds takes no answer; `title` says why."""

    title = "Frågan gäller inte längre"
    user_message = "Frågan är inte öppen längre. Du behöver inte göra något."


class QuestionAnswered(QuestionClosed):
    title = "Bidraget är redan bekräftat"
    user_message = (
        "Någon annan som äger det, eller en granskare, har svarat att det stämmer. Du "
        "behöver inte göra något."
    )


class QuestionOutdated(QuestionClosed):
    title = "Bidraget har ändrats sedan frågan skickades"
    user_message = (
        "Det finns en nyare text, så frågan gäller inte längre. Du behöver inte göra "
        "något. Vi frågar igen om ett år."
    )


class QuestionMoot(QuestionClosed):
    title = "Bidraget syns inte på webbplatsen"
    user_message = (
        "Det är dolt eller återtaget, så det finns inget att bekräfta. Logga in och "
        "öppna Mina bidrag om du vill se varför och vad du kan göra."
    )


class QuestionExpired(QuestionClosed):
    title = "Länken har gått ut"
    user_message = (
        "Den gällde i 60 dagar. Logga in och öppna bidraget under Mina bidrag: där kan "
        "du bekräfta det, ändra det eller återta det."
    )


class QuestionForOther(QuestionClosed):
    title = "Länken gäller inte längre"
    user_message = (
        "Frågan gick till någon som inte längre äger bidraget eller har ett öppet "
        "konto. Logga in om du äger det: då kan du bekräfta det under Mina bidrag."
    )


class TooManyAnswers(TooManyLetters):
    user_message = (
        "Det har kommit ovanligt många svar på kort tid. Ditt svar står kvar här "
        "nedanför. Vänta en timme och skicka igen."
    )


class SynonymTaken(WorkflowError):
    """`word` stands in another `group` of synonyms already."""

    def __init__(self, word, group):
        said = (
            f"”{word}” står redan bland synonymerna ”{group}”. Ändra dem i stället, "
            "eller ta bort ordet här"
        )
        super().__init__(word, user_message=said)
        self.word = word
        self.group = group


class ConnectionRefused(WorkflowError):
    """The proposal cannot stand with these two prioriteringar; `user_message` says
    why."""


class ConnectionDecided(InvalidTransition):
    user_message = (
        "Sambandet har redan fått ett beslut eller är återtaget. Ingenting har "
        "ändrats. Ta nästa i kön."
    )


class OwnConnection(NotAllowed):
    user_message = (
        "Du har själv föreslagit sambandet. Låt en annan moderator fatta beslutet."
    )


class TooManyConnections(WorkflowError):
    user_message = (
        "Du har föreslagit ovanligt många samband på kort tid. Det du skrev står kvar "
        "här nedanför. Vänta en timme och skicka igen."
    )


class CollectionGone(WorkflowError):
    user_message = "Samlingen finns inte längre. Någon annan har tagit bort den."


class CollectionTaken(WorkflowError):
    user_message = "Det finns redan en samling med den rubriken. Välj en annan."


class CollectionStale(WorkflowError):
    user_message = (
        "Någon annan har sparat samlingen sedan du öppnade den. Det du har skrivit "
        "står kvar här. Jämför med hur den är sparad, och spara igen om det du har "
        "skrivit ska gälla."
    )
