"""Pages that a story does not come to, also when there is nothing on them yet."""

import json
from uuid import uuid4

import pytest

from tests.browser import pages, server
from tests.browser.checking import faults_of
from tests.matrix import FULL_MATRIX

pytestmark = [pytest.mark.pages, pytest.mark.thorough]

# Somebody new, to whom nothing has happened.
NEW_PERSON = """
import json
from django.conf import settings
from django.test import Client
from tests.factories import UserFactory
client = Client()
client.force_login(UserFactory({role}=True, name="Ida Dahl", email={email!r}))
name = settings.SESSION_COOKIE_NAME
print(json.dumps({{"name": name, "value": client.cookies[name].value}}))
"""
DRAFT_EDITION = """
from tests.factories import UserFactory
from tests.uppfoljning import next_edition
next_edition.drafted(UserFactory(document_owner=True, email={email!r}))
"""
FOR_ANYBODY = [
    "/tipsa/",
    "/bidra/ansok/",
    "/tillganglighet/rapportera/",
    f"{pages.ENTRY}rapportera/",
    f"{pages.ENTRY}hjalpte-det/",
    f"{pages.ENTRY}hjalpte-det/tack/",
    pages.UNSIGNED,
    f"{pages.ENTRY}foresla-andring/",
    f"{pages.ENTRY}historik/",
    "/kunskapsbank/sa-granskar-vi/",
    "/bidra/",
    "/konto/logga-in/",
    "/konto/losenord/glomt/",
    "/lokalt/",
    "/samband/foresla/",
    "/programmet/andringar/",
    "/prioritering/2016-4-4-1-a/?datum=2018-05-01",
    "/prioritering/2016-4-4-1-a/?datum=2018-13-01",
]
FOR_CONTRIBUTORS = [
    "/mina-bidrag/",
    "/bidra/",
    "/konto/",
    "/konto/uppgifter/",
    "/konto/uppgifter/ta-bort-namnet/",
    "/konto/uppgifter/sluta-visa/",
    "/konto/epost/",
    "/konto/sakerhet/",
    "/konto/inloggningar/",
    "/samband/foresla/?fran=2016-4-4-1-a",
    "/samband/mina/",
]
FOR_MODERATORS = [
    "/granska/ansokningar/",
    "/granska/inbjudningar/",
    "/granska/tips/",
    "/granska/anmalningar/",
    "/granska/lankar/",
    "/granska/mejl/",
    "/granska/aktualitet/",
    "/granska/svar/",
    "/granska/amnen/",
    "/granska/samlingar/",
    "/granska/vita-flackar/",
    "/granska/sokningar/",
    "/granska/synonymer/",
    "/konto/uppgifter/",
    "/granska/samband/",
]
FOR_EMPLOYEES = [
    "/uppfoljning/arbete/",
    "/uppfoljning/insatser/mina/",
    "/uppfoljning/insatser/ny/",
    "/uppfoljning/insatser/las-in/",
]
FOR_DOCUMENT_OWNERS = [
    "/uppfoljning/arbete/",
    "/uppfoljning/insatser/granska/",
    "/uppfoljning/nyckeltal/las-in/",
    "/uppfoljning/utgavor/",
    "/uppfoljning/utgavor/ny/",
]
OF_A_DRAFTED_EDITION = [
    "/uppfoljning/utgavor/",
    "/uppfoljning/utgavor/2027/",
    "/uppfoljning/utgavor/2027/satt-i-kraft/",
    "/programmet/2027/jamfor/",
]
READERS = {
    "anybody": FOR_ANYBODY,
    "contributor": FOR_CONTRIBUTORS,
    "moderator": FOR_MODERATORS,
    "employee": FOR_EMPLOYEES,
    "document_owner": FOR_DOCUMENT_OWNERS,
}
LOOKS = [(360, "light"), (1280, "dark")] if FULL_MATRIX else [(360, "light")]


@pytest.fixture
def open_for(open_page, site_url):
    """The start page for somebody new who has the role, or for anybody."""

    def open_for(role):
        def sign_in(page):
            if role != "anybody":
                email = f"{uuid4().hex[:12]}@example.se"
                code = NEW_PERSON.format(role=role, email=email)
                cookie = json.loads(server.manage(server.RUNNING[site_url], code))
                page.context.add_cookies([cookie | {"url": site_url}])

        # A colour on its way is none of ours.
        still = {"reduced_motion": "reduce", "bypass_csp": True}
        return open_page(pages.START, before=sign_in, fresh=True, **still)

    return open_for


@pytest.mark.parametrize("role", READERS)
def test_pages_with_nothing_on_them_have_no_violation(open_for, role):
    page = open_for(role)

    expect_sound(page, READERS[role])


def test_pages_of_a_drafted_edition_have_no_violation(open_for, site_url):
    code = DRAFT_EDITION.format(email=f"{uuid4().hex[:12]}@example.se")
    server.manage(server.RUNNING[site_url], code)
    page = open_for("document_owner")

    expect_sound(page, OF_A_DRAFTED_EDITION)


def expect_sound(page, paths):
    """Each has the status that it should, and nothing wrong at a width and theme."""
    faults = []
    for path in paths:
        status = page.goto(path).status
        if status != pages.STATUS.get(path, 200):
            faults.append(f"{path}: status {status}")
        faults += [f"{path}, {each}" for each in looks(page)]
    assert not faults, "\n".join(faults)


def looks(page):
    for width, theme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        yield from (f"{width} px, {theme}: {each}" for each in faults_of(page))
