"""Pages that a story does not come to, also when there is nothing on them yet."""

import json
from itertools import product
from uuid import uuid4

import pytest

from tests.browser import pages, server
from tests.browser.checking import check
from tests.matrix import FULL_MATRIX

pytestmark = pytest.mark.pages

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
LOOKS = [(360, "light"), (1280, "dark")] if FULL_MATRIX else [(360, "light")]


@pytest.fixture(scope="session")
def cookie_of(site_url):
    """Sign a new person in, one of each role, since none of them does anything."""
    cookies = {}

    def cookie_of(role):
        if role not in cookies:
            code = NEW_PERSON.format(role=role, email=f"{uuid4().hex[:12]}@example.se")
            cookies[role] = json.loads(server.manage(server.RUNNING[site_url], code))
        return cookies[role] | {"url": site_url}

    return cookie_of


@pytest.mark.parametrize("path", FOR_ANYBODY)
def test_page_for_anybody_has_no_violation(open_page, path):
    check_looks(open_page(path, fresh=True, bypass_csp=True))


@pytest.mark.parametrize(
    ("role", "path"),
    [
        *product(["contributor"], FOR_CONTRIBUTORS),
        *product(["moderator"], FOR_MODERATORS),
        *product(["employee"], FOR_EMPLOYEES),
        *product(["document_owner"], FOR_DOCUMENT_OWNERS),
    ],
)
def test_page_with_nothing_on_it_has_no_violation(open_page, cookie_of, role, path):
    def sign_in(page):
        page.context.add_cookies([cookie_of(role)])

    check_looks(open_page(path, before=sign_in, fresh=True, bypass_csp=True))


def test_pages_of_a_drafted_edition_have_no_violation(open_page, cookie_of, site_url):
    def sign_in(page):
        page.context.add_cookies([cookie_of("document_owner")])

    code = DRAFT_EDITION.format(email=f"{uuid4().hex[:12]}@example.se")
    server.manage(server.RUNNING[site_url], code)

    for path in OF_A_DRAFTED_EDITION:
        check_looks(open_page(path, before=sign_in, fresh=True, bypass_csp=True))


def check_looks(page):
    page.emulate_media(reduced_motion="reduce")  # a colour on its way is none of ours
    for width, theme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        check(page)
