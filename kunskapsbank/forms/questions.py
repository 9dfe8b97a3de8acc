"""What each kind of contribution is asked: labels, hints and an example to lean on.

`kunskapsbank.workflow.text.REQUIRED` says what must be answered before it is sent.
"""

from dataclasses import dataclass

from kunskapsbank.enums import Kind


@dataclass(frozen=True)
class Question:
    """One field of a text as it is put to the person who writes."""

    name: str
    label: str
    hint: str = ""
    example: str = ""


@dataclass(frozen=True)
class KindOfText:
    """A kind: what it is for, and the questions in the order they are put."""

    heading: str
    noun: str
    purpose: str
    questions: tuple[Question, ...]


_CONSENT = "Skriv inte namn eller uppgifter om andra utan att de har sagt ja."
_TITLE_HINT = "Säg vad som hände, gärna med ett verb."
_OUTCOME = Question(
    "outcome", "Hur gick det?", "Det som inte gick som ni tänkt är lika värdefullt."
)
_LINK_HINT = "Hela adressen, så här: https://www.example.se/rapport"
_LANGUAGE = Question("address_language", "Vilket språk är sidan på?")


def _summary(example):
    hint = "Två eller tre meningar. De syns i listan och i sökresultat."
    return Question("summary", "Kort sammanfattning", hint, example)


