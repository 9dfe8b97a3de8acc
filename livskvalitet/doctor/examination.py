"""All checks, in the order in which a fault of one explains those after it."""

from collections.abc import Iterator

from livskvalitet.doctor import installation, keeping, surroundings
from livskvalitet.doctor.findings import Check, Examined, Finding, fault

CHECKS: dict[str, Check] = {
    "Inställningar": installation.deployment,
    "Databasens tabeller": installation.migrations,
    "Mappar": installation.folders,
    "Diskutrymme": installation.disk,
    "Klocka": installation.clock,
    "Certifikat": installation.certificate,
    "E-post": surroundings.mail_server,
    "Fillager": surroundings.storage,
    "Cache": surroundings.shared_cache,
    "Arbetsprocess": surroundings.worker,
    "Körningar efter klockan": surroundings.clockwork,
    "Säkerhetskopior": surroundings.backups,
    "Innehåll": keeping.content,
    "Konton": keeping.people,
    "Historik": keeping.history,
    "Databasens roll": keeping.role,
    "Filer": keeping.files,
    "Länkar": keeping.links,
    "Sökning": keeping.index,
}


def examine(examined: Examined) -> Iterator[tuple[str, list[Finding]]]:
    """Each check's name, and what it found."""
    for name, check in CHECKS.items():
        yield name, _findings(check, examined)


def _findings(check: Check, examined: Examined) -> list[Finding]:
    try:
        return list(check(examined))
    except Exception as found:  # the other checks must still be made
        return [
            fault(
                f"Kontrollen kunde inte göras: {type(found).__name__}.",
                "Rätta först det som är fel ovanför. Är det inget, se i loggen.",
            )
        ]
