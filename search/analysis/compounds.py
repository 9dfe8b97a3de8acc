"""Parts compound words, by the words that are known from the texts themselves."""

import re
from collections.abc import Container

from search.analysis.stems import stem
from search.analysis.stopwords import STOP_WORDS, listed

_SHORTEST_PART = 3
_LONGEST = 40  # no compound that anybody looks for is longer
_STOP_STEMS = frozenset(map(stem, STOP_WORDS))
# Short stems fit into too many words, so only these are parts.
_SHORT_PARTS = listed(
    """
    bad bil bio bok bro bus båt dag dal del djur eko eld elv fot fri gas gym hav hem
    hus hög kod kör lag led lek liv lös låg man mat mål nav nät ort ris rik rum rör
    råd sak sjö sol tak tal tid tåg ung val vik vin vis vår våg väg yta ägg öst
    """
)
_NO_PARTS = listed(
    """
    ang ant bal bet ell ers ext far for ill ing ins kap kol kom met per red res ser tar
    """
)
_NEVER = _STOP_STEMS | _NO_PARTS
# Beginnings that change a word's meaning and are no word of their own there.
_PARTICLES = listed(
    """
    av bort efter emot ens fort fram från före för förut gen genom hel hela här igen
    ihop in inne isär kring kvar lika med mellan miss mot motsats ned ner nog om
    runt sam samman sätt till tro under unna upp upper utan ut ute utom van vid vidare
    vis väl åter över översikt
    """
)
# Endings, which may be spelt as words are.
_ENDING = re.compile(
    r"s?(ning|nad|lig|ling|skap|het|ter|ner|ler|rer|sel|els|bar|sam|dom|tion|tering"
    r"|mässig|slag(en|et|ar)$|ställ|lägg|verka|verkli|fall|sikt|gått|gång$|gift)"
)
_VOWELS = re.compile("[aeiouyåäöé]+")


def parts(word: str, known: Container[str]) -> frozenset[str]:
    """The stems of the parts that `word` is made of, and of their own parts.

    `known` holds the stems of all words in the texts. Empty when the word has no part
    that is known.
    """
    if not 2 * _SHORTEST_PART <= len(word) <= _LONGEST or not word.isalpha():
        return frozenset()
    found = _Parting(known).of(word) or _known_beginning(word, known)
    if (
        word[0] == "o"
        and len(word) > 2 * _SHORTEST_PART - 1
        and is_part(word[1:], known)
    ):
        found |= {stem(word[1:])}  # ohälsa, otrygg
    if stem(word) in found:  # an ending was taken for a part: centrum
        return frozenset()
    return frozenset(found)


class _Parting:
    """Parts one word, and remembers what came of each piece of it."""

    def __init__(self, known):
        self.known = known
        self.done = {}

    def of(self, word):
        """The stems of the most even two parts, and theirs; empty without such."""
        if word not in self.done:
            self.done[word] = frozenset()
            self.done[word] = self._parted(word)
        return self.done[word]

    def _parted(self, word):
        last = len(word) - _SHORTEST_PART
        places = sorted(
            range(_SHORTEST_PART, last + 1), key=lambda at: abs(len(word) - 2 * at)
        )
        for at in places:
            tail = self._tail(word[at:])
            head = tail and self._head(word[:at])
            if head and not self._is_link(word, at):
                return head | tail
        return frozenset()

    def _is_link(self, word, at):
        """Whether the s that the tail begins with ties the parts: lands-bygd."""
        if word[at] != "s" or word[at - 1] == "s":
            return False
        return bool(self._tail(word[at + 1 :]))

    def _tail(self, word):
        if _ENDING.match(word):
            return frozenset()
        if is_part(word, self.known):
            return self.of(word) | {stem(word)}
        return self.of(word)

    def _head(self, word):
        for each in _without_links(word):
            if is_part(each, self.known):
                return self.of(each) | {stem(each)}
        return self.of(word[:-1] if word.endswith("s") else word)


def is_part(word: str, known: Container[str]) -> bool:
    """Whether a compound may have `word`, without what links it, as a part."""
    if len(word) < _SHORTEST_PART or word in _PARTICLES:
        return False
    short = stem(word)
    if short in _NEVER or len(short) < _SHORTEST_PART:
        return False
    return short in known and (len(word) > _SHORTEST_PART or short in _SHORT_PARTS)


def _without_links(head):
    """What may stand before a tail: kvalitets, skol, gatu, kyrko, familje."""
    yield head
    if head.endswith("s"):
        yield head[:-1]
    if head[-1] in "uoea" and len(head) > _SHORTEST_PART:
        yield f"{head[:-1]}a"
        yield head[:-1]
    elif len(head) > _SHORTEST_PART:
        yield f"{head}a"
        yield f"{head}e"


def known_ending(word: str, known: Container[str]) -> frozenset[str]:
    """The stem of the longest known word that `word`, not parted else, can end with."""
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
        tail = word[at:]
        if not _ENDING.match(tail) and is_part(tail, known):
            return frozenset({stem(tail)})
    return frozenset()


def _known_beginning(word, known):
    """The stem of a known word before something unknown that can be one too."""
    for at in range(len(word) - 5, 3, -1):
        head, tail = word[:at], word[at:]
        plausible = tail[0] not in "aeiouyåäös" and not _ENDING.match(tail)
        if plausible and len(_VOWELS.findall(tail)) > 1:
            for each in (head, head.removesuffix("s")):
                if len(each) > _SHORTEST_PART and is_part(each, known):
                    return frozenset({stem(each)})
    return frozenset()
