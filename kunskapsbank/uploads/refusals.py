"""Every reason to refuse a file, in words for the person who chose it (trust R39)."""

# {} are filled in by whoever refuses. Each says what is wrong and what to do.
MESSAGES = {
    "missing": "Välj en fil",
    "empty": (
        "Filen är tom. Kontrollera att den går att öppna hos dig och välj den igen"
    ),
    "type": "Välj en fil som är PDF, JPG, PNG eller WebP",
    "svg": "Bilden är i formatet SVG. Spara den som PNG och välj den igen",
    "heic": ("Bilden är i telefonens format HEIC. Spara den som JPG och välj den igen"),
    "office": (
        "Dokumentet behöver vara en PDF. Spara det som PDF i programmet du skrev det "
        "i och välj det igen"
    ),
    "image_too_large": "Bilden är {size}. Välj en som är högst {limit}",
    "document_too_large": "Dokumentet är {size}. Välj ett som är högst {limit}",
    "disguised": (
        "Filens namn slutar på .{extension}, men innehållet är {actual}. Spara filen "
        "på nytt i det format som namnet säger"
    ),
    "not_image": "Filen går inte att läsa som bild. Välj JPG, PNG eller WebP",
    "truncated": (
        "Bilden är inte hel. Öppna den hos dig, spara den på nytt och välj den igen"
    ),
    "too_many_pixels": (
        "Bilden är {width} × {height} bildpunkter, och det är för mycket för oss. "
        "Minska den till högst 6 000 bildpunkter på längsta sidan"
    ),
    "moving": "Bilden rör sig. Välj en stillbild",
    "polyglot": (
        "Det finns en webbsida gömd i bilden. Öppna bilden i ett bildprogram, spara "
        "den på nytt och välj den igen"
    ),
    "not_document": (
        "Filen går inte att läsa som PDF. Spara dokumentet som PDF på nytt och välj "
        "det igen"
    ),
    "encrypted": (
        "Dokumentet är låst med lösenord. Spara det utan lösenord och välj det igen"
    ),
    "script": (
        "Dokumentet innehåller ett program som kan köras när det öppnas. Skriv ut det "
        "till en ny PDF och välj den"
    ),
    "embedded": (
        "Dokumentet har andra filer gömda i sig. Ta bort dem, eller skriv ut "
        "dokumentet till en ny PDF och välj den"
    ),
    "too_many_pages": (
        "Dokumentet har {pages} sidor. Välj ett som har högst {limit}, eller dela upp "
        "det i flera"
    ),
    "too_heavy": (
        "Filen tog för lång tid att kontrollera. Gör den mindre eller enklare, till "
        "exempel genom att spara den på nytt, och välj den igen"
    ),
    "too_many_files": (
        "Bidraget har redan {limit} filer, och det är så många som får plats. Ta bort "
        "en fil först"
    ),
    "already_there": "Filen finns redan i bidraget. Välj en annan",
    "too_often": (
        "Du har försökt lägga till många filer på kort tid. Utkastet är sparat. Försök "
        "igen om tio minuter"
    ),
    "busy": (
        "Vi kontrollerar andra filer just nu. Utkastet är sparat. Försök igen om en "
        "stund"
    ),
    "day_is_full": (
        "Du har lagt till så många filer som går på ett dygn. Utkastet är sparat. "
        "Fortsätt i morgon"
    ),
    "all_is_full": (
        "Webbplatsen har tagit emot så många filer som den kan i dag. Utkastet är "
        "sparat. Lägg till filen i morgon"
    ),
    "not_stored": (
        "Filen gick inte att spara hos oss just nu. Utkastet är sparat. Försök igen "
        "om en stund"
    ),
}


class Refused(Exception):
    """A file is not taken; `code` is in MESSAGES and `facts` fill its message in."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def message(self) -> str:
        """What the person is told, without a full stop, as errors at fields are."""
        facts = {name: _in_words(fact) for name, fact in self.facts.items()}
        return MESSAGES[self.code].format(**facts)


def _in_words(fact: str | int) -> str:
    # A number's thousands are kept together by a hard space.
    return (
        f"{fact:,}".replace(",", "\N{NO-BREAK SPACE}")
        if isinstance(fact, int)
        else fact
    )
