"""The pages of those who are signed in are as sound as the public ones (trust D1-D6).

A walk from each person's first pages, over contributions in every state; what each form
answers when it is sent empty is looked at too.
"""

from collections import Counter, deque
from urllib.parse import urldefrag, urlsplit

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve

from accounts import workflow as of_people
from kunskapsbank import links, workflow
from kunskapsbank.enums import Status
from tests import crawling, html_tree, policy, rules
from tests.kunskapsbank import letter_stories, stories
from tests.kunskapsbank.web import GONE
from tests.matrix import FULL_MATRIX
from tests.test_html import faults_of

pytestmark = pytest.mark.pages

STARTS = {
    "author": ["/mina-bidrag/", "/konto/", "/bidra/"],
    "moderator": ["/granska/", "/mina-bidrag/", "/konto/"],
}
# Enough for a text in every state.
OF_EACH_ROUTE = 10 if FULL_MATRIX else 5
# Files, and what ends the walk.
PASSED_OVER = {
    "account_logout",
    "accounts:download_own_data",
    "kunskapsbank:diary_package",
    "kunskapsbank:entry_pdf",
    "mfa_download_recovery_codes",
    "totp_picture",
}


@pytest.fixture
def people(db):
    """An author with texts in every state, and a moderator with all that waits."""
    author, moderator = stories.author(), stories.moderator()
    for status in Status:
        version = stories.at(status, by=author)
    public = stories.published(author, title="Ett bidrag som någon rapporterar")
    stories.changed(public, by=stories.author_named("Bo Ek"))
    declined = stories.declined(stories.submitted(author))
    workflow.appeal(declined, by=author, message="Läs det igen.")
    claimed = stories.submitted(author, title="Något som någon läser just nu")
    workflow.claim(claimed, by=stories.moderator())
    workflow.add_note(version.entry, by=moderator, text="Fråga någon annan.")
    workflow.offer(
        stories.published().entry, email=author.email, alone=False, by=moderator
    )
    links.note(public.entry_id, public.address, GONE)
    letter_stories.tip()
    letter_stories.report(public.entry)
    of_people.apply(
        name="Bo", email="bo@example.se", organisation="Föreningen", reason="Bänkar."
    )
    of_people.invite("ny@example.se", "bidragsgivare", by=moderator)
    return {"author": author, "moderator": moderator}


def is_for_few(address):
    """Whether the page is one that a reader without an account never meets."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return False  # tests/test_crawl.py tells of links that lead nowhere
    name = match.view_name or match.route
    rule = policy.POLICY.get(name)
    if rule is None or name in PASSED_OVER:
        return False
    return name in policy.SIGN_IN or not rule.allows(rules.ANONYMOUS, "POST")


def walk(client, starts):
    """Each address of the few that one comes to, with what it answers."""
    met, queue, routes = {}, deque(starts), Counter()
    while queue:
        address = queue.popleft()
        if address in met or not is_for_few(address):
            continue
        route = resolve(urlsplit(address).path).view_name
        routes[route] += 1
        if routes[route] > OF_EACH_ROUTE:
            continue
        response = client.get(address)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.streaming or (response.status_code == 200 and not is_page):
            response.close()
            continue
        met[address] = response
        if not is_page:
            continue
        tree, _ = html_tree.read(response.content.decode())
        for link in tree.all("a"):
            if found := internal(link["href"], address):
                queue.append(urldefrag(found).url)
    return met


def internal(href, address):
    if href.startswith("/konto/"):
        return href
    return crawling.internal(href, address)


def sent_empty(client, address, tree):
    """What the forms of a page answer to nothing; nothing is kept of it."""
    for form in tree.all("form"):
        if form["method"] != "post":
            continue
        target = internal(form["action"] or address, address)
        if target and "logga-ut" not in target:
            with transaction.atomic():
                yield f"POST {target}", client.post(target)
                transaction.set_rollback(True)


@pytest.mark.parametrize("role", STARTS)
def test_pages_and_their_errors_are_without_faults(client, people, role):
    client.force_login(people[role])
    found, sent = {}, 0

    met = walk(client, STARTS[role])
    for address, response in met.items():
        if response.status_code != 200:
            if response.status_code not in {301, 302}:
                found[address] = response.status_code
            continue
        body = response.content.decode()
        if faults := faults_of(body):
            found[address] = faults
        for name, answer in sent_empty(client, address, html_tree.read(body)[0]):
            sent += 1
            faults = faults_of_answer(answer)
            if faults:
                found[name] = faults

    assert len(met) > 40
    assert sent > 20
    assert found == {}


def faults_of_answer(response):
    if response.status_code >= 500:
        return response.status_code
    if response.status_code in {301, 302}:
        return []
    body = response.content.decode()
    faults = faults_of(body)
    tree, _ = html_tree.read(body)
    told = any(each["class"] == "error-summary" for each in tree.walk())
    if told and not tree.all("title")[0].text.startswith("Fel: "):
        faults.append("an error without Fel: in the title")
    return faults
