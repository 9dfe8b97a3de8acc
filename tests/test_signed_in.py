"""The pages of those who are signed in are as sound as the public ones (trust D1-D6),
and a form takes its own fields and no more (trust 8.2.3).

A walk from each person's first pages, over contributions in every state, made once for
all that is asked of it.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.apps import apps
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from accounts.models import User
from kunskapsbank.models import Version
from tests import forms, html_tree, signed_in, write_trap
from tests.matrix import FULL_MATRIX
from tests.signed_in import STARTS
from tests.test_html import faults_of

pytestmark = [pytest.mark.pages, pytest.mark.thorough, pytest.mark.shared]

# Columns by these names say who may do what with what, and what is public.
DECIDING = {
    "status", "state", "author", "owner", "owners", "user", "entry", "editor",
    "edited_by", "proposer", "reviewer", "role", "groups", "user_permissions",
    "is_staff", "is_superuser", "is_active", "password", "published_at", "decided_at",
    "submitted_at", "is_published", "suppressed", "is_suppressed", "is_forbidden",
    "is_hidden", "scan", "claimed_by", "confirmed_on", "verified", "primary", "granted",
    "closed_at", "adopted_on", "assigned_to", "handled_by", "invited_by", "assignee",
    "decided_by", "state_by", "initiative", "report", "assessment", "actor", "edition",
}  # fmt: skip
PUBLIC = [
    "accounts:apply",
    "kunskapsbank:tip",
    "kunskapsbank:report_accessibility",
    "kunskapsbank:follow",
]
FOLLOW_UP = {
    "employee": ["/uppfoljning/insatser/mina/", "/uppfoljning/arbete/"],
    "owner": [
        "/uppfoljning/insatser/granska/",
        "/uppfoljning/arbete/",
        "/uppfoljning/utgavor/",
    ],
}
# So many pages are met, and so many forms do something as they are filled in here.
LEAST = {
    "author": (40, 10),
    "moderator": (40, 14),
    "employee": (30, 9),
    "owner": (40, 9),
}
ENDS_IT_ALL = "logga-ut"


@dataclass
class Walked:
    """What somebody met on the way, and what was written meanwhile."""

    person: User | None
    client: Client
    met: dict
    written: list

    @property
    def pages(self):
        for address, response in self.met.items():
            if response.status_code == 200:
                yield address, response.content.decode()


@pytest.fixture(scope="module")
def walks(django_db_setup, django_db_blocker):
    """By role, how to get what somebody meets: made once, and read only. The people are
    made outside the tests' own transactions, and undone after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = signed_in.people() | signed_in.people_of_the_follow_up()
        starts = STARTS | FOLLOW_UP
        yield cache(lambda role: _walked(people[role], starts[role]))
        transaction.set_rollback(True)


def _walked(person, starts):
    client = Client()
    come_in(client, person)
    with write_trap.caught() as written:
        met = signed_in.walk(client, starts)
    return Walked(person, client, met, written)


def come_in(client, person):
    """As somebody who has just said who they are, so that no page asks anew."""
    client.force_login(person)
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, person, method="password", reauthenticated=True)
    request.session.save()


@pytest.fixture
def walk(walks, db):
    def of(role):
        walked = walks(role)
        come_in(walked.client, walked.person)
        return walked

    return of


@contextmanager
def undone(client):
    """Nothing is kept of what is done here, nor who is signed in."""
    cookies = client.cookies.output()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))


# -- Sound pages


def sent_empty(client, pages):
    """What each form answers to nothing; nothing is kept of it. Without the full matrix
    one of each kind is enough, in whatever state its text is."""
    seen = set()
    for address, page in pages:
        for target, form in forms.to_send(page, address):
            kind = target if FULL_MATRIX else forms.kind(target, form)
            if kind not in seen and ENDS_IT_ALL not in target:
                seen.add(kind)
                with undone(client):
                    yield f"POST {target}", client.post(target)


@pytest.mark.parametrize("role", LEAST)
def test_pages_and_their_errors_are_without_faults(walk, role):
    walked = walk(role)
    found = {}

    for address, page in walked.pages:
        if faults := faults_of(page):
            found[address] = faults
    sent = dict(sent_empty(walked.client, walked.pages))
    for name, answer in sent.items():
        if faults := faults_of_answer(answer):
            found[name] = faults

    answers = {address: each.status_code for address, each in walked.met.items()}
    assert set(answers.values()) <= {200, 301, 302}, answers
    assert len(answers) > LEAST[role][0]
    assert len(sent) > LEAST[role][0] / 2
    assert found == {}
    assert walked.written == []


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


# -- Forms that are sent more than they hold
#
# Each is sent twice, filled in alike, the second time with every name that decides over
# something; what then stands in the database must be the same.


def deciding():
    """What every table says in its deciding columns, without when."""
    found = {}
    for model, names, stamps in _deciding_columns():
        rows = model._base_manager.values(*names, *stamps)
        found[model._meta.label] = sorted(
            repr({name: row[name] for name in names})
            + repr([bool(row[name]) for name in stamps])
            for row in rows
        )
    return found


def _deciding_columns():
    for model in apps.get_models():
        fields = {each.name for each in model._meta.concrete_fields} & DECIDING
        stamps = {name for name in fields if name.endswith("_at")}
        if fields:
            yield model, sorted(fields - stamps), sorted(stamps)


def extra(values, person):
    wanted = {"status": "published", "state": "open", "role": "administrator"}
    made = {name: wanted.get(name, "1") for name in DECIDING}
    if person:
        made |= {"author": str(person.pk), "owners": str(person.pk)}
    return {name: value for name, value in made.items() if name not in values}


def filled_in_once(pages):
    """Each form once: its address, and what is sent."""
    seen = set()
    for address, page in pages:
        for target, form in forms.to_send(page, address):
            kind = forms.kind(target, form)
            if kind not in seen and ENDS_IT_ALL not in target:
                seen.add(kind)
                yield target, forms.filled_in(form)


def sent(client, target, values):
    """What stands after it."""
    with undone(client):
        client.post(target, values)
        return deciding()


def public_pages(client):
    slug = Version.objects.listed().first().entry.slug
    addresses = [reverse(name) for name in PUBLIC]
    addresses.append(f"/kunskapsbank/{slug}/rapportera/")
    addresses.append(reverse("kunskapsbank:helpful", args=[slug]))
    return [(each, client.get(each).content.decode()) for each in addresses]


def faults_of_forms(client, person, pages):
    """What more than its fields each form took, and how many did anything at all."""
    before, effective, faults = deciding(), 0, []
    forms_of_pages = list(filled_in_once(pages))
    with travel(timezone.now() + timedelta(minutes=2), tick=True):
        for target, values in forms_of_pages:
            plain = sent(client, target, values)
            more = sent(client, target, values | extra(values, person))
            effective += plain != before
            if more != plain:
                changed = [name for name in plain if plain[name] != more[name]]
                faults.append(f"{target}: {changed}")
    return faults, effective


@pytest.mark.parametrize("role", LEAST)
def test_form_takes_no_more_than_its_fields(walk, role):
    walked = walk(role)

    faults, effective = faults_of_forms(walked.client, walked.person, walked.pages)

    assert faults == []
    assert effective >= LEAST[role][1]


@pytest.mark.usefixtures("walks", "db")
def test_public_form_takes_no_more_than_its_fields(client):
    faults, effective = faults_of_forms(client, None, public_pages(client))

    assert faults == []
    assert effective >= 4
