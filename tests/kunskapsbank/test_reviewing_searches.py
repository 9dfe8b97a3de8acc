"""What people searched for in vain, and the synonyms that moderators keep."""

from datetime import date

import pytest

from kunskapsbank import workflow
from kunskapsbank.exceptions import NotAllowed, SynonymTaken
from search import generation, index, synonyms
from search.finding import find
from search.models import MissedSearch, SynonymGroup
from tests.factories import UserFactory
from tests.kunskapsbank.at_desk import text
from tests.search.samples import put

pytestmark = pytest.mark.django_db
MISSED = "/granska/sokningar/"
SYNONYMS = "/granska/synonymer/"


@pytest.fixture
def moderator():
    return UserFactory(moderator=True, name="Vera Ek")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def group(moderator):
    SynonymGroup.objects.all().delete()
    return workflow.save_synonyms(None, by=moderator, words=["bil", "personbil"])


def groups():
    return list(SynonymGroup.objects.order_by("pk").values_list("words", flat=True))


# -- Searches without hits


def test_searches_are_shown_with_their_visits_the_most_first(desk):
    for query, day, visits in (
        ("solceller", 1, 3),
        ("solceller", 3, 4),
        ("laddstolpar", 2, 9),
    ):
        MissedSearch.objects.create(query=query, day=date(2026, 11, day), visits=visits)

    response = desk.get(MISSED)

    rows = [(each["query"], each["total"]) for each in response.context["page"]]
    assert rows == [("laddstolpar", 9), ("solceller", 7)]
    page = text(response)
    assert "7 besök, senast" in page
    assert "3 november 2026" in page


def test_search_can_be_tried_again_and_begin_a_synonym(desk):
    MissedSearch.objects.create(query='a&b "å/c"', day=date(2026, 11, 3), visits=3)

    page = text(desk.get(MISSED))

    assert 'href="/sok/?q=a%26b%20%22%C3%A5%2Fc%22"' in page
    begins = "/granska/synonymer/ny/?ord=a%26b%20%22%C3%A5%2Fc%22"
    assert f'href="{begins}"' in page
    form = desk.get(begins).context["form"]
    assert form.initial["words"] == 'a&b "å/c"\n'


def test_what_people_wrote_is_text_and_nothing_else(desk):
    query = "<script>alert(1)</script>"
    MissedSearch.objects.create(query=query, day=date(2026, 11, 3), visits=3)

    for address in (MISSED, f"{SYNONYMS}ny/?ord={query}"):
        page = text(desk.get(address))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_many_searches_come_in_pages(desk):
    for number in range(51):
        MissedSearch.objects.create(
            query=f"ord{number}", day=date(2026, 11, 3), visits=3
        )

    assert len(desk.get(MISSED).context["page"]) == 50
    assert len(desk.get(f"{MISSED}?sida=2").context["page"]) == 1
    assert len(desk.get(f"{MISSED}?sida=abc").context["page"]) == 50


def test_no_searches_say_so(desk):
    assert "Inga sökningar utan träff" in text(desk.get(MISSED))


def test_queue_leads_to_both(desk):
    page = text(desk.get("/granska/"))

    assert f'href="{MISSED}"' in page
    assert f'href="{SYNONYMS}"' in page


# -- Synonyms


def test_synonyms_are_added_changed_and_removed_with_history(desk, moderator):
    SynonymGroup.objects.all().delete()
    desk.post(f"{SYNONYMS}ny/", {"words": "bil\r\n\r\n  personbil \r\n"})
    (group,) = SynonymGroup.objects.all()
    assert group.words == "bil\npersonbil"

    desk.post(f"{SYNONYMS}{group.pk}/", {"words": "bil\npersonbil\nelbil"})
    page = text(desk.get(f"{SYNONYMS}{group.pk}/"))
    desk.post(f"{SYNONYMS}{group.pk}/ta-bort/")

    assert groups() == []
    history = SynonymGroup.history.filter(id=group.pk).order_by("history_id")
    assert [each.history_type for each in history] == ["+", "~", "-"]
    assert {each.history_user for each in history} == {moderator}
    assert "<p>bil, personbil, elbil</p>" in page
    assert "<p>bil, personbil</p>" in page
    assert "Vera Ek" in page


