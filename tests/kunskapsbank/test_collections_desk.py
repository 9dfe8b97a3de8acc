"""The pages where moderators write collections."""

import pytest

from kunskapsbank.models import Collection
from kunskapsbank.workflow.collections import Place
from tests.factories import UserFactory, VersionFactory
from tests.kunskapsbank.test_collections import (
    DESK,
    begun,
    desk,
    held,
    holding,
    moderator,
    save,
    sent,
    text,
)

__all__ = ["desk", "moderator"]
pytestmark = pytest.mark.django_db


def test_collection_is_begun_and_led_on_to_its_contributions(desk):
    response = desk.post(f"{DESK}ny/", {"title": "Odla ihop", "text": "Om odling."})

    made = Collection.objects.get()
    assert response["Location"] == f"{DESK}{made.pk}/"
    assert (made.slug, made.is_published) == ("odla-ihop", False)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"title": "", "text": "Om odling."}, "Skriv en rubrik"),
        ({"title": "Odla", "text": ""}, "Skriv en kort text"),
        ({"title": "x" * 141, "text": "Om."}, "Korta rubriken till högst 140 tecken"),
    ],
)
def test_nothing_typed_is_lost_when_something_is_wrong(desk, data, said):
    page = text(desk.post(f"{DESK}ny/", data))

    assert said in page
    assert all(value in page for value in data.values())
    assert not Collection.objects.exists()


@pytest.mark.parametrize("how", ["number", "address", "words"])
def test_contribution_is_added_by(desk, moderator, how):
    version = VersionFactory(title="Vilbänkar på Söder, en unik rubrik")
    made = begun(moderator)
    typed = {
        "number": version.entry.number.lower(),
        "address": f"https://example.se{version.get_absolute_url()}",
        "words": "BÄNKAR på söder",
    }[how]

    desk.post(f"{DESK}{made.pk}/", sent(made, add=typed))

    assert held(made) == [version.entry_id]


def test_words_that_fit_several_are_asked_about_and_nothing_is_saved(desk, moderator):
    versions = [VersionFactory(title=f"Unikt ord {each}") for each in "ab"]
    made = begun(moderator)
    data = sent(made, add="unikt ord", text="Det jag skrev.")

    page = text(desk.post(f"{DESK}{made.pk}/", data))
    assert "2 bidrag passar in" in page
    assert "Det jag skrev." in page
    assert held(made) == []
    desk.post(f"{DESK}{made.pk}/", data | {"nya": [versions[1].entry_id]})

    made.refresh_from_db()
    assert held(made) == [versions[1].entry_id]
    assert made.text == "Det jag skrev."


@pytest.mark.parametrize("typed", ["B-999999", "inget som finns", "/kunskapsbank/x/"])
def test_what_fits_nothing_is_told(desk, moderator, typed):
    made = begun(moderator)

    page = text(desk.post(f"{DESK}{made.pk}/", sent(made, add=typed)))

    assert "Inget publicerat bidrag passar in på det" in page
    assert typed in page


def test_contributions_are_moved_removed_and_told_why(desk, moderator):
    one, two, three = (VersionFactory() for _ in range(3))
    made = holding(moderator, one, two, three)
    places = {f"plats-{one.entry_id}": "9", f"varfor-{three.entry_id}": "Sista ordet."}

    data = sent(made, one, two, three, bort=[two.entry_id], **places)
    desk.post(f"{DESK}{made.pk}/", data)

    assert held(made) == [three.entry_id, one.entry_id]
    notes = made.collected_entries.order_by("position").values_list("note", flat=True)
    assert list(notes) == ["Sista ordet.", ""]


def test_too_long_note_is_told_and_kept(desk, moderator):
    version = VersionFactory()
    made = holding(moderator, version)
    note = "x" * 301

    data = sent(made, version, **{f"varfor-{version.entry_id}": note})
    page = text(desk.post(f"{DESK}{made.pk}/", data))

    assert "Korta texten om varför med 1 tecken" in page
    assert note in page


def test_stale_form_shows_both_and_may_be_saved_again(desk, moderator):
    made = begun(moderator)
    version = VersionFactory(title="Tillagt av en annan")
    other = UserFactory(moderator=True)
    save(made, other, [Place(version.entry_id)], text="Den andras.")

    response = desk.post(f"{DESK}{made.pk}/", sent(made, text="Min text."))
    page = text(response)
    assert response.status_code == 409
    assert all(each in page for each in ("Min text.", "Den andras.", version.title))
    made.refresh_from_db()
    desk.post(f"{DESK}{made.pk}/", sent(made, version, text="Min text."))

    made.refresh_from_db()
    assert made.text == "Min text."
    assert held(made) == [version.entry_id]


@pytest.mark.parametrize("nonsense", ["", "x", "99999999999999999999"])
def test_form_that_says_nothing_of_what_was_shown_saves_nothing(
    desk, moderator, nonsense
):
    made = begun(moderator)

    desk.post(f"{DESK}{made.pk}/", sent(made, text="Min.", lock=nonsense))

    made.refresh_from_db()
    assert made.text != "Min."


def test_publishing_twice_is_publishing_once(desk, moderator):
    made = begun(moderator)

    for _ in range(2):
        desk.post(f"{DESK}{made.pk}/publicera/")

    assert Collection.objects.get().is_published
    assert Collection.history.filter(id=made.pk).count() == 2
    desk.post(f"{DESK}{made.pk}/avpublicera/")
    assert not Collection.objects.get().is_published


def test_deleting_is_asked_about_first(desk, moderator):
    made = begun(moderator)

    assert "Det går inte att ångra" in text(desk.get(f"{DESK}{made.pk}/ta-bort/"))
    assert Collection.objects.exists()
    assert desk.post(f"{DESK}{made.pk}/ta-bort/").status_code == 302
    assert desk.post(f"{DESK}{made.pk}/ta-bort/").status_code == 404


@pytest.mark.parametrize("who", [None, "contributor"])
def test_the_desk_is_for_moderators(client, moderator, who):
    made = begun(moderator)
    if who:
        client.force_login(UserFactory(contributor=True))
    refused = 404 if who else 302

    for address in ("", "ny/", f"{made.pk}/", f"{made.pk}/ta-bort/"):
        assert client.get(f"{DESK}{address}").status_code == refused
    for act in ("", "publicera/", "avpublicera/", "ta-bort/"):
        assert client.post(f"{DESK}{made.pk}/{act}").status_code == refused
    assert not Collection.objects.get().is_published
