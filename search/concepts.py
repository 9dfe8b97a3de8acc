"""What each part of a query means: the terms that answer it, and how well."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as field_

from search import synonyms, vocabulary
from search.analysis.compounds import known_ending, parts
from search.analysis.encoding import encode
from search.analysis.fields import token
from search.analysis.stems import relatives, stem
from search.analysis.words import has_accents
from search.matching import Field, Match, Phrase, Term, all_of, any_of
from search.parsing import Clause

# So many words may a beginning stand for.
_MOST_BEGINNINGS = 100
# Stems no longer than this are in too many compounds to tell anything alone.
_SHORT = 3


@dataclass
class Concept:
    """A clause, the terms that are it, and what answers it less well."""

    clause: Clause
    stems: list[str]
    phrase: tuple[str, ...] = ()
    others: list[Match] = field_(default_factory=list)
    marked: set[str] = field_(default_factory=set)
    documents: int = 0  # at least so many have it
    field: Field = Field.ANY
    pieces: list[str] = field_(default_factory=list)  # stems of parts, known or last

    @property
    def found(self) -> bool:
        """Whether anything in the vocabulary answers it."""
        return bool(self.documents or self.others)

    def match(self) -> Match:
        own: list[Match] = [Phrase(self.phrase)] if self.phrase else []
        own += [Term(encode(each), self.field) for each in self.stems]
        return any_of([*own, *self.others])

    def loosely(self) -> Match:
        """As `match`, or any part of a compound."""
        return any_of([self.match(), *(Term(encode(each)) for each in self.pieces)])

    def within(self, where: Field) -> Match:
        """The words themselves, in one field."""
        terms: list[Match] = [Term(encode(each), where) for each in self.stems]
        if self.phrase:
            terms.append(all_of([Term(each, where) for each in self.phrase]))
        return any_of(terms)

    def unwanted(self) -> Match:
        """What a document must not have: no synonyms, and no parts of words."""
        terms: list[Match] = [Term(encode(each), Field.WORDS) for each in self.stems]
        return any_of([Phrase(self.phrase), *terms] if self.phrase else terms)


def concepts(clauses: Sequence[Clause]) -> list[Concept]:
    asked = {word for clause in clauses for word in (*clause.words, clause.joined)}
    family = set().union(*(relatives(stem(word)) for word in asked))
    rows = vocabulary.look_up(asked - {""}, family)
    return [_concept(clause, rows) for clause in clauses]


def _concept(clause, rows):
    if clause.beginning and len(clause.words) == 1:
        return _beginning(clause)
    if len(clause.words) > 1:
        return _phrase(clause, rows)
    word = clause.words[0]
    if clause.quoted:
        own = Concept(clause, [stem(word)], field=Field.WORDS)
        return _counted(own, rows)
    return _word(clause, word, rows)


def _beginning(clause):
    rows = vocabulary.beginning_with(clause.words[0], _MOST_BEGINNINGS)
    stems = sorted({row.stem for row in rows}) or [stem(clause.words[0])]
    return _counted(Concept(clause, stems), rows)


def _phrase(clause, rows):
    phrase = tuple(token(word) for word in clause.words)
    stems = [stem(clause.joined)] if clause.joined else []
    concept = _counted(Concept(clause, stems, phrase=phrase), rows)
    concept.marked |= {stem(word) for word in clause.words}
    known = {row.stem: row.documents for row in rows}
    parts_known = [known.get(stem(word), 0) for word in clause.words]
    concept.documents = max(concept.documents, min(parts_known))
    return concept


def _word(clause, word, rows):
    own = stem(word)
    concept = _counted(Concept(clause, [own]), rows)
    variants = sorted(_with_dots(word, rows, known=concept.documents > 0) - {own})
    if concept.documents:
        _also(concept, [(each,) for each in variants], stems=True)
    elif variants:
        concept = _counted(Concept(clause, variants), rows)
    known = {row.stem for row in rows}
    _also(concept, [(each,) for each in relatives(own) & known], stems=True)
    _also(concept, synonyms.of(word))
    _add_parts(concept, word, rows)
    return concept


def _counted(concept, rows):
    concept.marked |= set(concept.stems)
    concept.documents = sum(
        row.documents for row in rows if row.stem in set(concept.stems)
    )
    return concept


def _with_dots(word, rows, *, known):
    """The stems that `word` can be meant for, typed without dots and rings."""
    if has_accents(word):
        return set()
    spelt = {row.stem for row in rows if row.folded == word}
    if spelt or known:
        return spelt
    own = stem(word)
    return {row.stem for row in rows if row.folded_stem == own}


def _also(concept, spellings: Iterable[Sequence[str]], *, stems=False):
    for spelling in spellings:
        its = list(spelling) if stems else [stem(word) for word in spelling]
        concept.marked |= set(its)
        tokens = tuple(encode(each) for each in its)
        concept.others.append(Phrase(tokens) if len(tokens) > 1 else Term(tokens[0]))


def _add_parts(concept, word, rows):
    """All parts of a compound answer it; one alone only when nothing else does."""
    made_of = next((row.parts.split() for row in rows if row.word == word), None)
    if made_of is None:
        made_of = sorted(parts(word, vocabulary.stems_now()))
    if len(made_of) > 1 or (made_of and not concept.found):
        concept.marked |= set(made_of)
        concept.others.append(all_of([Term(encode(each)) for each in made_of]))
    ending = known_ending(word, vocabulary.stems_now()) if len(word) > 8 else set()
    pieces = {*made_of, *ending} - {stem(word)}
    concept.pieces = sorted(each for each in pieces if len(each) > _SHORT)
