"""What moderators see of broken links, and what they say of them."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from kunskapsbank import links, workflow
from kunskapsbank.asking import Answer
from kunskapsbank.enums import LinkState
from kunskapsbank.exceptions import LinkAnswers, NotAllowed
from kunskapsbank.models import Link
from search import generation
from tests.factories import UserFactory
from tests.kunskapsbank import stories
from tests.kunskapsbank.at_desk import text
from tests.kunskapsbank.web import GONE, WELL, days_later

pytestmark = pytest.mark.django_db
PAGE = "/granska/lankar/"
MAP = "https://example.se/karta"
ACTS = ("bortse", "angra", "kontrollera")


@pytest.fixture
def moderator():
    return UserFactory(moderator=True, name="Vera Ek")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def link():
    """Broken for two days, under Bakgrund and under Resultat."""
    twice = f"Se [kartan]({MAP})."
    entry = stories.published(background=twice, result=f"Igen: {MAP}").entry
    days_later(links.note(entry.pk, MAP, GONE))
    return links.note(entry.pk, MAP, GONE)


def act(link, name):
    return f"{PAGE}{link.pk}/{name}/"


def test_a_broken_link_is_shown_with_its_places_and_answer(desk, link):
    page = text(desk.get(PAGE))

    assert "Bänkar vid stranden" in page
    assert "Står under Bakgrund, ”kartan”, och under Resultat." in page
    assert "Fungerar inte sedan" in page
    assert "<strong>sidan finns inte</strong> (kod 404)" in page
    assert "Läsarna ser att länken inte fungerar." in page
    slug = link.entry.slug
    assert reverse("kunskapsbank:propose_change", args=[slug]) in page


def test_a_link_that_failed_once_is_shown_before_readers_are_told(desk, link):
    Link.objects.update(failed_days=1)

    page = text(desk.get(PAGE))

    assert "Läsarna ser ingenting än." in page


def test_what_is_not_public_or_works_is_not_shown(desk, link):
    links.note(link.entry_id, MAP, WELL)
    waiting = stories.submitted(background=f"Se [kartan]({MAP}).")
    links.note(waiting.entry_id, MAP, GONE)
    hidden = stories.published(result=MAP).entry
    links.note(hidden.pk, MAP, GONE)
    workflow.hide(hidden, by=stories.moderator(), reason="other")

    page = text(desk.get(PAGE))

    assert "Alla länkar fungerar" in page


def test_the_queue_says_how_many_there_are(desk, link):
    assert "Trasiga länkar (1)" in text(desk.get("/granska/"))


def test_a_false_alarm_is_told_by_whom_and_counted_no_longer(desk, link):
    desk.post(act(link, "bortse"))

    page = text(desk.get(PAGE))
    assert "Falskt larm, enligt Vera Ek." in page
    assert "Trasiga länkar (1)" not in text(desk.get("/granska/"))


def test_a_false_alarm_can_be_taken_back(desk, link):
    desk.post(act(link, "bortse"))

    desk.post(act(link, "angra"))

    link.refresh_from_db()
    assert (link.is_ignored, link.ignored_by) == (False, None)


def test_readers_are_told_of_each_change_once(desk, link):
    raised = []
    for name in ("bortse", "bortse", "angra", "angra"):
        before = generation.current()
        desk.post(act(link, name))
        raised.append(generation.current() - before)

    assert raised == [1, 0, 1, 0]


def test_a_second_click_keeps_who_was_first(desk, link, client):
    first = workflow.ignore_failure(link, by=stories.moderator()).ignored_by

    response = desk.post(act(link, "bortse"), follow=True)

    link.refresh_from_db()
    assert link.ignored_by == first
    assert response.status_code == 200


def test_what_answers_meanwhile_is_no_false_alarm(desk, link):
    links.note(link.entry_id, MAP, WELL)

    page = text(desk.post(act(link, "bortse"), follow=True))

    link.refresh_from_db()
    assert not link.is_ignored
    assert LinkAnswers.user_message in page


def test_a_link_is_asked_now_by_the_worker(desk, link):
    desk.post(act(link, "kontrollera"))

    queued = DBTaskResult.objects.filter(task_path=links.check_in_turn.module_path)
    assert [each.args_kwargs["args"] for each in queued] == [[[[link.pk]]]]


def test_asking_twice_asks_the_server_once(desk, link, monkeypatch):
    asked = []

    def ask(url, **marks):
        asked.append(url)
        return Answer(LinkState.ANSWERS, 200)

    monkeypatch.setattr(links.asking, "ask", ask)
    desk.post(act(link, "kontrollera"))
    desk.post(act(link, "kontrollera"))

    for _ in range(2):
        links.check_in_turn.call([[link.pk]])

    assert asked == [MAP]


@pytest.mark.parametrize("name", ACTS)
def test_others_than_moderators_find_nothing(client, link, name):
    client.force_login(UserFactory(contributor=True))
    before = Link.objects.filter(pk=link.pk).values().get()

    response = client.post(act(link, name))

    assert response.status_code == 404
    assert Link.objects.filter(pk=link.pk).values().get() == before


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_sent_and_never_got(desk, link, name):
    before = Link.objects.filter(pk=link.pk).values().get()

    assert desk.get(act(link, name)).status_code == 405
    assert Link.objects.filter(pk=link.pk).values().get() == before


@pytest.mark.parametrize("name", ACTS)
def test_a_link_that_nobody_follows_is_no_page(desk, link, name):
    Link.objects.update(next_check_at=None)

    assert desk.post(act(link, name)).status_code == 404


@pytest.mark.parametrize(
    "write", [workflow.ignore_failure, workflow.heed_failure, workflow.check_now]
)
def test_only_moderators_judge_links(link, write):
    with pytest.raises(NotAllowed):
        write(link, by=UserFactory(contributor=True))
