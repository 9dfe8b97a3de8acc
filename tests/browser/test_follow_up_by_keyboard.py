"""Following up by keyboard and without script, on filled pages (trust D32).

Each page is asked three things as it is come to: whether Tab visits all of it in order
and shows where, whether axe has anything to say, and whether it fits a phone. All that
is written is made up.
"""

import json
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser import server
from tests.browser.checking import check
from tests.browser.test_keyboard_filters import press_and_load, tab_to
from tests.browser.test_reading import assert_tab_visits_everything

pytestmark = [pytest.mark.pages, pytest.mark.thorough]

MARK = uuid4().hex[:6]
PERSON = """
import json
from django.conf import settings
from django.test import Client
from tests.factories import UserFactory
client = Client()
client.force_login(UserFactory({role}=True, name={name!r}, email={email!r}))
name = settings.SESSION_COOKIE_NAME
print(json.dumps({{"name": name, "value": client.cookies[name].value}}))
"""
MAKE_BOARD = """
from kunskapsbank.enums import OrganisationKind
from tests.factories import OrganisationFactory
OrganisationFactory(name="Provnämnden", kind=OrganisationKind.BOARD)
"""
# A year that no other story has; all but the first fokusområde are written.
YEAR = 2019
MAKE_REPORT = f"""
from tests.factories import UserFactory
from tests.uppfoljning.reporting import a_report, done
owner = UserFactory(document_owner=True, email="{MARK}@example.se")
report = a_report(owner, period_start={YEAR} - 1, period_end={YEAR})
for each in report.assessments.exclude(fokusomrade__number="4.1.1"):
    done(each, owner)
"""
IS_TICKED = "() => document.activeElement.checked"


@pytest.fixture
def run(site_url):
    return lambda code: server.manage(server.RUNNING[site_url], code)


@pytest.fixture
def come_in(open_page, run, base_url):
    """A phone without script, for somebody who is signed in."""

    def come_in(path, role, name="Ida Dahl"):
        email = f"{uuid4().hex[:12]}@example.se"
        cookie = json.loads(run(PERSON.format(role=role, name=name, email=email)))

        def before(page):
            page.context.add_cookies([cookie | {"url": base_url}])

        page = open_page(
            path,
            before=before,
            fresh=True,
            bypass_csp=True,
            java_script_enabled=False,
            viewport={"width": 360, "height": 800},
        )
        sound(page)
        return page

    return come_in


def sound(page):
    check(page)
    assert_tab_visits_everything(page)


def go(page, path):
    page.goto(path)
    sound(page)


def write(page, selector, text):
    tab_to(page, selector)
    page.keyboard.insert_text(text)


def tick(page, selector):
    tab_to(page, selector)
    page.keyboard.press("Space")
    assert page.evaluate(IS_TICKED)


def choose(page, selector, name):
    """As people do in a list: by its first letters."""
    tab_to(page, selector)
    page.keyboard.type(name)
    expect(page.locator(f"{selector} option:checked")).to_contain_text(name)


def press(page, name, *, says):
    tab_to(page, f"button:has-text('{name}')")
    press_and_load(page, "Enter")
    expect(page.get_by_role("status").first).to_contain_text(says)


def follow(page, name):
    tab_to(page, f"main a:has-text('{name}')")
    press_and_load(page, "Enter")
    sound(page)


def test_initiative_is_written_and_decided_on(come_in, run):
    run(MAKE_BOARD)
    title = f"Skugga i parken {MARK}"
    page = come_in("/uppfoljning/insatser/ny/", "employee")

    write(page, "[name=title]", title)
    write(page, "[name=summary]", "Vi planterar träd.")
    choose(page, "[name=organisation]", "Provnämnden")
    tab_to(page, "summary:has-text('Varmt välkomnande')")
    page.keyboard.press("Enter")
    tick(page, "[name=prioriteringar]")
    tick(page, "[name=progress]")
    write(page, "[name=period_start]", "2019")
    write(page, "[name=effect]", "Fler stannar kvar.")
    press(page, "Skicka in", says="inskickad")
    sound(page)

    owner = come_in("/uppfoljning/insatser/granska/", "document_owner")
    follow(owner, title)
    tick(owner, "[name=decision][value=publish]")
    press(owner, "Skicka beslut", says="publicera")

    page.goto("/uppfoljning/insatser/mina/")
    follow(page, title)


