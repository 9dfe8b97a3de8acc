"""Reply templates, notes, appeals, and acts on a whole contribution."""

import pytest
from django.conf import settings

from kunskapsbank import workflow
from kunskapsbank.enums import Act, EntryState, Status
from kunskapsbank.exceptions import NotAllowed
from kunskapsbank.models import Appeal, InternalNote, ReplyTemplate, Version
from programme.models import Prioritering
from tests.factories import UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db
REPLIES = "/granska/svarsmallar/"


@pytest.fixture
def moderator():
    return UserFactory(moderator=True, name="Vera Ek")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def text(response):
    return " ".join(response.content.decode().split())


def of(entry, act=""):
    return f"/granska/bidrag/{entry.pk}/{act}"


# -- Reply templates


def test_there_are_templates_from_the_start(desk):
    assert "Vem äger bilden?" in text(desk.get(REPLIES))


def test_template_is_added_changed_and_removed_with_history(desk, moderator):
    desk.post(f"{REPLIES}ny/", {"title": "Tack", "text": "Tack för bidraget."})
    template = ReplyTemplate.objects.get(title="Tack")

    desk.post(f"{REPLIES}{template.pk}/", {"title": "Tack", "text": "Tack så mycket."})
    desk.post(f"{REPLIES}{template.pk}/ta-bort/")

    assert not ReplyTemplate.objects.filter(title="Tack").exists()
    history = ReplyTemplate.history.filter(id=template.pk).order_by("history_id")
    assert [each.history_type for each in history] == ["+", "~", "-"]
    assert {each.history_user for each in history} == {moderator}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"title": "", "text": "Hej"}, "Skriv ett namn på mallen"),
        ({"title": "Nytt", "text": ""}, "Skriv mallens text"),
        (
            {"title": "Vem äger bilden?", "text": "Hej"},
            "Det finns redan en mall med det namnet",
        ),
    ],
)
def test_template_with_a_fault_is_told(desk, data, said):
    before = ReplyTemplate.objects.count()

    assert said in text(desk.post(f"{REPLIES}ny/", data))

    assert ReplyTemplate.objects.count() == before


@pytest.mark.parametrize("who", [None, "contributor"])
def test_templates_and_notes_are_for_moderators(client, who):
    template = ReplyTemplate.objects.first()
    note = InternalNote.objects.create(entry=stories.submitted().entry, text="x")
    if who:
        client.force_login(UserFactory(contributor=True))
    expected = 404 if who else 302

    for address in (
        f"{REPLIES}{template.pk}/",
        f"{REPLIES}{template.pk}/ta-bort/",
        f"/granska/anteckningar/{note.pk}/radera/",
    ):
        assert client.post(address).status_code == expected

    assert ReplyTemplate.objects.contains(template)
    assert InternalNote.objects.contains(note)


def test_no_template_is_saved_past_the_permission():
    with pytest.raises(NotAllowed):
        workflow.save_reply_template(None, by=UserFactory(), title="x", text="y")


# -- Notes


def test_note_is_read_by_moderators_alone_and_can_be_erased(desk, client, moderator):
    version = stories.published()
    back = f"/granska/{version.pk}/"

    response = desk.post(
        of(version.entry, "anteckna/"),
        {"text": "Ringde och frågade.", "back": back},
        follow=True,
    )

    note = InternalNote.objects.get()
    assert (note.author, note.entry) == (moderator, version.entry)
    assert "Ringde och frågade." in text(response)
    client.logout()
    assert "Ringde" not in text(client.get(version.get_absolute_url()))
    client.force_login(moderator)
    desk.post(f"/granska/anteckningar/{note.pk}/radera/")
    assert not InternalNote.objects.exists()


def test_note_leads_nowhere_else(desk):
    entry = stories.submitted().entry
    data = {"text": "Hej", "back": "https://example.com/"}

    response = desk.post(of(entry, "anteckna/"), data)

    assert response.url == of(entry)


def test_empty_note_is_told(desk):
    response = desk.post(of(stories.submitted().entry, "anteckna/"), {"text": ""})

    assert "Skriv något i anteckningen" in text(response)


def test_note_is_never_mailed():
    entry = stories.submitted().entry
    before = stories.acts(entry)

    workflow.add_note(entry, by=stories.moderator(), text="Tyst")

    assert stories.acts(entry) == before


# -- Appeals


@pytest.fixture
def appealed():
    version = stories.declined(stories.submitted(title="Gå fotboll"))
    workflow.appeal(version, by=version.author, message="Läs en gång till.")
    return version


def answer(granted):
    return {"granted": granted, "message": "Vi läste om det."}


def test_appeal_is_answered_by_another(desk, appealed, moderator):
    address = f"/granska/omprovning/{appealed.pk}/"
    assert "Läs en gång till." in text(desk.get(address))

    desk.post(address, answer("yes"))

    assert Version.objects.get(pk=appealed.pk).status == Status.SUBMITTED
    assert appealed.claim.moderator == moderator
    assert desk.get(address).status_code == 404


