"""The public history: every published text, what changed, and no word too many."""

import re
from html import unescape

import pytest
from django.utils.timezone import localdate

from kunskapsbank import workflow
from kunskapsbank.enums import EntryState, Outcome, Status
from search import generation
from tests.factories import OrganisationFactory, PrioriteringFactory, VersionFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

LAUNCHED = "/kunskapsbank/drottningh-utveckling-av-drottninghog/"
# Of every page that a contribution has.
ENDS = ["", "historik/", "historik/1/", "foresla-andring/", "rapportera/"]
HIDING = {"reason": "privacy_crime", "message": "Ett hemligt ord om någon."}


def history(entry):
    return f"{entry.get_absolute_url()}historik/"


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


def publish(version):
    version.refresh_from_db()
    return workflow.publish(version, by=stories.moderator(), lock=version.lock)


def in_versions(*titles, by=None):
    """The public texts of one contribution, each published over the one before."""
    first, *rest = titles
    versions = [stories.published(by, title=first)]
    for title in rest:
        versions.append(publish(stories.changed(versions[-1], title=title)))
    for version in versions:
        version.refresh_from_db()
    return versions


def test_history_of_a_launch_contribution_says_it_was_loaded(client):
    text = page(client, f"{LAUNCHED}historik/")

    assert "Första versionen" in text
    assert "Inläst vid starten" in text
    assert '<meta name="robots" content="noindex">' in text


def test_history_shows_each_version_and_what_changed_the_latest_first(client):
    first, second, third = in_versions("Bänkar", "Stolar", "Soffor")

    text = page(client, history(first.entry))

    places = [text.index(f">{name} versionen<") for name in ("Tredje", "Andra")]
    assert places == sorted(places)
    assert places[-1] < text.index(">Första versionen<")
    assert text.count("Det här ändrades") == 2
    for word in ("Bänkar", "Stolar"):
        assert re.search(rf"<del>.*{word}</del>", text)
    assert text.count("Det är den som gäller nu.") == 1


def test_history_tells_acts_and_no_message(client):
    author = stories.author()
    version = stories.returned(stories.submitted(author))
    publish(stories.hand_in(version, by=author))

    text = page(client, history(version.entry))

    for act in ("Inskickat", "Komplettering begärd", "Inskickat igen", "Publicerat"):
        assert act in text
    assert "Vem äger bilden?" not in text
    assert "Mo Lind" not in text


@pytest.mark.parametrize(
    ("choice", "is_named"), [("name", True), ("none", False), ("organisation", False)]
)
def test_history_names_who_chose_it_and_nobody_else(client, choice, is_named):
    named = [OrganisationFactory(name="Byalaget")] if choice == "organisation" else []
    version = stories.published(public_name=choice, organisations=named)

    text = page(client, history(version.entry))

    assert ("Ida Dahl" in text) is is_named
    assert ("Byalaget" in text) is (choice == "organisation")
    assert "Mo Lind" not in text


def test_change_of_the_choice_of_name_is_not_told(client):
    (first,) = in_versions("Bänkar")
    publish(stories.changed(first, public_name="none"))

    text = page(client, history(first.entry))

    assert "Namn som ska visas" not in text


def test_what_is_not_published_is_not_in_the_history(client):
    (first,) = in_versions("Bänkar")
    stories.changed(first, by=stories.author(), title="Hemligt förslag")
    stories.declined(stories.changed(first, by=stories.author(), title="Hemligt nej"))

    text = page(client, history(first.entry))

    assert "Hemligt" not in text
    assert "Avböjt" not in text
    assert "Andra versionen" not in text


def test_who_owns_it_is_not_told(client):
    (first,) = in_versions("Bänkar")
    workflow.add_owner(first.entry, owner=stories.author(), by=first.author)

    assert "ägare" not in page(client, history(first.entry))


def suppressed_in_the_middle():
    versions = in_versions("Bänkar", "Telefon 042-10 50 00", "Soffor")
    workflow.suppress(versions[1], by=stories.moderator(), message="Ett hemligt skäl")
    return versions


def test_suppressed_version_is_told_of_and_not_shown(client):
    first, _, _ = suppressed_in_the_middle()

    text = page(client, history(first.entry))

    assert "Texten är undantagen ur den öppna historiken." in text
    assert "Andra versionen" in text
    assert "042-10" not in text
    assert "hemligt skäl" not in text
    assert "historik/2/" not in text


def test_what_follows_a_suppressed_version_is_compared_with_the_one_before_it(client):
    first, _, _ = suppressed_in_the_middle()

    text = page(client, history(first.entry))

    assert text.count("Det här ändrades") == 1
    assert "Bänkar" in text


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_version_has_an_address_for_good(client, number):
    """A14"""
    titles = ["Bänkar", "Stolar", "Soffor"]
    versions = in_versions(*titles)

    text = page(client, f"{history(versions[0].entry)}{number}/")

    assert f"<h1>{titles[number - 1]}</h1>" in text
    assert ("Det finns en nyare version." in text) is (number < 3)
    assert '<meta name="robots" content="noindex">' in text


def test_address_of_a_version_is_that_of_its_publication_and_not_of_proposals(client):
    (first,) = in_versions("Bänkar")
    stories.declined(stories.changed(first, by=stories.author()))
    second = publish(stories.changed(first, title="Stolar"))

    assert second.number == 3
    assert "<h1>Stolar</h1>" in page(client, f"{history(first.entry)}2/")


