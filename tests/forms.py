"""The forms of a page, and what somebody sends who answers everything."""

from django.urls import resolve

from tests import html_tree
from tests.signed_in import internal

# What makes sense in a field that would not take what others take.
BY_NAME = {
    **dict.fromkeys(["organisation_name", "entries", "link"], ""),
    "words": "bänk\nsittplats",
}
OTHER_THAN_THE_FIRST = "end"


def to_send(page, address):
    """Each form of a page that sends something to the site, and where."""
    tree, _ = html_tree.read(page)
    for form in tree.all("form"):
        target = internal(form["action"] or address, address)
        if form["method"] == "post" and target:
            yield target, form


def kind(target, form):
    """Forms of a kind lead to the same view with the same fields."""
    view = resolve(target.partition("?")[0]).view_name
    return view, frozenset(filled_in(form))


def filled_in(form):
    """As somebody does who answers everything, with the first choice of each."""
    values = {}
    for each in form.all("input", "textarea", "select", "button"):
        name, kind = each["name"], each["type"]
        if not name or kind == "file" or name in values:
            continue
        value = _answer(each, kind)
        if value is not None:
            values[name] = value
    return values


def _answer(element, kind):
    if element.tag == "select":
        options = [each["value"] for each in element.all("option") if each["value"]]
        place = -1 if element["name"] == OTHER_THAN_THE_FIRST else 0
        return options[place] if options else ""
    if element.tag == "button" or kind == "submit":
        return element["value"]
    if element.tag == "textarea" and element["name"] not in BY_NAME:
        return element.text or "Något att berätta."
    if element["name"] in BY_NAME:
        return element["value"] or BY_NAME[element["name"]]
    if element["tabindex"] == "-1":
        return ""  # the trap for machines
    if element["inputmode"] == "numeric":
        return element["value"] or "2020"
    return element["value"] or {"email": "ny@example.se", "url": ""}.get(kind, "Något")
