"""Every address is in the policy, and does what the policy says."""

from dataclasses import dataclass
from functools import partial
from itertools import product

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.enums import Role
from accounts.models import User
from kunskapsbank.enums import Status
from kunskapsbank.models import Entry, ReviewEvent, Version
from livskvalitet.middleware import ErrorPages
from livskvalitet.views import errors
from tests import rules, write_trap
from tests.factories import UserFactory
from tests.kunskapsbank import stories
from tests.matrix import FULL_MATRIX
from tests.policy import NAMESPACES, POLICY
from tests.rules import ROLES

# Who may ask for what hangs on no database.
pytestmark = pytest.mark.pages

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# A method that the address lacks, or that is as GET, is tried by those who may the
# most, on the text that they may do the most with.
MAY_MOST = (rules.AUTHOR, rules.ADMINISTRATOR)
NEAREST = (rules.ANONYMOUS, rules.OTHER, rules.MODERATOR)
REFUSED = {401, 403, 404, 405, 410}
LED_AWAY = ("/konto/logga-in/", "/konto/sakerhet/", "/konto/bekrafta/")
TRIED = [name for name, rule in POLICY.items() if not rule.tried_in]


def addresses(resolver, namespaces=()):
    """The name of every address, or its route when it has none, and its pattern."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            namespace = getattr(pattern, "namespace", None)
            inner = (*namespaces, namespace) if namespace else namespaces
            yield from addresses(pattern, inner)
        else:
            yield ":".join([*namespaces, pattern.name or str(pattern.pattern)])


def test_every_address_is_in_the_policy():
    names = {
        name
        for name in addresses(get_resolver())
        if name.partition(":")[0] not in NAMESPACES
    }

    assert names - POLICY.keys() == set()


def test_the_policy_names_addresses_that_exist():
    assert POLICY.keys() - set(addresses(get_resolver())) == set()


def everybody():
    return {
        rules.ANONYMOUS: None,
        rules.DISABLED: UserFactory(contributor=True),
        rules.STRANGER: UserFactory(),
        rules.AUTHOR: stories.author(),
        rules.OTHER: UserFactory(contributor=True),
        rules.MODERATOR: UserFactory(moderator=True),
        rules.BARE_MODERATOR: UserFactory(moderator=True, second_factor=False),
        rules.EMPLOYEE: UserFactory(employee=True),
        rules.DOCUMENT_OWNER: UserFactory(document_owner=True),
        rules.ADMINISTRATOR: administrator(),
    }


def administrator():
    person = UserFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=Role.ADMINISTRATOR))
    return person


@dataclass
class World:
    """What is the same for every address: each role's cookie, which the disabled one
    got before, and a text in every status."""

    cookies: dict[str, str]
    texts: dict[Status, Version]

    def client_of(self, role):
        client = Client()
        if role in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[role]
        return client


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """Made outside the tests' own transactions, and undone after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = everybody()
        cookies = {role: session_of(each) for role, each in people.items() if each}
        User.objects.filter(pk=people[rules.DISABLED].pk).update(is_active=False)
        author = people[rules.AUTHOR]
        yield World(cookies, {each: stories.at(each, by=author) for each in Status})
        transaction.set_rollback(True)


@pytest.fixture
def world(made_once, db):
    return made_once


def session_of(person):
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def state_of_everything():
    return (
        ReviewEvent.objects.count(),
        list(Version.objects.order_by("pk").values_list("pk", "status", "lock")),
        list(Entry.objects.order_by("pk").values_list("pk", "state")),
        User.objects.count(),
    )


def is_refused(response):
    """Told that it is not there or not theirs, or led to sign in or to set up a
    second factor."""
    led_away = response.status_code == 302 and response.url.startswith(LED_AWAY)
    return response.status_code in REFUSED or led_away


def address_of(name, rule, version=None):
    """None where a text in this status has no such address."""
    arguments = rule.arguments(version) if rule.arguments else {}
    if None in arguments.values():
        return None
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return f"/{name}"  # a route without a name


def places(name, rule, texts):
    """Pairs of a status and the address, on a text in that status."""
    if rule.arguments is None:
        yield None, address_of(name, rule)
        return
    found = {status: address_of(name, rule, text) for status, text in texts.items()}
    for status, address in found.items():
        if address and (FULL_MATRIX or status in chosen(rule, found)):
            yield status, address


def chosen(rule, found):
    """A text that is secret, and one that the page is for."""
    there = [each for each in found if each in rule.statuses and found[each]]
    return {Status.DRAFT, *there[:1]}


def tried_roles(rule, is_there):
    """Where the page is not for the text, or is for all, `make test` tries a few."""
    is_for_all = all(rule.allows(role, "GET") for role in ROLES)
    is_alike = is_for_all or (rule.statuses and not is_there)
    return NEAREST if is_alike and not FULL_MATRIX else ROLES


@pytest.fixture
def _plain_error_pages(monkeypatch):
    """Each refusal would be dressed, and how errors look is tried elsewhere."""
    monkeypatch.setattr(ErrorPages, "DRESSED", frozenset())
    monkeypatch.setattr(
        errors, "render", lambda request, page, status: HttpResponse(status=status)
    )


@pytest.mark.usefixtures("_plain_error_pages")
@pytest.mark.parametrize("name", TRIED)
def test_address_is_for_those_the_policy_names(name, world):
    rule = POLICY[name]
    signed_in = {role: world.client_of(role) for role in ROLES}
    faults = []
    rare = [each for each in METHODS if each not in common_methods(rule)]
    rare = rare if FULL_MATRIX else []
    for status, address in places(name, rule, world.texts):
        before = state_of_everything()
        is_there = status is None or status in rule.statuses
        attempts = [*product(tried_roles(rule, is_there), common_methods(rule))]
        if is_there or not rule.statuses:
            attempts += product(MAY_MOST, rare)
            rare = []
        for role, method in attempts:
            with transaction.atomic(), write_trap.caught() as writes:
                may = rule.allows(role, method)
                ask = partial(signed_in[role].generic, method, address)
                response = ask(content_type="application/x-www-form-urlencoded")
                fault = fault_of(response, may=may, is_there=is_there)
                fault = fault or fault_of_another(role, rule, method, response)
                if method in rules.READ and writes:
                    fault = f"wrote {writes[0]}"
                if not may and writes and state_of_everything() != before:
                    fault = "changed something"
                if fault:
                    faults.append(f"{method} {status} {role}: {fault}")
                transaction.set_rollback(True)

    assert faults == []
    assert rare == [], "no text was in a status that the page is for"


def common_methods(rule):
    return ("GET", "POST") if "POST" in rule.methods else ("GET",)


def fault_of(response, *, may, is_there):
    if response.status_code >= 500:
        return str(response.status_code)
    if not may and not is_refused(response):
        return f"was let in ({response.status_code})"
    if may and is_there and is_refused(response):
        where = response.headers.get("Location", "")
        return f"was refused ({response.status_code} {where})"
    return ""


def fault_of_another(role, rule, method, response):
    """Who has no part in a text is never told that there is one (trust 8.2.2)."""
    is_theirs = rule.allows(role, method) or rule.arguments is None
    if role != rules.OTHER or is_theirs or method not in rule.methods:
        return ""
    told = response.status_code not in {404, 410}
    return f"was told that it is there ({response.status_code})" if told else ""
