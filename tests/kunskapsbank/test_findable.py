"""What the index is told of a contribution, and when."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from kunskapsbank import findable, workflow
from kunskapsbank.enums import DeclineReason, Kind, Outcome, People, PublicName, Scan
from kunskapsbank.models import Version
from kunskapsbank.uploads import antivirus
from kunskapsbank.workflow import attachments
from programme.models import Edition, Prioritering
from search.finding import find
from tests.factories import OrganisationFactory, TagFactory, UserFactory
from tests.kunskapsbank import samples, stories
from tests.search.samples import everything_kept

pytestmark = pytest.mark.django_db


def told(version):
    found = Version.objects.get(pk=version.pk)
    return findable.document_of(found, Edition.objects.current())


def keys(text, **facets):
    return {hit.key for hit in find(text, facets).hits}


def with_file(by, name, content, **values):
    version = stories.draft(by)
    upload = samples.upload(name, content)
    made = attachments.attach(version, by=by, upload=upload)
    if values:
        attachments.describe(made, by=by, **values)
    version = stories.hand_in(version)
    return workflow.publish(version, by=stories.moderator(), lock=version.lock)


# -- What is told


def test_document_has_all_that_can_be_read_on_the_page():
    version = stories.published(
        kind=Kind.EXPERIENCE,
        title="Sittplatser",
        summary="Grannarna **valde** platserna.",
        background="## Varför\n\n- [Trasiga](https://example.se/) bänkar",
        implementation="Vi *frågade*.",
        result="Alla hittar en plats.",
        lessons="Fråga `först`.",
        outcome=Outcome.PARTLY,
        place="Råå hamn",
        organisations=[OrganisationFactory(name="Byalaget")],
        tags=[TagFactory(name="möten")],
    )

    document = told(version)

    assert document.key == f"entry:{version.entry_id}"
    assert (document.kind, document.title) == (Kind.EXPERIENCE, "Sittplatser")
    assert document.address == version.entry.get_absolute_url()
    assert document.summary == "Grannarna valde platserna."
    assert document.text.split("\n") == [
        "Varför",
        "Trasiga bänkar",
        "Vi frågade.",
        "Alla hittar en plats.",
        "Fråga först.",
        "lyckades delvis",
        "Råå hamn. Byalaget. möten. Ida Dahl",
    ]


def test_facets_say_where_it_hangs_and_who_took_part():
    ties = list(Prioritering.objects.filter(slug__in=["2016-4-3-1-b", "2016-4-5-3-a"]))
    hidden = TagFactory(slug="fult", is_forbidden=True)
    version = stories.published(
        prioriteringar=ties,
        organisations=[OrganisationFactory(slug="byalaget")],
        tags=[TagFactory(slug="moten"), hidden],
        place="Råå hamn",
        period_start=2020,
        period_end=2022,
    )

    assert told(version).facet_values() == [
        "amne:moten",
        "fokus:4.3.1",
        "fokus:4.5.3",
        "kind:link",
        "org:byalaget",
        "orgtyp:association",
        "period:2020",
        "period:2021",
        "period:2022",
        "plats:raa-hamn",
        "prio:2016-4-3-1-b",
        "prio:2016-4-5-3-a",
        "vilja:3",
        "vilja:5",
    ]


@pytest.mark.parametrize("years", [{"period_start": 2020}, {"period_end": 2020}])
def test_period_with_one_end_is_that_year(years):
    assert "period:2020" in told(stories.published(**years)).facet_values()


def test_text_and_pictures_that_are_attached_are_found(media):
    by = stories.author()
    words = "Nya gungor vid Pålsjö."
    document = with_file(by, "plan.pdf", samples.document(words=words))
    picture = with_file(
        by, "bild.png", samples.picture(), alt="En korg", people=People.NOBODY
    )

    assert keys('"nya gungor vid Pålsjö"') == {f"entry:{document.entry_id}"}
    assert keys("korgen", fil=["ja"]) == {f"entry:{picture.entry_id}"}


def test_file_that_is_found_infected_is_searched_no_more(media, settings, monkeypatch):
    words = "Nya gungor vid Pålsjö."
    version = with_file(stories.author(), "plan.pdf", samples.document(words=words))
    file = version.attachments.get().file
    settings.ANTIVIRUS_COMMAND = "scan"
    monkeypatch.setattr(antivirus, "answer", lambda file: Scan.INFECTED)

    antivirus.scan.func(file.pk)

    assert keys('"nya gungor vid Pålsjö"') == set()
    assert "fil:ja" not in told(version).facet_values()


# -- How fresh it is


def test_text_is_dated_and_confirmed_when_it_is_published():
    document = told(stories.published())

    assert (document.date, document.confirmed) == (localdate(), True)


def test_text_that_nobody_has_stood_for_in_two_years_is_not_confirmed():
    version = stories.published()
    version.published_at -= timedelta(days=732)
    version.save()

    assert not told(version).confirmed


def test_launch_contribution_is_as_old_as_the_year_it_tells_of():
    old = Version.objects.listed().get(entry__launch_key="ex-04")

    document = told(old)

    assert document.date.year == (old.period_end or old.period_start)
    assert not document.confirmed


# -- In which order


def in_order(text):
    """The first three; what has but a part of the word comes after."""
    return [hit.key for hit in find(text).hits[:3]]


def test_title_counts_more_than_summary_and_summary_more_than_text():
    places = ("background", "summary", "title")
    made = [stories.published(**{place: "Klockspel"}) for place in places]

    assert in_order("klockspel") == [
        f"entry:{each.entry_id}" for each in reversed(made)
    ]


def test_among_equals_the_fresh_come_first_and_what_nobody_stands_for_last():
    made = [stories.published(title="Klockspel") for _ in range(3)]
    year, fresh, old = made
    for version, days in zip(made, (365, 60, 1000), strict=True):
        version.published_at -= timedelta(days=days)
        version.save()
    findable.refresh(version.entry_id for version in made)
    seen = [in_order("klockspel")]
    workflow.confirm(old.entry, by=old.author)
    seen.append(in_order("klockspel"))

    assert seen == [
        [f"entry:{each.entry_id}" for each in order]
        for order in ([fresh, year, old], [old, fresh, year])
    ]


# -- When


def test_every_act_on_what_is_public_tells_the_index():
    by, mo = stories.author(), UserFactory(moderator=True)
    version = stories.published(by, title="Flaggstången")
    entry, key = version.entry, f"entry:{version.entry_id}"
    seen = [keys("flaggstången")]
    workflow.hide(entry, by=mo, reason=DeclineReason.OTHER)
    seen.append(keys("flaggstången"))
    workflow.show_again(entry, by=mo)
    seen.append(keys("flaggstången"))
    change = stories.changed(version, title="Vimpeln")
    workflow.publish(change, by=mo, lock=change.lock)
    seen += [keys("flaggstången"), keys("vimpeln")]
    workflow.undo_publication(change, by=mo, message="Fel text.")
    seen += [keys("flaggstången"), keys("vimpeln")]
    workflow.withdraw(entry, by=by)
    seen.append(keys("flaggstången"))

    one, none = {key}, set()
    assert seen == [one, none, one, none, one, one, none, none]


def test_moderators_correction_is_found():
    version = stories.submitted(title="Flaggstången")

    workflow.edit_and_publish(
        version, by=UserFactory(moderator=True), lock=version.lock, title="Vimpeln"
    )

    assert keys("vimpeln") == {f"entry:{version.entry_id}"}


def test_new_address_is_the_one_that_is_found():
    version = stories.published(title="Flaggstången")

    workflow.change_address(
        version.entry, slug="vimpeln", by=UserFactory(moderator=True)
    )

    assert find("flaggstången").hits[0].address == "/kunskapsbank/vimpeln/"


def test_name_is_found_as_long_as_it_is_shown():
    by = stories.author_named("Torborg Ek")
    version = stories.published(by)
    other = stories.published(by, public_name=PublicName.NONE)
    seen = [keys("Torborg")]
    workflow.rename(by, "Torgny Ek")
    seen += [keys("Torborg"), keys("Torgny")]
    workflow.choose_name(other.entry, PublicName.NAME, by=by)
    seen.append(keys("Torgny"))
    workflow.anonymise(by)
    seen.append(keys("Torgny"))

    one, two = (f"entry:{each.entry_id}" for each in (version, other))
    assert seen == [{one}, set(), {one}, {one, two}, set()]


def test_erased_person_is_not_found():
    by = stories.author_named("Torborg Ek")
    stories.published(by)

    workflow.erase_person(by, by=by)

    assert keys("Torborg") == set()
    assert "torborg" not in str(everything_kept()).casefold()
