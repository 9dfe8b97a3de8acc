"""A year in the life of the programme: values from Kolada, an initiative, assessments,
a report that is adopted; and a contribution that is changed afterwards, while the
report stays the same to the byte. All of it is made up; Kolada is a server of ours.
"""

import json
import re
import subprocess
import sys
import time
from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from programme import pdf
from tests.browser import server
from tests.browser.checking import check
from tests.uppfoljning.kolada_server import row, running, value

# Until the worker has made the file; WeasyPrint is slow on a busy machine.
PATIENCE = 120
YEAR = date.today().year
TITLE = f"Bänkar i parken {uuid4().hex[:6]}"
INITIATIVE = f"Fler bänkar {uuid4().hex[:6]}"
WORK = f"/uppfoljning/arbete/{YEAR}/"
REPORT = f"/uppfoljning/rapporter/{YEAR}/"
SIGN_IN = """
import json
from django.conf import settings
from django.test import Client
from tests.factories import UserFactory
client = Client()
client.force_login(UserFactory(**PERSON))
name = settings.SESSION_COOKIE_NAME
print(json.dumps({"name": name, "value": client.cookies[name].value}))
"""
# What the writer has in the knowledge bank, and who answers for the initiative.
PREPARE = f"""
from accounts.models import User
from kunskapsbank.enums import OrganisationKind
from programme.models import Prioritering
from tests.factories import OrganisationFactory
from tests.kunskapsbank import stories
ties = [Prioritering.objects.get(slug="2016-4-1-1-a")]
by = User.objects.get(email=WRITER)
version = stories.published(by=by, title={TITLE!r}, prioriteringar=ties)
print(version.get_absolute_url())
OrganisationFactory(name="Påhittade nämnden", kind=OrganisationKind.BOARD)
"""
FETCHED = """
from uppfoljning.models import Indicator
print(*Indicator.objects.fetched().values_list("kolada_id", flat=True))
"""
CROWDED = "N07907"  # trångboddhet


@pytest.fixture
def run(site_url):
    return lambda code: server.manage(server.RUNNING[site_url], code)


@pytest.fixture
def import_from_kolada(run, site_url):
    """The command as it is run every night, against a server on loopback."""

    def import_from_kolada():
        with running() as kolada:
            kolada.known = {*run(FETCHED).split()}
            kolada.rows = [
                row(CROWDED, year, value("T", 90 + step))
                for step, year in enumerate(range(YEAR - 5, YEAR))
            ]
            ended = subprocess.run(
                [sys.executable, "manage.py", "import_kolada"],
                env=server.RUNNING[site_url] | {"KOLADA_ADDRESS": kolada.address},
                capture_output=True,
                text=True,
                check=False,
            )
            assert ended.returncode == 0, ended.stdout + ended.stderr
            assert f"{CROWDED} nya eller ändrade värden · 5 new" in ended.stdout
            assert len(kolada.asked) >= len(kolada.known)

    return import_from_kolada


@pytest.fixture
def come_in(open_page, run, base_url):
    """A browser of their own for somebody who is signed in."""

    def come_in(path, **person):
        cookie = json.loads(run(SIGN_IN.replace("PERSON", f"{person!r}")))

        def before(page):
            page.context.add_cookies([cookie | {"url": base_url}])

        return open_page(path, fresh=True, bypass_csp=True, before=before)

    return come_in


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def an_address():
    return f"{uuid4().hex[:12]}@example.se"


@pytest.mark.thorough
def test_report_is_the_same_whatever_changes_after(
    come_in, open_page, run, import_from_kolada
):
    writes = an_address()
    import_from_kolada()
    writer = come_in("/mina-bidrag/", contributor=True, name="Ida Dahl", email=writes)
    contribution = run(PREPARE.replace("WRITER", repr(writes))).strip()
    owner = come_in(
        "/uppfoljning/nyckeltal/trangboddhet/",
        document_owner=True,
        email=an_address(),
    )
    employee = come_in(
        "/uppfoljning/insatser/ny/", employee=True, name="Ola Ek", email=an_address()
    )

    see_what_was_fetched(owner)
    upload_this_years_value(owner)
    tell_of_initiative(employee)
    approve_initiative(owner)
    give_out(owner)
    write_assessment(employee)
    mark_done(owner)
    write_the_rest(owner)
    adopt(owner)

    reader = open_page(REPORT, fresh=True, bypass_csp=True)
    wait_for_file(reader)
    before = all_that_is_said(reader)
    check(reader)
    for told in (TITLE, INITIATIVE, "Vi har ställt ut bänkar.", "97", "00123"):
        assert told in before["page"]

    writer.goto(contribution)
    propose_change(writer)
    publish_change(come_in("/granska/", moderator=True, email=an_address()))
    reader.goto(contribution)
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Ändrad")

    assert all_that_is_said(reader) == before


def see_what_was_fetched(page):
    table = page.locator("main table").first
    expect(table).to_contain_text(str(YEAR - 1))
    expect(table).to_contain_text("94")


def upload_this_years_value(page):
    """What the source has not published yet."""
    page.goto("/uppfoljning/nyckeltal/las-in/")
    content = f"nyckeltal;ar;varde\ntrangboddhet;{YEAR};97".encode()
    page.locator("[name=file]").set_input_files(
        {"name": "varden.csv", "mimeType": "text/csv", "buffer": content}
    )
    press(page, "Pröva filen")
    press(page, "Läs in värdena")
    expect(page.get_by_role("status").first).to_contain_text("1 nya och 0 ändrade")


