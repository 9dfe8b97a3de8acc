"""One address for each template, with the longest real text that the template has."""

import json
from pathlib import Path

import pytest

from tests.matrix import FULL_MATRIX

CONTENT = json.loads(Path("fixtures/kunskapsbank.json").read_text(encoding="utf-8"))
SLUGS = {
    each["fields"]["launch_key"]: each["fields"]["slug"]
    for each in CONTENT
    if each["model"] == "kunskapsbank.entry"
}
VERSIONS = [each["fields"] for each in CONTENT if each["model"].endswith(".version")]
BY_TITLE_LENGTH = sorted(VERSIONS, key=lambda version: len(version["title"]))
WITHDRAWN = SLUGS[BY_TITLE_LENGTH[0]["entry"][0]]
LONGEST = {
    version["kind"]: f"/kunskapsbank/{SLUGS[version['entry'][0]]}/"
    for version in BY_TITLE_LENGTH
}


def _empty_list():
    """The list for a fokusområde and a kind that no contribution has both of."""
    found = {
        (number(prioritering), version["kind"])
        for version in VERSIONS
        for (prioritering,) in version["prioriteringar"]
    }
    for fokus, _ in sorted(found):
        if (fokus, "link") not in found:
            return f"/kunskapsbank/?fokus={fokus}&typ=lank"
    raise LookupError("every fokusområde has a link")


def number(prioritering):
    """The fokusområde's number, from a slug such as 2016-4-3-3-b."""
    return ".".join(prioritering.split("-")[1:4])


PROGRAMME = "/programmet/2016"
START = "/"
ENTRY_LIST = "/kunskapsbank/"
EMPTY_LIST = _empty_list()
VILJEINRIKTNING = f"{PROGRAMME}/langsiktigt-ansvarstagande/"
SAFETY = f"{PROGRAMME}/livslang-aktivitet/trygghet-och-sakra-miljoer/"
FOKUSOMRADE = f"{VILJEINRIKTNING}kontakt-med-andra-varje-dag/"
LONG_GOAL = "tillsammans-for-ett-hallbart-skane-regionalt-atgardsprogram-for-miljomalen"
ENTRY = LONGEST["good_example"]
MISSING = "/finns-inte/"
GONE = f"/kunskapsbank/{WITHDRAWN}/"
BROKEN = "/sidan-vid-fel/"
UNSIGNED = "/stammer-det/inte-en-lank/"

PAGES = {
    "start": START,
    "overview": "/programmet/",
    "edition": f"{PROGRAMME}/",
    "chapter-1.1": f"{PROGRAMME}/kapitel/1-1/",
    "chapter-1.2": f"{PROGRAMME}/kapitel/1-2/",
    "chapter-2.1": f"{PROGRAMME}/kapitel/2-1/",
    "chapter-3": f"{PROGRAMME}/kapitel/3/",
    "chapter-4": f"{PROGRAMME}/kapitel/4/",
    "viljeinriktning": VILJEINRIKTNING,
    "fokusomrade": FOKUSOMRADE,
    "fokusomrade-footnote": SAFETY,
    "prioritering": "/prioritering/2016-4-2-3-b/",
    "prioritering-footnote": "/prioritering/2016-4-3-3-b/",
    "whole": f"{PROGRAMME}/hela/",
    "list": ENTRY_LIST,
    "list-filtered": f"{ENTRY_LIST}?vilja=2&vilja=3&fokus=4.3.3&typ=gott-exempel",
    "list-empty": EMPTY_LIST,
    "list-page-2": f"{ENTRY_LIST}?sida=2",
    "collections": f"{ENTRY_LIST}samlingar/",
    "white-spots": f"{ENTRY_LIST}vita-flackar/",
    "connections": "/samband/?visa=alla",
    "connection-pair": "/samband/2016-4-2-2/2016-4-4-1/",
    "goal-chain": "/malkedjan/2016-4-4-1-a/",
    "list-search": f"{ENTRY_LIST}?q=h%C3%A4lsa&vilja=2&fler=amne",
    "search": "/sok/",
    "search-found": "/sok/?q=barn&vilja=2&fokus=4.2.3",
    "search-nothing": "/sok/?q=xyzzyx&typ=forskning",
    "follow": "/folj/?vilja=1&typ=forskning",
    "follow-asked": "/folj/tack/",
    "good-example": ENTRY,
    "experience": LONGEST["experience"],
    "research": LONGEST["research"],
    "link": LONGEST["link"],
    "subjects": "/kunskapsbank/amne/",
    "subject": "/kunskapsbank/amne/dialog/",
    "organisations": "/kunskapsbank/organisation/",
    "organisation": "/kunskapsbank/organisation/helsingborgs-stad/",
    "frameworks": "/omvarld/",
    "framework": "/omvarld/agenda-2030/",
    "goal": "/omvarld/agenda-2030/minskad-ojamlikhet/",
    "goal-long": f"/omvarld/skanes-miljomal/{LONG_GOAL}-2022-2025/",
    "steering-documents": "/omvarld/styrdokument/",
    "glossary": "/ordlista/",
    "about": "/om/",
    "accessibility": "/tillganglighet/",
    "privacy": "/om/personuppgifter/",
    "cookies": "/om/kakor/",
    "openness": "/uppfoljning/oppenhet/",
    "site-map": "/om/webbplatskarta/",
    "easy-read": "/kort-och-enkelt/",
    "in-english": "/in-english/",
    "open-data": "/oppna-data/",
    "open-data-api": "/oppna-data/api/",
    "follow-up": "/uppfoljning/",
    "follow-up-viljeinriktning": "/uppfoljning/varmt-valkomnande/",
    "follow-up-fokusomrade": "/uppfoljning/varmt-valkomnande/hem-for-alla/",
    "indicators": "/uppfoljning/nyckeltal/",
    "indicator": "/uppfoljning/nyckeltal/trangboddhet/",
    "plan": "/uppfoljning/verksamhetsplan/?fokus=4.3.1",
    "plan-sheet": "/uppfoljning/verksamhetsplan/blad/?fokus=4.3.1&fokus=4.1.2",
    "reports": "/uppfoljning/rapporter/",
    "initiatives": "/uppfoljning/insatser/?fokus=4.1.2&lage=pagar",
    "design": "/om/design/",
    "error-404": MISSING,
    "error-410": GONE,
    "error-500": BROKEN,
}
# Those that differ most in what they are made of; the first suffice for `make test`.
FEW = (
    "start",
    "fokusomrade-footnote",
    "list-filtered",
    "good-example",
)
VARIED = FEW
if FULL_MATRIX:
    VARIED += (
        "search-found",
        "follow",
        "chapter-2.1",
        "connections",
        "design",
        "overview",
        "whole",
        "white-spots",
        "glossary",
        "error-404",
    )
# What the server answers with, where it is not 200.
STATUS = {MISSING: 404, GONE: 410, BROKEN: 500, UNSIGNED: 404}


def every(pages=PAGES):
    return pytest.mark.parametrize("path", pages.values(), ids=pages)


def some(*names):
    return every({name: PAGES[name] for name in names})


def varied():
    """Those of `VARIED`, for what hangs on the parts and not on the page."""
    return some(*VARIED)


def every_in_full():
    """Every page in the full matrix, else those of `VARIED`."""
    return every() if FULL_MATRIX else varied()
