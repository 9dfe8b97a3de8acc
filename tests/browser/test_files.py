"""Adding files to a draft in a real browser, with and without JavaScript."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser import server
from tests.browser.checking import check
from tests.kunskapsbank import samples
from tests.matrix import FULL_MATRIX, SCREENS, first_on_all

HOW = SCREENS if FULL_MATRIX else SCREENS[:1]
DRAFT = """
import json
import re
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Permission
from django.contrib.sessions.backends.db import SessionStore
from accounts.models import User
from kunskapsbank import workflow
person = User.objects.filter(email="filer@example.se").first()
if person is None:
    person = User.objects.create_user(email="filer@example.se")
    person.user_permissions.add(Permission.objects.get(codename="contribute"))
    person = User.objects.get(pk=person.pk)
session = SessionStore()
session[SESSION_KEY] = str(person.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session.create()
draft = workflow.start_draft(kind="link", by=person, title="Bänkar vid stranden")
cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
print(json.dumps({"path": f"/bidra/{draft.pk}/filer/", "cookie": cookie}))
"""


@pytest.fixture
def draft(site_url):
    """A new draft: the path of its files, and the cookie of whoever writes it."""
    return json.loads(server.manage(server.RUNNING[site_url], DRAFT))


@pytest.fixture(params=first_on_all(*HOW), ids=str)
def page(request, open_page, draft, base_url):
    width, has_script = request.param

    def sign_in(page):
        page.context.add_cookies([draft["cookie"] | {"url": base_url}])

    page = open_page(
        draft["path"],
        before=sign_in,
        fresh=True,
        java_script_enabled=has_script,
        viewport={"width": width, "height": 800},
        bypass_csp=True,  # so that axe may run
    )
    page.has_script = has_script
    return page


def choose(page, name, content):
    """Choose a file and send it."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("Bild eller PDF").set_input_files([file])
    page.get_by_role("button", name="Lägg till filen").click()


def test_a_picture_is_added_described_kept_and_removed(page):
    check(page)
    choose(page, "stranden.jpg", samples.photo())

    expect(page.get_by_role("heading", name="Beskriv bilden")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Spara").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Beskriv bilden, eller kryssa i")
    check(page)
    page.get_by_label("Beskriv bilden för den").fill("En bänk i kvällssol")
    page.get_by_label("Nej", exact=True).check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("stranden.webp är sparat")).to_be_visible()

    page.reload()
    row = page.get_by_role("listitem").filter(has_text="stranden.webp")
    expect(row).to_contain_text("En bänk i kvällssol")
    assert row.locator("img").evaluate("image => image.naturalWidth > 0")
    check(page)

    row.get_by_role("button", name="Ta bort").click()
    expect(page.get_by_text("stranden.webp är borttagen")).to_be_visible()
    expect(page.get_by_text("Här är det tomt än")).to_be_visible()


def test_what_cannot_be_taken_is_told_of_first_on_the_page(page):
    choose(page, "plan.docx", b"PK")

    expect(page.get_by_role("alert")).to_contain_text("Dokumentet behöver vara en PDF")
    expect(page).to_have_title(re.compile("^Fel: "))
    check(page)


def test_a_document_tells_how_well_it_can_be_read(page):
    choose(page, "skannad.pdf", samples.bare_document())

    expect(page.get_by_text("inte att läsa någon text i dokumentet")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("PDF, 1 sida")).to_be_visible()
