"""What the site keeps: the programme, the history, files, links and the index."""

from collections.abc import Iterable, Iterator

from kunskapsbank.models import Link
from livskvalitet import findable, soundness
from livskvalitet.doctor.findings import Examined, Finding, fault, warning
from programme.models import Prioritering

_NAMED = 10  # so many are told by number
_MANY_LINKS = 20
_BY_HAND = (
    "Ändra ingenting. Ta en säkerhetskopia av databasen som den är, och jämför med en "
    "äldre kopia för att se vad som är ändrat och när."
)


def content(examined: Examined) -> Iterator[Finding]:
    if not Prioritering.objects.exists():
        yield fault(
            "Programmets text är inte inläst.",
            "Kör manage.py load_content.",
        )


def people(examined: Examined) -> Iterator[Finding]:
    if not soundness.has_people():
        yield warning(
            "Ingen har ett konto, så ingen kan logga in.",
            "Kör manage.py createsuperuser.",
        )
    if unreadable := soundness.unreadable_secrets():
        yield fault(
            f"{unreadable} andra faktorer går inte att läsa med SECRET_KEY.",
            "Sätt SECRET_KEY till den nyckel som gällde när de skapades.",
        )


def history(examined: Examined) -> Iterator[Finding]:
    if broken := {*soundness.broken_chains()}:
        yield fault(f"Historiken är bruten för {_numbers(broken)}.", _BY_HAND)
    if changed := {*soundness.changed_messages()}:
        text = (
            f"Ett namn eller meddelande är ändrat i historiken för {_numbers(changed)}."
        )
        yield fault(text, _BY_HAND)
    if missing := soundness.missing_triggers():
        yield fault(
            "Databasen hindrar inte att historiken ändras. Det som saknas är "
            f"{', '.join(sorted(missing))}.",
            "Läs tillbaka en säkerhetskopia, eller be en utvecklare laga skyddet.",
        )


def role(examined: Examined) -> Iterator[Finding]:
    if soundness.changeable_tables():
        yield warning(
            "Webbplatsens roll i databasen får ändra historiken.",
            "Låt en annan roll äga tabellerna, se deploy/roles.sql.",
        )


def files(examined: Examined) -> Iterator[Finding]:
    lost = list(soundness.lost_files())
    if lost:
        entries = {number for _, numbers in lost for number in numbers}
        yield fault(
            f"{len(lost)} filer saknas i lagret. De hör till {_numbers(entries)}.",
            "Hämta filerna ur en säkerhetskopia. manage.py sweep_files räknar upp dem.",
        )


def links(examined: Examined) -> Iterator[Finding]:
    broken = Link.objects.broken().count()
    if broken >= _MANY_LINKS:
        yield warning(
            f"{broken} länkar i bidragen leder inte längre någonstans.",
            "Be granskarna gå igenom dem på sidan Trasiga länkar.",
        )


def index(examined: Examined) -> Iterator[Finding]:
    differing = findable.difference() if examined.is_full else findable.sampled()
    if differing:
        yield fault(
            f"{differing} sidor hittas inte, eller hittas fel, i sökningen.",
            "Kör manage.py rebuild_index.",
        )


def _numbers(entries: Iterable[int]) -> str:
    known = sorted(entries)
    told = ", ".join(f"B-{number}" for number in known[:_NAMED])
    more = len(known) - _NAMED
    if more > 0:
        return f"{told} och {more} till"
    return told or "inget bidrag"
