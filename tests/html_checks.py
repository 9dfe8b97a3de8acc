"""Our own checks of a page: nesting, names, attributes (issue line 13, trust D2–D40).

Each check takes the document's root and yields faults as sentences. A parser accepts
much of what these refuse.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime

from tests.html_tree import Element
from tests.html_vocabulary import (
    ARIA,
    BLOCKS,
    ELEMENTS,
    EVERYWHERE,
    FIELDS,
    HEADING_INSIDE,
    HEADINGS,
    ID_REFERENCES,
    IN_SVG,
    LABELABLE,
    LANGUAGE,
    NAMED_ONLY_WITH_ROLE,
    ON_ELEMENT,
    PERSONAL,
    PHRASING_ONLY,
    ROLES,
)

Fault = str
Check = Callable[[Element], Iterator[Fault]]
CHECKS: list[Check] = []
# What a script element may hold in the page itself, since it is never run.
DATA = {"application/ld+json", "application/json"}


def check(function: Check) -> Check:
    CHECKS.append(function)
    return function


def faults(root: Element) -> list[Fault]:
    return [fault for each in CHECKS for fault in each(root)]


@check
def ids_are_unique(root):
    ids = Counter(each["id"] for each in root.walk() if "id" in each)
    for value, times in ids.items():
        if times > 1:
            yield f'the id "{value}" stands {times} times'
        if not value or value.split() != [value]:
            yield f'"{value}" is no id'


@check
def references_have_a_target(root):
    by_id = root.by_id
    for element in root.walk():
        for name in ID_REFERENCES:
            for value in element[name].split():
                if value not in by_id:
                    yield f'{element} names "{value}", which is not there'
        if element.tag == "label" and "for" in element:
            target = by_id.get(element["for"])
            if target is None or target.tag not in LABELABLE:
                yield f"{element} is no field's label"


@check
def fields_have_a_visible_label(root):
    labelled = {each["for"] for each in root.all("label") if each.text}
    for element in root.all(*FIELDS):
        if element["type"] == "hidden":
            continue
        wrapped = any(a.tag == "label" and a.text for a in element.ancestors)
        if not (element["id"] in labelled or wrapped):
            yield f"{element} has no label"
        if "name" not in element or "placeholder" in element:
            yield f"{element} lacks a name, or has a placeholder"


@check
def fields_say_what_a_browser_may_fill_in(root):
    for element in root.all("input"):
        wanted = PERSONAL.get(element["type"]) or PERSONAL.get(element["name"])
        if element["type"] == "hidden" or not wanted:
            continue
        # "off" where another person's is asked for
        if not {wanted, "off"} & {*element["autocomplete"].split()}:
            yield f'{element} lacks autocomplete="{wanted}"'


@check
def groups_have_a_legend(root):
    for element in root.all("fieldset"):
        first = element.elements[:1]
        if not first or first[0].tag != "legend" or not first[0].text:
            yield f"{element} does not start with a legend"
    names = Counter(each["name"] for each in root.all("input"))
    for element in root.all("input"):
        alone = element["type"] != "radio" and names[element["name"]] == 1
        grouped = element.inside("fieldset")
        if element["type"] in {"radio", "checkbox"} and not (grouped or alone):
            yield f"{element} is one of several outside a fieldset"


@check
def forms_can_be_sent(root):
    for form in root.all("form"):
        # Without an address a form is sent to the page it stands on.
        ours = "action" not in form or form["action"].startswith("/")
        if form["method"] not in {"get", "post"} or not ours:
            yield f"{form} lacks a method or an address of ours"
        if not any(each["type"] in {"", "submit"} for each in _buttons_of(root, form)):
            yield f"{form} has no button"
        names = {each["name"] for each in form.all("input")}
        if form["method"] == "post" and "csrfmiddlewaretoken" not in names:
            yield f"{form} has no token"
    for button in root.all("button"):
        if button["type"] not in {"", "submit", "button", "reset"}:
            yield f"{button} has an unknown type"
        sends = button["type"] in {"", "submit"}
        if sends and not (button.inside("form") or "form" in button):
            yield f"{button} sends nothing: it stands outside every form"


def _buttons_of(root, form):
    tied = [each for each in root.all("button") if each["form"] == form["id"] != ""]
    return [*form.all("button"), *tied]


def _is_interactive(element):
    if element.tag == "a":
        return "href" in element
    if element.tag == "input":
        return element["type"] != "hidden"
    return (
        element.tag in {"button", "select", "textarea", "summary"}
        or element["tabindex"] == "0"
    )


@check
def nothing_to_press_inside_something_to_press(root):
    for element in root.walk():
        if element.tag in {"a", "button", "summary"} and _is_interactive(element):
            for inner in element.walk():
                if _is_interactive(inner) or inner.tag == "label":
                    yield f"{inner} stands inside {element}"
        if element.tag == "label" and len(element.all(*FIELDS)) > 1:
            yield f"{element} holds several fields"


@check
def what_is_hidden_takes_no_focus(root):
    for element in root.walk():
        if element["aria-hidden"] == "true":
            for inner in (element, *element.walk()):
                if _is_interactive(inner) and inner["tabindex"] != "-1":
                    yield f"{inner} can be reached though it is hidden"
        if element["tabindex"] not in {"", "0", "-1"}:
            yield f"{element} breaks the order of focus"


@check
def what_is_pressed_has_a_name(root):
    for element in root.walk():
        pressed = element.tag in {"a", "button", "summary"}
        if pressed and _is_interactive(element) and not element.name.strip():
            yield f"{element} has no name"


@check
def lists_hold_items_only(root):
    for element in root.walk():
        bare = any(isinstance(each, str) and each.strip() for each in element.children)
        tags = {each.tag for each in element.elements}
        if element.tag in {"ul", "ol"} and (bare or tags != {"li"}):
            yield f"{element} holds something else than items, or nothing"
        if element.tag == "li" and element.parent.tag not in {"ul", "ol"}:
            yield f"{element} is in no list"
        if element.tag == "dl" and (bare or not _is_a_dl(element)):
            yield f"{element} is no list of terms and what they hold"
        if element.tag in {"dt", "dd"} and not _in_a_dl(element):
            yield f"{element} is in no list"


def _is_a_dl(element):
    groups = [each for each in element.elements if each.tag == "div"]
    pairs = groups or [element]
    order = ["".join(each.tag[1] for each in pair.elements) for pair in pairs]
    mixed = groups and len(groups) < len(element.elements)
    return not mixed and all(re.fullmatch("(t+d+)+", letters) for letters in order)


def _in_a_dl(element):
    parent = element.parent
    return "dl" in {parent.tag, parent.parent.tag}


@check
def headings_skip_no_level(root):
    # What must be mended stands above all, and is told by its own heading (trust D22).
    levels = [
        (int(each.tag[1]), each)
        for each in root.all(*HEADINGS)
        if each["class"] != "error-summary__title"
    ]
    if [level for level, _ in levels].count(1) != 1 or levels[0][0] != 1:
        yield "the page does not have one h1 before all other headings"
    for (before, _), (level, heading) in zip(levels, levels[1:], strict=False):
        if level > before + 1:
            yield f"{heading} skips a level"
    for _, heading in levels:
        if not heading.name:
            yield f"{heading} is empty"


@check
def blocks_stand_in_blocks(root):
    for element in root.walk():
        if element.tag not in BLOCKS:
            continue
        for above in element.ancestors:
            heading = above.tag in HEADING_INSIDE and element.tag in HEADINGS
            if above.tag in PHRASING_ONLY and not heading:
                yield f"{element} stands inside {above}"


@check
def landmarks_are_few_and_named(root):
    if len(root.all("main")) != 1 or root.all("main")[0]["id"] != "innehall":
        yield 'the page does not have one <main id="innehall">'
    for tag in ("header", "footer"):
        if len([each for each in root.all(tag) if each.parent.tag == "body"]) != 1:
            yield f"the page does not have one {tag} of its own"
    for tags in (("nav",), ("aside",), ("section",), ("form",)):
        names = [each.name for each in root.all(*tags) if _is_landmark(each)]
        for name, times in Counter(names).items():
            if times > 1 or (not name and len(names) > 1):
                yield f'{times} {tags[0]} are called "{name}"'


def _is_landmark(element):
    named = "aria-label" in element or "aria-labelledby" in element
    return element.tag in {"nav", "aside"} or (named and "role" not in element)


@check
def language_is_told(root):
    if root.all("html")[0]["lang"] != "sv":
        yield "the page does not say that it is in Swedish"
    for element in root.walk():
        for name in ("lang", "hreflang"):
            if name in element and not LANGUAGE.fullmatch(element[name]):
                yield f'{element}: "{element[name]}" is no language'


@check
def pictures_have_words(root):
    for element in root.all("img"):
        if "alt" not in element:
            yield f"{element} has no alt"
    for element in root.all("svg"):
        hidden = "true" in {
            each["aria-hidden"] for each in (element, *element.ancestors)
        }
        # The picture, or one that it is a part of.
        pictures = (each for each in (element, *element.ancestors) if each.tag == "svg")
        if not hidden and not any(map(_is_told, pictures)):
            yield f"{element} is neither hidden nor named"


def _is_told(svg):
    """Named: as a group when it holds links, which nobody reaches inside an image."""
    return bool(svg["role"] == ("group" if svg.all("a") else "img") and svg.name)


@check
def tables_are_told(root):
    for table in root.all("table"):
        if not table.elements or table.elements[0].tag != "caption":
            yield f"{table} has no caption"
        for cell in table.all("th"):
            if cell["scope"] not in {"col", "row", "colgroup", "rowgroup"}:
                yield f"{cell} has no scope"
        if not table.all("th"):
            yield f"{table} has no headings"


@check
def what_scrolls_can_be_reached(root):
    for element in root.walk():
        if "table-scroll" in element["class"].split():
            named = element["role"] == "region" and element.name
            if element["tabindex"] != "0" or not named:
                yield f"{element} cannot be scrolled without a mouse"


@check
def elements_and_attributes_are_known(root):
    for element in root.walk():
        if element.tag not in ELEMENTS and not (
            element.tag == "title" and element.inside("svg")
        ):
            yield f"{element} is of no kind that we use"
        allowed = [EVERYWHERE, ARIA, ON_ELEMENT.get(element.tag, set())]
        if element.tag == "svg" or element.inside("svg"):
            allowed.append(IN_SVG)
        for name in element.attributes:
            known = any(name in names for names in allowed)
            if not known and not re.fullmatch("data-[a-z-]+", name):
                yield f'{element} has the attribute "{name}"'


@check
def roles_and_states_are_known(root):
    for element in root.walk():
        if "role" in element and element["role"] not in ROLES:
            yield f"{element} has an unknown role"
        if element["aria-current"] not in {"", "page", "true", "step", "date"}:
            yield f"{element} has an unknown aria-current"
        plain = element.tag in NAMED_ONLY_WITH_ROLE and "role" not in element
        if "aria-label" in element and plain:
            yield f"{element} has a name that is not read out"


@check
def nothing_runs_inline(root):
    for element in root.walk():
        if element.tag == "style" or "style" in element:
            yield f"{element} has a style of its own"
        runs = element.tag == "script" and "src" not in element
        if runs and element["type"] not in DATA:
            yield f"{element} is a script in the page"
        if element["href"].strip().lower().startswith(("javascript:", "data:")):
            yield f"{element} runs something"


@check
def moments_can_be_read_by_machines(root):
    for element in root.all("time"):
        value = element["datetime"] or element.text
        if not re.fullmatch(r"\d{4}(-\d\d)?", value) and not _is_a_moment(value):
            yield f"{element} is no moment"


def _is_a_moment(value):
    for kind in (date, datetime):
        try:
            kind.fromisoformat(value)
        except ValueError:
            continue
        return True
    return False


@check
def details_start_with_their_summary(root):
    for element in root.all("details"):
        if [each.tag for each in element.elements].index("summary") != 0:
            yield f"{element} does not start with its summary"


@check
def skip_link_comes_first(root):
    first = next(each for each in root.all("body")[0].walk() if _is_interactive(each))
    if first["class"] != "skip-link" or first["href"] != "#innehall":
        yield f"{first} takes focus before the skip link"
    if root.all("main") and root.all("main")[0]["tabindex"] != "-1":
        yield "the skip link cannot move focus into main"


@check
def head_tells_what_the_page_is(root):
    head = root.all("head")[0]
    titles = head.all("title")
    if len(titles) != 1 or not re.fullmatch(
        r"\S.* – Livskvalitet Helsingborg", titles[0].text
    ):
        yield "the title is not that of the page and then of the site"
    named = {each["name"]: each["content"] for each in head.all("meta")}
    if named.get("viewport") != "width=device-width, initial-scale=1":
        yield "the viewport may not be what readers need"
    if not root.all("html")[0].all("meta")[0]["charset"]:
        yield "the encoding is not told first"


@check
def nothing_of_the_template_is_left(root):
    for text in (root.all("body")[0].text, root.all("head")[0].text):
        for mark in ("{{", "{%", "{#", "None", "False", "datetime.", "<Quer"):
            if mark in text:
                yield f'"{mark}" can be read on the page'
