"""The pages where what is hidden is looked at again, and where an owner objects."""

from html import unescape

import pytest
from django.test import Client

from kunskapsbank import workflow
from kunskapsbank.enums import Act, DeclineReason, EntryState
from tests.factories import UserFactory
from tests.kunskapsbank import letter_stories, stories

pytestmark = pytest.mark.django_db
WHY = {"message": "Texten hotar en granne."}
NOT_SO = {"message": "Det är ett citat ur en dom."}


@pytest.fixture
def hider():
    return UserFactory(moderator=True, name="Vera Ek")


@pytest.fixture
def moderator():
    return UserFactory(moderator=True, name="Kim Ström")


@pytest.fixture
def hidden(hider):
    version = stories.published(title="Bänkar")
    workflow.hide(
        version.entry, by=hider, reason=DeclineReason.THREAT, message="Se rad två."
    )
    version.entry.refresh_from_db()
    return version


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    return " ".join(unescape(response.content.decode()).split())


def page(version):
    return f"/granska/bidrag/{version.entry_id}/omprova/"


def objection(version):
    return f"/mina-bidrag/{version.pk}/omprova-doljandet/"


def uphold(version, by):
    return workflow.uphold_hiding(version.entry, by=by, **WHY)


def object_to(version, by=None):
    return workflow.object_to_hiding(version.entry, by=by or version.author, **NOT_SO)


# -- The queue


def test_queue_shows_its_sort_and_the_owner_s_words(hidden, moderator):
    object_to(hidden)
    stories.submitted(title="Något annat")

    answer = signed_in(moderator).get("/granska/", {"typ": "dolt-bidrag"})

    assert [each.title for each in answer.context["page"]] == ["Bänkar"]
    assert f"Ägaren begär omprövning: ”{NOT_SO['message']}”" in text(answer)
    assert page(hidden) in text(answer)


# -- The moderator's page


def test_page_shows_reason_report_objection_and_text(hider, moderator):
    version = stories.published(title="Bänkar")
    report = letter_stories.report(version.entry)
    before = letter_stories.report(version.entry, text="Något annat.")
    workflow.close_letter(before, by=hider, outcome="kept", message="Vi har läst.")
    about = {"reason": DeclineReason.PERSONAL_DATA, "message": "Ett namn står där."}
    workflow.hide_reported(report, by=hider, **about)
    object_to(version)

    shown = signed_in(moderator).get(page(version))

    said = text(shown)
    assert "Uppgifter om någon som inte har sagt ja." in said
    assert "Vera Ek dolde bidraget" in said
    assert "Mitt namn står i texten." in said
    assert before.number not in said
    assert NOT_SO["message"] in said
    assert "Grannarna valde plats för dem." in said
    assert "Läsarna ser det inte. Ägaren får dina skäl." in said


@pytest.mark.parametrize(
    ("outcome", "act", "state"),
    [
        ("uphold", Act.HIDING_UPHELD, EntryState.HIDDEN),
        ("show", Act.SHOWN_AGAIN, EntryState.OPEN),
    ],
)
def test_each_outcome_is_one_act_however_often_it_is_sent(
    hidden, moderator, outcome, act, state
):
    client = signed_in(moderator)

    for _ in range(2):
        answer = client.post(page(hidden), {"outcome": outcome, **WHY})

    assert "redan omprövat" in text(answer)
    assert WHY["message"] in text(answer)
    hidden.entry.refresh_from_db()
    assert hidden.entry.state == state
    assert stories.acts(hidden.entry)[-2:] == [Act.HIDDEN, act]


def test_what_another_has_upheld_is_not_shown_by_a_page_opened_before(
    hidden, moderator
):
    uphold(hidden, stories.moderator())

    answer = signed_in(moderator).post(page(hidden), {"outcome": "show"})

    assert "redan omprövat" in text(answer)
    hidden.entry.refresh_from_db()
    assert hidden.entry.state == EntryState.HIDDEN


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"message": ""}, "Välj vad som ska hända"),
        ({"outcome": "uphold"}, "Skriv varför bidraget förblir dolt"),
        ({"outcome": "uphold", "message": "x" * 4001}, "Korta meddelandet"),
    ],
)
def test_faults_are_told_and_nothing_is_done(hidden, moderator, data, said):
    answer = signed_in(moderator).post(page(hidden), data)

    assert said in text(answer)
    assert "Fel:" in text(answer)
    assert stories.acts(hidden.entry)[-1] == Act.HIDDEN


def test_who_hid_it_and_who_comes_late_get_no_form(hidden, hider, moderator):
    shown = text(signed_in(hider).get(page(hidden)))
    assert "någon annan moderator omprövar det" in shown
    assert "Skicka beslutet" not in shown

    uphold(hidden, moderator)

    shown = text(signed_in(moderator).get(page(hidden)))
    assert "inget döljande att ompröva" in shown
    assert "Skicka beslutet" not in shown


def test_the_contribution_s_page_leads_there_while_it_waits(hidden, moderator):
    address = f"/granska/bidrag/{hidden.entry_id}/"
    client = signed_in(moderator)
    assert page(hidden) in text(client.get(address))

    uphold(hidden, moderator)

    assert page(hidden) not in text(client.get(address))


def test_a_reply_template_is_put_in_without_script(hidden, moderator):
    sent = {"outcome": "uphold", "reply": "1", "message": "Hej.", "insert": "1"}

    answer = signed_in(moderator).post(page(hidden), sent)

    assert "Hej. Hej! Det här vill vi gärna publicera." in text(answer)
    assert stories.acts(hidden.entry)[-1] == Act.HIDDEN


# -- The owner's pages


def test_owner_objects_from_the_page_of_the_contribution(hidden, moderator):
    client = signed_in(hidden.author)
    own = f"/mina-bidrag/{hidden.pk}/"
    assert objection(hidden) in text(client.get(own))

    answer = client.post(objection(hidden), NOT_SO, follow=True)

    assert "Begäran är skickad till en annan granskare." in text(answer)
    assert "Väntar på en annan granskare, som omprövar döljandet." in text(answer)
    assert objection(hidden) not in text(answer)
    again = client.post(objection(hidden), NOT_SO, follow=True)
    assert "är omprövning redan begärd" in text(again)
    assert stories.acts(hidden.entry).count(Act.HIDING_OBJECTED) == 1

    uphold(hidden, moderator)
    shown = text(client.get(own))
    assert "Granskarna har dolt bidraget." in shown
    assert WHY["message"] in shown
    assert "Kim Ström" not in shown


def test_objection_without_words_is_asked_for(hidden):
    answer = signed_in(hidden.author).post(objection(hidden), {"message": ""})

    assert "Skriv varför bidraget ska visas igen" in text(answer)
    assert stories.acts(hidden.entry)[-1] == Act.HIDDEN


def test_there_is_nothing_to_object_to_while_it_is_shown():
    version = stories.published()
    client = signed_in(version.author)

    assert objection(version) not in text(client.get(f"/mina-bidrag/{version.pk}/"))
    assert "inte dolt" in text(client.get(objection(version)))


# -- What everybody sees


def test_public_history_tells_the_acts_and_never_the_words(client, hidden, moderator):
    uphold(hidden, moderator)
    object_to(hidden)
    workflow.show_again(hidden.entry, by=moderator, message="Du har rätt.")

    said = text(client.get(f"/kunskapsbank/{hidden.entry.slug}/historik/"))

    assert "Döljandet omprövat, bidraget förblir dolt" in said
    assert "Omprövning av döljandet begärd" in said
    for private in (WHY["message"], NOT_SO["message"], "Du har rätt.", "Kim Ström"):
        assert private not in said
