"""A form takes its own fields and no more (trust 8.2.3).

Each form of each page is sent twice, filled in alike, the second time with every name
that decides over something; what then stands in the database must be the same.
"""

from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.apps import apps
from django.db import transaction
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone
from time_machine import travel

from kunskapsbank.models import Version
from tests import html_tree, signed_in
from tests.signed_in import STARTS, internal, walk

pytestmark = pytest.mark.pages

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
ROLES = STARTS | FOLLOW_UP | {"reader": []}
# So many forms at least do something as they are filled in here.
LEAST = {"author": 10, "moderator": 14, "employee": 9, "owner": 9, "reader": 4}
# What makes sense in a field that would not take what others take.
BY_NAME = {
    **dict.fromkeys(["organisation_name", "entries", "link"], ""),
    "words": "bänk\nsittplats",
}
OTHER_THAN_THE_FIRST = "end"
PASSED_OVER = "logga-ut"


@pytest.fixture
def person(db, role):
    make = signed_in.people_of_the_follow_up if role in FOLLOW_UP else signed_in.people
    return make().get(role)


def come_in(client, person):
    """As somebody who has just said who they are, so that no page asks anew."""
    client.force_login(person)
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, person, method="password", reauthenticated=True)
    request.session.save()


def deciding():
    """What every table says in its deciding columns, without when."""
    found = {}
    for model in apps.get_models():
        names = [
            field.name
            for field in model._meta.concrete_fields
            if field.name in DECIDING and not field.name.endswith("_at")
        ]
        stamps = [
            field.name
            for field in model._meta.concrete_fields
            if field.name in DECIDING and field.name.endswith("_at")
        ]
        if not names + stamps:
            continue
        rows = model._base_manager.values(*names, *stamps)
        found[model._meta.label] = sorted(
            repr({name: row[name] for name in names})
            + repr([bool(row[name]) for name in stamps])
            for row in rows
        )
    return found


def extra(values, person):
    wanted = {"status": "published", "state": "open", "role": "administrator"}
    made = {name: wanted.get(name, "1") for name in DECIDING}
    if person:
        made |= {"author": str(person.pk), "owners": str(person.pk)}
    return {name: value for name, value in made.items() if name not in values}


def filled_in(form):
    """As somebody does who answers everything, with the first choice of each."""
    values = {}
    for each in form.all("input", "textarea", "select", "button"):
        name, kind = each["name"], each["type"]
        if not name or kind == "file" or name in values:
            continue
        value = _answer(each, kind)
        if value is not None:
            values[name] = value
    return values


def _answer(element, kind):
    if element.tag == "select":
        options = [each["value"] for each in element.all("option") if each["value"]]
        place = -1 if element["name"] == OTHER_THAN_THE_FIRST else 0
        return options[place] if options else ""
    if element.tag == "button" or kind == "submit":
        return element["value"]
    if element.tag == "textarea" and element["name"] not in BY_NAME:
        return element.text or "Något att berätta."
    if element["name"] in BY_NAME:
        return element["value"] or BY_NAME[element["name"]]
    if element["tabindex"] == "-1":
        return ""  # the trap for machines
    if element["inputmode"] == "numeric":
        return element["value"] or "2020"
    return element["value"] or {"email": "ny@example.se", "url": ""}.get(kind, "Något")


def forms_of(client, starts):
    """Each form once: its address, and what is sent."""
    seen = set()
    for address, response in walk(client, starts).items():
        if response.status_code == 200:
            yield from _forms(address, response, seen)


def _forms(address, response, seen):
    tree, _ = html_tree.read(response.content.decode())
    for form in tree.all("form"):
        target = internal(form["action"] or address, address)
        if form["method"] != "post" or not target or PASSED_OVER in target:
            continue
        values = filled_in(form)
        kind = (resolve(target.partition("?")[0]).view_name, frozenset(values))
        if kind not in seen:
            seen.add(kind)
            yield target, values


def sent(client, target, values):
    """What stands after it; nothing is kept, nor who is signed in."""
    cookies = client.cookies.output()
    with transaction.atomic():
        client.post(target, values)
        after = deciding()
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return after


def public_forms(client):
    seen = set()
    entry = Version.objects.listed().first().entry
    addresses = [reverse(name) for name in PUBLIC]
    addresses += [f"/kunskapsbank/{entry.slug}/{act}/" for act in ("rapportera",)]
    for address in [*addresses, reverse("kunskapsbank:helpful", args=[entry.slug])]:
        yield from _forms(address, client.get(address), seen)


@pytest.mark.parametrize("role", ROLES)
def test_form_takes_no_more_than_its_fields(client, person, role):
    if person:
        come_in(client, person)
    before, effective, faults = deciding(), 0, []

    forms = list(forms_of(client, ROLES[role]) if person else public_forms(client))
    with travel(timezone.now() + timedelta(minutes=2), tick=True):
        for target, values in forms:
            plain = sent(client, target, values)
            more = sent(client, target, values | extra(values, person))
            effective += plain != before
            if more != plain:
                changed = [name for name in plain if plain[name] != more[name]]
                faults.append(f"{target}: {changed}")

    assert faults == []
    assert effective >= LEAST[role]
