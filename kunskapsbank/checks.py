"""What may be wrong with a text, as hints that its author and the moderators both see.

Only `personal_numbers` is ever a reason to refuse a contribution (trust A11).
"""

import re
import unicodedata
from dataclasses import dataclass

from kunskapsbank.models import Version

TEXTS = ("title", "summary", "background", "implementation", "result", "lessons") + (
    "place",
    "address",
)
# Ten or twelve digits, parted before the last four or not. The dashes are those that
# word processors make of a hyphen.
_PERSONAL = re.compile(
    r"(?<![0-9])(?:18|19|20)?([0-9]{2})([0-9]{2})([0-9]{2})"
    r"\s?[-+\u2010-\u2015\u2212]?\s?([0-9]{4})(?![0-9])"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\+46|0046|0)[ -]?(?:\(0\))?[1-9][0-9]{0,2}"
    r"(?:[ /-]*[0-9]{2,3}){2,4}(?![0-9])"
)
_COORDINATION = 60  # is added to the day in a samordningsnummer


@dataclass(frozen=True)
class Finding:
    """Something to look at: `kind` is what sort, `text` says it in Swedish."""

    kind: str
    text: str


def personal_numbers(text: str) -> list[str]:
    """The personnummer and samordningsnummer in a text, as they are written there.

    A number counts if its date can be and its check digit is right.
    """
    plain = unicodedata.normalize("NFKC", text)
    return [found[0] for found in _PERSONAL.finditer(plain) if _is_personal(found)]


def email_addresses(text: str) -> list[str]:
    """What looks like e-mail addresses, each once."""
    return list(dict.fromkeys(_EMAIL.findall(text)))


def phone_numbers(text: str) -> list[str]:
    """What looks like Swedish telephone numbers, each once."""
    return list(dict.fromkeys(found[0] for found in _PHONE.finditer(text)))


def findings(version: Version) -> list[Finding]:
    """What to look at in a version, most serious first; an empty list is no promise."""
    text = "\n".join(str(getattr(version, name)) for name in TEXTS)
    numbers = personal_numbers(text)
    found = [Finding("personal_number", _about_number(each)) for each in numbers]
    rest = text
    for each in numbers:
        rest = rest.replace(each, " ")
    found += [Finding("email", _about_email(each)) for each in email_addresses(rest)]
    found += [Finding("phone", _about_phone(each)) for each in phone_numbers(rest)]
    return found


def _is_personal(found: re.Match) -> bool:
    year, month, day, rest = found.groups()
    is_day = 1 <= int(day) <= 31 or 1 <= int(day) - _COORDINATION <= 31
    return 1 <= int(month) <= 12 and is_day and _luhn(year + month + day + rest)


def _luhn(digits: str) -> bool:
    """Whether the check digit, the last, is right."""
    doubled = [
        int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits)
    ]
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0


def _about_number(number: str) -> str:
    return f"{number} ser ut som ett personnummer. Ta bort det."


def _about_email(address: str) -> str:
    return f"{address} är en e-postadress. Får den vara med?"


def _about_phone(number: str) -> str:
    return f"{number} ser ut som ett telefonnummer. Får det vara med?"
