"""Deciding on one text: on the very one shown, and told who did what meanwhile."""

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import Act, Status
from tests.factories import UserFactory
from tests.kunskapsbank import stories
from tests.kunskapsbank.at_desk import at, decision, is_now, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return UserFactory(moderator=True, name="Vera Ek")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


# -- Decisions


def test_publishing_says_what_happened_and_leads_on(desk):
    version, other = stories.submitted(), stories.submitted(title="Nästa text")

    response = desk.post(at(version), decision(version), follow=True)

    assert is_now(version).status == Status.PUBLISHED
    assert "är publicerat" in text(response)
    assert "Nästa i kön: Nästa text" in text(response)
    assert f"/granska/{other.pk}/" in text(response)


def test_returning_needs_a_message(desk):
    version = stories.submitted()

    refused = desk.post(at(version), decision(version, "return"))

    assert "Fel: Granska" in text(refused)
    assert "Skriv vad som behövs" in text(refused)
    desk.post(at(version), decision(version, "return", message="Vem äger bilden?"))
    assert is_now(version).status == Status.RETURNED
    assert version.entry.last_event.detail.message == "Vem äger bilden?"


def test_declining_needs_a_reason_and_keeps_what_was_written(desk):
    version = stories.submitted()
    how = {"message": "Det hör inte hit.", "checked": ["people"]}

    refused = desk.post(at(version), decision(version, "decline", **how))

    assert "Välj ett skäl" in text(refused)
    assert "Det hör inte hit." in text(refused)
    assert is_now(version).status == Status.SUBMITTED
    desk.post(at(version), decision(version, "decline", reason="out_of_scope", **how))
    assert is_now(version).status == Status.DECLINED
    assert version.entry.last_event.reason == "out_of_scope"


def test_reasons_by_law_come_first(desk):
    form = desk.get(at(stories.submitted())).context["form"]

    (_, empty), (law, by_law), (_, rest) = form.fields["reason"].choices

    assert empty == "Välj ett skäl"
    assert (law, len(by_law)) == ("Mot lagen", 8)
    assert "other" in dict(rest)


def test_nothing_is_decided_without_a_choice(desk):
    version = stories.submitted()

    response = desk.post(at(version), {"lock": version.lock, "message": "Hej"})

    assert "Välj vad som ska hända" in text(response)
    assert "Hej" in text(response)
    assert is_now(version).status == Status.SUBMITTED


def test_own_text_has_no_form_and_no_decision(desk, moderator):
    version = stories.submitted(moderator)

    page = desk.get(at(version))
    response = desk.post(at(version), decision(version))

    assert page.context["form"] is None
    assert "Bidraget är ditt eget" in text(page)
    assert response.status_code == 409
    assert is_now(version).status == Status.SUBMITTED


@pytest.mark.trust("R2", "R3")
def test_second_moderator_sees_who_decided(desk):
    """Trust R2 and R3: the first decision stands, the second is told who made it."""
    version = stories.submitted()
    stale = decision(version)
    stories.declined(version)

    response = desk.post(at(version), {**stale, "message": "Fint skrivet."})

    assert response.status_code == 409
    assert "Mo Lind har avböjt bidraget" in text(response)
    assert "Fint skrivet." in text(response)
    assert is_now(version).status == Status.DECLINED
    assert "Du hade valt: Publicera." in text(response)
    assert stories.acts(version.entry).count(Act.PUBLISHED) == 0


def test_what_was_written_is_kept_when_the_form_was_not_ready_either(desk):
    version = stories.submitted()
    stories.declined(version)

    response = desk.post(at(version), decision(version, "", message="Fint skrivet."))

    assert response.status_code == 409
    assert "Mo Lind har avböjt bidraget" in text(response)
    assert "Fint skrivet." in text(response)


def test_owner_who_wrote_nothing_decides_on_nothing_of_theirs(desk, moderator):
    version = stories.submitted()
    workflow.add_owner(version.entry, owner=moderator, by=version.author)

    page = desk.get(at(version))
    response = desk.post(at(version), decision(version))

    assert page.context["form"] is None
    assert response.status_code == 409
    assert is_now(version).status == Status.SUBMITTED


def test_double_click_is_told_apart_from_another_s_decision(desk):
    version = stories.submitted()
    desk.post(at(version), decision(version))

    response = desk.post(at(version), decision(version))

    assert "Du har redan beslutat" in text(response)
    assert stories.acts(version.entry).count(Act.PUBLISHED) == 1


@pytest.mark.trust("R4")
def test_text_that_changed_since_is_shown_and_not_decided(desk):
    """Trust R4: what nobody has seen is never published."""
    version = stories.submitted(summary="Grannarna valde.")
    stale = decision(version, message="Bra.")
    workflow.take_back(version, by=version.author)
    version.refresh_from_db()
    workflow.save_text(
        version, by=version.author, lock=version.lock, summary="Ingen valde."
    )
    version = stories.hand_in(version)

    response = desk.post(at(version), stale)

    assert response.status_code == 409
    assert "Nytt sedan du öppnade sidan" in text(response)
    assert [each.name for each in response.context["news"]] == ["summary"]
    assert "Bra." in text(response)
    assert is_now(version).status == Status.SUBMITTED
    again = response.context["form"].initial
    assert again["lock"] == str(version.lock)
    desk.post(at(version), {**stale, "lock": again["lock"]})
    assert is_now(version).status == Status.PUBLISHED


def test_change_over_another_published_text_is_compared_anew(desk):
    published = stories.published(summary="Ett.")
    change = stories.changed(published, summary="Två.")
    stale = decision(change, over=published)
    other = stories.changed(published, by=stories.author(), summary="Tre.")
    workflow.publish(other, by=stories.moderator(), lock=other.lock)

    response = desk.post(at(change), stale)

    assert response.status_code == 409
    assert "Inget beslut är fattat" in text(response)
    assert is_now(change).status == Status.SUBMITTED
    assert response.context["form"].initial["over"] == str(other.pk)
    desk.post(at(change), decision(change, over=other))
    assert change.entry.published_version == change
    assert is_now(other).status == Status.REPLACED


def test_text_taken_back_meanwhile_is_told(desk):
    version = stories.submitted(title="Hemlig rubrik")
    stale = decision(version, "return", message="Vem äger bilden?")
    workflow.take_back(version, by=version.author)

    response = desk.post(at(version), stale)

    assert response.status_code == 409
    assert "Bidraget är taget tillbaka" in text(response)
    assert "Vem äger bilden?" in text(response)
    assert "Hemlig rubrik" not in text(response)


@pytest.mark.trust("R12")
@pytest.mark.parametrize("act", ["", "ta/", "slapp/", "ratta/"])
def test_entry_withdrawn_meanwhile_is_no_error(desk, act):
    """Trust R12."""
    version = stories.submitted(stories.author())
    workflow.withdraw(version.entry, by=version.author)

    response = desk.post(at(version, act), decision(version))

    assert response.status_code < 500
    assert is_now(version).status == Status.SUBMITTED


def test_entry_withdrawn_meanwhile_is_told(desk):
    version = stories.submitted(stories.author())
    workflow.withdraw(version.entry, by=version.author)

    response = desk.post(at(version), decision(version))

    assert response.status_code == 409
    assert "återtaget av den som äger det" in text(response)
