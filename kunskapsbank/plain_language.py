"""Kind advice on how easy a text is to read; it never stops anybody."""

import re

from search.readability import lix

# Fewer words say nothing of how the whole will read.
FEWEST_WORDS = 20
LONG_SENTENCE = 25
_EASY, _USUAL = 40, 50
_SENTENCE = re.compile(r"[^.!?\n]+")
# An address is not read word by word.
_ADDRESS = re.compile(r"\]\([^)\s]*\)|https?://\S+")
# What Swedish authorities' advice on plain language says instead.
_PLAINER = {
    "angående": "om",
    "avseende": "om",
    "beträffande": "om",
    "dylikt": "sådant",
    "erfordras": "behövs",
    "erhålla": "få",
    "erhåller": "får",
    "erhöll": "fick",
    "huruvida": "om",
    "inneha": "ha",
    "innehar": "har",
    "jämlikt": "enligt",
    "medelst": "med",
    "nyttja": "använda",
    "nyttjar": "använder",
    "samtliga": "alla",
    "såvida": "om",
    "tillse": "se till",
    "tillhandahålla": "erbjuda",
    "tillhandahåller": "erbjuder",
    "undertecknad": "jag",
    "vederbörande": "personen",
    "åligger": "ska",
    "åtnjuter": "får",
}


def advice(text: str) -> str:
    """A sentence or three on the text in Swedish; empty when it is too short to say."""
    text = _ADDRESS.sub(" ", text)
    words = re.findall(r"\w+", text)
    if len(words) < FEWEST_WORDS:
        return ""
    said = [_level(round(lix(text))), _long_sentence(text), _plainer(words)]
    return " ".join(filter(None, said))


def _level(number: int) -> str:
    if number < _EASY:
        return f"Lätt att läsa (LIX {number})."
    if number < _USUAL:
        return f"Ungefär som en dagstidning (LIX {number})."
    return (
        f"Svårt att läsa (LIX {number}). Dela långa meningar, och byt långa ord mot "
        "kortare."
    )


def _long_sentence(text: str) -> str:
    longest = max((len(each.split()) for each in _SENTENCE.findall(text)), default=0)
    if longest <= LONG_SENTENCE:
        return ""
    return f"Den längsta meningen har {longest} ord: går den att dela?"


def _plainer(words: list[str]) -> str:
    for word in words:
        if plainer := _PLAINER.get(word.lower()):
            return f"I stället för ”{word.lower()}” kan du skriva ”{plainer}”."
    return ""