GOOD_EXAMPLE = KindOfText(
    heading="Berätta om ditt goda exempel",
    noun="Ditt exempel",
    purpose=(
        "Något som fungerar och som andra kan göra på sitt sätt. Till exempel: en "
        "förening ställer ut bänkar där promenaden brukar ta slut."
    ),
    questions=(
        Question(
            "title",
            "Rubrik",
            _TITLE_HINT,
            "Grannarna valde platserna för nya bänkar",
        ),
        _summary(
            "Tio grannar gick samma runda tre gånger och märkte ut var orken tog slut. "
            "Nu står det en bänk på varje plats."
        ),
        Question(
            "background",
            "Varför gjorde ni det?",
            "Vad behövdes eller saknades, för vilka? Vad ville ni nå?",
            "Flera äldre i området hade slutat gå ut. Det fanns ingenstans att vila.",
        ),
        Question(
            "implementation",
            "Vad gjorde ni?",
            f"Berätta steg för steg, gärna med tid och kostnad. {_CONSENT}",
            "Vi gick rundan tre gånger och satte en lapp där någon blev trött. Sedan "
            "bad vi staden om sex bänkar. Det tog fyra månader.",
        ),
        Question(
            "result",
            "Vad ledde det till?",
            "Vad märkte ni? Hur vet ni det?",
            "Åtta av tio går nu ut minst tre dagar i veckan. Vi frågade dem före och "
            "efter.",
        ),
        Question(
            "lessons",
            "Vad lärde ni er?",
            "Vad hjälpte, vad var svårt och vad vill ni säga till den som tar efter?",
            "Fråga dem som ska sitta där innan ni ritar på kartan.",
        ),
        Question("address", "Länk", _LINK_HINT),
    ),
)
EXPERIENCE = KindOfText(
    heading="Berätta om din erfarenhet",
    noun="Din erfarenhet",
    purpose=(
        "Något ni har prövat, även om det inte lyckades. Till exempel: ett kafé som "
        "fick stänga när eldsjälen flyttade."
    ),
    questions=(
        Question(
            "title", "Rubrik", _TITLE_HINT, "Kaféet stängde när en person flyttade"
        ),
        _summary(
            "Vi öppnade ett kafé för unga två kvällar i veckan. Det var omtyckt men "
            "hängde på en person, och stängde när hon flyttade."
        ),
        _OUTCOME,
        Question(
            "background",
            "Varför prövade ni?",
            "Vad ville ni ändra på?",
            "Unga i området sa att de inte hade någonstans att vara på kvällen.",
        ),
        Question(
            "implementation",
            "Hur gick det till?",
            f"Vad gjorde ni, och vad hände? {_CONSENT}",
            "Vi öppnade två kvällar i veckan. En person hade nyckeln och tog hand om "
            "allt.",
        ),
        Question(
            "result",
            "Vad blev det av det?",
            "Både det ni hoppades på och det ni inte hade räknat med.",
            "Det kom trettio personer per kväll. Efter ett år stängde vi.",
        ),
        Question(
            "lessons",
            "Vad skulle ni göra annorlunda?",
            "Tänk på den som står i begrepp att göra samma sak.",
            "Vara minst tre som kan öppna, och skriva ner hur vi gör.",
        ),
        Question("address", "Länk", _LINK_HINT),
    ),
)
RESEARCH = KindOfText(
    heading="Berätta om forskningen",
    noun="Forskningen",
    purpose=(
        "Resultat från en studie eller utvärdering, berättat så att alla förstår. Till "
        "exempel: vad en studie säger om grönska nära skolan."
    ),
    questions=(
        Question(
            "title",
            "Rubrik",
            "Säg vad studien kom fram till.",
            "Grönska nära skolan gör att barn rör sig mer",
        ),
        _summary(
            "Forskare jämförde raster i tolv skolor. Där det fanns träd och buskar "
            "rörde barnen sig mer."
        ),
        Question("address", "Länk till studien", _LINK_HINT),
        _LANGUAGE,
        Question(
            "background",
            "Vad ville man ta reda på?",
            "Frågan, och varför den ställdes.",
            "Om barn rör sig mer på raster där det finns träd och buskar.",
        ),
        Question(
            "implementation",
            "Hur gjorde man?",
            "Vilka var med, och hur många? Hur mätte man?",
            "400 barn i tolv skolor bar stegräknare i två veckor.",
        ),
        Question(
            "result",
            "Vad kom man fram till?",
            "Det viktigaste först. Säg också hur säkert det är.",
            "Barnen på gröna gårdar gick en fjärdedel fler steg. Studien visar inte "
            "varför.",
        ),
        Question(
            "lessons",
            "Vad betyder det för Helsingborg?",
            "Skilj på vad studien säger och vad du själv tror.",
            "Räkna med skuggan och buskarna när en skolgård görs om.",
        ),
    ),
)
LINK = KindOfText(
    heading="Berätta om länken",
    noun="Länken",
    purpose=(
        "Något som finns någon annanstans och är värt att läsa. Till exempel: en "
        "vägledning, en film eller en karta."
    ),
    questions=(
        Question(
            "title",
            "Rubrik",
            "Säg vad man hittar där.",
            "Vägledning för platser där människor möts",
        ),
        _summary(
            "Ett häfte med övningar för den som ska göra om ett torg eller en gata. "
            "Frågorna passar också på ett möte i en förening."
        ),
        Question("address", "Länk", _LINK_HINT),
        _LANGUAGE,
        Question(
            "lessons",
            "Vad kan man ha den till?",
            "Vad är bäst i den, och vem har nytta av den?",
            "Börja med kapitel tre: frågorna går att ta rakt av till ett möte.",
        ),
    ),
)
KINDS: dict[str, KindOfText] = {
    Kind.GOOD_EXAMPLE: GOOD_EXAMPLE,
    Kind.EXPERIENCE: EXPERIENCE,
    Kind.RESEARCH: RESEARCH,
    Kind.LINK: LINK,
}
# A text that has changed kind keeps what was written; it is asked about as before.
_OTHERS = {
    question.name: question
    for kind in (RESEARCH, EXPERIENCE, GOOD_EXAMPLE)
    for question in kind.questions
}


def questions_for(version) -> list[Question]:
    """The questions of the version's kind, then those that are answered already."""
    own = KINDS[version.kind].questions
    asked = {question.name for question in own} | {"address_language"}
    others = [
        question
        for name, question in _OTHERS.items()
        if name not in asked and getattr(version, name)
    ]
    return [*own, *others]
