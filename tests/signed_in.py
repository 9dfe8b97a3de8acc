"""The pages that few come to, found by a walk from each person's first pages."""

from collections import Counter, deque
from urllib.parse import urldefrag, urlsplit

from django.urls import Resolver404, resolve

from accounts import workflow as of_people
from accounts.adapters import know_address
from kunskapsbank import links, workflow
from kunskapsbank.enums import Status
from programme.models import Prioritering
from tests import crawling, html_tree, policy, rules
from tests.factories import InitiativeFactory, InitiativeTextFactory, UserFactory
from tests.kunskapsbank import letter_stories, stories
from tests.kunskapsbank.web import GONE
from tests.matrix import FULL_MATRIX
from tests.uppfoljning import reporting
from uppfoljning.enums.initiatives import InitiativeStatus
from uppfoljning.workflow import assessments

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


def people():
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
    for person in (author, moderator):
        know_address(person)  # as signing in does; a GET would write it else
    return {"author": author, "moderator": moderator}


def people_of_the_follow_up():
    """An employee and a document owner, with texts and assessments in some states."""
    owner, employee = UserFactory(document_owner=True), UserFactory(employee=True)
    made = {"author": employee, "prioriteringar": Prioritering.objects.all()[:1]}
    for status in (InitiativeStatus.DRAFT, InitiativeStatus.SUBMITTED):
        InitiativeTextFactory(status=status, **made)
    InitiativeTextFactory(
        status=InitiativeStatus.PUBLISHED, initiative=InitiativeFactory(), **made
    )
    report = reporting.a_report(owner)
    reporting.saved(reporting.assigned(report, employee, owner), employee)
    handed_in = reporting.assigned(report, owner, owner, number="4.1.2")
    handed_in = reporting.saved(handed_in, owner)
    assessments.hand_in(handed_in, by=owner, lock=handed_in.lock)
    for person in (employee, owner):
        know_address(person)
    return {"employee": employee, "owner": owner}


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
