"""Initiatives written, handed in and decided on in the browser."""

import pytest
from django.urls import reverse

from kunskapsbank.enums import OrganisationKind
from programme.models import Prioritering
from tests.factories import (
    InitiativeTextFactory,
    OrganisationFactory,
    UserFactory,
    VersionFactory,
)
from tests.test_html import faults_of
from uppfoljning.enums.initiatives import InitiativeStatus
from uppfoljning.models import Initiative, InitiativeText
from uppfoljning.workflow import initiative_texts, initiatives

pytestmark = pytest.mark.django_db
NEW = "/uppfoljning/insatser/ny/"
MINE = "/uppfoljning/insatser/mina/"
QUEUE = "/uppfoljning/insatser/granska/"
Status = InitiativeStatus


@pytest.fixture
def author():
    return UserFactory(employee=True)


@pytest.fixture
def owner():
    return UserFactory(document_owner=True)


@pytest.fixture
def filled():
    kind = OrganisationKind.BOARD
    return {
        "title": "Fler bänkar",
        "summary": "Vi ställer ut bänkar.",
        "organisation": str(OrganisationFactory(kind=kind).pk),
        "prioriteringar": [str(Prioritering.objects.first().pk)],
        "progress": "ongoing",
        "period_start": "2018",
        "key": "6f1c0f3a-7a5b-4f0e-9a52-0d5a5f1f2b11",
    }


def submitted(author, **values):
    prioriteringar = [Prioritering.objects.first()]
    text = InitiativeTextFactory(author=author, prioriteringar=prioriteringar, **values)
    return initiatives.submit_initiative(text, by=author, lock=text.lock)


def edit(text):
    return reverse("uppfoljning:edit_initiative", args=[text.pk])


def review(text):
    return reverse("uppfoljning:review_initiative", args=[text.pk])


def test_initiative_is_written_handed_in_and_published(client, author, owner, filled):
    client.force_login(author)
    response = client.post(NEW, filled | {"then": "submit"}, follow=True)
    text = InitiativeText.objects.get()
    assert text.status == Status.SUBMITTED
    assert "Insatsen är inskickad" in response.content.decode()
    assert "Väntar på en dokumentansvarig" in client.get(MINE).content.decode()

    client.force_login(owner)
    assert review(text) in client.get(QUEUE).content.decode()
    form = client.get(review(text)).context["form"]
    sent = form.initial | {"decision": "publish", "over": "", "message": ""}
    client.post(review(text), sent)

    initiative = Initiative.objects.public().get()
    page = client.get(initiative.get_absolute_url()).content.decode()
    assert "Vi ställer ut bänkar." in page


def test_double_click_makes_one_draft(client, author, filled):
    client.force_login(author)

    first = client.post(NEW, filled)
    again = client.post(NEW, filled)

    assert first.url == again.url
    assert InitiativeText.objects.count() == 1


def test_draft_may_lack_anything_but_not_when_handed_in(client, author):
    client.force_login(author)
    response = client.post(NEW, {"title": "Bara en rubrik", "then": "submit"})

    page = response.content.decode()
    assert response.status_code == 400
    assert "<title>Fel: " in page
    assert "Skriv kort vad ni gör" in page
    assert 'href="#id_prioriteringar"' in page
    text = InitiativeText.objects.get()
    assert (text.title, text.status) == ("Bara en rubrik", Status.DRAFT)
    assert edit(text) in page  # what is sent next is stored in the same draft


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("title", "x" * 150, "Korta rubriken med 10 tecken"),
        ("period_start", "1900", "Skriv ett årtal mellan 1950 och 2100"),
        ("period_start", "igår", "Skriv ett årtal med fyra siffror"),
        ("period_end", "2017", "Slutåret är före startåret"),
        ("entries", "B-99999999", "Inget publicerat bidrag heter ”B-99999999”"),
        ("progress", "x", "Välj planerad, pågår eller avslutad"),
        ("organisation", "0", "Välj bland dem i listan"),
    ],
)
def test_fault_stores_nothing_and_loses_nothing(
    client, author, filled, name, value, fault
):
    client.force_login(author)

    response = client.post(
        NEW, filled | {"description": "Långt arbete"} | {name: value}
    )

    assert response.status_code == 400
    page = response.content.decode()
    assert fault in page
    assert "Långt arbete" in page
    assert not InitiativeText.objects.exists()


