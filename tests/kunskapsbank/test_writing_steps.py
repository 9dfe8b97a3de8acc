"""The steps of writing: what is asked, saved, shown again, and sent in."""

from uuid import uuid4

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import Kind
from kunskapsbank.models import Organisation, Tag, Version
from kunskapsbank.workflow import drafts
from kunskapsbank.workflow.text import REQUIRED
from programme.models import Prioritering
from tests.factories import OrganisationFactory, UserFactory
from tests.kunskapsbank import stories
from tests.kunskapsbank.writing import at, autosave, html_of, post

pytestmark = pytest.mark.django_db
KINDS = list(Kind)


@pytest.fixture
def author():
    return stories.author()


@pytest.fixture
def client(client, author):
    client.force_login(author)
    return client


# -- Beginning


def test_everybody_may_read_how_to_contribute(client):
    client.logout()

    response = client.get("/bidra/")

    assert response.status_code == 200
    assert "allmän handling" in html_of(response)
    assert not response.cookies


def test_a_contributor_chooses_a_kind_and_gets_a_draft(client, author):
    response = client.post("/bidra/", {"kind": "experience", "key": str(uuid4())})

    version = Version.objects.get(author=author)
    assert response.url == at(version)
    assert version.kind == Kind.EXPERIENCE


def test_what_is_begun_can_be_gone_on_with(client, author):
    mine = stories.draft(author, title="Mitt utkast")
    stories.submitted(author, title="Redan inskickat")
    stories.draft(title="Någon annans")

    html = html_of(client.get("/bidra/"))

    assert "Fortsätt på ett utkast" in html
    assert f'href="{at(mine)}">Mitt utkast</a>' in html
    assert "Redan inskickat" not in html
    assert "Någon annans" not in html


def test_no_kind_is_told_and_begins_nothing(client, author):
    response = client.post("/bidra/", {"key": str(uuid4())})

    assert "Välj vad du vill dela" in html_of(response)
    assert not Version.objects.filter(author=author).exists()


@pytest.mark.trust("R1")
def test_a_double_click_begins_one_draft(client, author):
    """Trust R1."""
    key = str(uuid4())

    first, second = (
        client.post("/bidra/", {"kind": "link", "key": key}) for _ in range(2)
    )

    assert first.url == second.url
    assert Version.objects.filter(author=author).count() == 1


def test_the_form_opens_tied_to_the_prioritering_asked_for(client, author):
    wanted = Prioritering.objects.first()
    address = f"/bidra/?prio={wanted.slug}"

    page = client.get(address)
    client.post(address, {"kind": "link", "key": str(uuid4())})

    assert wanted.text in html_of(page)
    assert list(Version.objects.get(author=author).prioriteringar.all()) == [wanted]


def test_nobody_begins_more_than_so_many_a_day(client, author, monkeypatch):
    monkeypatch.setattr(drafts, "MAX_DRAFTS_PER_DAY", 1)
    mine = stories.draft(author)

    response = client.post(
        "/bidra/", {"kind": "link", "key": str(uuid4())}, follow=True
    )

    assert "ovanligt många bidrag" in html_of(response)
    assert list(Version.objects.filter(author=author)) == [mine]
    assert stories.draft(), "another is not hindered"


def test_whoever_may_not_contribute_begins_nothing(client):
    stranger = UserFactory()
    client.force_login(stranger)

    response = client.post("/bidra/", {"kind": "link", "key": str(uuid4())})

    assert response.status_code == 403
    assert not Version.objects.filter(author=stranger).exists()


# -- Telling


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_own_questions(client, author, kind):
    version = workflow.start_draft(kind=kind, by=author)

    html = html_of(client.get(at(version)))

    asked = {
        name
        for name in ("background", "implementation", "result", "lessons", "outcome")
        if f'name="{name}"' in html
    }
    assert ("outcome" in asked) == (kind == Kind.EXPERIENCE)
    assert ("Vad skulle ni göra annorlunda?" in html) == (kind == Kind.EXPERIENCE)
    assert REQUIRED[kind]
    assert "lessons" in asked


def test_a_step_saves_and_leads_on(client, author):
    version = stories.draft(author)

    response = post(client, version, title="Ny rubrik", summary="Ny.", address="")

    version.refresh_from_db()
    assert response.url == at(version, "koppla")
    assert (version.title, version.summary, version.address) == ("Ny rubrik", "Ny.", "")


def test_a_field_that_the_page_did_not_have_is_left_alone(client, author):
    """As when the kind was changed in another tab."""
    version = stories.draft(author, lessons="Fråga först.")

    post(client, version, title="Ny")

    version.refresh_from_db()
    assert (version.title, version.lessons) == ("Ny", "Fråga först.")


def test_nothing_is_required_of_a_draft(client, author):
    version = stories.draft(author)

    response = post(client, version, title="", summary="", address="")

    assert response.status_code == 302


def test_too_long_a_text_is_shown_again_and_the_rest_is_saved(client, author):
    version = stories.draft(author)
    long = "a" * 628

    response = post(client, version, title="Ny rubrik", summary=long)

    version.refresh_from_db()
    html = html_of(response)
    assert "Korta sammanfattningen med 28 tecken" in html
    assert long in html
    assert "<title>Fel: " in html
    assert version.title == "Ny rubrik"


