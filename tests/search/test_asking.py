"""How a query is read, what may have been meant, and what is suggested meanwhile."""

import pytest
from django.db import connection

from search import index, vocabulary
from search.finding import find
from search.misspelling import distance
from search.models import SynonymGroup
from search.parsing import LONGEST, cleaned, parse
from search.snippets import Marker, Piece
from search.suggesting import suggest
from tests.admin_pages import send
from tests.factories import UserFactory
from tests.search.samples import document, put


def read(query):
    return [
        (
            " ".join(clause.words),
            "".join(
                sign
                for sign, on in [
                    ("-", clause.unwanted),
                    ('"', clause.quoted),
                    ("*", clause.beginning),
                ]
                if on
            ),
        )
        for clause in parse(cleaned(query))
    ]


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("Cykel väg", [("cykel", ""), ("väg", "")]),
        ('"röd bil" -sol', [("röd bil", '"'), ("sol", "-")]),
        ("»röd bil« −sol", [("röd bil", '"'), ("sol", "-")]),
        ('-"röd bil"', [("röd bil", '-"')]),
        ("cyk* -muse*", [("cyk", "*"), ("muse", "-*")]),
        ("gc-väg", [("gc väg", "")]),
        ("barn- och ungdom", [("barn", ""), ("ungdom", "")]),
        ("och/eller", [("och", ""), ("eller", "")]),
        ("röd/bil", [("röd", ""), ("bil", "")]),
        ('en "till" bil', [("till", '"'), ("bil", "")]),
        ('"öppen', [("öppen", "")]),
        ("!? - *", []),
    ],
)
def test_query_is_read(query, clauses):
    assert read(query) == clauses


def test_query_has_a_length_and_a_number_of_words():
    assert len(cleaned("å" * 10_000)) == LONGEST
    assert len(read(" ".join(f"ord{n}" for n in range(100)))) == 12


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("cykel", "cykel", 0),
        ("cykle", "cykel", 1),
        ("cyckel", "cykel", 1),
        ("ykel", "cykel", 1),
        ("integrasjon", "integration", 2),
        ("ab", "", 2),
    ],
)
def test_distance_is_the_number_of_slips(one, other, expected):
    assert distance(one, other, 3) == distance(other, one, 3) == expected


def test_distance_beyond_the_most_is_more_than_it():
    assert distance("cykelbana", "bibliotek", 2) > 2


# -- Menade du


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_index")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bibliotket", "biblioteket"),
        ("Bibloitek i staden", "bibliotek i staden"),
        ("hlasa", "hälsa"),
        ("biblioteken", ""),
        ("xyzzy", ""),
        ("bil", ""),
        ("-bibliotket", ""),
        ('"bibliotket"', "biblioteket"),
    ],
)
def test_words_that_are_in_no_document_are_put_right(query, expected):
    put(a="Ett bibliotek i staden", b="Biblioteket", c="Hälsa", d="Böcker")

    assert find(query).instead == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_index")
def test_word_that_is_gone_is_not_suggested():
    put(a="Bibliotek")
    index.remove("a")

    assert find("bibliotket").instead == ""
    assert suggest("bibl").queries == []


# -- While typing


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_index")
@pytest.mark.parametrize(
    ("typed", "queries", "titles"),
    [
        ("cyk", ["cykel", "cykelvägar"], ["Nya cykeln", "Cykelvägar", "Cykel"]),
        ("Röd cyk", ["Röd cykel", "Röd cykelvägar"], []),
        ("nya cykelv", ["nya cykelvägar"], []),
        ("ny cyk", ["ny cykel", "ny cykelvägar"], ["Nya cykeln"]),
        ("c", [], []),
        ("cyk ", [], []),
        ("cyk*", [], []),
        ('"ny cyk"', [], []),
        ("-cyk", [], []),
        ("", [], []),
        ("%_", [], []),
    ],
)
def test_what_is_typed_is_gone_on_with(typed, queries, titles):
    put(a="Cykel", b="Cykelvägar", c="Nya cykeln", d="Buss")

    found = suggest(typed)

    assert found.queries == queries
    assert {page.title for page in found.pages} == set(titles)


# -- Snippets


def shown(pieces):
    return "".join(f"[{text}]" if mark else text for text, mark in pieces)


@pytest.mark.django_db
def test_snippet_is_cut_at_words_around_what_is_marked():
    text = f"{'Inledning. ' * 40}Här finns en cykel och en cykel till. {'Slut. ' * 80}"

    found = shown(Marker({"cykel"}, ()).snippet(["Ingenting", text]))

    assert found.startswith("… ")
    assert found.endswith(" …")
    assert "en [cykel] och en [cykel] till" in found
    assert len(found) < 260
    assert set(found.replace("…", "").split()) <= {*text.split(), "[cykel]"}


@pytest.mark.django_db
def test_snippet_without_marks_is_the_beginning():
    assert Marker({"cykel"}, ()).snippet(["", "Kort"]) == [Piece("Kort", False)]
    assert Marker({"cykel"}, ()).snippet(["", ""]) == []


# -- Synonyms in the admin


@pytest.mark.django_db
def test_synonyms_written_in_the_admin_count_at_once(client):
    SynonymGroup.objects.all().delete()
    index.rebuild([document("a", "Velociped")])
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert find("tvåhjuling").total == 0

    answer = send(
        client, "/admin/search/synonymgroup/add/", words="velociped\r\ntvåhjuling"
    )

    assert answer.status_code == 302
    assert find("tvåhjuling").total == 1


@pytest.mark.django_db
def test_word_of_another_group_is_refused_in_the_admin(client):
    group = SynonymGroup.objects.create(words="velociped\ntvåhjuling")
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    answer = send(client, "/admin/search/synonymgroup/add/", words="cykla\r\nVelociped")
    same = f"/admin/search/synonymgroup/{group.pk}/change/"

    assert "”Velociped” står redan bland synonymerna" in answer.content.decode()
    assert not SynonymGroup.objects.filter(words__contains="cykla").exists()
    assert send(client, same, words="velociped\r\nhoj").status_code == 302


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_index")
def test_known_stems_are_kept_until_something_changes(monkeypatch):
    def read():
        with monkeypatch.context() as patch:
            patch.setattr(connection, "in_atomic_block", False)
            return vocabulary.stems_now()

    put(a="Velociped")
    first = read()
    again = read()
    put(b="Tandem")

    assert again is first
    assert read() - first == {"tandem"}


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_index")
def test_nothing_is_kept_from_within_a_transaction():
    put(a="Velociped")

    assert vocabulary.stems_now() is not vocabulary.stems_now()