def test_contributions_are_named_by_number_or_address(client, author, filled):
    first, second = VersionFactory(), VersionFactory()
    address = f"https://www.example.se{second.get_absolute_url()}"
    client.force_login(author)

    client.post(NEW, filled | {"entries": f"{first.entry.number}\n\n{address}\n"})

    text = InitiativeText.objects.get()
    assert set(text.entries.all()) == {first.entry, second.entry}


def test_two_tabs_show_both_texts(client, author, filled):
    client.force_login(author)
    client.post(NEW, filled)
    text = InitiativeText.objects.get()
    client.post(edit(text), filled | {"title": "Ena fliken", "lock": text.lock})

    response = client.post(edit(text), filled | {"title": "Andra", "lock": text.lock})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Ena fliken" in page
    assert 'value="Andra"' in page
    text.refresh_from_db()
    assert text.title == "Ena fliken"
    client.post(edit(text), filled | {"title": "Andra", "lock": text.lock})
    text.refresh_from_db()
    assert text.title == "Andra"


def test_what_waits_is_not_changed_and_what_was_written_is_shown(
    client, author, filled
):
    text = submitted(author)
    client.force_login(author)

    response = client.post(edit(text), filled | {"lock": text.lock})

    assert response.status_code == 409
    assert "Vi ställer ut bänkar." in response.content.decode()
    text.refresh_from_db()
    assert text.title != "Fler bänkar"


def test_session_that_ends_while_writing_loses_nothing(client, author, filled):
    client.force_login(author)
    who = client.get(NEW).context["who"]
    client.logout()

    client.post(NEW, filled | {"who": who})
    client.force_login(author)

    assert 'value="Fler bänkar"' in client.get(NEW).content.decode()
    assert not InitiativeText.objects.exists()


def test_who_lost_the_right_gets_back_what_they_wrote(client, author, filled):
    author.groups.clear()
    client.force_login(author)

    response = client.post(NEW, filled)

    assert response.status_code == 403
    assert "Vi ställer ut bänkar." in response.content.decode()
    assert "Ditt konto kan inte berätta om insatser" in client.get(NEW).content.decode()


def test_texts_of_others_are_not_there(client, author):
    text = submitted(UserFactory(employee=True))
    client.force_login(author)
    names = ["initiative_text", "edit_initiative", "erase_initiative"]

    for name in [*names, "review_initiative"]:
        address = reverse(f"uppfoljning:{name}", args=[text.pk])
        assert client.get(address).status_code == 404, name
    for name in ("take_back_initiative", "copy_initiative"):
        address = reverse(f"uppfoljning:{name}", args=[text.pk])
        assert client.post(address).status_code == 404, name


def test_no_needs_a_reason_and_the_author_reads_it(client, author, owner):
    text = submitted(author)
    client.force_login(owner)
    about = {"lock": text.lock, "over": "", "decision": "return"}

    response = client.post(review(text), about | {"message": ""})
    assert response.status_code == 400
    client.post(review(text), about | {"message": "Vad blev effekten?"})

    client.force_login(author)
    assert "Vad blev effekten?" in client.get(MINE).content.decode()
    assert "Vad blev effekten?" in client.get(edit(text)).content.decode()