def test_a_line_break_counts_as_one_character(client, author):
    version = stories.draft(author)

    response = post(client, version, summary="\r\n".join(["a"] * 300))

    assert response.status_code == 302


def test_a_bad_link_is_kept_and_told(client, author):
    version = stories.draft(author)

    response = post(client, version, address="www.example.se")

    version.refresh_from_db()
    assert "Länken ska börja med https:// eller http://" in html_of(response)
    assert version.address == "www.example.se"


def test_leaving_a_draft_with_a_bad_link_is_possible(client, author):
    version = stories.draft(author)

    response = post(client, version, address="www.example.se", then="draft")

    assert response.status_code == 302


def test_what_another_kind_asked_is_still_there(client, author):
    version = stories.draft(author, result="Det gick bra.")

    html = html_of(client.get(at(version)))

    assert "Det gick bra." in html


# -- Tying


def test_ties_are_saved(client, author):
    version = stories.draft(author)
    wanted = Prioritering.objects.first()
    known = OrganisationFactory()

    post(
        client,
        version,
        "koppla",
        prioriteringar=[wanted.pk],
        tags="Promenader, ÄLDRE,äldre , ",
        organisations=[known.pk],
        organisation_name="Norra  grannarna",
        organisation_kind="association",
        place="Norr",
        period_start="2019",
        period_end="",
    )

    version.refresh_from_db()
    names = {each.name for each in version.organisations.all()}
    assert list(version.prioriteringar.all()) == [wanted]
    assert {tag.key for tag in version.tags.all()} == {"promenader", "äldre"}
    assert names == {known.name, "Norra grannarna"}
    assert (version.place, version.period) == ("Norr", "2019")


def test_an_organisation_that_exists_is_used_whatever_letters(client, author):
    version = stories.draft(author)
    known = OrganisationFactory(name="Åbo förening")

    post(client, version, "koppla", organisation_name="åbo FÖRENING")

    assert list(version.organisations.all()) == [known]
    assert Organisation.objects.filter(name__iexact="Åbo förening").count() == 1


def test_a_subject_that_exists_is_used_whatever_letters(client, author):
    version = stories.draft(author)
    known = Tag.objects.first()

    post(client, version, "koppla", tags=known.name.upper())

    assert list(version.tags.all()) == [known]


def test_an_organisation_of_somebody_elses_draft_is_not_offered(client, author):
    secret = OrganisationFactory(name="Hemliga klubben")
    stories.draft(stories.author_named("other"), organisations=[secret])
    version = stories.draft(author)

    html = html_of(client.get(at(version, "koppla")))

    assert "Hemliga klubben" not in html


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"period_start": "igår"}, "Skriv ett årtal med fyra siffror"),
        ({"period_start": "99"}, "Skriv ett årtal med fyra siffror"),
        (
            {"period_start": "2020", "period_end": "2019"},
            "Slutåret är före startåret",
        ),
        ({"prioriteringar": ["0"]}, "Välj bland prioriteringarna i listan"),
        ({"tags": ",".join(map(str, range(30)))}, "Välj ut de 20 viktigaste ämnena"),
    ],
)
def test_what_cannot_be_kept_is_told_and_the_rest_is_saved(
    client, author, values, fault
):
    version = stories.draft(author)

    response = post(client, version, "koppla", place="Norr", **values)

    version.refresh_from_db()
    assert fault in html_of(response)
    assert version.place == "Norr"


# -- About oneself


def test_each_choice_says_how_it_will_look(client, author):
    version = stories.draft(author, organisations=[OrganisationFactory(name="Grannar")])

    html = html_of(client.get(at(version, "om-dig")))

    assert "Visas så här: Av Ida Dahl." in html
    assert "Visas så här: Av Grannar." in html
    assert author.email in html


def test_a_name_is_asked_for_once(client):
    nameless = UserFactory(contributor=True)
    client.force_login(nameless)
    version = stories.draft(nameless)

    before = html_of(client.get(at(version, "om-dig")))
    post(client, version, "om-dig", public_name="name", name="Ada Ek")
    after = html_of(client.get(at(version, "om-dig")))

    nameless.refresh_from_db()
    assert nameless.name == "Ada Ek"
    assert 'name="name"' in before
    assert 'name="name"' not in after


def test_a_name_half_typed_is_kept_with_the_draft_alone(client):
    nameless = UserFactory(contributor=True)
    client.force_login(nameless)
    version = stories.draft(nameless)

    answer = autosave(client, version, step="om-dig", public_name="name", name="Ad")
    shown = html_of(client.get(at(version, "om-dig")))
    nameless.refresh_from_db()
    assert answer.status_code == 200
    assert 'value="Ad"' in shown
    assert nameless.name == ""

    post(client, version, "om-dig", public_name="name", name="Ada Ek")

    nameless.refresh_from_db()
    version.refresh_from_db()
    assert nameless.name == "Ada Ek"
    assert version.typed == {}


def test_a_change_from_the_last_step_leads_back_there(client, author):
    version = stories.draft(author)
    url = at(version) + "?fran=kontrollera"

    response = client.post(url, {"lock": version.lock, "title": "Ny"})

    assert response.url == at(version, "kontrollera")
