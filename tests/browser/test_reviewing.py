"""A moderator's day in a real browser, with and without JavaScript."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import server
from tests.browser.checking import check, faults_of
from tests.matrix import FULL_MATRIX, SCREENS, first_on_all

# What waits: a change, a new text, two alike, and one moderator to answer them all.
WAITING = """
import json
from django.conf import settings
from django.test import Client
from accounts.models import User
from kunskapsbank import workflow
from kunskapsbank.models import Version
from tests.factories import UserFactory
from tests.kunskapsbank import stories
last = User.objects.order_by("pk").last()
UserFactory.reset_sequence(1000 * (last.pk if last else 1))
client = Client()
client.force_login(UserFactory(moderator=True, name="Vera Ek"))
# What earlier tests left would come first in the queue.
for old in Version.objects.filter(status="submitted"):
    workflow.take_back(old, by=old.author)
public = stories.published(summary="Tio boende gick samma runda två gånger.")
print(json.dumps({
    "cookie": {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    },
    "change": stories.changed(
        public, summary="Tio boende gick samma runda tre gånger.",
        address="https://example.se/vilbankar",
    ).pk,
    "new": stories.submitted(title="Cykelkök på biblioteket").pk,
    "alike": [stories.submitted(title=f"Reklam {n}").pk for n in (1, 2)],
    "entry": public.entry_id,
}))
"""
OTHER_STATES = [
    "/granska/?vilja=5&typ=ansokan",
    "/granska/flera/klart/",
    "/granska/svarsmallar/",
    "/granska/svarsmallar/ny/",
]
# The author writes on while a moderator reads.
WRITE_ON = """
from kunskapsbank import workflow
from kunskapsbank.models import Version
from tests.kunskapsbank import stories
version = Version.objects.get(pk={pk})
workflow.take_back(version, by=version.author)
version.refresh_from_db()
workflow.save_text(
    version, by=version.author, lock=version.lock, summary="En helt annan text."
)
stories.hand_in(version)
"""


@pytest.fixture
def manage(site_url):
    return lambda code: server.manage(server.RUNNING[site_url], code)


@pytest.fixture
def waiting(manage):
    return json.loads(manage(WAITING))


@pytest.fixture
def at_desk(open_page, waiting, base_url):
    """Open a page as the moderator."""

    def at_desk(path, **options):
        def sign_in(page):
            page.context.add_cookies([waiting["cookie"] | {"url": base_url}])

        return open_page(path, before=sign_in, fresh=True, bypass_csp=True, **options)

    return at_desk


# Whoever has no script, and a small screen, has least to go by.
HOW = SCREENS if FULL_MATRIX else [(360, False)]


@pytest.fixture(params=first_on_all(*HOW), ids=str)
def how(request):
    width, has_script = request.param
    return {
        "java_script_enabled": has_script,
        "viewport": {"width": width, "height": 800},
    }


def test_a_change_is_read_claimed_and_returned(at_desk, waiting, how):
    page = at_desk(f"/granska/{waiting['change']}/", **how)
    check(page)
    expect(page.get_by_role("heading", name="2 ändrade fält")).to_be_visible()
    page.get_by_role("link", name="I löpande text").click()
    expect(page.locator("ins").first).to_contain_text("tillagt: tre")
    check(page)
    page.get_by_role("button", name="Ta den här").click()
    expect(page.get_by_text("Du har tagit bidraget till")).to_be_visible()

    page.get_by_label("Be om komplettering").check()
    page.get_by_role("button", name="Skicka beslut").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv vad som behövs")
    check(page)
    page.get_by_label("Svarsmall").select_option(label="Vem äger bilden?")
    page.get_by_role("button", name="Infoga").click()
    message = page.get_by_label("Meddelande till den som har skrivit")
    expect(message).to_have_value(
        "Hej! Skriv vem som har tagit bilden, och att den "
        "får användas fritt. Vet du inte det kan du ta bort den och skicka in bidraget "
        "igen."
    )
    page.get_by_role("button", name="Skicka beslut").click()

    expect(page.get_by_role("status")).to_contain_text("tillbaka för komplettering")
    expect(page.get_by_role("button", name="Skicka beslut")).to_have_count(0)
    check(page)


def test_a_text_that_changed_meanwhile_is_not_decided(at_desk, waiting, how, manage):
    page = at_desk(f"/granska/{waiting['new']}/", **how)
    manage(WRITE_ON.format(pk=waiting["new"]))

    page.get_by_label("Publicera bidraget").check()
    message = page.get_by_label("Meddelande till den som har skrivit")
    message.fill("Tack för det.")
    page.get_by_role("button", name="Skicka beslut").click()

    heading = page.get_by_role("heading", name="Nytt sedan du öppnade sidan")
    expect(heading).to_be_visible()
    expect(message).to_have_value("Tack för det.")
    check(page)
    page.get_by_role("button", name="Skicka beslut").click()
    expect(page.get_by_role("status")).to_contain_text("är publicerat")


def test_a_text_is_corrected_seen_and_published(at_desk, waiting, how):
    page = at_desk(f"/granska/{waiting['new']}/", **how)
    page.get_by_label("Rätta själv och publicera").check()
    page.get_by_role("button", name="Skicka beslut").click()
    expect(page.get_by_role("heading", name="Rätta och publicera")).to_be_visible()
    check(page)

    page.get_by_label("Rubrik").fill("Cykelkök på stadsbiblioteket")
    page.get_by_role("button", name="Visa vad jag har ändrat").last.click()
    expect(page.locator("ins")).to_contain_text("stadsbiblioteket")
    check(page)
    page.get_by_role("button", name="Publicera med rättelserna").click()

    expect(page.get_by_role("status")).to_contain_text("med dina rättelser")


def test_two_are_declined_with_one_reason(at_desk, waiting, how):
    page = at_desk("/granska/", **how)
    check(page)
    for pk in waiting["alike"]:
        page.locator(f"#text-{pk}").check()
    page.get_by_role("button", name="Besluta om dem du har valt").click()
    check(page)
    page.get_by_label("Säg nej till bidraget").check()
    page.get_by_label("Skäl").select_option(label="Reklam")
    page.get_by_label("Meddelande till den som har skrivit").fill("Det är reklam.")
    page.get_by_role("button", name="Besluta om 2 bidrag").click()

    expect(page.get_by_role("status")).to_contain_text("Alla 2 beslut är sparade")
    check(page)


def test_a_contribution_is_hidden_and_shown(at_desk, waiting, how):
    page = at_desk(f"/granska/bidrag/{waiting['entry']}/", **how)
    check(page)
    page.get_by_role("link", name="Dölj nu").click()
    page.get_by_role("button", name="Dölj nu").click()
    expect(page.get_by_role("alert")).to_contain_text("Välj ett skäl")
    check(page)
    page.get_by_label("Skäl").select_option(label="Annat skäl")
    page.get_by_role("button", name="Dölj nu").click()
    expect(page.get_by_role("status")).to_contain_text("Bidraget är dolt")

    page.get_by_role("link", name="Visa igen").click()
    page.get_by_role("button", name="Visa igen").click()
    expect(page.get_by_role("status")).to_contain_text("Bidraget syns igen")


@pytest.mark.thorough
@pytest.mark.pages
def test_other_states_have_no_violation(at_desk):
    page = at_desk("/granska/", viewport={"width": 360, "height": 800})
    page.emulate_media(reduced_motion="reduce")

    faults = []
    for path in OTHER_STATES:
        page.goto(path)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            faults += [f"{path}, {theme}: {each}" for each in faults_of(page)]

    assert not faults, "\n".join(faults)


def tab_to(page, target):
    """Press Tab until the focus is on the target."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {target}")


def test_a_text_is_found_and_published_by_keyboard_alone(at_desk, waiting):
    page = at_desk("/granska/?typ=nytt-bidrag")
    links = page.locator(".queue__title a")
    tab_to(page, links.first)
    if links.count() > 1:
        page.keyboard.press("j")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("k")
        expect(links.first).to_be_focused()
    title = links.first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    tab_to(page, page.locator("[name=decision]").first)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Skicka beslut"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("är publicerat")
