"""The moderators' pages about subjects, and what writers meet of what is done there."""

import pytest

from kunskapsbank import workflow
from kunskapsbank.models import Tag, TagEvent, Version
from tests.factories import UserFactory, VersionFactory
from tests.html_tree import read
from tests.kunskapsbank import stories
from tests.kunskapsbank.writing import at, autosave, html_of, post, stored

pytestmark = pytest.mark.django_db
LIST = "/granska/amnen/"


@pytest.fixture
def moderator():
    return UserFactory(moderator=True, name="Vera Ek")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def author(client):
    author = stories.author()
    client.force_login(author)
    return author


def named(name):
    (tag,) = workflow.tags_named([name])
    return tag


def of(tag, act=""):
    return f"{LIST}{tag.slug}/{act}"


def text(response):
    return " ".join(response.content.decode().split())


def names(version):
    return sorted(tag.name for tag in version.tags.all())


# -- All of them, and one


def test_list_tells_how_many_listed_contributions_each_has(desk):
    tag = named("kallbadhus")
    VersionFactory.create_batch(2, tags=[tag])
    VersionFactory(tags=[tag], status="submitted")

    tree, _ = read(desk.get(LIST).content.decode())

    told = {row.all("th")[0].text: row.all("td")[0].text for row in tree.all("tr")[1:]}
    assert told["kallbadhus"] == "2"
    assert len(told) == Tag.objects.count()


def test_list_is_searched_whatever_letters_are_capital(desk):
    named("kallbadhus")

    page = text(desk.get(LIST, {"q": "KALLBAD"}))

    assert "1 ämne<" in page
    assert "kallbadhus" in page
    assert "Inget ämne heter så" in text(desk.get(LIST, {"q": "kallbadx\0"}))


def test_page_of_one_tells_its_contributions_names_and_history(desk, moderator):
    tag = named("kallbadhus")
    VersionFactory(tags=[tag], title="Bada i sundet")
    workflow.rename_tag(tag, by=moderator, name="havsbad", shown="kallbadhus")
    tag.refresh_from_db()

    page = text(desk.get(of(tag)))

    assert "Bada i sundet" in page
    assert "Har också hetat: kallbadhus." in page
    assert "”kallbadhus” bytte namn till ”havsbad”" in page
    assert "Vera Ek" in page


# -- Acts


def test_subject_is_renamed(desk):
    tag = named("kallbadhus")

    response = desk.post(of(tag, "byt-namn/"), {"name": "Havsbad", "shown": tag.name})

    assert response["Location"] == f"{LIST}havsbad/"
    assert Tag.objects.get(pk=tag.pk).name == "Havsbad"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Skriv ett namn"),
        ("bad, hav", "Ta bort kommatecknet"),
        ("x" * 101, "Korta namnet till högst 100 tecken"),
        ("SIMHALL", "Namnet hör redan till ämnet ”simhall”"),
    ],
)
def test_fault_in_a_name_is_told_and_nothing_is_lost(desk, name, said):
    tag, _ = named("kallbadhus"), named("simhall")

    page = text(desk.post(of(tag, "byt-namn/"), {"name": name, "shown": tag.name}))

    assert said in page
    assert f'value="{name}"' in page or not name
    assert Tag.objects.get(pk=tag.pk).name == "kallbadhus"


def test_stale_rename_is_told(desk, moderator):
    tag = named("kallbadhus")
    workflow.rename_tag(tag, by=moderator, name="KALLBADHUS", shown="kallbadhus")

    page = text(desk.post(of(tag, "byt-namn/"), {"name": "bad", "shown": tag.name}))

    assert "Ämnet heter ”KALLBADHUS” sedan du öppnade sidan" in page


def test_double_click_on_merge_leads_to_what_is_left(desk):
    tag, other = named("kallbadhus"), named("simhall")
    answers = [desk.post(of(tag, "sla-ihop/"), {"into": other.pk}) for _ in range(2)]

    assert [each["Location"] for each in answers] == [f"{LIST}simhall/"] * 2
    assert TagEvent.objects.count() == 1
    assert "Ämnet heter ”simhall” nu. Ingenting har ändrats" in text(
        desk.get(f"{LIST}simhall/")
    )


def test_merge_offers_neither_itself_nor_what_is_forbidden(desk, moderator):
    tag, forbidden = named("kallbadhus"), named("simhall")
    workflow.forbid_tag(forbidden, by=moderator)

    tree, _ = read(desk.get(of(tag, "sla-ihop/")).content.decode())

    offered = {option["value"] for option in tree.all("option")}
    assert offered.isdisjoint({str(tag.pk), str(forbidden.pk)})
    assert len(offered) == Tag.objects.count() - 1  # and the empty one


def test_split_follows_the_boxes(desk):
    tag = named("kallbadhus")
    moved, kept = VersionFactory(tags=[tag]), VersionFactory(tags=[tag])
    boxes = {"gamla": [kept.entry_id], "nya": [moved.entry_id]}

    desk.post(of(tag, "dela/"), {"name": "havsbad", **boxes})

    assert (names(moved), names(kept)) == (["havsbad"], ["kallbadhus"])


def test_split_that_leaves_one_without_is_told_and_keeps_the_boxes(desk):
    tag = named("kallbadhus")
    first, second = VersionFactory(tags=[tag]), VersionFactory(tags=[tag])
    data = {"name": "havsbad", "nya": [first.entry_id]}

    tree, _ = read(desk.post(of(tag, "dela/"), data).content.decode())

    ticked = [each["id"] for each in tree.all("input") if "checked" in each]
    assert ticked == [f"nya-{first.entry_id}"]
    assert names(second) == ["kallbadhus"]


