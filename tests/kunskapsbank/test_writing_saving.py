"""Nothing that somebody wrote is lost, whatever happens in between (trust R5-R11)."""

import pytest

from kunskapsbank.models import ReviewEvent, Tag
from tests.kunskapsbank import stories
from tests.kunskapsbank.writing import (
    at,
    autosave,
    first_prioritering,
    html_of,
    post,
    send,
    stored,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return stories.author()


@pytest.fixture
def client(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def draft(author):
    return stories.draft(author, title="Först", summary="Sammanfattat.")


# -- Two tabs (R5)


@pytest.mark.trust("R5")
def test_two_tabs_give_both_texts_and_lose_neither(client, draft):
    lock = draft.lock
    post(client, draft, title="Från ena fliken")

    response = client.post(at(draft), {"lock": lock, "title": "Från andra fliken"})

    html = html_of(response)
    assert response.status_code == 409
    assert "<del" in html
    assert "ena" in html
    assert 'value="Från andra fliken"' in html
    assert stored(draft).title == "Från ena fliken"


@pytest.mark.trust("R5")
def test_the_text_that_was_sent_can_be_saved_after_all(client, draft):
    lock = draft.lock
    post(client, draft, title="Den ena")
    page = html_of(client.post(at(draft), {"lock": lock, "title": "Den andra"}))
    shown = page.partition('name="lock" value="')[2].partition('"')[0]

    response = client.post(at(draft), {"lock": shown, "title": "Den andra"})

    assert response.status_code == 302
    assert stored(draft).title == "Den andra"


@pytest.mark.trust("R10")
def test_the_same_text_sent_again_is_saved_already(client, draft):
    """Trust R10: the answer never came, and the browser sends the form again."""
    shown = {"lock": draft.lock, "title": "Ny rubrik", "summary": draft.summary}

    answers = [client.post(at(draft), shown) for _ in range(2)]

    assert [each.url for each in answers] == [at(draft, "koppla")] * 2
    assert stored(draft).lock == draft.lock + 1


@pytest.mark.parametrize("lock", ["", "x", "-1", "1e9", "9" * 40])
def test_a_form_that_does_not_say_what_was_shown_overwrites_nothing(
    client, draft, lock
):
    response = client.post(at(draft), {"lock": lock, "title": "Annat"})

    assert response.status_code == 409
    assert stored(draft).title == "Först"


def test_a_conflict_over_ties_is_shown_in_words(client, draft):
    lock = draft.lock
    post(client, draft, "koppla", tags="bänkar", place="Norr")

    response = client.post(
        at(draft, "koppla"), {"lock": lock, "tags": "parker", "place": "Söder"}
    )

    html = html_of(response)
    assert response.status_code == 409
    assert "bänkar" in html
    assert "parker" in html
    assert {tag.name for tag in stored(draft).tags.all()} == {"bänkar"}


# -- While one writes (R6, R7)


def test_what_changed_is_saved_and_nothing_else_is_touched(client, draft):
    answer = autosave(client, draft, title="Medan jag skriver").json()

    assert stored(draft).title == "Medan jag skriver"
    assert stored(draft).summary == "Sammanfattat."
    assert answer["lock"] == stored(draft).lock
    assert answer["saved"].replace(".", "").isdigit()


@pytest.mark.trust("R6")
def test_a_save_that_arrives_late_is_ignored(client, draft):
    autosave(client, draft, sequence=2, title="Nyare")

    autosave(client, draft, sequence=1, title="Äldre")

    assert stored(draft).title == "Nyare"


def test_the_form_follows_the_saves_of_its_own_tab(client, draft):
    """Also when the last answer never arrived, and its lock is old."""
    lock = draft.lock
    autosave(client, draft, sequence=1, title="Ett")

    response = client.post(
        at(draft), {"lock": lock, "tab": "flik", "sequence": 2, "title": "Två"}
    )

    assert response.status_code == 302
    assert stored(draft).title == "Två"


def test_a_save_from_another_tab_is_refused_in_words(client, draft):
    lock = draft.lock
    autosave(client, draft, tab="en", title="Ett")

    response = autosave(client, draft, tab="annan", lock=lock, title="Två")

    assert response.status_code == 409
    assert "Båda texterna finns kvar" in response.json()["message"]
    assert stored(draft).title == "Ett"


def test_a_choice_that_is_taken_away_is_saved(client, draft):
    post(client, draft, "koppla", place="Norr", prioriteringar=[first_prioritering()])

    autosave(client, draft, step="koppla", prioriteringar=[])

    assert stored(draft).prioriteringar.count() == 0
    assert stored(draft).place == "Norr"


def test_what_cannot_be_kept_is_told_while_the_rest_is_saved(client, draft):
    answer = autosave(client, draft, title="Ny", summary="a" * 700).json()

    assert answer["faults"] == {"summary": "Korta sammanfattningen med 100 tecken"}
    assert stored(draft).title == "Ny"


@pytest.mark.trust("R7")
def test_a_link_half_typed_is_kept_without_a_word(client, draft):
    answer = autosave(client, draft, address="www.exa").json()

    assert answer["faults"] == {}
    assert stored(draft).address == "www.exa"


def test_a_year_in_the_wrong_order_does_not_stop_the_rest(client, draft):
    post(client, draft, "koppla", period_end="2019")

    answer = autosave(client, draft, step="koppla", period_start="2021", place="Råå")

    assert answer.json()["faults"] == {"period_start": "Slutåret är före startåret"}
    assert stored(draft).place == "Råå"
    assert stored(draft).period_start is None


def test_saving_while_writing_leaves_no_history(client, draft):
    before = ReviewEvent.objects.count()

    for sequence in range(1, 5):
        autosave(client, draft, sequence=sequence, title=f"Försök {sequence}")

    assert ReviewEvent.objects.count() == before
    assert draft.entry.versions.count() == 1
    assert draft.snapshots.count() == 0


def test_how_plain_the_text_is_comes_with_the_answer(client, draft):
    answer = autosave(client, draft, summary="Vi gick ut. " * 10).json()

    assert "LIX" in answer["advice"]["summary"]


def test_a_field_that_is_no_part_of_the_step_is_left_alone(client, draft):
    autosave(client, draft, status="published", title="Ny", author="1")

    assert stored(draft).status == "draft"
    assert stored(draft).title == "Ny"


def test_subjects_half_typed_are_kept_as_words_and_make_no_subject(client, draft):
    count = Tag.objects.count()

    autosave(client, draft, step="koppla", tags="prom")

    html = html_of(client.get(at(draft, "koppla")))
    assert 'value="prom"' in html
    assert Tag.objects.count() == count


def test_words_typed_become_ties_when_the_step_is_saved(client, draft):
    autosave(client, draft, step="koppla", tags="prom", organisation_name="Nor")

    post(client, draft, "koppla", tags="promenader", organisation_name="Norra")

    assert [tag.name for tag in stored(draft).tags.all()] == ["promenader"]
    assert [each.name for each in stored(draft).organisations.all()] == ["Norra"]
    assert stored(draft).typed == {}


def test_words_typed_become_ties_when_the_text_is_sent_in(client, draft):
    autosave(client, draft, step="koppla", tags="promenader", organisation_name="Norra")

    shown = html_of(client.get(at(draft, "kontrollera")))
    send(client, draft)

    assert "promenader" in shown
    assert "Norra" in shown
    assert [tag.name for tag in stored(draft).tags.all()] == ["promenader"]
    assert [each.name for each in stored(draft).organisations.all()] == ["Norra"]
    assert stored(draft).status == "submitted"


def test_words_that_can_be_no_ties_are_told_of_and_kept(client, draft):
    words = ", ".join(f"ämne {number}" for number in range(25))
    autosave(client, draft, step="koppla", tags=words)

    response = send(client, draft)

    assert "Välj ut de 20 viktigaste ämnena" in html_of(response)
    assert stored(draft).status == "draft"
    assert stored(draft).typed["tags"] == words


def test_the_message_to_the_reviewers_is_kept_with_the_draft(client, draft):
    autosave(client, draft, step="kontrollera", note="Bilden är min.")

    html = html_of(client.get(at(draft, "kontrollera")))

    assert "Bilden är min." in html


def test_leaving_the_last_step_keeps_the_message(client, draft):
    post(client, draft, "kontrollera", note="Bilden är min.", then="draft")

    assert stored(draft).typed == {"note": "Bilden är min."}
    assert stored(draft).status == "draft"


# -- Far too much (R36)


@pytest.mark.trust("R36")
def test_a_megabyte_is_refused_in_words_and_the_draft_kept(client, draft):
    response = client.post(at(draft), {"lock": draft.lock, "lessons": "a" * 1_000_000})

    assert response.status_code == 413
    assert "Det var för mycket på en gång" in html_of(response)
    assert stored(draft).title == "Först"


@pytest.mark.trust("R36")
def test_a_thousand_and_one_fields_are_refused_in_words(client, draft):
    fields = {f"f{number}": "" for number in range(1001)}

    response = client.post(at(draft), fields)

    assert response.status_code == 400
    assert "Det var för mycket på en gång" in html_of(response)


@pytest.mark.trust("R36")
def test_ten_thousand_subjects_are_refused_in_words(client, draft):
    names = ",".join(f"ämne {number}" for number in range(10_000))

    response = post(client, draft, "koppla", tags=names)

    assert response.status_code == 400
    assert "Välj ut de 20 viktigaste ämnena" in html_of(response)
    assert names[:60] in html_of(response)
    assert stored(draft).tags.count() == 0


# -- Odd characters (R35)


@pytest.mark.trust("R35")
@pytest.mark.parametrize("title", ["a\x00b", "\ud800", "\u202eabc", "a\u030a", "😀"])
def test_odd_characters_break_nothing(client, draft, title):
    response = post(client, draft, title=title.encode("utf-8", "surrogatepass"))

    assert response.status_code == 302
    assert "\x00" not in stored(draft).title
