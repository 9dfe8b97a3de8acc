"""The page of one text under review: it decides on the very text that was shown."""

from uuid import uuid4

import pytest
from django.utils.html import escape

from kunskapsbank import links, workflow
from kunskapsbank.asking import Answer
from kunskapsbank.enums import Act, LinkState, Status
from kunskapsbank.models import Claim, ReplyTemplate, Version
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


# -- Who and what


@pytest.mark.parametrize("who", [None, "stranger", "author", "other"])
def test_only_moderators_get_here(client, who):
    version = stories.submitted()
    people = {"stranger": UserFactory(), "other": UserFactory(contributor=True)}
    if who:
        client.force_login(people.get(who, version.author))

    response = client.get(at(version))

    assert response.status_code == (404 if who else 302)
    assert client.post(at(version), decision(version)).status_code in {302, 404}
    assert is_now(version).status == Status.SUBMITTED


@pytest.mark.parametrize("status", Status)
def test_page_is_there_for_all_that_was_handed_in(desk, status):
    version = stories.at(status)

    expected = 404 if status == Status.DRAFT else 200
    assert desk.get(at(version)).status_code == expected


def test_new_text_is_shown_as_it_will_be(desk):
    version = stories.submitted(implementation="**Så** gjorde vi.")

    response = desk.get(at(version))

    assert "Så här blir bidraget" in text(response)
    assert "<strong>Så</strong> gjorde vi." in text(response)
    assert "Ida Dahl" in text(response)


def test_change_shows_only_the_fields_that_differ(desk):
    published = stories.published(summary="Två gick runt.")
    change = stories.changed(published, summary="Tre gick runt.")

    response = desk.get(at(change))

    assert [each.name for each in response.context["changes"]] == ["summary"]
    assert "Ett ändrat fält" in text(response)
    assert "Publicerat nu" in text(response)


@pytest.mark.parametrize(
    ("view", "part"),
    [
        ("sida", "Publicerat nu"),
        ("lopande", 'data-view="inline"'),
        ("allt", "https://example.se/bankar"),
        ("annat", "Publicerat nu"),
    ],
)
def test_change_can_be_read_in_three_ways(desk, view, part):
    change = stories.changed(stories.published(), summary="Ny.")

    response = desk.get(at(change), {"visa": view})

    assert part in text(response)
    assert text(response).count('aria-current="true"') >= 1


def test_what_is_new_since_the_last_answer_is_shown(desk):
    version = stories.returned(stories.submitted(summary="Grannarna valde."))
    workflow.save_text(
        version, by=version.author, lock=version.lock, summary="Femtio grannar valde."
    )
    version = stories.hand_in(version)

    response = desk.get(at(version))

    assert "Ändrat sedan det senaste svaret" in text(response)
    assert [each.name for each in response.context["since_answer"]] == ["summary"]
    assert "Vem äger bilden?" in text(response)


def test_checks_stand_beside_the_text(desk):
    listed = stories.published(title="Bänkar vid stranden i Råå")
    version = stories.submitted(
        summary="Ring 042-10 50 00 om det.", title="Bänkar vid stranden"
    )
    # Nobody can hand in such a number now, but a text may be older than the check.
    Version.objects.filter(pk=version.pk).update(lessons="Fråga 811228-9874.")

    page = text(desk.get(at(version)))

    assert "811228-9874 ser ut som ett personnummer" in page
    assert "042-10 50 00 ser ut som ett telefonnummer" in page
    assert "inte kontrollerad än" in page
    assert listed.get_absolute_url() in page
    assert "Läsbarhet (LIX)" in page


def test_history_tells_names_and_messages_escaped(desk):
    version = stories.submitted()
    said = "<script>alert(1)</script>"
    workflow.return_to_author(
        version, by=stories.moderator(), lock=version.lock, message=said
    )

    page = text(desk.get(at(version)))

    assert escape(said) in page
    assert said not in page
    assert "Mo Lind" in page


def test_reading_writes_nothing(desk):
    version = stories.submitted()

    desk.get(at(version))

    assert not Claim.objects.exists()
    assert stories.acts(version.entry) == [Act.SUBMITTED]


def test_what_the_author_wrote_to_the_moderators_is_at_the_top(desk):
    version = stories.draft()
    workflow.submit(
        version,
        by=version.author,
        lock=version.lock,
        key=uuid4(),
        grants_licence=True,
        message="Bilden är min egen.",
    )

    response = desk.get(at(version))

    assert response.context["said"] == "Bilden är min egen."
    assert "Det här följde med till granskarna:" in text(response)