def test_subject_is_forbidden_and_allowed(desk):
    tag = named("kallbadhus")

    page = text(desk.post(of(tag, "forbjud/"), follow=True))

    assert "visas ingenstans nu" in page
    assert "Tillåt igen" in page
    desk.post(of(tag, "tillat/"))
    assert not Tag.objects.get(pk=tag.pk).is_forbidden


@pytest.mark.parametrize("who", [None, "contributor"])
def test_the_pages_are_for_moderators(client, who):
    tag = named("kallbadhus")
    if who:
        client.force_login(UserFactory(contributor=True))
    refused = 404 if who else 302

    for act in ("", "byt-namn/", "sla-ihop/", "dela/"):
        assert client.get(of(tag, act)).status_code == refused
    for act in ("byt-namn/", "sla-ihop/", "dela/", "forbjud/", "tillat/"):
        assert client.post(of(tag, act), {"name": "x"}).status_code == refused
    tag.refresh_from_db()
    assert (tag.name, tag.is_forbidden) == ("kallbadhus", False)


def test_what_never_was_a_subject_is_not_found(desk):
    assert desk.get(f"{LIST}aldrig/").status_code == 404
    assert desk.post(f"{LIST}aldrig/forbjud/").status_code == 404


# -- Writing


def test_forbidden_subject_is_told_and_all_that_was_typed_stays(
    client, author, moderator
):
    draft = stories.draft(author)
    workflow.forbid_tag(named("kallbadhus"), by=moderator)

    response = post(
        client, draft, "koppla", tags="simhall, Kallbadhus", place="Råå brygga"
    )

    assert "Ämnet ”Kallbadhus” får inte användas" in html_of(response)
    assert 'value="simhall, Kallbadhus"' in html_of(response)
    assert stored(draft).place == "Råå brygga"
    again = html_of(client.get(at(draft, "koppla")))
    assert 'value="simhall, Kallbadhus"' in again


def test_what_was_typed_before_it_was_forbidden_stops_the_sending(
    client, author, moderator
):
    draft = stories.draft(author)
    autosave(client, draft, step="koppla", tags="kallbadhus")
    workflow.forbid_tag(named("kallbadhus"), by=moderator)

    page = html_of(client.get(at(draft, "kontrollera")))
    assert "kallbadhus" in page
    assert not draft.tags.exists()


def test_forbidden_subject_is_not_in_the_form_and_stays_on_the_text(
    client, author, moderator
):
    draft = stories.draft(author)
    post(client, draft, "koppla", tags="kallbadhus, simhall")
    workflow.forbid_tag(named("kallbadhus"), by=moderator)

    assert "kallbadhus" not in html_of(client.get(at(draft, "koppla")))
    post(client, draft, "koppla", tags="simhall")

    workflow.allow_tag(Tag.objects.get(key="kallbadhus"), by=moderator)
    assert names(draft) == ["kallbadhus", "simhall"]


def test_moderators_correction_knows_former_and_forbidden_names(desk, moderator):
    version = stories.submitted()
    tag, forbidden = named("kallbadhus"), named("simhall")
    workflow.rename_tag(tag, by=moderator, name="havsbad", shown="kallbadhus")
    workflow.forbid_tag(forbidden, by=moderator)
    form = {"title": "T", "summary": "S", "kind": version.kind, "lock": version.lock}

    told = text(desk.post(f"/granska/{version.pk}/ratta/", form | {"tags": "simhall"}))
    page = text(
        desk.post(f"/granska/{version.pk}/ratta/", form | {"tags": "kallbadhus"})
    )

    assert "Ämnet ”simhall” får inte användas" in told
    assert "havsbad" in page


# -- Suggestions


def suggested(client, words):
    return client.get("/bidra/amnen/", {"q": words}).json()["queries"]


def test_subjects_of_listed_contributions_are_suggested(client, author, moderator):
    VersionFactory(tags=[named("kallbadhus"), named("kallbadkar")])
    VersionFactory(tags=[named("kallbadhus")])
    VersionFactory(tags=[named("kallbadsdraft")], status="submitted")
    VersionFactory(tags=[named("kallbadförbud")])
    workflow.forbid_tag(named("kallbadförbud"), by=moderator)

    assert suggested(client, "KALLBAD") == ["kallbadhus", "kallbadkar"]
    assert suggested(client, "badhus") == ["kallbadhus"]
    assert suggested(client, " ") == suggested(client, "x" * 200) == []


@pytest.mark.parametrize("who", [None, "stranger"])
def test_subjects_are_suggested_to_contributors_only(client, who):
    VersionFactory(tags=[named("kallbadhus")])
    if who:
        client.force_login(UserFactory())

    response = client.get("/bidra/amnen/", {"q": "kallbad"})

    assert response.status_code == 403
    assert response.json()["queries"] == []


def test_subjects_in_the_text_are_ticked_and_saved_without_script(client, author):
    VersionFactory(tags=[named("kallbadhus"), named("simhall"), named("bastu")])
    draft = stories.draft(author, summary="Här står kallbadhusen och en simhall.")
    workflow.save_text(draft, by=author, lock=draft.lock, tags=[named("simhall")])

    tree, _ = read(client.get(at(draft, "koppla")).content.decode())
    boxes = [each["value"] for each in tree.all("input") if each["name"] == "amne"]
    assert boxes == ["kallbadhus"]
    post(client, draft, "koppla", tags="simhall", amne=boxes)

    assert names(stored(draft)) == ["kallbadhus", "simhall"]


def test_ticked_subject_is_kept_by_the_autosave(client, author):
    draft = stories.draft(author)

    autosave(client, draft, step="koppla", tags="simhall", amne="kallbadhus")

    assert Version.objects.get(pk=draft.pk).typed["tags"] == "simhall, kallbadhus"