def test_appeal_may_be_denied_with_a_message(desk, appealed):
    address = f"/granska/omprovning/{appealed.pk}/"

    assert "Skriv ett meddelande" in text(desk.post(address, {"granted": "no"}))
    desk.post(address, answer("no"))

    assert appealed.entry.last_event.act == Act.APPEAL_DENIED
    assert Appeal.objects.get().granted is False


def test_whoever_declined_does_not_answer(client, appealed):
    client.force_login(appealed.decided_by)
    address = f"/granska/omprovning/{appealed.pk}/"

    page = client.get(address)
    client.post(address, answer("yes"))

    assert page.context["form"] is None
    assert Appeal.objects.get().answered_at is None


# -- A whole contribution


@pytest.mark.parametrize("status", Status)
def test_entry_is_known_once_handed_in(desk, status):
    version = stories.at(status)

    expected = 404 if status == Status.DRAFT else 200
    assert desk.get(of(version.entry)).status_code == expected
    assert desk.get(of(version.entry, "dolj/")).status_code == expected


def places(version, prioritering):
    return [
        "/kunskapsbank/",
        version.get_absolute_url(),
        prioritering.get_absolute_url(),
        "/sitemap.xml",
        "/",
    ]


@pytest.mark.trust("R15")
def test_hidden_is_gone_from_every_page_at_once(desk, client):
    """Trust R15 and A23, through the pages that readers see."""
    prioritering = Prioritering.objects.first()
    version = stories.published(title="Ska döljas", prioriteringar=[prioritering])

    def shown():
        """By its title, or its whole address where there are no titles."""
        pages = [client.get(each) for each in places(version, prioritering)]
        address = f"<loc>{settings.SITE_ADDRESS}{version.get_absolute_url()}</loc>"
        return ["Ska döljas" in text(page) or address in text(page) for page in pages]

    assert shown() == [True] * 5
    desk.post(of(version.entry, "dolj/"), {"reason": "personal_data", "message": ""})

    assert shown() == [False] * 5
    gone = client.get(version.get_absolute_url())
    assert gone.status_code == 410
    assert "Uppgifter om någon som inte har sagt ja." in text(gone)


def test_hiding_needs_a_reason(desk):
    version = stories.published()

    assert "Välj ett skäl" in text(desk.post(of(version.entry, "dolj/"), {}))

    version.entry.refresh_from_db()
    assert version.entry.state == EntryState.OPEN


def test_showing_again_takes_another_than_the_writer(client, moderator):
    version = stories.published(moderator)
    workflow.hide(version.entry, by=moderator, reason="other")
    client.force_login(moderator)

    refused = client.post(of(version.entry, "visa/"))
    client.force_login(stories.moderator())
    client.post(of(version.entry, "visa/"))

    assert "Låt en annan moderator" in text(refused)
    version.entry.refresh_from_db()
    assert version.entry.state == EntryState.OPEN


def test_publication_is_undone_and_an_old_version_suppressed(desk):
    first = stories.at(Status.REPLACED)
    entry = first.entry

    desk.post(of(entry, "angra/"), {"message": "Fel text."})
    assert entry.published_version == first
    replaced = entry.versions.get(status=Status.REPLACED)
    desk.post(f"/granska/{replaced.pk}/undanta/", {"message": "Namn på en elev."})

    replaced.refresh_from_db()
    assert replaced.is_suppressed
    assert stories.acts(entry)[-3:] == [
        Act.PUBLICATION_UNDONE,
        Act.RESTORED,
        Act.SUPPRESSED,
    ]
    assert stories.is_whole(entry)


def test_undoing_the_first_publication_is_explained(desk):
    response = desk.post(of(stories.published().entry, "angra/"), {"message": "Fel."})

    assert "Dölj bidraget i stället" in text(response)


def test_address_is_changed_and_a_taken_one_refused(desk):
    entry, other = stories.published().entry, stories.published(title="Annan").entry

    taken = desk.post(of(entry, "adress/"), {"slug": other.slug})
    desk.post(of(entry, "adress/"), {"slug": "helt-ny"})

    assert "Adressen används redan" in text(taken)
    entry.refresh_from_db()
    assert entry.slug == "helt-ny"


def test_entry_is_handed_over_and_owners_added(desk):
    entry = stories.published().entry
    first = UserFactory(contributor=True, email="ny@example.se")
    second = UserFactory(contributor=True)

    desk.post(of(entry, "agare/"), {"email": "NY@example.se", "how": "give"})
    assert list(entry.owners.all()) == [first]
    desk.post(of(entry, "agare/"), {"email": second.email, "how": "add"})
    assert set(entry.owners.all()) == {first, second}


@pytest.mark.parametrize("email", ["ingen@example.se", "stranger@example.se"])
def test_only_who_may_contribute_can_own(desk, email):
    UserFactory(email="stranger@example.se")
    entry = stories.published().entry

    response = desk.post(of(entry, "agare/"), {"email": email, "how": "give"})

    assert "Bjud in personen först" in text(response)