def test_decision_on_a_changed_text_keeps_the_message(client, author, owner):
    text = submitted(author)
    client.force_login(owner)
    about = {"lock": text.lock + 1, "over": "", "decision": "decline"}

    response = client.post(review(text), about | {"message": "Hör inte hit"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Inget beslut är fattat" in page
    assert "Hör inte hit" in page
    assert f'name="lock" value="{text.lock}"' in page


def test_owner_sees_own_text_wait_but_no_form(client, owner):
    text = submitted(owner)
    client.force_login(owner)

    response = client.get(review(text))

    assert response.context["form"] is None
    assert "En annan dokumentansvarig beslutar" in response.content.decode()


def test_published_is_changed_withdrawn_and_shown_again(client, author, owner):
    text = submitted(author, title="Bänkar")
    text = initiatives.publish_initiative(text, by=owner, lock=text.lock, over=None)
    page = text.initiative.get_absolute_url()
    client.force_login(author)
    begun = client.post(f"{page}andra/")
    change = InitiativeText.objects.latest("pk")
    assert begun.url == edit(change)
    assert change.initiative == text.initiative

    assert client.post(f"{page}aterta/", {"reason": ""}).status_code == 400
    client.post(f"{page}aterta/", {"reason": "Fel siffror."})
    assert client.get(page).status_code == 410
    assert "Fel siffror." in client.get(MINE).content.decode()

    client.force_login(owner)
    client.post(f"{page}visa-igen/")
    assert client.get(page).status_code == 200


@pytest.mark.thorough
def test_pages_are_sound(client, author, owner, filled):
    waiting = submitted(author, title="Väntar")
    public = submitted(author, title="Bänkar")
    initiatives.publish_initiative(public, by=owner, lock=public.lock, over=None)
    public.refresh_from_db()
    page = public.initiative.get_absolute_url()
    client.force_login(author)
    client.post(f"{page}andra/")
    change = InitiativeText.objects.latest("pk")
    about = filled | {"title": "", "lock": change.lock, "then": "submit"}
    answers = [
        client.post(edit(change), about),
        client.post(edit(change), about),  # on a text that has been saved since
        client.post(NEW, filled | {"title": "x" * 200}),
    ]
    addresses = [NEW, MINE, page, f"{page}andra/", f"{page}aterta/", edit(change)]
    addresses += ["/uppfoljning/insatser/las-in/", "/uppfoljning/insatser/"]
    addresses += [reverse("uppfoljning:initiative_text", args=[change.pk])]
    answers += [client.get(address) for address in addresses]
    client.force_login(owner)
    answers += [client.get(address) for address in [QUEUE, review(waiting)]]
    answers += [client.post(review(waiting), {"lock": "0"})]

    faults = {
        answer.request["PATH_INFO"]: found
        for answer in answers
        if (found := faults_of(answer.content.decode()))
    }
    assert faults == {}
    assert [answer.status_code for answer in answers[:2]] == [400, 409]


@pytest.mark.parametrize("is_change", [False, True])
def test_declined_text_is_written_on_in_a_draft_of_its_own(
    client, author, owner, is_change
):
    text = submitted(author, title="Skugga", organisation=OrganisationFactory())
    if is_change:
        initiative = initiatives.publish_initiative(
            text, by=owner, lock=text.lock, over=None
        ).initiative
        text = initiative_texts.propose_initiative_change(initiative, by=author)
        text = initiative_texts.save_initiative(
            text, by=author, lock=text.lock, title="Mer skugga"
        )
        initiatives.submit_initiative(text, by=author, lock=text.lock)
    copying = reverse("uppfoljning:copy_initiative", args=[text.pk])
    client.force_login(author)
    client.post(copying)
    assert not InitiativeText.objects.filter(status=Status.DRAFT).exists()
    initiatives.decline_initiative(text, by=owner, lock=text.lock, message="Nej.")
    page = client.get(text.get_absolute_url()).content.decode()
    assert f'action="{copying}"' in page

    client.post(copying)

    draft = InitiativeText.objects.get(status=Status.DRAFT)
    text.refresh_from_db()
    assert (draft.author, draft.title, draft.initiative) == (
        author,
        text.title,
        text.initiative,
    )
    assert [*draft.prioriteringar.all()] == [*text.prioriteringar.all()]
    assert text.status == Status.DECLINED
    assert text.events.count() == 2