def test_synonyms_count_at_once(desk):
    index.rebuild([])
    put(ett="Automobil i garaget")
    assert not find("fordonsflotta").total
    before = generation.current()

    desk.post(f"{SYNONYMS}ny/", {"words": "fordonsflotta\nautomobil"})

    assert find("fordonsflotta").total == 1
    assert generation.current() > before
    group = SynonymGroup.objects.get(words__startswith="fordonsflotta")
    desk.post(f"{SYNONYMS}{group.pk}/ta-bort/")
    assert not find("fordonsflotta").total


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Skriv minst två ord, ett på varje rad"),
        ("cykel", "Skriv minst två ord, ett på varje rad"),
        ("cykel\n \n", "Skriv minst två ord, ett på varje rad"),
        ("cykel\ncyklar", "”cykel” och ”cyklar” är samma ord för sökningen"),
        ("cykel\nCYKEL", "”cykel” och ”CYKEL” är samma ord för sökningen"),
        ("cykel\n?!", "Raden ”?!” har inget ord"),
        ("cykel\n" + "å" * 61, "till högst 60 tecken"),
        ("\n".join(f"ord{n}x" for n in range(21)), "Skriv högst 20 rader"),
        ("\n".join(["å" * 59] * 40), "Skriv högst 20 rader"),
        ("cykel\nbilar", "”bilar” står redan bland synonymerna ”bil, personbil”"),
        ("Personbil\ncykel", "”Personbil” står redan bland synonymerna"),
    ],
    ids=lambda text: text[:12],
)
def test_fault_is_told_and_nothing_is_saved(desk, group, words, said):
    response = desk.post(f"{SYNONYMS}ny/", {"words": words})

    assert said in text(response)
    assert "<title>Fel: " in text(response)
    assert groups() == ["bil\npersonbil"]


def test_group_keeps_its_own_words(desk, group):
    desk.post(f"{SYNONYMS}{group.pk}/", {"words": "personbil\nbil"})

    assert groups() == ["personbil\nbil"]


def test_phrases_are_compared_word_by_word(desk, group):
    desk.post(f"{SYNONYMS}ny/", {"words": "delade bilar\nbilpool"})

    response = desk.post(f"{SYNONYMS}ny/", {"words": "delad bil\ncykel"})

    assert "”delad bil” står redan" in text(response)


def test_second_press_of_remove_finds_nothing(desk, group):
    address = f"{SYNONYMS}{group.pk}/ta-bort/"

    assert desk.post(address).status_code == 302
    assert desk.post(address).status_code == 404


def test_nothing_is_written_by_reading(desk, group):
    assert desk.get(f"{SYNONYMS}{group.pk}/ta-bort/").status_code == 405
    assert groups() == ["bil\npersonbil"]


def test_list_is_in_swedish_order(desk):
    SynonymGroup.objects.all().delete()
    for words in ("ö\nx", "ä\ny", "z\nw", "å\nv"):
        SynonymGroup.objects.create(words=words)

    shown = desk.get(SYNONYMS).context["group_list"]

    assert [str(each)[0] for each in shown] == ["z", "å", "ä", "ö"]


@pytest.mark.parametrize("who", [None, "contributor"])
def test_synonyms_are_for_moderators(client, group, who):
    if who:
        client.force_login(UserFactory(contributor=True))
    expected = 404 if who else 302

    for address in (
        f"{SYNONYMS}{group.pk}/",
        f"{SYNONYMS}{group.pk}/ta-bort/",
        f"{SYNONYMS}ny/",
    ):
        assert client.post(address, {"words": "a1\nb2"}).status_code == expected

    assert groups() == ["bil\npersonbil"]


def test_nothing_is_saved_past_the_permission(group):
    with pytest.raises(NotAllowed):
        workflow.save_synonyms(None, by=UserFactory(), words=["a", "b"])
    with pytest.raises(NotAllowed):
        workflow.remove_synonyms(group, by=UserFactory())

    assert groups() == ["bil\npersonbil"]


def test_word_taken_meanwhile_is_refused_by_the_act_itself(group, moderator):
    with pytest.raises(SynonymTaken):
        workflow.save_synonyms(None, by=moderator, words=["bilen", "vagn"])

    assert groups() == ["bil\npersonbil"]


def test_taken_passes_the_group_itself(group):
    assert list(synonyms.taken(["bil", "cykel"], but=group)) == []
    assert list(synonyms.taken(["bil", "cykel"], but=None)) == [("bil", group)]
