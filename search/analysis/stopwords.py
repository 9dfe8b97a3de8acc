"""Swedish words that say nothing of what a text is about."""


def listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Left out of a query unless they are all there is, or stand within quotes.
STOP_WORDS = listed(
    """
    alla allt and att av bli blir bland blev både bör de dem den denna dess dessa det
    detta dig din dina ditt dock du där då efter eller en er ert ett finns för från få
    får gör göra ha hade han har hon hos hur här i icke in inom inte jag kan kring
    kunde man med mellan men mer min mina mitt mot mycket måste ni nu när någon något
    några och om oss på samt sedan sig sin sina sitt ska skall skulle som så sådan
    till the under upp ut utan vad var vara vem vi vid vilka vilken vilket vill vår
    våra vårt än är åt över of
    """
)
