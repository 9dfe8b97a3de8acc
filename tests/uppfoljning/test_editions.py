"""A second edition: drafted, confirmed, put in force, and moving nothing silently."""

import pytest
from django.core.exceptions import ValidationError

from kunskapsbank import belonging, crossings, facets
from kunskapsbank.models import Connection, Version
from programme import taxonomy
from programme.enums import EditionStatus, LineageKind
from programme.models import Edition, Heir, Lineage, Prioritering
from search import generation
from search.finding import find
from tests.factories import EditionFactory, InitiativeFactory, UserFactory
from tests.kunskapsbank import connecting, stories
from tests.uppfoljning import next_edition, reporting
from uppfoljning import findable
from uppfoljning.exceptions.editions import (
    AddressTaken,
    InvalidMove,
    LineageChanged,
    MayNotRevise,
    NotReady,
)
from uppfoljning.readiness import obstacles
from uppfoljning.report_content import gather
from uppfoljning.workflow import editions
from uppfoljning.workflow.edition_drafts import draft_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return next_edition.owner()


def prioritering(slug):
    return Prioritering.objects.get(slug=slug)


def tagged_with(*slugs):
    chosen = Prioritering.objects.filter(slug__in=slugs)
    return stories.published(title="Provbänkar", prioriteringar=list(chosen))


def slugs(prioriteringar):
    return [each.slug for each in prioriteringar]


def words_of(tree):
    return [
        [(each.number, each.title, each.body) for each in tree.chapters],
        [(each.number, each.description) for each in tree.viljeinriktningar],
        [(each.number, each.body) for each in tree.fokusomraden],
        [(each.number, each.text) for each in tree.prioriteringar],
    ]


# -- Drafting


def test_a_draft_has_every_word_and_is_tied_to_what_it_came_from(owner):
    first = taxonomy.current()

    edition = next_edition.drafted(owner)

    tree = taxonomy.read(edition)
    assert edition.status == EditionStatus.PROPOSAL
    assert words_of(tree) == words_of(first)
    assert edition.footnotes.count() == first.edition.footnotes.count()
    rows = Lineage.objects.filter(edition=edition)
    assert rows.count() == 15 + 58
    assert set(rows.values_list("kind", "confirmed_on")) == {("unchanged", None)}
    assert rows.first().history.get().history_user == owner


def test_a_draft_is_seen_by_no_reader(owner):
    before = facets.current(), generation.current()

    edition = next_edition.drafted(owner)

    assert taxonomy.of(edition.slug).edition is None
    assert taxonomy.current().edition.slug == "2016"
    assert (facets.current(), generation.current()) == before


def test_two_drafts_cannot_have_one_address(owner):
    next_edition.drafted(owner)

    with pytest.raises(AddressTaken):
        next_edition.drafted(owner)


@pytest.mark.parametrize("act", ["draft", "confirm", "reopen", "put_in_force", "end"])
@pytest.mark.parametrize(
    "rights",
    [
        {"moderator": True},
        {"employee": True},
        {"document_owner": True, "second_factor": False},
    ],
    ids=str,
)
def test_only_the_document_owner_revises(act, rights):
    edition = EditionFactory()
    other = UserFactory(**rights)
    acts = {
        "draft": lambda: next_edition.drafted(other),
        "confirm": lambda: editions.confirm_lineage(edition, [], by=other),
        "reopen": lambda: editions.reopen_lineage(edition, [], by=other),
        "put_in_force": lambda: editions.put_in_force(edition, by=other),
        "end": lambda: editions.end(edition, by=other),
    }

    with pytest.raises(MayNotRevise):
        acts[act]()


# -- Being ready


def test_what_an_edition_lacks_is_told_in_words(owner):
    edition = next_edition.drafted(owner)
    next_edition.came_from("2027-4-2-1-a").delete()
    altered = prioritering("2027-4-2-1-b")
    altered.text = "Ändrad."
    altered.save()

    told = obstacles(edition)

    assert "Skriv vilken dag utgåvan beslutades." in told
    assert "Skriv beslutets diarienummer." in told
    assert "Härkomst saknas för prioritering 4.2.1 a (2016)." in told
    assert "Härkomst saknas för prioritering 4.2.1 a (2027)." in told
    assert "Bekräfta härkomsten. Obekräftade led: 72." in told
    assert [each for each in told if each.startswith("Står som oförändrad")] == [
        "Står som oförändrad, men texterna skiljer sig: prioritering 4.2.1 b (2016) "
        "till prioritering 4.2.1 b (2027), oförändrad."
    ]


def test_an_edition_that_is_not_ready_changes_nothing(owner):
    edition = next_edition.decided(next_edition.drafted(owner))
    before = generation.current()

    with pytest.raises(NotReady) as refusal:
        editions.put_in_force(edition, by=owner)

    left = "Bekräfta härkomsten. Obekräftade led: 73."
    assert refusal.value.obstacles == [left]
    assert Edition.objects.get(pk=edition.pk).status == EditionStatus.PROPOSAL
    assert generation.current() == before


