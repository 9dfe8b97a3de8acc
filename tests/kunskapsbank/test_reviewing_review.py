"""The page of one text under review: it decides on the very text that was shown."""

import pytest
from django.utils.html import escape

from kunskapsbank import workflow
from kunskapsbank.enums import Act, Status
from kunskapsbank.models import Claim, ReplyTemplate, Version
from tests.factories import UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return UserFactory(moderator=True, name="Vera Ek")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def at(version, act=""):
    return f"/granska/{version.pk}/{act}"


def text(response):
    return " ".join(response.content.decode().split())


def decision(version, decision="publish", over=None, **more):
    return {
        "lock": version.lock,
        "over": over.pk if over else "",
        "decision": decision,
        "message": "",
        **more,
    }


def is_now(version):
    return Version.objects.get(pk=version.pk)


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