def test_address_stays_when_a_publication_is_undone(client):
    first, second = in_versions("Bänkar", "Stolar")
    workflow.undo_publication(second, by=stories.moderator(), message="Fel text")

    assert "<h1>Bänkar</h1>" in page(client, f"{history(first.entry)}1/")
    assert "<h1>Stolar</h1>" in page(client, f"{history(first.entry)}2/")
    text = page(client, first.entry.get_absolute_url())
    assert "första versionen" in text


@pytest.mark.parametrize("number", ["0", "4", "9" * 30, "9" * 5000])
def test_version_that_never_was_is_not_found(client, number):
    (first,) = in_versions("Bänkar")

    page(client, f"{history(first.entry)}{number}/", 404)


def test_address_of_a_suppressed_version_is_gone_and_says_why(client):
    first, _, _ = suppressed_in_the_middle()

    text = page(client, f"{history(first.entry)}2/", 410)

    assert "undantagen ur den öppna historiken" in text
    assert "042-10" not in text


def test_entry_says_when_it_was_reviewed_and_which_version_it_is(client):
    versions = in_versions("Bänkar", "Stolar", "Soffor")

    text = page(client, versions[0].entry.get_absolute_url())

    assert f'Granskad <time datetime="{localdate():%Y-%m-%d}">' in text
    assert ", tredje versionen." in text
    assert "Se vad som har ändrats" in text


def test_first_version_has_no_changes_to_see(client):
    (first,) = in_versions("Bänkar")

    text = page(client, first.entry.get_absolute_url())

    assert ", första versionen." in text
    assert "Se vad som har ändrats" not in text


def test_ties_that_changed_are_told_by_their_names(client):
    (first,) = in_versions("Bänkar")
    tie = PrioriteringFactory(text="Mötas ute.")
    publish(stories.changed(first, prioriteringar=[tie], outcome=Outcome.PARTLY))

    text = page(client, history(first.entry))

    assert "Mötas ute." in text
    assert "Lyckades delvis" in text


@pytest.mark.thorough
@pytest.mark.trust("R15")
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("state", [EntryState.HIDDEN, EntryState.WITHDRAWN])
def test_what_is_taken_away_is_gone_from_all_its_addresses(client, state, end):
    """R15"""
    (first,) = in_versions("Bänkar")
    address = first.get_absolute_url()
    workflow.change_address(first.entry, slug="soffor", by=stories.moderator())
    first.entry.refresh_from_db()
    if state == EntryState.HIDDEN:
        workflow.hide(first.entry, by=stories.moderator(), **HIDING)
    else:
        workflow.withdraw(first.entry, by=first.author, message="Ett hemligt ord.")
    first.entry.refresh_from_db()

    for start in (address, first.entry.get_absolute_url()):
        text = page(client, f"{start}{end}", 410)
        assert first.entry.state_reason in text
        assert "hemligt ord" not in text
        assert "Bänkar" not in text
    for listing in ("/kunskapsbank/", "/", "/sitemap.xml"):
        listed = client.get(listing).content.decode()
        assert address not in listed
        assert first.entry.get_absolute_url() not in listed


@pytest.mark.trust("R15")
def test_unchanged_page_is_not_kept_when_the_contribution_is_hidden(client):
    """R15: the next question after the act is answered anew."""
    (first,) = in_versions("Bänkar")
    etag = client.get(history(first.entry)).headers["ETag"]

    workflow.hide(first.entry, by=stories.moderator(), **HIDING)

    asked = {"if-none-match": etag}
    assert client.get(history(first.entry), headers=asked).status_code == 410


def moved():
    (first,) = in_versions("Bänkar")
    old = first.get_absolute_url()
    for slug in ("stolar", "soffor"):
        workflow.change_address(first.entry, slug=slug, by=stories.moderator())
    first.entry.refresh_from_db()
    return old, first.entry


@pytest.mark.parametrize("end", ENDS)
def test_old_address_leads_to_the_new_one(client, end):
    old, entry = moved()

    for start in (old, "/kunskapsbank/stolar/"):
        response = client.get(f"{start}{end}")
        assert response.status_code == 301
        assert response.url == f"{entry.get_absolute_url()}{end}"
        assert response.headers["Cache-Control"] == "no-cache"
        assert client.get(response.url).status_code == 200


def test_address_that_is_given_back_leads_nowhere_else(client):
    old, entry = moved()

    workflow.change_address(entry, slug="stolar", by=stories.moderator())

    assert client.get("/kunskapsbank/stolar/").status_code == 200
    assert client.get("/kunskapsbank/soffor/").url == "/kunskapsbank/stolar/"


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("status", sorted(set(Status) - {Status.PUBLISHED}))
def test_what_was_never_published_is_not_found(client, status, end):
    version = VersionFactory(status=status)

    assert client.get(f"{version.get_absolute_url()}{end}").status_code == 404


def test_history_asks_no_more_of_the_database_for_more_versions(
    client, django_assert_max_num_queries
):
    versions = in_versions("Ett", "Två", "Tre", "Fyra", "Fem")
    generation.touch()
    client.get("/")

    with django_assert_max_num_queries(9):
        page(client, history(versions[0].entry))


def test_history_is_the_same_for_all_who_read_it(client):
    first, _, _ = suppressed_in_the_middle()
    client.force_login(first.author)

    text = page(client, history(first.entry))

    assert "042-10" not in text


def test_undone_version_does_not_say_that_a_newer_one_is_there(client):
    first, second = in_versions("En", "Två")
    workflow.undo_publication(second, by=stories.moderator(), message="Fel text.")

    text = page(client, f"{history(first.entry)}2/")

    assert "Publiceringen är ångrad. En tidigare version gäller." in text
    assert "Det finns en nyare version" not in text
    assert "Det finns en nyare" not in page(client, f"{history(first.entry)}1/")