def test_report_is_given_out_written_and_adopted(come_in, run):
    run(MAKE_REPORT)
    work, area = (f"/uppfoljning/arbete/{YEAR}/{end}" for end in ("", "4-1-1/"))
    name = f"Kerstin {MARK}"
    page = come_in("/uppfoljning/arbete/", "employee", name)
    owner = come_in(work, "document_owner")

    choose(owner, "[name='till-4.1.1']", name)
    press(owner, "Spara fördelningen", says="Ett fokusområde")

    go(page, area)
    write(page, "[name=text]", "Träden har slagit rot.")
    tick(page, "[name=indicators]")
    press(page, "Spara och markera som klar att läsa", says="klar att läsa")

    go(owner, area)
    press(owner, "Markera som klar", says="klar")
    go(owner, f"{work}faststall/")
    write(owner, "[name=diary_number]", "00001/2020")
    tab_to(owner, "[name=adopted_on]")
    owner.keyboard.type("2020-01-31")
    press(owner, "Fastställ rapporten", says="fastställd")
    sound(owner)
    go(owner, f"{work}ratta/")

    go(page, f"/uppfoljning/rapporter/{YEAR}/")
    expect(page.locator("main")).to_contain_text("Träden har slagit rot.")


def test_values_are_uploaded(come_in):
    page = come_in("/uppfoljning/nyckeltal/las-in/", "document_owner")
    content = b"nyckeltal;ar;varde\nvattendrag;2001;12"

    # Listened for in good time: the browser is told of it without an answer.
    with page.expect_file_chooser() as chosen:
        tab_to(page, "[name=file]")
        page.keyboard.press("Enter")
    file = {"name": "varden.csv", "mimeType": "text/csv", "buffer": content}
    chosen.value.set_files(file)
    tab_to(page, "button:has-text('Pröva filen')")
    press_and_load(page, "Enter")
    sound(page)
    press(page, "Läs in värdena", says="1 nya och 0 ändrade")


def test_connection_is_proposed_and_decided_on(come_in):
    sentence = f"Påhittat skäl {MARK}."
    page = come_in("/samband/foresla/", "contributor")

    choose(page, "[name=start]", "4.1.2 b")
    tick(page, "[name=kind]")
    choose(page, "[name=end]", "4.5.1 a")
    write(page, "[name=sentence]", sentence)
    press(page, "Skicka", says="Granskarna läser")
    sound(page)

    moderator = come_in("/granska/samband/", "moderator")
    follow(moderator, "4.1.2 b stöder 4.5.1 a")
    expect(moderator.locator("main")).to_contain_text(sentence)
    tick(moderator, "[name=decision][value=approve]")
    press(moderator, "Skicka beslutet", says="Sambandet är godkänt")

    go(page, "/samband/mina/")


def test_edition_is_drafted_compared_and_confirmed(come_in):
    page = come_in("/uppfoljning/utgavor/ny/", "document_owner")

    write(page, "[name=title]", "Den påhittade utgåvan")
    write(page, "[name=slug]", "2091")
    write(page, "[name=period_start]", "2091")
    write(page, "[name=period_end]", "2098")
    press(page, "Gör ett utkast", says="Utkastet är gjort")
    sound(page)

    press(page, "Bekräfta det förkryssade", says="rader är bekräftad")
    sound(page)
    go(page, "/programmet/2091/jamfor/")
    page.goto("/uppfoljning/utgavor/2091/satt-i-kraft/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sätt i kraft")
