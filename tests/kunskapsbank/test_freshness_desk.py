"""What readers see of how fresh a text is, and what moderators do about it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from kunskapsbank import workflow
from kunskapsbank.enums import Act, DeclineReason
from kunskapsbank.models import Entry, FreshnessQuestion, Version
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

DESK = "/granska/aktualitet/"


@pytest.fixture
def launch():
    """A launch contribution from long ago, which nobody owns, and the question."""
    text = Version.objects.listed().filter(period_start=2013, period_end=None).first()
    FreshnessQuestion.objects.create(entry=text.entry, asked_at=timezone.now())
    return text


@pytest.fixture
def moderator(client):
    user = stories.moderator()
    client.force_login(user)
    return user


def confirm_address(entry):
    return reverse("kunskapsbank:review_confirm", args=[entry.pk])


def test_moderator_confirms_what_nobody_owns(client, moderator, launch):
    listed = client.get(DESK).content.decode()
    answer = client.post(confirm_address(launch.entry), follow=True)

    entry = Entry.objects.get(pk=launch.entry_id)
    assert launch.title in listed
    assert launch.title not in answer.content.decode()
    assert entry.confirmed_on == localdate()
    assert stories.acts(entry) == [Act.LOADED, Act.CONFIRMED]


def test_confirming_twice_is_confirming_once(client, moderator, launch):
    for _ in range(2):
        client.post(confirm_address(launch.entry))

    assert stories.acts(launch.entry).count(Act.CONFIRMED) == 1


def test_moderator_may_confirm_a_text_of_their_own(client, moderator):
    """Nothing in it changes, and any owner may."""
    version = stories.published(moderator)

    client.post(confirm_address(version.entry))

    version.entry.refresh_from_db()
    assert version.entry.confirmed_on == localdate()


def test_looking_at_the_button_confirms_nothing(client, moderator, launch):
    response = client.get(confirm_address(launch.entry))

    assert response.url == DESK
    assert Entry.objects.get(pk=launch.entry_id).confirmed_on is None


def test_what_is_hidden_has_no_button(client, moderator, launch):
    workflow.hide(launch.entry, by=moderator, reason=DeclineReason.OTHER)

    assert launch.title not in client.get(DESK).content.decode()
    assert client.post(confirm_address(launch.entry)).status_code == 404


def test_author_gets_to_no_button_of_moderators(client, launch):
    client.force_login(stories.author())

    assert client.post(confirm_address(launch.entry)).status_code == 404
    assert Entry.objects.get(pk=launch.entry_id).confirmed_on is None


def page_of(client, version):
    return client.get(version.get_absolute_url()).content.decode()


def test_old_launch_contribution_says_what_year_it_tells_of(client, launch):
    said = "Texten handlar om något från 2013. Ingen har bekräftat"

    assert said in page_of(client, launch)
    workflow.confirm(launch.entry, by=stories.moderator())

    page = page_of(client, launch)
    assert said not in page
    assert f">{localdate():%Y-%m}</time>" in page
    # The editors' own words about it stay.
    assert "Sammanfattningen är skriven av redaktionen." in page


@pytest.mark.thorough
def test_confirmed_launch_contribution_is_loaded_anew_as_before(launch):
    """To confirm it does not take it over."""
    workflow.confirm(launch.entry, by=stories.moderator())
    Version.objects.filter(pk=launch.pk).update(title="En rubrik som har rättats")

    call_command("load_content", verbosity=0)

    now = Entry.objects.get(pk=launch.entry_id).published_version
    assert now.title == launch.title
    assert now.number == launch.number + 1


def test_reader_is_told_when_two_years_have_gone(client):
    version = stories.published()
    year = localdate(version.published_at).year
    said = f"Texten är från {year} och har inte bekräftats sedan dess."

    told = {}
    for days in (0, 729, 732):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            response = client.get(version.get_absolute_url())
            told[days] = said in response.content.decode(), response.headers["ETag"]

    assert [each for each, _ in told.values()] == [False, False, True]
    assert len({tag for _, tag in told.values()}) == 3


def test_reader_is_told_of_an_old_confirmation(client):
    version = stories.published()
    workflow.confirm(version.entry, by=version.author)
    year = localdate().year

    with time_machine.travel(timezone.now() + timedelta(days=732), tick=False):
        page = page_of(client, version)

    assert f"Texten bekräftades senast {year}." in page
    assert "inte bekräftats sedan dess" not in page


def test_rows_say_that_a_contribution_is_confirmed(client):
    version = stories.published()
    said = f"ekräftad {localdate():%Y-%m}"

    assert said not in client.get("/kunskapsbank/").content.decode()
    workflow.confirm(version.entry, by=version.author)

    assert said in client.get("/kunskapsbank/").content.decode()
    assert said.capitalize() not in page_of(client, stories.published())


def test_history_tells_that_it_was_confirmed_and_not_by_whom(client):
    version = stories.published()
    workflow.confirm(version.entry, by=stories.moderator())

    page = client.get(f"{version.get_absolute_url()}historik/").content.decode()

    assert "Bekräftat att det stämmer" in page
    assert "Mo Lind" not in page
