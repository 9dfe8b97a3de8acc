"""A contribution from the wish to write it to its withdrawal, by everyone it concerns.

Each person has a browser of their own, and comes where a link or a mail leads them.
"""

import json
import re
import time
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser import server
from tests.browser.checking import check
from tests.matrix import FULL_MATRIX

MODERATOR = """
import json
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from tests.factories import UserFactory
cache.clear()  # throttles begin anew
client = Client()
client.force_login(UserFactory(moderator=True, name="Vera Ek", email=EMAIL))
name = settings.SESSION_COOKIE_NAME
print(json.dumps({"name": name, "value": client.cookies[name].value}))
"""
# Each run has contributions of its own.
TITLE = f"Grannarna valde platserna {uuid4().hex[:6]}"
NEW_TITLE = f"{TITLE} själva"
# Whoever has no script has least to go by.
SCREENS = [(360, False), *([(1280, True)] if FULL_MATRIX else [])]

pytestmark = pytest.mark.thorough


@pytest.fixture(params=SCREENS, ids=lambda screen: f"{screen[0]}-{screen[1]}")
def open_browser(request, open_page):
    """A browser for one person, at a size and with or without JavaScript."""
    width, has_script = request.param

    def open_browser(path, **options):
        size = {"width": width, "height": 800}
        return open_page(
            path,
            fresh=True,
            bypass_csp=True,
            viewport=size,
            java_script_enabled=has_script,
            **options,
        )

    return open_browser


@pytest.fixture
def email():
    return f"{uuid4().hex[:12]}@example.se"


@pytest.fixture
def moderator(open_browser, site_url, base_url):
    """At the queue, with the second step behind them."""
    code = MODERATOR.replace("EMAIL", repr(f"{uuid4().hex[:12]}@example.se"))
    cookie = json.loads(server.manage(server.RUNNING[site_url], code))

    def sign_in(page):
        page.context.add_cookies([cookie | {"url": base_url}])

    return open_browser("/granska/", before=sign_in)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def headed(page, text):
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)
    check(page)


def link_in_mail(page, email, subject):
    """The first address of ours in the newest mail with the subject, once it is there.

    The worker sends it within seconds; the local page shows it.
    """
    row = page.locator("li", has_text=email).filter(has_text=subject).first
    for _ in range(60):
        page.goto("/lokalt/")
        if row.count():
            break
        time.sleep(0.5)
    row.get_by_role("link").click()
    text = page.locator("main").inner_text()
    return re.search(r"https?://\S+", text)[0].rstrip(".")


def path_of(address):
    return re.sub(r"^https?://[^/]+", "", address)


def test_from_the_wish_to_write_to_the_withdrawal(open_browser, moderator, email):
    applicant = open_browser("/bidra/ansok/")
    mailbox = open_browser("/lokalt/")
    apply(applicant, email)
    invite(moderator, email)

    author = open_browser(path_of(link_in_mail(mailbox, email, "inbjud")))
    accept(author)
    write(author)
    give_back(moderator, TITLE)

    author.goto(path_of(link_in_mail(mailbox, email, "lägga till")))
    mend(author)
    publish(moderator, TITLE)

    reader = open_browser("/kunskapsbank/")
    reader.get_by_role("link", name=TITLE, exact=True).first.click()
    headed(reader, TITLE)
    entry = path_of(reader.url)
    expect(reader.get_by_text("Vem äger bilden?")).to_have_count(0)

    author.goto(entry)
    propose(author)
    reader.goto(entry)
    headed(reader, TITLE)
    expect(reader.get_by_role("heading", level=1)).not_to_contain_text("själva")
    publish(moderator, NEW_TITLE)
    reader.goto(f"{entry}historik/")
    expect(reader.locator("main")).to_contain_text("Andra versionen")
    check(reader)

    withdraw(author)
    gone = reader.goto(entry)
    assert gone.status == 410
    check(reader)
    reader.goto("/kunskapsbank/")
    expect(reader.get_by_role("link", name=NEW_TITLE)).to_have_count(0)


