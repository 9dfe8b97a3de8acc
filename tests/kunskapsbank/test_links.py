"""The links of a text are known, and asked by a task once it is submitted."""

import pytest
from django_tasks_db.models import DBTaskResult

from kunskapsbank import asking, links
from kunskapsbank.enums import LinkState
from kunskapsbank.models import Link
from tests.kunskapsbank import stories
from tests.kunskapsbank.web import Web

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(monkeypatch):
    return Web(monkeypatch)


def version_with_links():
    return stories.submitted(
        address="https://example.se/bankar",
        background="Se [kartan](https://example.se/karta) och [oss](/om/).",
        result="Mer: https://example.se/karta, https://example.se/fler.",
    )


def test_every_web_address_is_found_once_with_its_place():
    found = links.addresses_in(version_with_links())

    assert [(each.url, each.place, each.label) for each in found] == [
        ("https://example.se/bankar", "Länk", ""),
        ("https://example.se/karta", "Bakgrund", "kartan"),
        ("https://example.se/fler", "Resultat", "https://example.se/fler"),
    ]


def test_submitting_queues_the_check():
    version = version_with_links()

    queued = DBTaskResult.objects.filter(task_path=links.check_links.module_path)

    assert [task.args_kwargs["args"] for task in queued] == [[version.pk]]


def test_a_check_keeps_each_answer(web):
    version = version_with_links()
    web.answers["https://example.se/karta"] = asking.Answer(LinkState.MISSING, 404)

    links.check_links.call(version.pk)
    web.run_queue()

    told = {address.url: link.state for address, link in links.last_answers(version)}
    assert told == {
        "https://example.se/bankar": LinkState.ANSWERS,
        "https://example.se/karta": LinkState.MISSING,
        "https://example.se/fler": LinkState.ANSWERS,
    }
    assert Link.objects.filter(entry=version.entry).count() == 3


def test_what_was_never_asked_says_so():
    version = version_with_links()

    states = {link.state for _, link in links.last_answers(version)}

    assert states == {LinkState.UNCHECKED}
    assert not Link.objects.exists()


def test_an_address_too_long_to_keep_is_not_asked(web):
    long = "https://example.se/" + "a" * asking.MAX_ADDRESS
    version = stories.submitted(background=f"Se [sidan]({long}).")

    links.check_links.call(version.pk)
    web.run_queue()

    assert web.asked == ["https://example.se/bankar"]
