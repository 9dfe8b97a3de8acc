"""What is handed in is kept, changed and taken back whole, in any order."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import generation, index
from search.analysis.encoding import facet_token
from search.analysis.fields import MOST_WORDS, token
from search.analysis.stopwords import listed
from search.engine import engine
from search.matching import Field, Phrase, Term
from search.models import IndexedDocument, IndexedText, VocabularyWord
from tests.search.samples import document, everything_kept, put

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("empty_index"),
    pytest.mark.engine,
]

SOME = [
    document("a", "Cykelvägar i staden", summary="Bra för barnen", text="Vägen hem"),
    document("b", "Barnkonventionen", text="storstäder och motorcyklar"),
    document("c", "En cykel", facets={"tag": ["cykel", "hälsa"]}),
    document("d", "Gc-väg", date=date(2024, 2, 29), confirmed=False),
    document("e", "Stor stad", text="En motor. " * 300),
    document("f", "Bibliotekslagen", summary="Slaget om biblioteket och en lag"),
]


def found(word, field=Field.ANY):
    keys = dict(IndexedDocument.objects.values_list("place", "key"))
    return {keys[place] for place in engine().places(Term(token(word), field))}


def test_document_is_kept_field_by_field():
    index.put(
        document(
            "a", "Rubriken", summary="Ingress", text="Cykelväg och väg på en cykel"
        )
    )

    assert found("rubrik", Field.TITLE) == {"a"}
    assert found("ingress", Field.SUMMARY) == {"a"}
    assert found("ingress", Field.TITLE) == set()
    assert found("väg", Field.WORDS) == {"a"}
    assert found("cykel", Field.SUMMARY) == set()


def test_parts_of_words_are_no_words():
    put(a="Cykelväg", b="Cykel", c="Väg")

    assert found("väg") == {"a", "c"}
    assert found("väg", Field.WORDS) == {"c"}
    assert found("väg", Field.TITLE_PARTS) == {"a"}


def test_facets_are_found_by_their_tokens():
    index.put(document("a", facets={"tag": ["hälsa"]}))

    for group, value in [("kind", "page"), ("tag", "hälsa")]:
        assert engine().places(Term(facet_token(group, value), Field.FACETS))
    assert found("page") == set()


@pytest.mark.parametrize(
    "facets",
    [
        {"Tag": ["a"]},
        {"tag": ["a b"]},
        {"tag": ["a:b"]},
        {"tag": ["a" * 101]},
        {"tag": [""]},
    ],
)
def test_facet_that_cannot_be_kept_is_refused(facets):
    with pytest.raises(ValueError, match="cannot be a facet"):
        index.put(document("a", facets=facets))

    assert not IndexedDocument.objects.exists()


def test_put_again_takes_the_place_of_what_was_there():
    put(a="Skola")

    index.put(document("a", "Bibliotek", address="/ny/", date=date(2021, 1, 1)))

    assert found("skola") == set()
    assert found("bibliotek") == {"a"}
    assert list(VocabularyWord.objects.values_list("word", flat=True)) == ["bibliotek"]
    assert IndexedDocument.objects.get().address == "/ny/"


def test_last_of_two_with_one_key_counts():
    index.put_all([document("a", "Skola"), document("a", "Bibliotek")])

    assert IndexedDocument.objects.get().title == "Bibliotek"
    assert found("skola") == set()


def test_removed_document_leaves_nothing_behind():
    before = everything_kept()
    index.put(SOME[0])

    index.remove("a")

    assert everything_kept() == before == ([], [], [])
    assert not IndexedText.objects.exists()


def test_each_change_raises_the_generation():
    numbers = [generation.current()]
    for act in (lambda: put(a="Ett"), lambda: index.remove("a"), index.rebuild):
        act(()) if act == index.rebuild else act()
        numbers.append(generation.current())

    assert numbers == sorted(set(numbers))


def test_change_that_is_rolled_back_leaves_the_index_as_it_was():
    put(a="Skola")
    before = everything_kept(), generation.current()

    with transaction.atomic():
        put(a="Bibliotek", b="Skolan")
        index.remove("a")
        transaction.set_rollback(True)

    assert (everything_kept(), generation.current()) == before


@pytest.mark.parametrize("step", [1, -1])
def test_rebuilt_index_is_the_one_that_was_put_together(step):
    for each in SOME[::step]:
        index.put(each)
    one_by_one = everything_kept()

    number = index.rebuild(SOME)

    assert number == len(SOME)
    assert everything_kept() == one_by_one


def test_rebuilt_index_is_the_one_that_is_left_when_some_are_removed():
    index.put_all(SOME)
    for each in SOME[2:]:
        index.remove(each.key)
    left = everything_kept()

    index.rebuild(SOME[:2])

    assert everything_kept() == left


def test_word_is_parted_when_its_parts_become_known_and_whole_when_they_go():
    put(a="Storstäder")
    seen = [found("stad")]
    put(b="Stor", c="En stad")
    seen.append(found("stad"))
    index.remove("c")
    seen.append(found("stad"))

    assert seen == [set(), {"a", "c"}, set()]


def test_text_beyond_the_cap_is_not_kept():
    index.put(document("a", text="ett " * MOST_WORDS + "sist"))

    assert found("sist") == set()
    assert len(IndexedText.objects.get().text) == 4 * MOST_WORDS - 1


def test_phrase_is_found_in_the_first_thousand_words_only():
    beginning = " ".join(f"ord{number}" for number in range(998))
    index.put(document("a", text=f"{beginning} lagom stor hund springer"))

    def places(*some):
        return engine().places(Phrase(tuple(map(token, some))))

    assert places("lagom", "stor")
    assert not places("stor", "hund")
    assert found("springer") == {"a"}


def test_phrase_does_not_run_from_field_to_field():
    index.put(document("a", "Röd", summary="boll", text="studsar"))

    assert not engine().places(Phrase((token("röd"), token("boll"))))


def test_word_that_is_repeated_beyond_measure_is_in_phrases_up_to_a_number():
    index.put(document("a", text="bo " * 300 + "kvar"))

    assert engine().places(Phrase((token("bo"), token("bo"))))
    assert not engine().places(Phrase((token("bo"), token("kvar"))))


def test_table_of_terms_can_be_made_and_dropped():
    names = ["0004_make_the_table_of_terms", "0007_facets_beside_the_terms"]
    table, columns = (import_module(f"search.migrations.{name}") for name in names)

    class Editor:
        def __init__(self):
            self.connection = connection

        def execute(self, statement):
            with connection.cursor() as cursor:
                cursor.execute(statement)

    columns.drop(None, Editor())
    table.drop(None, Editor())
    assert "search_terms" not in connection.introspection.table_names()
    table.make(None, Editor())
    columns.add(None, Editor())

    put(a="Skola")
    assert found("skola") == {"a"}


WORDS = listed(
    """
    stad städer storstad storstäder stor cykel cyklar motorcyklar motor väg cykelväg
    cykelvägar barn barnkonvention barnbok böcker bok gc-väg
    gata gatuplan plan översiktsplan
    """
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.lists(st.sampled_from(sorted(WORDS)), max_size=4).map(" ".join),
    ),
    max_size=8,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS)
def test_whatever_is_put_and_removed_the_index_is_as_if_made_from_nothing(acts):
    index.rebuild([])
    left = {}
    for key, text in acts:
        if text:
            left[key] = document(key, text)
            index.put(left[key])
        else:
            left.pop(key, None)
            index.remove(key)
    kept = everything_kept()

    index.rebuild(left.values())

    assert everything_kept() == kept