def apply(page, email):
    headed(page, "Ansök")
    press(page, "Skicka ansökan")
    expect(page.locator(".error-summary")).to_contain_text("Skriv ditt namn")
    check(page)
    page.get_by_label("Ditt namn").fill("Ida Dahl")
    page.get_by_label("Organisation").fill(email)  # tells the application apart
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Varför vill du bidra?").fill("Vi har valt platser för bänkar.")
    time.sleep(3.5)  # the form takes nothing that is sent at once
    press(page, "Skicka ansökan")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack för din ansökan")
    check(page)


def invite(page, email):
    page.goto("/granska/ansokningar/")
    check(page)
    page.get_by_role("link", name=email).click()
    page.get_by_label("Bjud in").check()
    page.get_by_label("Meddelande").fill("Välkommen! Berätta gärna om bänkarna.")
    press(page, "Skicka svaret")
    check(page)


def accept(page):
    headed(page, "Du är inbjuden")
    page.get_by_label("Ditt namn").fill("Ida Dahl")
    press(page, "Tacka ja")


def write(page):
    page.goto("/bidra/")
    page.get_by_label("Länk", exact=True).check()
    press(page, "Börja skriva")
    headed(page, "Berätta om länken")
    page.get_by_label("Rubrik").fill(TITLE)
    page.get_by_label("Kort sammanfattning").fill("Så valde vi platser för bänkar.")
    page.get_by_label("Länk", exact=True).fill("https://www.example.se/bankar")
    press(page, "Spara och fortsätt")
    headed(page, "Var hör det hemma?")
    page.get_by_text("Livslång aktivitet").first.click()
    page.locator("details[open] input[type=checkbox]").first.check()
    press(page, "Spara och fortsätt")
    headed(page, "Om dig")
    page.get_by_label("Mitt namn").check()
    press(page, "Spara och fortsätt")
    hand_in(page)


def hand_in(page):
    page.get_by_label("Jag har rätt").check()
    press(page, "Skicka in bidraget")
    headed(page, "har kommit fram")


def open_in_queue(page, title):
    page.goto("/granska/")
    check(page)
    page.get_by_role("link", name=title, exact=True).last.click()
    headed(page, title)


def give_back(page, title):
    open_in_queue(page, title)
    page.get_by_label("Be om komplettering").check()
    page.get_by_label("Meddelande till den som har skrivit").fill("Vem äger bilden?")
    press(page, "Skicka beslut")
    expect(page.get_by_role("status")).to_contain_text("komplettering")


def mend(page):
    expect(page.get_by_text("Vem äger bilden?").first).to_be_visible()
    check(page)
    page.get_by_role("link", name="Fortsätt skriva").click()
    page.get_by_label("Kort sammanfattning").fill("Vi äger bilden. Så valde vi.")
    for _ in range(3):
        press(page, "Spara och fortsätt")
    hand_in(page)


def publish(page, title):
    open_in_queue(page, title)
    page.get_by_label(re.compile("^Publicera (bidraget|ändringen)")).check()
    press(page, "Skicka beslut")
    expect(page.get_by_role("status")).to_contain_text("publicera")
    check(page)


def propose(page):
    page.get_by_role("link", name="Föreslå en ändring").click()
    check(page)
    page.locator("main form button").first.click()
    page.get_by_label("Rubrik").fill(NEW_TITLE)
    for _ in range(3):
        press(page, "Spara och fortsätt")
    hand_in(page)


def withdraw(page):
    page.goto("/mina-bidrag/")
    check(page)
    page.get_by_role("link", name=NEW_TITLE).first.click()
    check(page)
    page.get_by_role("link", name="Återta bidraget").click()
    check(page)
    page.locator("main form button").first.click()
    expect(page.get_by_role("status").first).to_be_visible()
