import pytest

from kunskapsbank.models import Entry, Organisation, Tag, Version
from search import generation
from tests.admin_pages import change
from tests.factories import OrganisationFactory, TagFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", [Entry, Version])
def test_contributions_can_be_looked_at_and_not_written(editor, model):
    name = model._meta.model_name
    pk = model.objects.first().pk
    page = f"/admin/kunskapsbank/{name}/{pk}/change/"

    assert editor.get(f"/admin/kunskapsbank/{name}/").status_code == 200
    assert editor.get(page).status_code == 200
    assert editor.post(page, {"status": "draft", "state": "hidden"}).status_code == 403
    assert editor.get(f"/admin/kunskapsbank/{name}/add/").status_code == 403
    assert editor.post(f"/admin/kunskapsbank/{name}/{pk}/delete/").status_code == 403


def test_a_changed_organisation_shows_at_once(editor):
    organisation = OrganisationFactory()
    before = generation.current()

    response = editor.post(
        f"/admin/kunskapsbank/organisation/{organisation.pk}/change/",
        {"name": "Nytt namn", "slug": organisation.slug, "kind": organisation.kind},
    )

    organisation.refresh_from_db()
    assert response.status_code == 302
    assert (organisation.name, organisation.sort_key) == ("Nytt namn", "nytt0namn")
    assert generation.current() > before


def test_a_new_tag_gets_its_key(editor):
    editor.post(
        "/admin/kunskapsbank/tag/add/", {"name": "  Gröna  Tak ", "slug": "grona-tak"}
    )

    tag = Tag.objects.get(slug="grona-tak")
    assert (tag.name, tag.key) == ("Gröna Tak", "gröna tak")


def test_a_tag_is_not_renamed_past_those_who_review(editor):
    tag = Tag.objects.get(slug="dialog")

    page = f"/admin/kunskapsbank/tag/{tag.pk}/change/"
    editor.post(page, {"name": "Samtal", "slug": "samtal"})

    tag.refresh_from_db()
    assert (tag.name.lower(), tag.slug) == ("dialog", "dialog")
    assert 'name="name"' not in editor.get(page).content.decode()


def test_a_tag_that_exists_is_refused(editor):
    response = editor.post(
        "/admin/kunskapsbank/tag/add/", {"name": "DIALOG", "slug": "dialog-2"}
    )

    assert response.status_code == 200
    assert "Ämnet finns redan." in response.content.decode()


def test_an_address_of_other_letters_is_refused(editor):
    response = editor.post(
        "/admin/kunskapsbank/tag/add/", {"name": "Åar", "slug": "åar"}
    )

    assert "Använd bara bokstäverna a till z" in response.content.decode()
    assert not Tag.objects.filter(key="åar").exists()


def test_an_address_that_another_tag_has_is_refused_in_swedish(editor):
    response = editor.post(
        "/admin/kunskapsbank/tag/add/", {"name": "Samtal", "slug": "dialog"}
    )

    page = response.content.decode()
    assert "Adressdelen används av ett annat ämne. Välj en annan." in page
    assert ">Namn:</label>" in page
    assert ">Adressdel:</label>" in page


def test_an_address_is_set_once(editor):
    row = Organisation.objects.first()

    response = change(editor, row, name="Nytt namn", slug="ny-adress")

    changed = Organisation.objects.get(pk=row.pk)
    assert response.status_code == 302
    assert (changed.name, changed.slug) == ("Nytt namn", row.slug)


def test_what_a_contribution_names_cannot_be_deleted(editor):
    used = Organisation.objects.filter(versions__isnull=False).first()
    tag = Tag.objects.filter(tagged_versions__isnull=False).first()

    for name, each in (("organisation", used), ("tag", tag)):
        page = f"/admin/kunskapsbank/{name}/{each.pk}/delete/"
        assert editor.post(page, {"post": "yes"}).status_code == 403
        assert type(each).objects.filter(pk=each.pk).exists()


def test_what_nothing_names_can_be_deleted_and_shows_at_once(editor):
    before = generation.current()
    for name, each in (("organisation", OrganisationFactory()), ("tag", TagFactory())):
        page = f"/admin/kunskapsbank/{name}/{each.pk}/delete/"
        assert editor.post(page, {"post": "yes"}).status_code == 302
        assert not type(each).objects.filter(pk=each.pk).exists()

    assert generation.current() == before + 2


def test_deleting_several_shows_at_once_and_spares_what_is_used(editor):
    unused, used = TagFactory(), Tag.objects.exclude(tagged_versions=None).first()
    before = generation.current()
    action = {"action": "delete_selected", "post": "yes"}

    editor.post("/admin/kunskapsbank/tag/", {**action, "_selected_action": unused.pk})
    editor.post("/admin/kunskapsbank/tag/", {**action, "_selected_action": used.pk})

    assert not Tag.objects.filter(pk=unused.pk).exists()
    assert Tag.objects.filter(pk=used.pk).exists()
    assert generation.current() == before + 1
