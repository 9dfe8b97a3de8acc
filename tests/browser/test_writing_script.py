"""What the scripts of the writing pages add: saving, buttons and pasting."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_writing import SAVED, check, open_as_writer, press, written

pytestmark = pytest.mark.pages

__all__ = ["open_as_writer", "written"]
TELL = "/bidra/{pk}/beratta/"
WORD = """<html><head><style>p {}</style></head><body>
<h2>Kostnad</h2>
<p class=MsoNormal>Vi <b>betalade</b> <a href="https://example.se/pris">priset</a>.</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>kaffe</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>muggar</p></body></html>"""
PASTE = """([field, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "platt");
  const event = new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true,
  });
  document.querySelector(field).dispatchEvent(event);
}"""


def saved(page):
    return page.locator(".step-form__saved")


def status(page):
    return page.locator("form [role=status]")


def test_what_is_written_is_saved_and_told(open_as_writer):
    page = open_as_writer(TELL)

    page.get_by_label("Rubrik").fill("Kaféet vid kajen")

    expect(saved(page)).to_have_text(SAVED)
    expect(status(page)).to_have_text(SAVED)
    check(page)
    page.reload()
    expect(page.get_by_label("Rubrik")).to_have_value("Kaféet vid kajen")


def test_only_what_changed_is_sent_and_one_save_at_a_time(open_as_writer):
    page = open_as_writer(TELL)
    sent = []
    page.on("request", lambda each: sent.append(each.post_data or ""))

    page.get_by_label("Rubrik").press_sequentially("abc", delay=30)
    expect(saved(page)).to_have_text(SAVED)

    (body,) = [each for each in sent if "sequence=" in each]
    assert "changed=title" in body
    assert "summary=" not in body


def test_the_step_goes_on_after_saves_without_a_conflict(open_as_writer):
    page = open_as_writer(TELL)
    page.get_by_label("Rubrik").fill("Först")
    expect(saved(page)).to_have_text(SAVED)
    page.get_by_label("Rubrik").fill("Sedan")

    press(page, "Spara och fortsätt")

    expect(page.get_by_role("heading", level=1)).to_have_text("Var hör det hemma?")


def test_without_connection_it_says_so_and_tries_again(open_as_writer):
    page = open_as_writer(TELL)
    page.route("**/spara/", lambda route: route.abort())
    page.get_by_label("Rubrik").fill("Skrivet i tunneln")
    expect(saved(page)).to_have_text("Inte sparat än – försöker igen.")

    page.unroute("**/spara/")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(saved(page)).to_have_text(SAVED)


def test_a_fault_of_ours_loses_nothing(open_as_writer):
    page = open_as_writer(TELL)
    page.route("**/spara/", lambda route: route.fulfill(status=500, body="fel"))
    page.get_by_label("Rubrik").fill("Kvar ändå")
    expect(saved(page)).to_have_text("Inte sparat än – försöker igen.")
    page.unroute("**/spara/")

    # It tries by itself, and waits longer for each time that it has failed.
    expect(saved(page)).to_have_text(SAVED, timeout=30_000)


def test_leaving_with_unsaved_text_is_warned_of(open_as_writer):
    page = open_as_writer(TELL)
    page.route("**/spara/", lambda route: route.abort())
    page.get_by_label("Rubrik").press_sequentially("Osparat")
    expect(saved(page)).to_have_text("Inte sparat än – försöker igen.")
    asked = []
    page.on("dialog", lambda each: (asked.append(each.type), each.accept()))

    page.goto("/om/")

    assert asked == ["beforeunload"]


def test_leaving_with_what_cannot_be_stored_is_warned_of(open_as_writer):
    page = open_as_writer(TELL)
    page.get_by_label("Rubrik").fill("x" * 150)
    page.get_by_label("Rubrik").press("End")
    expect(saved(page)).to_have_text("Korta rubriken med 10 tecken. Resten är sparat.")
    asked = []
    page.on("dialog", lambda each: (asked.append(each.type), each.accept()))

    page.goto("/om/")

    assert asked == ["beforeunload"]


def test_text_that_the_browser_puts_back_is_saved(open_as_writer):
    """A fault met the form; Back gives the text back, and it was never stored."""
    page = open_as_writer(TELL)
    page.route(
        "**/beratta/", lambda route: route.fulfill(status=500, body="fel"), times=1
    )
    page.get_by_label("Rubrik").fill("Skrivet före felet")
    press(page, "Spara och fortsätt")
    expect(page.locator("body")).to_have_text("fel")

    page.go_back()

    expect(page.get_by_label("Rubrik")).to_have_value("Skrivet före felet")
    expect(saved(page)).to_have_text(SAVED)


def test_the_choice_of_name_is_saved_too(open_as_writer):
    page = open_as_writer("/bidra/{pk}/om-dig/")
    page.get_by_label("Inget namn").check()
    expect(saved(page)).to_have_text(SAVED)

    page.reload()

    expect(page.get_by_label("Inget namn")).to_be_checked()


def test_without_session_it_offers_to_sign_in_and_goes_on_after(
    open_as_writer, written, base_url
):
    page = open_as_writer(TELL)
    cookies = page.context.cookies()
    page.context.clear_cookies(name=written["cookie"]["name"])
    page.get_by_label("Rubrik").fill("Skrivet utan inloggning")
    expect(saved(page)).to_contain_text("Du är utloggad")
    check(page)

    page.context.add_cookies(cookies)
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(saved(page)).to_have_text(SAVED)


def test_a_new_token_is_taken_without_a_word(open_as_writer):
    page = open_as_writer(TELL)
    page.evaluate(
        "document.querySelector('form[data-autosave]')"
        ".elements.csrfmiddlewaretoken.value = 'a'.repeat(64)"
    )

    page.get_by_label("Rubrik").fill("Efter inloggning i en annan flik")

    expect(saved(page)).to_have_text(SAVED)


def test_a_conflict_stops_saving_and_leads_to_both_texts(open_as_writer):
    page = open_as_writer(TELL)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Rubrik").fill("Den ena")
    expect(saved(other)).to_have_text(SAVED)

    page.get_by_label("Rubrik").fill("Den andra")
    expect(saved(page)).to_contain_text("Båda texterna finns kvar")
    check(page)
    press(page, "Jämför texterna")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Två texter att välja mellan"
    )
    expect(page.get_by_label("Rubrik")).to_have_value("Den andra")
    check(page)


def test_the_buttons_write_markdown_that_can_be_undone(open_as_writer):
    page = open_as_writer(TELL)
    field = page.get_by_role("textbox", name="Hur gick det till?")
    field.fill("ord")
    field.select_text()
    bar = page.get_by_role("toolbar", name="Formatera: Hur gick det till?")

    bar.get_by_role("button", name="Fet").click()
    expect(field).to_have_value("**ord**")
    page.keyboard.press("Control+Z")

    expect(field).to_have_value("ord")


def test_the_toolbar_is_one_stop_with_arrows_within(open_as_writer):
    page = open_as_writer(TELL)
    bar = page.get_by_role("toolbar").first
    bar.get_by_role("button", name="Fet").focus()

    page.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Rubrik")).to_be_focused()
    page.keyboard.press("End")
    expect(bar.get_by_role("button", name="Länk")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_text_pasted_from_a_word_processor_keeps_its_form(open_as_writer):
    page = open_as_writer(TELL)
    field = page.get_by_role("textbox", name="Hur gick det till?")
    field.focus()

    page.evaluate(PASTE, ["#id_implementation", WORD])

    expect(field).to_have_value(
        "## Kostnad\n\nVi **betalade** [priset](https://example.se/pris).\n\n"
        "- kaffe\n- muggar"
    )
    expect(saved(page)).to_have_text(SAVED)


def test_text_that_the_server_cannot_read_is_pasted_plain(open_as_writer):
    page = open_as_writer(TELL)
    page.route("**/klistra/", lambda route: route.abort())
    field = page.get_by_role("textbox", name="Hur gick det till?")
    field.focus()

    page.evaluate(PASTE, ["#id_implementation", WORD])

    expect(field).to_have_value("platt")


def test_advice_on_how_plain_a_text_is_follows_it(open_as_writer):
    page = open_as_writer(TELL)

    page.get_by_role("textbox", name="Hur gick det till?").fill(
        "Vi gick ut. Det var kallt. " * 10
    )

    advice = page.locator("[data-advice-on=implementation]")
    expect(advice).to_have_text(re.compile(r"Lätt att läsa \(LIX \d+\)\."))


@pytest.mark.parametrize("store", ["localStorage", "sessionStorage"])
def test_nothing_is_kept_in_the_browser(open_as_writer, store):
    """Trust 14.3.3."""
    page = open_as_writer(TELL)
    page.get_by_label("Rubrik").fill("Bara på servern")
    expect(saved(page)).to_have_text(SAVED)

    assert page.evaluate(f"{store}.length") == 0


def test_subjects_are_suggested_one_at_a_time_and_saved(open_as_writer):
    page = open_as_writer("/bidra/{pk}/koppla/")
    field = page.get_by_role("combobox", name="Ämnen")
    field.fill("parker, dial")

    expect(page.get_by_role("option", name="dialog")).to_be_visible()
    check(page)
    field.press("ArrowDown")
    with page.expect_response(
        lambda each: "dialog" in (each.request.post_data or "") and each.ok
    ):
        field.press("Enter")

    expect(field).to_have_value("parker, dialog, ")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(saved(page)).to_have_text(SAVED)
    page.reload()
    expect(field).to_have_value("parker, dialog, ")