def test_lineage_that_is_gone_is_not_confirmed(owner):
    edition = next_edition.drafted(owner)
    pks = list(edition.lineages.values_list("pk", flat=True))
    edition.lineages.first().delete()

    with pytest.raises(LineageChanged):
        editions.confirm_lineage(edition, pks, by=owner)

    assert not edition.lineages.exclude(confirmed_on=None).exists()


# -- In force


def test_transitions_cover_every_status():
    assert editions.TRANSITIONS.keys() == set(EditionStatus)


@pytest.mark.parametrize("status", [EditionStatus.IN_FORCE, EditionStatus.ENDED])
def test_only_a_proposal_is_put_in_force(owner, status):
    edition = EditionFactory(status=status)

    with pytest.raises(InvalidMove):
        editions.put_in_force(edition, by=owner)


def test_the_next_edition_ends_the_one_in_force(owner):
    first = next_edition.first()
    first.status, first.valid_to = EditionStatus.IN_FORCE, None
    first.save()

    edition = next_edition.in_force(owner)

    first.refresh_from_db()
    assert taxonomy.current().edition == edition
    assert first.status == EditionStatus.ENDED
    assert str(first.valid_to) == "2027-01-25"
    assert first.history.first().history_user == owner


@pytest.mark.thorough
def test_an_edition_can_end_with_none_after_it(owner):
    edition = next_edition.in_force(owner)
    before = generation.current()

    editions.end(edition, by=owner)

    assert generation.current() > before  # every page says that it has ended
    assert taxonomy.current().edition == edition
    assert taxonomy.current().edition.has_ended


# -- What contributions belong to then


def test_contributions_keep_their_tags_and_are_listed_under_what_these_are_now(owner):
    version = tagged_with("2016-4-2-1-a", "2016-4-2-1-c", "2016-4-2-2-a")

    next_edition.changed_in_force(owner)

    tags = version.prioriteringar.values_list("slug", flat=True)
    spread = facets.current()
    belongs = belonging.listed(version.pk, spread)
    assert set(tags) == {"2016-4-2-1-a", "2016-4-2-1-c", "2016-4-2-2-a"}
    assert slugs(belongs.prioriteringar) == ["2027-4-2-1-a", "2027-4-2-1-b"]
    assert [(old.slug, slugs(now)) for old, now in belongs.earlier] == [
        ("2016-4-2-1-a", ["2027-4-2-1-a"]),
        ("2016-4-2-1-c", ["2027-4-2-1-b"]),
        ("2016-4-2-2-a", []),
    ]
    assert belonging.of(version) == belongs


@pytest.mark.thorough
def test_every_count_is_as_before_when_nothing_is_changed(owner):
    before = facets.current()
    counts = [before.count(each) for each in before.tree.fokusomraden]

    next_edition.in_force(owner)

    spread = facets.current()
    assert spread.tree.edition.slug == "2027"
    assert [spread.count(each) for each in spread.tree.fokusomraden] == counts
    assert sum(counts) > 0


@pytest.mark.thorough
def test_what_is_merged_is_counted_once(owner):
    version = tagged_with("2016-4-2-1-b", "2016-4-2-1-c")

    next_edition.changed_in_force(owner)

    merged = prioritering("2027-4-2-1-b")
    listed = Version.objects.listed()
    spread = facets.current()
    both = ["2016-4-2-1-b", "2016-4-2-1-c"]
    tied = listed.filter(prioriteringar__slug__in=both).distinct()
    assert spread.count(merged) == tied.count()
    assert version.pk in spread.newest(merged, 1)


def test_the_list_finds_by_todays_place_and_by_the_tag(client, owner):
    version = tagged_with("2016-4-2-1-a", "2016-4-2-2-a")
    next_edition.changed_in_force(owner)

    def has(query):
        page = client.get(f"/kunskapsbank/?{query}").content.decode()
        return version.get_absolute_url() in page

    assert has("prio=2027-4-2-1-a")
    assert has("fokus=4.2.1")
    assert has("prio=2016-4-2-1-a")
    assert has("prio=2016-4-2-2-a")
    assert not has("fokus=4.2.2")


def test_the_search_finds_by_todays_place(owner):
    version = tagged_with("2016-4-2-1-a", "2016-4-2-2-a")
    next_edition.changed_in_force(owner)

    def keys(**facets_asked):
        return {hit.key for hit in find("provbänkar", facets_asked).hits}

    key = f"entry:{version.entry_id}"
    assert key in keys(prio=["2027-4-2-1-a"])
    assert key in keys(fokus=["4.2.1"])
    assert key not in keys(fokus=["4.2.2"])


