"""Whether what somebody searched for may be about a person.

Strict on purpose: a search that is lost costs little, and one that tells of somebody
must never be kept. Nothing here proves that a text is harmless.
"""

import re
from collections.abc import Callable

from search.analysis.stopwords import STOP_WORDS, listed
from search.analysis.words import clean, written

MOST_WORDS = 6
_SEPARATORS = re.compile(r"[\s\-−–—+().,/]")
_MANY_DIGITS = re.compile(r"\d{5}")
_ADDRESS = re.compile(r"@|://|www\.|\w\.[^\W\d_]{2,}", re.I)
_STREET = re.compile(
    r"(?:gata|gatan|väg|vägen|gränd|gränden|stig|stigen|gång|gången|allé|allén|torg|"
    r"torget|backe|backen|plats|platsen|led|leden)\s+\d",
    re.I,
)
_NUMBER_PLATE = re.compile(r"\b[a-zåäö]{3} ?\d{2}[a-z0-9]\b", re.I)
_SURNAME = re.compile(r"\w(?:sson|sdotter|sdóttir)\b", re.I)
_BETWEEN_NAMES = listed("af von van de der den la le al el ibn bin da di du och")
# Among the commonest in Sweden; several are words too, and are told by their company.
_FIRST_NAMES = listed(
    """
    agneta ahmed alexander ali alice anders andreas anette anita anna anneli annika
    arne axel barbro bengt berit birgitta björn bo bror camilla carina carl caroline
    cecilia christer christina christoffer claes dan daniel david ebba eleonora elin
    elisabeth ella elsa emelie emil emilia emma erik erika eva fatima filip fredrik
    gabriel gerd gunilla gunnar göran gösta hanna hans hassan helena henrik håkan ida
    inga ingela inger ingrid irene isabella jakob jan jenny jens jesper johan johanna
    johannes john jonas jonathan josefin julia karin karl karolina katarina kenneth
    kent kerstin kjell klas kristina kurt lars leif lena lennart linda linnea linnéa
    lisa liv louise lovisa lucas madeleine magdalena magnus maj malin marcus margareta
    maria marianne marie martin mats mattias mikael michael mohamed mohammad monica
    nils oliver olof oskar oscar ove patrik per peter petra pia pontus rebecka richard
    robert robin roger roland rolf sandra sara signe simon sofia sonja stefan sten stig
    sven susanne teresia therese thomas tobias tomas tommy torbjörn tove ulf ulla ulrika
    victor viktoria vilhelm viktor wilma yvonne åke åsa östen
    """
)


def tells_of_somebody(text: str) -> bool:
    """Whether the text itself, as it was typed, looks like a person, an address, a
    number of any kind, or something that no one types into a search."""
    text = clean(text)
    return (
        not text.isprintable()
        or len(text.split()) > MOST_WORDS
        or bool(_ADDRESS.search(text))
        or bool(_MANY_DIGITS.search(_SEPARATORS.sub("", text)))
        or bool(_STREET.search(text))
        or bool(_NUMBER_PLATE.search(text))
        or bool(_SURNAME.search(text))
        or _has_a_name_in_capitals(written(text))
    )


def _has_a_name_in_capitals(words):
    """Two in a row, as in Anna Ek, or with a small word between, as in Anna von Ek."""
    names = [word for word in words if word.lower() not in _BETWEEN_NAMES]
    flags = [word[:1].isupper() for word in names]
    return any(one and next_ for one, next_ in zip(flags, flags[1:], strict=False))


def may_name_somebody(text: str, is_known: Callable[[str], bool]) -> bool:
    """Whether the words are of a kind that names are: two that no document has, or a
    first name beside one of those. `is_known` is asked of each word in small letters.
    """
    words = [part for word in written(clean(text).lower()) for part in word.split("-")]
    strange = [
        word not in STOP_WORDS and word not in _FIRST_NAMES and not is_known(word)
        for word in words
    ]
    named = any(word in _FIRST_NAMES for word in words) and len(words) > 1
    return sum(strange) > 1 or (named and any(strange)) or _only_names(words)


def _only_names(words):
    return len(words) > 1 and all(word in _FIRST_NAMES for word in words)
