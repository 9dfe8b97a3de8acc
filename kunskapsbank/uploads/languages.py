"""Languages that documents are written in, by the codes of BCP 47."""

# The languages that people here write in most, the national minorities' among them.
LANGUAGES = {
    "sv": "svenska",
    "en": "engelska",
    "ar": "arabiska",
    "sq": "albanska",
    "bs": "bosniska",
    "da": "danska",
    "fi": "finska",
    "ku": "kurdiska",
    "fit": "meänkieli",
    "fa": "persiska",
    "pl": "polska",
    "rom": "romska",
    "se": "samiska",
    "so": "somaliska",
    "es": "spanska",
    "tr": "turkiska",
    "de": "tyska",
    "uk": "ukrainska",
    "yi": "jiddisch",
}


def primary(code: object) -> str:
    """The language alone, of what a document says of itself: "sv" of "sv_SE"."""
    return str(code or "").lower().replace("_", "-").split("-")[0]
