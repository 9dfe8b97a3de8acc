"""Collections: what moderators gather, and what readers see of it."""

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import DeclineReason, Status
from kunskapsbank.exceptions import (
    CollectionGone,
    CollectionStale,
    CollectionTaken,
    NotAllowed,
)
from kunskapsbank.models import Collection
from kunskapsbank.workflow.collections import Place
from search import generation
from tests.factories import EntryFactory, UserFactory, VersionFactory
from tests.racing import HAS_ROW_LOCKS, committed, race, winners

pytestmark = pytest.mark.django_db
LIST = "/kunskapsbank/samlingar/"
DESK = "/granska/samlingar/"


@pytest.fixture
def moderator():
    return UserFactory(moderator=True, name="Vera Ek")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def begun(by, title="Odla ihop", text="Om att *odla*."):
    return workflow.start_collection(by=by, title=title, text=text)


def holding(by, *versions, published=True, note=""):
    made = begun(by)
    places = [Place(each.entry_id, note) for each in versions]
    saved = save(made, by, places)
    return workflow.publish_collection(saved, by=by) if published else saved


def save(collection, by, places=(), **changed):
    collection = Collection.objects.get(pk=collection.pk)
    about = {name: getattr(collection, name) for name in ("lock", "title", "text")}
    return workflow.save_collection(
        collection, by=by, places=places, **(about | changed)
    )


def held(collection):
    places = collection.collected_entries.order_by("position")
    return [each.entry_id for each in places]


def text(response):
    return " ".join(response.content.decode().split())


def sent(collection, *versions, **changed):
    """The form as it is shown, with what is changed in it."""
    data = {"title": collection.title, "text": collection.text, "add": ""}
    data |= {"lock": collection.lock, "rad": [each.entry_id for each in versions]}
    for number, each in enumerate(versions, start=1):
        data[f"plats-{each.entry_id}"] = str(number)
    return data | changed


# -- Readers


def test_published_collection_shows_its_contributions_in_order(client, moderator):
    first, second = VersionFactory(title="Bin"), VersionFactory(title="Jord")
    made = holding(moderator, second, first, note="Bra början.")
    other = begun(moderator, title="En annan")
    save(other, moderator, [Place(first.entry_id, "Nej."), Place(second.entry_id)])

    page = text(client.get(made.get_absolute_url()))

    assert "<em>odla</em>" in page
    assert page.index("Jord") < page.index("Bin")
    assert page.count("Bra början.") == 2
    assert "Nej." not in page
    assert "Odla ihop" in text(client.get(LIST))


@pytest.mark.parametrize("who", [None, "contributor"])
def test_unpublished_collection_is_for_moderators(client, moderator, who):
    made = holding(moderator, VersionFactory(), published=False)
    if who:
        client.force_login(UserFactory(contributor=True))

    assert client.get(made.get_absolute_url()).status_code == 404
    assert "Odla ihop" not in text(client.get(LIST))
    assert made.get_absolute_url() not in client.get("/sitemap.xml").content.decode()


def test_moderator_sees_how_an_unpublished_one_will_look(desk, moderator):
    made = holding(moderator, VersionFactory(title="Bin"), published=False)

    page = text(desk.get(made.get_absolute_url()))

    assert "Samlingen är inte publicerad" in page
    assert "Bin" in page


def test_hidden_contribution_vanishes_and_comes_back(client, moderator):
    version = VersionFactory(title="Bin")
    made = holding(moderator, version)
    workflow.hide(version.entry, by=moderator, reason=DeclineReason.OTHER)

    page = text(client.get(made.get_absolute_url()))

    assert "Bin" not in page
    assert "Det finns inga bidrag i samlingen just nu" in page
    assert "Inga bidrag just nu" in text(client.get(LIST))
    workflow.show_again(version.entry, by=UserFactory(moderator=True))
    assert "Bin" in text(client.get(made.get_absolute_url()))


def test_contribution_tells_which_published_collections_it_is_in(client, moderator):
    version = VersionFactory()
    made = holding(moderator, version)
    other = begun(moderator, title="Hemlig")
    save(other, moderator, [Place(version.entry_id)])

    page = text(client.get(version.get_absolute_url()))

    assert f'samlingen <a href="{made.get_absolute_url()}">Odla ihop</a>' in page
    assert "Hemlig" not in page


def test_published_collection_is_in_the_sitemap(client, moderator):
    made = holding(moderator)

    assert made.get_absolute_url() in client.get("/sitemap.xml").content.decode()


