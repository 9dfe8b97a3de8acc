"""Writing a contribution in a real browser, with and without JavaScript."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser import server
from tests.browser.checking import check
from tests.matrix import SCREENS, first_on_all

SESSION = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Permission
from accounts.models import User
from kunskapsbank import workflow
person = User.objects.filter(email="skriver@example.se").first()
if person is None:
    person = User.objects.create_user(email="skriver@example.se", name="Ida Dahl")
    person.user_permissions.add(Permission.objects.get(codename="contribute"))
    person = User.objects.get(pk=person.pk)
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(person.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session.create()
draft = workflow.start_draft(kind="experience", by=person, title="Kaféet stängde")
cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
print(json.dumps({"pk": draft.pk, "cookie": cookie}))
"""
SAVED = re.compile(r"Sparat \d\d\.\d\d")


@pytest.fixture
def written(site_url):
    """A new draft: its number, and the cookie of whoever writes it."""
    return json.loads(server.manage(server.RUNNING[site_url], SESSION))


@pytest.fixture
def open_as_writer(open_page, written, base_url):
    """Open a page signed in; `{pk}` in the path is that of the draft."""

    def open_as_writer(path, **options):
        def sign_in(page):
            page.context.add_cookies([written["cookie"] | {"url": base_url}])

        where = path.format(pk=written["pk"])
        return open_page(where, before=sign_in, fresh=True, bypass_csp=True, **options)

    return open_as_writer


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("screen", first_on_all(*SCREENS), ids=str)
def test_a_text_is_written_from_start_to_receipt(open_as_writer, screen):
    width, has_script = screen
    page = open_as_writer(
        "/bidra/",
        viewport={"width": width, "height": 800},
        java_script_enabled=has_script,
    )

    check(page)
    press(page, "Börja skriva")
    expect(page.get_by_text("Välj vad du vill dela").first).to_be_visible()
    check(page)
    page.get_by_label("Länk", exact=True).check()
    press(page, "Börja skriva")

    expect(page.get_by_role("heading", level=1)).to_have_text("Berätta om länken")
    check(page)
    page.get_by_label("Rubrik").fill("Grannarna valde platserna")
    page.get_by_label("Kort sammanfattning").fill("Så valde vi.")
    page.get_by_label("Länk", exact=True).fill("www.example.se")
    press(page, "Spara och fortsätt")
    expect(page.locator(".error-summary")).to_contain_text("Länken ska börja med")
    check(page)
    page.get_by_label("Länk", exact=True).fill("https://www.example.se/bankar")
    press(page, "Spara och fortsätt")
    tie_and_sign(page)

    expect(page.get_by_text("bänkar, promenader")).to_be_visible()
    hand_in(page)


def tie_and_sign(page):
    expect(page.get_by_role("heading", level=1)).to_have_text("Var hör det hemma?")
    page.get_by_text("Livslång aktivitet").first.click()
    page.locator("details[open] input[type=checkbox]").first.check()
    page.get_by_label("Ämnen").fill("bänkar, promenader")
    check(page)
    press(page, "Spara och fortsätt")

    expect(page.get_by_role("heading", level=1)).to_have_text("Om dig")
    page.get_by_label("Mitt namn").check()
    check(page)
    press(page, "Spara och fortsätt")


def hand_in(page):
    check(page)
    press(page, "Skicka in bidraget")
    expect(page.locator(".error-summary")).to_contain_text("Kryssa i")
    check(page)
    page.get_by_label("Jag har rätt").check()
    press(page, "Skicka in bidraget")

    expect(page.get_by_role("heading", level=1)).to_contain_text("har kommit fram")
    expect(page.locator(".receipt__number")).to_contain_text("B-")
    check(page)


def test_what_is_missing_leads_to_its_field_and_back(open_as_writer):
    page = open_as_writer("/bidra/{pk}/kontrollera/")
    press(page, "Skicka in bidraget")

    page.get_by_role("link", name="Skriv en kort sammanfattning").click()
    page.get_by_label("Kort sammanfattning").fill("Ett kafé som stängde.")
    press(page, "Spara och fortsätt")

    expect(page.get_by_role("heading", level=1)).to_have_text("Kontrollera ditt bidrag")
    expect(page.get_by_text("Ett kafé som stängde.")).to_be_visible()


def test_the_keyboard_is_enough(open_as_writer):
    page = open_as_writer("/bidra/{pk}/beratta/")
    page.get_by_label("Rubrik").focus()

    page.keyboard.press("Control+A")
    page.keyboard.type("Kaféet som stängde")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Spara och fortsätt":
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Var hör det hemma?")


def test_the_preview_shows_what_was_just_written(open_as_writer):
    page = open_as_writer("/bidra/{pk}/beratta/", java_script_enabled=False)
    page.get_by_label("Hur gick det till?").fill("Vi **öppnade** dörren.")

    press(page, "Förhandsgranska")

    expect(page.locator("strong", has_text="öppnade")).to_be_visible()
    check(page)


def test_two_tabs_end_in_a_choice_between_both_texts(open_as_writer):
    first = open_as_writer("/bidra/{pk}/beratta/", java_script_enabled=False)
    second = first.context.new_page()
    second.goto(first.url)
    first.get_by_label("Rubrik").fill("Den ena")
    press(first, "Spara och fortsätt")
    second.get_by_label("Rubrik").fill("Den andra")

    press(second, "Spara och fortsätt")

    expect(second.get_by_role("heading", level=1)).to_have_text(
        "Två texter att välja mellan"
    )
    check(second)
    press(second, "Spara min text")
    second.goto(first.url.replace("koppla", "beratta"))
    expect(second.get_by_label("Rubrik")).to_have_value("Den andra")


def test_a_form_that_was_lost_on_the_way_is_sent_by_reloading(open_as_writer):
    """Trust R10: nobody keeps the page, and yet the browser keeps what is typed."""
    page = open_as_writer("/bidra/{pk}/beratta/", java_script_enabled=False)
    written_at = page.url
    page.get_by_label("Rubrik").fill("Skrivet i tunneln")
    page.context.set_offline(True)
    page.get_by_role("button", name="Spara och fortsätt").click(no_wait_after=True)
    expect(page).to_have_url(re.compile("^chrome-error:"))

    page.context.set_offline(False)
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("Var hör det hemma?")
    page.goto(written_at)
    expect(page.get_by_label("Rubrik")).to_have_value("Skrivet i tunneln")


def test_a_page_for_faults_leads_back_to_the_text(open_as_writer):
    page = open_as_writer("/bidra/{pk}/beratta/", java_script_enabled=False)
    page.get_by_label("Rubrik").fill("Skrivet trots felet")
    page.route(
        "**/beratta/", lambda route: route.fulfill(status=500, body="fel"), times=1
    )
    press(page, "Spara och fortsätt")
    expect(page.locator("body")).to_have_text("fel")

    page.go_back()

    expect(page.get_by_label("Rubrik")).to_have_value("Skrivet trots felet")
