"""The index of the whole site: kept act by act, and made from nothing."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command

import programme.findable
from kunskapsbank import workflow
from kunskapsbank.enums import DeclineReason
from kunskapsbank.models import Entry, Organisation, Tag
from livskvalitet import findable
from programme.enums import EditionStatus
from programme.models import Edition, Footnote, Prioritering, Term
from search import generation, index
from search.finding import find
from tests.factories import TagFactory, UserFactory
from tests.kunskapsbank import stories
from tests.racing import HAS_ROW_LOCKS, committed, race
from tests.search.samples import document, everything_kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    """Somebody who may edit everything in the admin."""
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    client.force_login(user)
    return client


def edited(client, row, **values):
    """The row changed in the admin, as by a person in the form."""
    name = f"{row._meta.app_label}/{row._meta.model_name}"
    page = f"/admin/{name}/{row.pk}/change/"
    form = client.get(page).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields} | values
    if "reason" in sent:
        sent["reason"] = "Ett skrivfel."
    filled = {key: "" if value is None else value for key, value in sent.items()}
    assert client.post(page, filled).status_code == 302
    row.refresh_from_db()


def rebuilt():
    findable.rebuild()
    return everything_kept()


def keys(text):
    return {hit.key for hit in find(text, page_size=100).hits}


# -- Kept


def test_content_that_is_loaded_is_all_found():
    kept = everything_kept()

    assert kept == rebuilt()
    kinds = find("").facets["kind"]
    assert kinds["prioritering"] == 58
    assert kinds.keys() == {
        *("good_example", "experience", "research", "link", "term", "goal"),
        *("chapter", "viljeinriktning", "fokusomrade", "prioritering"),
        *("framework", "steering_document", "indicator"),
    }


def test_index_that_is_kept_act_by_act_is_the_one_made_from_nothing(editor):
    by, mo = stories.author(), UserFactory(moderator=True)
    version = stories.published(by, title="Flaggstänger i storstäder")
    other = stories.published(title="Vimplar", tags=[TagFactory(name="flaggväder")])
    gone = stories.published(by, title="Korpar")
    workflow.hide(other.entry, by=mo, reason=DeclineReason.OTHER)
    change = stories.changed(version, title="Flaggstången")
    workflow.edit_and_publish(change, by=mo, lock=change.lock, place="Råå")
    workflow.show_again(other.entry, by=mo)
    workflow.withdraw(gone.entry, by=by)
    workflow.undo_publication(change, by=stories.moderator(), message="Fel text.")
    workflow.change_address(version.entry, slug="flaggor", by=mo)
    workflow.rename(by, "Torborg Ek")
    workflow.rename_tag(
        Tag.objects.get(name="flaggväder"), by=mo, name="väder", shown="flaggväder"
    )
    edited(editor, Organisation.objects.earliest("pk"), name="Vimpelverket")
    edited(editor, Prioritering.objects.earliest("pk"), text="Sätta upp vimplar.")
    edited(editor, Footnote.objects.earliest("pk"), text="Se vimpelboken.")

    kept = everything_kept()

    assert keys("vimplar") >= {f"entry:{other.entry_id}", "prioritering:1"}
    assert kept == rebuilt()


def test_catching_up_writes_what_differs_and_nothing_else():
    whole = everything_kept()
    index.remove("prioritering:1")
    index.put_all([document("term:1", "Fel"), document("entry:0", "Borta")])
    before = generation.current()

    differed = findable.catch_up()

    assert differed == 3
    assert everything_kept() == whole
    assert generation.current() == before + 1
    assert (findable.catch_up(), generation.current()) == (0, before + 1)


def test_command_makes_the_index_from_nothing_and_says_how_many():
    whole, out = everything_kept(), StringIO()
    index.rebuild([])

    call_command("rebuild_index", stdout=out)

    assert everything_kept() == whole
    assert out.getvalue() == f"{len(whole[1])} documents in the index.\n"


# -- In the admin


def test_edited_text_is_found_at_once(editor):
    prioritering = Prioritering.objects.earliest("pk")

    edited(editor, prioritering, text="Sätta upp vimplar i alla parker.")

    assert keys("vimplar") == {f"prioritering:{prioritering.pk}"}


def test_edited_footnote_is_found_where_it_stands(editor):
    note = Footnote.objects.filter(chapter__isnull=False).earliest("pk")

    edited(editor, note, text="Se vimpelboken.")

    assert keys("vimpelboken") == {f"chapter:{note.chapter_id}"}


def test_removed_word_is_found_no_more(editor):
    term = Term.objects.get(slug="viljeinriktning")
    key = f"term:{term.pk}"
    seen = [key in keys("viljeinriktning")]

    editor.post(f"/admin/programme/term/{term.pk}/delete/", {"post": "yes"})
    seen.append(key in keys("viljeinriktning"))

    assert seen == [True, False]


def test_edition_that_is_but_a_proposal_is_not_found():
    edition = Edition.objects.get()
    edition.status = EditionStatus.PROPOSAL
    edition.save()

    programme.findable.refresh(programme.findable.keys_of(edition))

    assert find("").facets["kind"].keys().isdisjoint({"prioritering", "chapter"})


def test_new_name_of_an_organisation_is_found_on_its_contributions(editor):
    organisation = Organisation.objects.earliest("pk")
    entries = Entry.objects.filter(versions__organisations=organisation)

    edited(editor, organisation, name="Vimpelverket")

    assert keys("vimpelverket") == {f"entry:{entry.pk}" for entry in entries}


def test_prioritering_that_contributions_hang_on_stays(editor):
    prioritering = Prioritering.objects.exclude(versions=None).first()

    page = f"/admin/programme/prioritering/{prioritering.pk}/delete/"

    assert editor.post(page, {"post": "yes"}).status_code == 403


# -- At the same moment

if HAS_ROW_LOCKS:

    def test_two_who_write_at_once_leave_the_index_that_both_would_make():
        committed(_write_at_once)


def _write_at_once():
    """Both are new to the vocabulary, and each has the parts of the other's words."""
    try:
        texts = {"x:1": "Vimpelkorg vimpel", "x:2": "Korgvimpel korg"}
        race(*(lambda key=key: index.put(document(key, texts[key])) for key in texts))
        race(
            lambda: index.put(document("x:1", "Vimpel")),
            lambda: index.put(document("x:1", "Korgvimpel")),
        )
        kept = everything_kept()
        last = kept[1]
        title = next(row[4] for row in last if row[1] == "x:1")
        texts["x:1"] = title
        extra = [document(key, text) for key, text in texts.items()]
        index.rebuild([*findable.documents(), *extra])
        assert kept == everything_kept()
    finally:
        findable.rebuild()
