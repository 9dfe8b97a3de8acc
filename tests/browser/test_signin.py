"""Signing in in a real browser: by code, password and app, and by key (trust D30)."""

import base64
import hashlib
import hmac
import json
import re
import struct
import time

import pytest
from playwright.sync_api import expect

from tests.browser import server
from tests.browser.checking import check
from tests.matrix import FULL_MATRIX, SCREENS, first_on_all

HOW = SCREENS if FULL_MATRIX else SCREENS[1:]
PASSWORD = "vatten och luft i staden"
LOGIN = "/konto/logga-in/"
SECURITY = "/konto/sakerhet/"
SECRET = "JBSWY3DPEHPK3PXP"
# A person of their own for each test; throttles begin anew.
PERSON = f"""
import json, sys
from uuid import uuid4
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from accounts.models import User
cache.clear()
email = f"{{uuid4().hex[:12]}}@example.se"
person = User.objects.create_user(email, "{PASSWORD}", name="Bo Ek")
EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
if HAS_APP:
    TOTP.activate(person, "{SECRET}")
print(email)
"""
# The newest mail that waits, as the worker would send it.
CODE = """
import re
from django_tasks_db.models import DBTaskResult
from accounts import encryption, notifications
name = notifications.send_mail.module_path
task = DBTaskResult.objects.filter(task_path=name).order_by("enqueued_at").last()
text = encryption.decrypt(task.args_kwargs["args"][0])
print(re.search(r"\\b[A-Z]{4}-[A-Z]{4}\\b", text)[0])
"""
VIRTUAL_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def run(site_url):
    return lambda code: server.manage(server.RUNNING[site_url], code).strip()


@pytest.fixture
def person(run):
    """Make somebody and give their address."""
    return lambda has_app=False: run(f"HAS_APP = {has_app}\n{PERSON}")


@pytest.fixture(params=first_on_all(*HOW), ids=str)
def login_page(request, open_page):
    width, has_script = request.param
    page = open_page(
        LOGIN,
        fresh=True,
        java_script_enabled=has_script,
        viewport={"width": width, "height": 800},
        bypass_csp=True,  # so that axe may run
    )
    page.has_script = has_script
    return page


@pytest.fixture
def strict_page(open_page):
    """With the content security policy in force, and a list of what it stopped."""
    page = open_page(LOGIN, fresh=True)
    page.stopped = []
    page.on("console", lambda said: said.type == "error" and page.stopped.append(said))
    return page


def password_form(page):
    return page.locator("section[aria-labelledby=med-losenord]")


def code_form(page):
    return page.locator("section[aria-labelledby=med-kod]")


def enter_password(page, email):
    password_form(page).get_by_label("E-postadress").fill(email)
    password_form(page).get_by_label("Lösenord").fill(PASSWORD)
    password_form(page).get_by_role("button", name="Logga in").click()


def app_code(secret):
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def test_person_signs_in_by_code(login_page, person, run):
    page, email = login_page, person()
    check(page)

    code_form(page).get_by_label("E-postadress").fill(email)
    code_form(page).get_by_role("button", name="Skicka en kod").click()
    check(page)
    page.get_by_label("Kod", exact=True).fill("AAAA-AAAA")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("link", name="Koden stämmer inte.")).to_be_visible()
    check(page)
    page.get_by_label("Kod", exact=True).fill(run(CODE))
    page.get_by_role("button", name="Logga in").click()

    expect(page.get_by_text("Inloggad som Bo Ek")).to_be_visible()
    check(page)


def test_person_signs_in_by_password_and_app_and_out_again(login_page, person):
    page = login_page
    email = person(has_app=True)

    enter_password(page, email)
    check(page)
    page.get_by_label("Kod", exact=True).fill(app_code(SECRET))
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_text("Inloggad som Bo Ek")).to_be_visible()
    page.get_by_role("button", name="Logga ut").click()

    expect(page.get_by_role("heading", name="Du är utloggad")).to_be_visible()
    assert page.context.cookies() == [] or all(
        cookie["name"] != "session" for cookie in page.context.cookies()
    )


def test_errors_on_the_login_page_are_told_and_focused(login_page):
    page = login_page

    password_form(page).get_by_role("button", name="Logga in").click()

    expect(page).to_have_title(re.compile("^Fel: Logga in"))
    check(page)
    if page.has_script:
        assert page.evaluate("document.activeElement.className") == "error-summary"


def test_person_adds_a_key_and_signs_in_with_it_alone(strict_page, person):
    page = strict_page
    link = page.context.new_cdp_session(page)
    link.send("WebAuthn.enable")
    link.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})
    enter_password(page, person())
    page.goto(f"{SECURITY}nycklar/ny/")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Bekräfta").click()
    page.get_by_role("button", name="Skapa nyckeln").click()
    expect(page.get_by_text("Nyckeln är sparad.")).to_be_visible()
    page.get_by_role("button", name="Logga ut").click()

    page.goto(LOGIN)
    page.get_by_role("button", name="Använd nyckeln").click()

    expect(page.get_by_text("Inloggad som Bo Ek")).to_be_visible()
    assert [said.text for said in page.stopped] == []


def test_key_that_is_not_there_is_told_of_calmly(strict_page):
    page = strict_page
    link = page.context.new_cdp_session(page)
    link.send("WebAuthn.enable")
    link.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": VIRTUAL_KEY | {"isUserVerified": False}},
    )

    page.get_by_role("button", name="Använd nyckeln").click()

    expect(page.get_by_role("alert")).to_contain_text("Nyckeln användes inte.")


def test_keys_are_not_offered_without_script(open_page):
    page = open_page(LOGIN, fresh=True, java_script_enabled=False)

    expect(page.get_by_role("button", name="Använd nyckeln")).to_have_count(0)
    expect(page.get_by_role("button", name="Skicka en kod")).to_be_visible()


def test_page_warns_five_minutes_before_and_lets_one_stay(strict_page, person):
    page = strict_page
    enter_password(page, person())
    page.clock.install()
    page.goto("/om/kakor/")
    notice = page.get_by_role("alert")
    expect(notice).to_be_hidden()

    page.clock.fast_forward(115 * 60 * 1000 + 5000)
    expect(notice).to_contain_text("Du loggas ut om 5 minuter")
    with page.expect_response("**/konto/fortsatt/") as answer:
        page.get_by_role("button", name="Stanna inloggad").click()

    assert json.loads(answer.value.text()) == {"seconds": 7200, "prolongs": True}
    expect(notice).to_be_hidden()
