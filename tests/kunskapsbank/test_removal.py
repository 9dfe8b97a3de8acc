"""What is taken away is gone from every place at once, in the very same transaction.

Every place where a contribution can be met is a line of `PLACES`; a new one belongs
there. All that the contribution has of its own is called the same, so that a place
shows a trace of it when the name is anywhere in the answer.
"""

import zipfile
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.timezone import localdate

from kunskapsbank import workflow
from kunskapsbank.enums import DeclineReason, Kind, LinkState, PublicName
from kunskapsbank.followed_lists import followed
from kunskapsbank.models import Entry, Link, Version
from kunskapsbank.workflow.collections import Place
from programme.models import Prioritering
from search import generation
from search.finding import find
from tests.factories import OrganisationFactory, TagFactory, UserFactory
from tests.kunskapsbank import stories
from tests.open_data import follow_up
from uppfoljning.models import PageViews

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

NAME = "vimpelparad"
PRIORITERING = "2016-4-3-1-b"
ADDRESS = "https://example.se/vimpelparad"


@dataclass
class Story:
    """A contribution, and another that hangs in the same place in the programme."""

    version: Version
    neighbour: Entry


def told():
    """Everything that the contribution is called and tied to has the name in it."""
    return {
        "kind": Kind.RESEARCH,
        "title": "Vimpelparad",
        "summary": "Klockspelet ljuder i hamnen.",
        "result": "Alla hörde vimpelparaden.",
        "address": ADDRESS,
        "place": "Vimpelparadplatsen",
        "prioriteringar": [Prioritering.objects.get(slug=PRIORITERING)],
        "organisations": [OrganisationFactory(name="Vimpelparaderna", slug=NAME)],
        "public_name": PublicName.ORGANISATION,
        "tags": [TagFactory(name="vimpelparader", slug="vimpelparader")],
    }


def neighbour():
    ties = [Prioritering.objects.get(slug=PRIORITERING)]
    return stories.published(title="Grannen", prioriteringar=ties).entry


def collected(version):
    """In a collection that anybody reads."""
    by = UserFactory(moderator=True)
    made = workflow.start_collection(by=by, title="I hamnen", text="Om hamnen.")
    workflow.save_collection(
        made,
        by=by,
        lock=made.lock,
        title=made.title,
        text=made.text,
        places=[Place(version.entry_id)],
    )
    workflow.publish_collection(made, by=by)


def surrounded(version):
    """In a collection, as what shows a connection and an initiative, and much read."""
    collected(version)
    follow_up.connection(version.entry)
    follow_up.initiative(version.entry)
    yesterday = localdate() - timedelta(days=1)
    address = version.get_absolute_url()
    PageViews.objects.create(day=yesterday, path=address, views=50)
    generation.touch()


@pytest.fixture
def story():
    version = stories.published(**told())
    now = timezone.now()
    Link.objects.update_or_create(
        entry=version.entry,
        url=ADDRESS,
        defaults={
            "state": LinkState.ANSWERS,
            "checked_at": now,
            "next_check_at": now,
        },
    )
    surrounded(version)
    return Story(version, neighbour())


def page(address):
    """What stands at an address, which may have a slug or the number in it."""

    def read(client, story):
        at = address.format(
            neighbour=story.neighbour.slug,
            slug=story.version.entry.slug,
            number=story.version.entry.number,
        )
        response = client.get(at)
        if response.status_code in (404, 410):
            return ""
        assert response.status_code == 200, at
        content = b"".join(response) if response.streaming else response.content
        return unpacked(content) if content.startswith(b"PK") else content.decode()

    return read


def unpacked(content):
    with zipfile.ZipFile(BytesIO(content)) as book:
        return " ".join(book.read(name).decode() for name in book.namelist())


def hits(client, story):
    return str(find("klockspel", page_size=100).hits)


def counts(client, story):
    return str(find("").facets)


