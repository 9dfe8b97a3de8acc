"""A moderator's own correction: seen before it is published, and a step of its own."""

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import Act, Status
from kunskapsbank.forms.reviewing import EditForm
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


def correction(version, **values):
    start = {
        name: value if value is not None else ""
        for name, value in EditForm.initial_of(version).items()
    }
    over = version.entry.published_version
    about = {"lock": version.lock, "over": over.pk if over else "", "message": ""}
    return {**start, **about, **values}


def test_correction_is_seen_before_it_is_published(desk, moderator):
    version = stories.submitted(title="Benkar vid stranden")
    data = correction(version, title="Bänkar vid stranden")

    blind = desk.post(at(version, "ratta/"), {**data, "publish": "1"})

    assert is_now(version).status == Status.SUBMITTED
    assert [each.name for each in blind.context["changes"]] == ["title"]
    seen = blind.context["form"]["seen"].value()
    desk.post(at(version, "ratta/"), {**data, "publish": "1", "seen": seen})
    corrected = is_now(version)
    assert (corrected.status, corrected.title) == (
        Status.PUBLISHED,
        "Bänkar vid stranden",
    )
    assert (corrected.edited_by, corrected.author) == (moderator, version.author)
    assert stories.acts(version.entry)[-2:] == [Act.EDITED_BY_MODERATOR, Act.PUBLISHED]


def test_correction_changed_after_it_was_seen_is_seen_again(desk):
    version = stories.submitted()
    data = correction(version, title="Ett")
    seen = desk.post(at(version, "ratta/"), data).context["form"]["seen"].value()

    late = {**data, "title": "Två", "publish": "1", "seen": seen}
    response = desk.post(at(version, "ratta/"), late)

    assert is_now(version).status == Status.SUBMITTED
    assert response.context["is_preview"]


def test_choosing_to_correct_keeps_the_message(desk):
    version = stories.submitted()

    response = desk.post(
        at(version), decision(version, "edit", message="Jag rättade ett stavfel.")
    )

    assert "Rätta och publicera" in text(response)
    assert "Jag rättade ett stavfel." in text(response)
    assert f'method="post" action="{at(version, "ratta/")}"' in text(response)
    assert is_now(version).status == Status.SUBMITTED


def test_correction_of_a_text_that_changed_is_shown_anew(desk):
    version = stories.submitted()
    data = correction(version, title="Min rättelse")
    workflow.take_back(version, by=version.author)
    version.refresh_from_db()
    workflow.save_text(
        version, by=version.author, lock=version.lock, summary="Nytt av Ida."
    )
    stories.hand_in(version)

    response = desk.post(at(version, "ratta/"), {**data, "publish": "1"})

    assert response.status_code == 409
    assert [each.name for each in response.context["news"]] == ["summary"]
    assert "Min rättelse" in text(response)
    assert is_now(version).status == Status.SUBMITTED


def test_incomplete_correction_says_what_is_missing(desk):
    version = stories.submitted()
    data = correction(version, address="")
    seen = desk.post(at(version, "ratta/"), data).context["form"]["seen"].value()

    response = desk.post(at(version, "ratta/"), {**data, "publish": "1", "seen": seen})

    assert "Skriv en länk" in text(response)
    assert is_now(version).status == Status.SUBMITTED


def test_own_text_cannot_be_corrected(desk, moderator):
    version = stories.submitted(moderator)

    assert desk.get(at(version, "ratta/")).status_code == 302
    form = EditForm(correction(version, title="Min egen"))
    form.is_valid()
    data = {**form.data, "publish": "1", "seen": form.checksum()}
    response = desk.post(at(version, "ratta/"), data)
    assert response.status_code == 409
    assert is_now(version).status == Status.SUBMITTED


def test_lines_ended_as_browsers_end_them_are_no_correction(desk):
    version = stories.submitted(background="Första raden.\n\nAndra raden.")
    data = correction(version, background="Första raden.\r\n\r\nAndra raden.")

    response = desk.post(at(version, "ratta/"), data)

    assert response.context["changes"] == []
    assert "Du har inte ändrat något" in text(response)


def test_the_authors_newer_words_stand_where_nothing_was_corrected(desk):
    version = stories.submitted(title="Benkar", summary="Gammalt.")
    data = correction(version, title="Bänkar")
    workflow.take_back(version, by=version.author)
    version.refresh_from_db()
    workflow.save_text(
        version, by=version.author, lock=version.lock, summary="Nytt av Ida."
    )
    stories.hand_in(version)

    response = desk.post(at(version, "ratta/"), data)

    form = response.context["form"]
    assert form["summary"].value() == "Nytt av Ida."
    assert form["title"].value() == "Bänkar"
    assert [each.name for each in response.context["changes"]] == ["title"]
    desk.post(at(version, "ratta/"), {**form.data.dict(), "publish": "1"})
    assert is_now(version).status == Status.PUBLISHED
    assert is_now(version).summary == "Nytt av Ida."


def declined(version):
    stories.declined(version)


def taken(version):
    workflow.claim(version, by=stories.moderator())


def taken_back(version):
    workflow.take_back(version, by=version.author)


def withdrawn(version):
    workflow.withdraw(version.entry, by=version.author)


MEANWHILE = {
    declined: "Mo Lind har avböjt bidraget",
    taken: "Mo Lind granskar det här till",
    taken_back: "taget tillbaka",
    withdrawn: "återtaget av den som äger det",
}


@pytest.mark.parametrize("publish", [{}, {"publish": "1"}])
@pytest.mark.parametrize("act", MEANWHILE)
def test_what_was_corrected_is_never_lost(desk, act, publish):
    version = stories.submitted(summary="Text som ingen har rört.")
    data = correction(version, title="Min rättelse", message="Jag rättade.", **publish)
    act(version)

    response = desk.post(at(version, "ratta/"), data)

    assert response.status_code == 409
    assert MEANWHILE[act] in text(response)
    assert "Det här hade du rättat" in text(response)
    assert "rättelse" in text(response)
    assert "Jag rättade." in text(response)
    assert "Text som ingen har rört." not in text(response)
