import pytest
from django.contrib.auth.models import AnonymousUser

from kunskapsbank.enums import EntryState, Order, Status
from kunskapsbank.models import Version
from programme.models import Prioritering
from tests.factories import EntryFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db

ALL = set(Status)
PUBLIC = {Status.PUBLISHED, Status.REPLACED}
SUBMITTED = ALL - {Status.DRAFT}


@pytest.fixture
def author():
    return UserFactory()


@pytest.fixture
def readers(author):
    return {
        "anonymous": AnonymousUser(),
        "somebody else": UserFactory(),
        "author": author,
        "moderator": UserFactory(moderator=True),
        "inactive moderator": UserFactory(moderator=True, is_active=False),
    }


@pytest.fixture
def versions(author):
    """One of each status by the author, among all that is there already."""
    return [VersionFactory(status=status, author=author) for status in Status]


def seen_by(user, versions):
    mine = Version.objects.visible_to(user).filter(pk__in=[v.pk for v in versions])
    return {version.status for version in mine}


@pytest.mark.parametrize(
    ("reader", "open_entry", "hidden_entry", "suppressed"),
    [
        ("anonymous", PUBLIC, set(), set()),
        ("somebody else", PUBLIC, set(), set()),
        ("author", ALL, ALL, ALL),
        ("moderator", SUBMITTED, SUBMITTED, SUBMITTED),
        ("inactive moderator", PUBLIC, set(), set()),
    ],
)
def test_visible_to_shows_each_reader_exactly_these_statuses(
    versions, readers, reader, open_entry, hidden_entry, suppressed
):
    user = readers[reader]

    assert seen_by(user, versions) == open_entry

    Version.objects.filter(pk__in=[v.pk for v in versions]).update(is_suppressed=True)
    assert seen_by(user, versions) == suppressed

    Version.objects.filter(pk__in=[v.pk for v in versions]).update(is_suppressed=False)
    for version in versions:
        version.entry.state = EntryState.HIDDEN
        version.entry.save()
    assert seen_by(user, versions) == hidden_entry


def test_moderators_see_their_own_drafts():
    moderator = UserFactory(moderator=True)
    draft = VersionFactory(status=Status.DRAFT, author=moderator)

    assert seen_by(moderator, [draft]) == {Status.DRAFT}


@pytest.mark.parametrize("state", EntryState)
def test_listed_holds_the_published_text_of_open_entries_only(state):
    entry = EntryFactory(state=state)
    VersionFactory(entry=entry, status=Status.REPLACED)
    published = VersionFactory(entry=entry)
    VersionFactory(entry=entry, status=Status.DRAFT)

    listed = Version.objects.listed().filter(entry=entry)

    assert list(listed) == ([published] if state == EntryState.OPEN else [])
    public = Version.objects.visible_to(AnonymousUser()).published()
    assert list(public.filter(entry=entry)) == list(listed)

    Version.objects.filter(pk=published.pk).update(is_suppressed=True)
    assert not listed.all()


def test_tagged_to_gives_each_version_once():
    first, second, third = Prioritering.objects.order_by("pk")[:3]
    both = VersionFactory(prioriteringar=[first, second])
    other = VersionFactory(prioriteringar=[third])

    found = Version.objects.filter(pk__in=[both.pk, other.pk])

    assert list(found.tagged_to([first, second])) == [both]


@pytest.mark.parametrize(
    ("order", "years"),
    [
        (Order.NEWEST, [2020, 1999, None]),
        (Order.OLDEST, [None, 1999, 2020]),
        (Order.YEAR, [2020, 1999, None]),
    ],
)
def test_versions_without_a_year_have_their_place_on_every_database(order, years):
    first = VersionFactory(period_start=1999)
    for year in (None, 2020):
        VersionFactory(period_start=year, published_at=first.published_at)
    found = Version.objects.filter(published_at=first.published_at)

    assert [version.period_start for version in found.in_order(order)] == years


def test_titles_are_in_swedish_order():
    titles = ["Ödla", "Zebra", "Åka", "alla", "Ära"]
    pks = [VersionFactory(title=title).pk for title in titles]

    found = Version.objects.filter(pk__in=pks).in_order(Order.TITLE)

    assert [version.title for version in found] == [
        "alla", "Zebra", "Åka", "Ära", "Ödla",
    ]  # fmt: skip


def test_in_order_of_keeps_the_order_and_leaves_out_what_is_missing():
    first, second = VersionFactory(), VersionFactory()

    found = Version.objects.listed().in_order_of([second.pk, 0, first.pk])

    assert found == [second, first]
