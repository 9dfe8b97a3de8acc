"""The pages of subjects and organisations, and the lists of them all."""

import re
from html import unescape

import pytest

from kunskapsbank.enums import EntryState, Kind, OrganisationKind, Status
from kunskapsbank.models import Organisation, Tag, TagAlias, Version
from tests.factories import (
    EntryFactory,
    OrganisationFactory,
    TagFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db

TAGS = "/kunskapsbank/amne/"
ORGANISATIONS = "/kunskapsbank/organisation/"


@pytest.fixture
def tag():
    return TagFactory(name="Vindkraft", slug="vindkraft")


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Vindkraftens vänner", slug="vindkraftens-vanner")


def text_of(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def shown(response):
    return [version.pk for version in response.context["page"]]


def named(response):
    return [each.name for _, group in response.context["letters"] for each in group]


def status(client, address):
    return client.get(address).status_code


def test_subject_shows_its_listed_contributions_newest_first(client, tag):
    older, newer = (VersionFactory(tags=[tag]) for _ in range(2))
    VersionFactory(tags=[tag], status=Status.DRAFT)
    VersionFactory(tags=[TagFactory()])

    response = client.get(f"{TAGS}vindkraft/")

    assert shown(response) == [newer.pk, older.pk]
    page = text_of(response)
    assert "<title>Ämne: Vindkraft – Livskvalitet Helsingborg</title>" in page
    assert "2 bidrag</h2>" in page
    assert "Goda exempel (2)" in page


def test_kinds_are_counted_in_their_order(client, tag):
    for kind in (Kind.LINK, Kind.RESEARCH, Kind.LINK):
        VersionFactory(tags=[tag], kind=kind)

    response = client.get(f"{TAGS}vindkraft/")

    assert response.context["kinds"] == [(Kind.RESEARCH, 1), (Kind.LINK, 2)]


def test_organisation_shows_its_contributions_and_its_kind(client, organisation):
    version = VersionFactory(organisations=[organisation])

    response = client.get(f"{ORGANISATIONS}vindkraftens-vanner/")

    assert shown(response) == [version.pk]
    assert "Organisationens slag: förening." in text_of(response)


def test_organisation_of_another_kind_says_nothing_of_it(client, organisation):
    Organisation.objects.update(kind=OrganisationKind.OTHER)
    VersionFactory(organisations=[organisation])

    page = text_of(client.get(f"{ORGANISATIONS}vindkraftens-vanner/"))

    assert "Organisationens slag" not in page


def test_long_list_comes_in_pages_of_their_own_titles(client, tag):
    for _ in range(13):
        VersionFactory(tags=[tag])

    first, last, beyond = (
        client.get(f"{TAGS}vindkraft/{query}") for query in ("", "?sida=2", "?sida=9")
    )

    assert (len(shown(first)), len(shown(last))) == (12, 1)
    assert "Ämne: Vindkraft, sida 2 av 2" in text_of(last)
    canonical = r'rel="canonical" href="[^"]*/kunskapsbank/amne/vindkraft/\?sida=2"'
    assert re.search(canonical, text_of(last))
    assert shown(beyond) == shown(last)


@pytest.mark.parametrize("page", ["-1", "abc", "9" * 5000, "%00", "1.5", ""])
def test_strange_page_shows_some_page(client, tag, page):
    VersionFactory(tags=[tag])

    assert status(client, f"{TAGS}vindkraft/?sida={page}") == 200


def test_related_subjects_are_those_of_most_contributions(client, tag):
    often, once = TagFactory(name="Öster"), TagFactory(name="Aska")
    draft_only, forbidden = TagFactory(), TagFactory(is_forbidden=True)
    VersionFactory(tags=[tag, often, once, forbidden])
    VersionFactory(tags=[tag, often])
    VersionFactory(tags=[tag, draft_only], status=Status.SUBMITTED)
    VersionFactory(tags=[TagFactory()])

    response = client.get(f"{TAGS}vindkraft/")

    related = [(each, each.count) for each in response.context["related"]]
    assert related == [(once, 1), (often, 2)]  # in alphabetical order


# -- What has no page


@pytest.mark.parametrize(
    "kept_back",
    [
        {"status": Status.DRAFT},
        {"status": Status.SUBMITTED},
        {"status": Status.DECLINED},
        {"status": Status.REPLACED},
        {"entry__state": EntryState.HIDDEN},
        {"entry__state": EntryState.WITHDRAWN},
    ],
    ids=str,
)
def test_names_on_what_is_not_listed_are_not_to_be_learnt(
    client, tag, organisation, kept_back
):
    state = kept_back.pop("entry__state", EntryState.OPEN)
    reason = {} if state == EntryState.OPEN else {"state_reason": "Skäl"}
    entry = EntryFactory(state=state, **reason)
    VersionFactory(entry=entry, tags=[tag], organisations=[organisation], **kept_back)

    assert status(client, f"{TAGS}vindkraft/") == 404
    assert status(client, f"{ORGANISATIONS}vindkraftens-vanner/") == 404
    assert "Vindkraft" not in text_of(client.get(TAGS))
    assert "Vindkraft" not in text_of(client.get(ORGANISATIONS))
    assert "vindkraft" not in client.get("/sitemap.xml").content.decode()


def test_forbidden_subject_is_nowhere(client, tag):
    version = VersionFactory(tags=[tag])
    Tag.objects.filter(pk=tag.pk).update(is_forbidden=True)
    TagAlias.objects.create(tag=tag, key="vind", slug="vind")

    assert status(client, f"{TAGS}vindkraft/") == 404
    assert status(client, f"{TAGS}vind/") == 404
    assert "Vindkraft" not in text_of(client.get(TAGS))
    assert "vindkraft" not in client.get("/sitemap.xml").content.decode()
    assert f"{TAGS}vindkraft/" not in text_of(client.get(version.get_absolute_url()))


@pytest.mark.parametrize("under", [TAGS, ORGANISATIONS])
def test_unknown_name_is_not_found(client, under):
    assert status(client, f"{under}finns-inte/") == 404
    assert status(client, f"{under}{'x' * 3000}/") == 404


# -- Former names


def test_former_name_leads_to_the_subject(client, tag):
    VersionFactory(tags=[tag])
    TagAlias.objects.create(tag=tag, key="vind", slug="vind")

    response = client.get(f"{TAGS}vind/")

    assert (response.status_code, response.url) == (301, f"{TAGS}vindkraft/")
    assert response.headers["Cache-Control"] == "no-cache"


def test_former_name_of_what_is_not_listed_leads_nowhere(client, tag):
    VersionFactory(tags=[tag], status=Status.DRAFT)
    TagAlias.objects.create(tag=tag, key="vind", slug="vind")

    assert status(client, f"{TAGS}vind/") == 404


def test_present_name_goes_before_a_former_one(client, tag):
    other = TagFactory(name="Vind", slug="vind")
    VersionFactory(tags=[tag, other])
    TagAlias.objects.create(tag=tag, key="gammal", slug="vind")

    assert client.get(f"{TAGS}vind/").context["found"] == other


# -- The lists of them all


def test_all_subjects_stand_in_swedish_order_with_their_numbers(client):
    names = ["zebra", "åska", "ärter", "öl", "élan", "Eko", "apa"]
    for name in names:
        VersionFactory(tags=[TagFactory(name=name)])
    VersionFactory(tags=[Tag.objects.get(name="öl")])

    response = client.get(TAGS)

    ours = [name for name in named(response) if name in names]
    assert ours == ["apa", "Eko", "élan", "zebra", "åska", "ärter", "öl"]
    letters = [letter for letter, _ in response.context["letters"]]
    assert letters == sorted(letters, key="0–9ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ".index)
    assert 'öl</a> <span class="subject-list__count">(2<' in text_of(response)


def test_name_without_a_letter_stands_first(client):
    VersionFactory(tags=[TagFactory(name="15-minutersstaden")])

    first, names = client.get(TAGS).context["letters"][0]

    assert (first, [each.name for each in names]) == ("0–9", ["15-minutersstaden"])


def test_every_organisation_of_a_listed_contribution_is_in_the_list(client):
    OrganisationFactory(name="Utan bidrag")

    found = named(client.get(ORGANISATIONS))

    listed = Version.objects.listed().values("organisations")
    assert set(found) == {
        each.name for each in Organisation.objects.filter(pk__in=listed)
    }
    assert "Utan bidrag" not in found


# -- Ways there


def test_contribution_links_to_its_subjects_and_organisations(
    client, tag, organisation
):
    other = OrganisationFactory()
    version = VersionFactory(tags=[tag], organisations=[organisation, other])

    page = text_of(client.get(version.get_absolute_url()))

    assert f'<a href="{TAGS}vindkraft/">Vindkraft</a>' in page
    for each in (organisation, other):
        assert f'<a href="{ORGANISATIONS}{each.slug}/">{each.name}</a>' in page


def test_list_leads_to_both(client):
    page = text_of(client.get("/kunskapsbank/"))

    assert f'href="{TAGS}"' in page
    assert f'href="{ORGANISATIONS}"' in page


def test_no_contribution_can_take_the_address_of_the_pages(client):
    entry = EntryFactory(slug="historik")
    VersionFactory(entry=entry)
    tag = TagFactory(name="Historik", slug="historik")
    VersionFactory(tags=[tag])

    assert client.get(f"{TAGS}historik/").context["found"] == tag
    assert status(client, "/kunskapsbank/historik/historik/") == 200