def test_initiatives_are_found_under_what_their_prioriteringar_are_now(client, owner):
    tied = [prioritering("2016-4-2-1-c"), prioritering("2016-4-2-2-a")]
    initiative = InitiativeFactory(title="Provinsats", prioriteringar=tied)
    findable.initiatives.refresh([initiative.pk])
    next_edition.changed_in_force(owner)
    address = initiative.get_absolute_url()

    def has(page):
        return address in client.get(page).content.decode()

    def hits(**facets_asked):
        return {hit.key for hit in find("provinsats", facets_asked).hits}

    now = prioritering("2027-4-2-1-b")
    for query in ("prio=2027-4-2-1-b", "fokus=4.2.1", "prio=2016-4-2-2-a"):
        assert has(f"/uppfoljning/insatser/?{query}"), query
    assert not has("/uppfoljning/insatser/?fokus=4.2.2")
    assert has(now.get_absolute_url())
    assert has(now.fokusomrade.get_absolute_url())
    shown = client.get("/uppfoljning/insatser/").context["asked"].area_choices
    counts = {each.value: each.count for _, areas in shown for each in areas}
    assert (counts["4.2.1"], counts["4.2.2"]) == (1, 0)
    assert hits(prio=["2027-4-2-1-b"]) == hits(fokus=["4.2.1"])
    assert hits(prio=["2027-4-2-1-b"]) == {f"initiative:{initiative.pk}"}
    assert hits(fokus=["4.2.2"]) == set()


@pytest.mark.thorough
def test_a_report_counts_initiatives_under_what_their_prioriteringar_are_now(owner):
    InitiativeFactory(prioriteringar=[prioritering("2016-4-2-1-c")])
    next_edition.changed_in_force(owner)

    told = gather(reporting.a_report(owner, period_start=2027, period_end=2028))

    areas = [
        area for strand in told["viljeinriktningar"] for area in strand["fokusomraden"]
    ]
    rows = {row["number"]: row for area in areas for row in area["prioriteringar"]}
    listed = [
        each for strand in told["viljeinriktningar"] for each in strand["initiatives"]
    ]
    assert [number for number, row in rows.items() if row["initiatives"]] == ["4.2.1 b"]
    assert [each["numbers"] for each in listed] == [["4.2.1 b"]]


def test_connections_are_shown_under_what_their_ends_are_now(client, owner):
    connection = connecting.approved(between=("4-2-1-a", "4-2-1-c"))
    next_edition.changed_in_force(owner)
    now = [prioritering("2027-4-2-1-a"), prioritering("2027-4-2-1-b")]
    area = now[0].fokusomrade

    pages = [client.get(each.get_absolute_url()).content.decode() for each in now]
    crossing = crossings.current()

    for page, other in zip(pages, reversed(now), strict=True):
        assert connection.sentence in page
        assert f'href="{other.get_absolute_url()}"' in page
    within = [each for each in crossing if each.first == each.second == area]
    assert [each.connections for each in within] == [1]
    assert [*Connection.objects.public().between(area, area)] == [connection]


def test_lineage_confirmed_afterwards_counts_at_once(owner):
    edition = next_edition.changed_in_force(owner)
    version = tagged_with("2016-4-2-1-a")
    (row,) = next_edition.came_from("2027-4-2-1-a")

    editions.reopen_lineage(edition, [row.pk], by=owner)
    without = belonging.listed(version.pk, facets.current())
    editions.confirm_lineage(edition, [row.pk], by=owner)
    with_it = belonging.listed(version.pk, facets.current())

    assert without.prioriteringar == []
    assert slugs(with_it.prioriteringar) == ["2027-4-2-1-a"]


@pytest.mark.thorough
def test_heirs_lead_through_every_edition_between(owner):
    next_edition.changed_in_force(owner)
    third = editions_after("2033", owner)

    heirs = Heir.objects.filter(earlier__slug="2016-4-2-1-c")

    assert taxonomy.current().edition == third
    assert [each.today.slug for each in heirs] == ["2033-4-2-1-b"]
    assert not Heir.objects.filter(earlier__slug="2016-4-2-2-a").exists()
    assert not Heir.objects.filter(today__slug__startswith="2027").exists()


def editions_after(slug, by):
    edition = draft_edition(
        by=by, slug=slug, title="Tredje", period_start=2033, period_end=2040
    )
    next_edition.confirm_all(next_edition.decided(edition), by)
    return editions.put_in_force(edition, by=by)


def test_lineage_must_have_the_ends_that_its_kind_says(owner):
    edition = next_edition.drafted(owner)
    row = edition.lineages.filter(from_fokusomrade=None).first()
    row.kind = LineageKind.DROPPED

    with pytest.raises(ValidationError) as refusal:
        row.full_clean()

    assert "Det som är struket" in str(refusal.value)