def test_what_waits_and_is_alike_is_shown_too(desk):
    version, twin = stories.submitted(), stories.submitted()

    page = text(desk.get(at(version)))

    assert f'Väntar också: <a href="{at(twin)}">' in page
    assert f'Väntar också: <a href="{at(version)}">' not in page


def test_a_link_that_does_not_answer_stands_out(desk):
    version = stories.submitted(result="Se [sidan](https://example.se/finns).")
    answered = {
        "https://example.se/bankar": (LinkState.SILENT, None),
        "https://example.se/finns": (LinkState.ANSWERS, 200),
    }
    for url, answer in answered.items():
        links.note(version.entry_id, url, Answer(*answer))

    page = text(desk.get(at(version)))

    assert "<strong>svarar inte</strong>" in page
    assert ": svarar, kontrollerad" in page


# -- The session ends while a moderator writes (R8)


@pytest.mark.parametrize("act", ["", "ratta/"])
def test_what_was_written_comes_back_after_signing_in(desk, moderator, act):
    version = stories.submitted()
    shown = desk.get(at(version, act)).context
    data = {**decision(version, "return", message="Vem äger bilden?")}
    data |= {"who": shown["who"], "title": "Min rättelse", "checked": ["people"]}
    desk.logout()

    away = desk.post(at(version, act), data)
    assert away.url == f"/konto/logga-in/?next={at(version, act)}"
    desk.force_login(moderator)
    back = desk.get(at(version, act))

    assert "Här är det du hade skrivit" in text(back)
    assert back.context["form"]["message"].value() == "Vem äger bilden?"
    assert back.context["form"]["lock"].value() == str(version.lock)
    if act:
        assert back.context["form"]["title"].value() == "Min rättelse"
    else:
        assert back.context["form"]["decision"].value() == "return"
        assert back.context["form"]["checked"].value() == ["people"]
    assert is_now(version).status == Status.SUBMITTED


def test_what_was_written_is_nobody_elses(desk):
    version = stories.submitted()
    who = desk.get(at(version)).context["who"]
    desk.logout()
    desk.post(at(version), decision(version, message="Hemligt.", who=who))

    desk.force_login(stories.moderator())

    assert "Hemligt." not in text(desk.get(at(version)))


def test_what_was_written_is_forgotten_once_it_is_sent(desk, moderator):
    version = stories.submitted()
    who = desk.get(at(version)).context["who"]
    desk.logout()
    desk.post(at(version), decision(version, "", message="Fint.", who=who))
    desk.force_login(moderator)

    desk.post(at(version), decision(version, "", message="Fint."))

    assert "Här är det du hade skrivit" not in text(desk.get(at(version)))


# -- Claims


def test_claim_and_release(desk, moderator):
    version = stories.submitted()

    taken = desk.post(at(version, "ta/"), follow=True)

    assert Claim.objects.get().moderator == moderator
    assert "Du har tagit bidraget till" in text(taken)
    desk.post(at(version, "slapp/"))
    assert not Claim.objects.exists()


def test_text_that_another_has_taken_has_no_form(desk):
    version = stories.submitted()
    workflow.claim(version, by=stories.moderator())

    response = desk.get(at(version))

    assert response.context["form"] is None
    assert "Mo Lind granskar det här till" in text(response)


def test_deciding_on_what_another_has_taken_is_refused(desk):
    version = stories.submitted()
    workflow.claim(version, by=stories.moderator())

    response = desk.post(at(version), decision(version))

    assert response.status_code == 409
    assert "Mo Lind granskar det här till" in text(response)
    assert is_now(version).status == Status.SUBMITTED


# -- Templates of replies


def test_template_is_put_in_without_javascript(desk):
    version = stories.submitted()
    template = ReplyTemplate.objects.get(title="Vem äger bilden?")
    data = decision(version, "return", message="Hej Ida!", reply=template.pk)

    response = desk.post(at(version), {**data, "insert": "1"})

    assert response.status_code == 200
    assert "Hej Ida!" in text(response)
    assert template.text in text(response)
    assert response.context["form"]["decision"].value() == "return"
    assert is_now(version).status == Status.SUBMITTED