def mail(client, story):
    """What is told to whoever follows everything."""
    began = story.version.entry.created_at
    news = followed("").news(since=began, until=timezone.now())
    return str([version.title for version in news])


PLACES = {
    "search": hits,
    "facets": counts,
    "search page": page("/sok/?q=klockspel"),
    "suggestions": page("/sok/forslag/?q=vimpel"),
    "start": page("/"),
    "list": page("/kunskapsbank/"),
    "narrowed list": page(f"/kunskapsbank/?prio={PRIORITERING}"),
    "searched list": page("/kunskapsbank/?q=klockspel"),
    "panel": page(f"/prioritering/{PRIORITERING}/"),
    "related": page("/kunskapsbank/{neighbour}/"),
    "own page": page("/kunskapsbank/{slug}/"),
    "history": page("/kunskapsbank/{slug}/historik/"),
    "sitemap": page("/sitemap.xml"),
    "subjects": page("/kunskapsbank/amne/"),
    "subject": page("/kunskapsbank/amne/vimpelparader/"),
    "organisations": page("/kunskapsbank/organisation/"),
    "organisation": page("/kunskapsbank/organisation/vimpelparad/"),
    "collection": page("/kunskapsbank/samlingar/i-hamnen/"),
    "mail": mail,
    "feed": page("/kunskapsbank/flode.atom"),
    "API, list": page("/api/v1/bidrag/"),
    "API, one": page("/api/v1/bidrag/{number}/"),
    "API, links": page("/api/v1/lankar/"),
    "API, subjects": page("/api/v1/amnen/"),
    "API, organisations": page("/api/v1/organisationer/"),
    "dump": page("/oppna-data/allt.json"),
    "CSV": page("/oppna-data/bidrag.csv"),
    "CSV of links": page("/oppna-data/lankar.csv"),
    "Excel": page("/oppna-data/bidrag.xlsx"),
    "API, initiatives": page("/api/v1/insatser/"),
    "API, one initiative": page("/api/v1/insatser/pahittad-insats/"),
    "API, connections": page("/api/v1/samband/"),
    "openness": page("/uppfoljning/oppenhet/"),
}


# What is known of an address only when it has been asked.
LINKS = {"API, links", "CSV of links"}


def shown(client, story):
    assert connection.in_atomic_block
    answers = {place: read(client, story) for place, read in PLACES.items()}
    return {place for place, said in answers.items() if NAME in said.casefold()}


def test_contribution_is_met_in_every_place(client, story):
    assert shown(client, story) == {*PLACES}


def hide(story):
    workflow.hide(
        story.version.entry, by=stories.moderator(), reason=DeclineReason.OTHER
    )


def withdraw(story):
    workflow.withdraw(story.version.entry, by=story.version.author)


@pytest.mark.parametrize(
    "remove", [hide, pytest.param(withdraw, marks=pytest.mark.thorough)]
)
def test_what_is_taken_away_is_gone_from_every_place(client, story, remove):
    shown(client, story)  # so that all that is kept in process is there to be wrong

    remove(story)

    assert shown(client, story) == set()


def test_what_is_shown_again_is_back_in_every_place(client, story):
    hide(story)
    shown(client, story)

    workflow.show_again(story.version.entry, by=UserFactory(moderator=True))

    assert shown(client, story) == {*PLACES}


def test_text_that_is_undone_is_left_in_the_history_until_it_is_taken_out(client):
    version = stories.published(title="Flaggor")
    change = stories.changed(version, **told())
    workflow.publish(change, by=stories.moderator(), lock=change.lock)
    surrounded(change)
    story = Story(change, neighbour())
    seen = [shown(client, story)]

    workflow.undo_publication(change, by=UserFactory(moderator=True), message="Fel.")
    seen.append(shown(client, story))
    workflow.suppress(change, by=UserFactory(moderator=True), message="Namn.")
    seen.append(shown(client, story))

    assert seen == [{*PLACES} - LINKS, {"history", "API, one"}, set()]