# -- Acts


def test_only_moderators_may():
    other = UserFactory(contributor=True)
    made = begun(UserFactory(moderator=True))

    for act in (
        lambda: begun(other, title="Ny"),
        lambda: save(made, other),
        lambda: workflow.publish_collection(made, by=other),
        lambda: workflow.unpublish_collection(made, by=other),
        lambda: workflow.delete_collection(made, by=other),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Collection.objects.get().title == made.title


def test_beginning_twice_makes_one(moderator):
    assert begun(moderator) == begun(moderator)


def test_title_of_another_is_refused(moderator):
    begun(moderator)
    other = begun(moderator, title="Gå ihop")

    with pytest.raises(CollectionTaken):
        begun(moderator, text="En annan text.")
    with pytest.raises(CollectionTaken):
        save(other, moderator, title="Odla ihop")


def test_two_moderators_never_overwrite_each_other(moderator):
    made = begun(moderator)
    save(made, moderator, text="Ny text.")

    with pytest.raises(CollectionStale):
        save(made, UserFactory(moderator=True), lock=made.lock, text="En annan.")

    made.refresh_from_db()
    assert made.text == "Ny text."


def test_what_is_not_listed_cannot_be_added(moderator):
    draft = VersionFactory(status=Status.SUBMITTED, entry=EntryFactory(slug=None))

    made = holding(moderator, draft)

    assert held(made) == []


def test_what_is_hidden_keeps_its_place(moderator):
    first, second = VersionFactory(), VersionFactory()
    made = holding(moderator, first, second)
    workflow.hide(first.entry, by=moderator, reason=DeclineReason.OTHER)

    save(made, moderator, [Place(first.entry_id), Place(second.entry_id)])

    assert held(made) == [first.entry_id, second.entry_id]


def test_each_change_is_in_the_history(desk, moderator):
    version = VersionFactory()
    made = begun(moderator)

    desk.post(f"{DESK}{made.pk}/", sent(made, add=version.entry.number))
    desk.post(f"{DESK}{made.pk}/publicera/")
    desk.post(f"{DESK}{made.pk}/ta-bort/")

    told = Collection.history.filter(id=made.pk).order_by("history_id")
    assert [each.history_type for each in told] == ["+", "~", "~", "-"]
    assert told[1].history_change_reason == version.entry.number
    assert {each.history_user for each in told[1:]} == {moderator}


def test_every_change_of_what_is_public_raises_the_generation(moderator):
    made = holding(moderator)
    before = generation.current()

    save(made, moderator, text="Ny.")
    workflow.unpublish_collection(made, by=moderator)
    workflow.delete_collection(made, by=moderator)

    assert generation.current() == before + 3


def test_what_is_gone_is_told(moderator):
    made = begun(moderator)
    workflow.delete_collection(made, by=moderator)

    with pytest.raises(CollectionGone):
        workflow.publish_collection(made, by=moderator)


def test_address_of_one_that_is_gone_is_not_given_again(moderator):
    made = begun(moderator)
    workflow.delete_collection(made, by=moderator)

    assert begun(moderator).slug != made.slug


# -- At the same moment


def check_two_save_at_once_and_one_is_told():
    moderators = [UserFactory(moderator=True), UserFactory(moderator=True)]
    made = begun(moderators[0], title="Vid samma tid")
    try:
        outcomes = race(
            *[lambda by=by: save_shown(made, by, f"Av {by.pk}") for by in moderators]
        )

        assert len(winners(outcomes)) == 1
        assert Collection.objects.get(pk=made.pk).text == winners(outcomes)[0].text
    finally:
        Collection.objects.filter(pk=made.pk).delete()
        Collection.history.filter(id=made.pk).delete()


def save_shown(collection, by, text):
    return workflow.save_collection(
        collection, by=by, lock=0, title=collection.title, text=text, places=[]
    )


def check_a_double_click_begins_one():
    by = UserFactory(moderator=True)
    try:
        outcomes = race(*[lambda: begun(by, title="Två klick")] * 2)

        assert outcomes[0] == outcomes[1]
    finally:
        Collection.objects.filter(title="Två klick").delete()
        Collection.history.filter(title="Två klick").delete()


if HAS_ROW_LOCKS:

    @pytest.mark.parametrize(
        "check",
        [check_two_save_at_once_and_one_is_told, check_a_double_click_begins_one],
    )
    def test_at_the_same_moment(check):
        committed(check)