def tell_of_initiative(page):
    page.locator("[name=title]").fill(INITIATIVE)
    page.locator("[name=summary]").fill("Vi ställer ut bänkar.")
    page.locator("[name=organisation]").select_option(label="Påhittade nämnden")
    page.get_by_text("Varmt välkomnande").first.click()
    page.locator("details[open] [name=prioriteringar]").first.check()
    page.get_by_label("Pågår").check()
    page.locator("[name=period_start]").fill(str(YEAR))
    page.locator("[name=effect]").fill("Fler vilar i parken.")
    press(page, "Skicka in")
    expect(page.get_by_role("status").first).to_contain_text("inskickad")


def approve_initiative(page):
    page.goto("/uppfoljning/insatser/granska/")
    page.get_by_role("link", name=INITIATIVE).click()
    page.get_by_label("Publicera").check()
    press(page, "Skicka beslut")
    expect(page.get_by_role("status").first).to_be_visible()


def give_out(page):
    page.goto("/uppfoljning/arbete/")
    check(page)
    page.get_by_label("Från år").fill(str(YEAR))
    page.get_by_label("Till år").fill(str(YEAR))
    press(page, "Börja perioden")
    page.get_by_label("4.1.1").select_option(label="Ola Ek")
    press(page, "Spara fördelningen")
    expect(page.get_by_role("status").first).to_contain_text("Ett fokusområde")
    check(page)


def write_assessment(page):
    page.goto("/uppfoljning/insatser/")
    page.get_by_role("link", name="Arbete", exact=True).click()
    page.get_by_role("link", name="4.1.1").click()
    page.get_by_role("textbox", name="Lägesbedömning").fill("Vi har ställt ut bänkar.")
    expect(page.locator(".step-form__saved")).to_contain_text("Sparat")  # by the script
    page.get_by_label(INITIATIVE).check()
    check(page)
    press(page, "Spara och markera som klar att läsa")
    expect(page.get_by_role("status").first).to_contain_text("klar att läsa")


def mark_done(page):
    page.goto(WORK)
    page.get_by_role("link", name="4.1.1").first.click()
    expect(page.get_by_text("Vi har ställt ut bänkar.")).to_be_visible()
    check(page)
    press(page, "Markera som klar")
    expect(page.get_by_role("status").first).to_contain_text("klar")


def write_the_rest(page):
    """The other fourteen are the owner's own, who reads them as well."""
    page.goto(WORK)
    area = re.compile(rf"{WORK}\d-\d-\d/$")
    links = page.locator("main a").all()
    paths = {each.get_attribute("href") for each in links}
    rest = sorted(filter(area.match, paths))[1:]
    assert len(rest) == 14
    for path in rest:
        page.goto(path)
        page.get_by_role("textbox", name="Lägesbedömning").fill(f"Så gick det: {path}")
        press(page, "Spara och markera som klar att läsa")
        page.goto(path)
        press(page, "Markera som klar")
    expect(page.get_by_role("status").first).to_contain_text("klar")


def adopt(page):
    page.goto(f"{WORK}faststall/")
    expect(page.get_by_text("Alla lägesbedömningar är klara.")).to_be_visible()
    check(page)
    page.get_by_label("Diarienummer").fill("00123/2026")
    page.get_by_label("Fastställd den").fill(date.today().isoformat())
    press(page, "Fastställ rapporten")
    expect(page.get_by_role("status").first).to_contain_text("fastställd")


def propose_change(page):
    page.get_by_role("link", name="Föreslå en ändring").click()
    press(page, "Skriv ett förslag")
    page.get_by_label("Rubrik").fill(f"Ändrad: {TITLE}")
    for _ in range(3):
        press(page, "Spara och fortsätt")
    page.get_by_label("Jag har rätt").check()
    press(page, "Skicka in bidraget")
    expect(page.get_by_role("heading", level=1)).to_contain_text("har kommit fram")


def publish_change(page):
    page.get_by_role("link", name=f"Ändrad: {TITLE}", exact=True).last.click()
    page.get_by_label(re.compile("^Publicera ändringen")).check()
    press(page, "Skicka beslut")
    expect(page.get_by_role("status").first).to_contain_text("publicera")


def wait_for_file(page):
    """What the worker makes, where this machine can make any."""
    until = time.monotonic() + PATIENCE
    link = page.get_by_role("link", name="Rapporten som PDF")
    while pdf.is_available() and not link.count() and time.monotonic() < until:
        time.sleep(1)
        page.reload()
    if pdf.is_available():
        expect(link).to_be_visible()


def all_that_is_said(page):
    """The page's main content, and each file to the byte."""
    page.goto(REPORT)
    said = {"page": page.locator("main").inner_html()}
    for name in (
        "rapport.csv",
        "rapport.json",
        "rapport.pdf",
        f"utdrag/{YEAR}/utdrag.csv",
    ):
        answer = page.request.get(f"{REPORT}{name}")
        is_missing = name.endswith(".pdf") and not pdf.is_available()
        assert answer.status == (404 if is_missing else 200)
        said[name] = answer.body()
    return said
