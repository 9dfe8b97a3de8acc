"""The admin's pages as a person uses them: opened, filled in, and sent."""

import html5lib

BUTTONS = {"submit", "button", "reset", "file"}


def change(client, row, **written):
    """Send the form for `row`, with what is `written` in it; give the answer."""
    meta = row._meta
    page = f"/admin/{meta.app_label}/{meta.model_name}/{row.pk}/change/"
    return send(client, page, **written)


def send(client, page, **written):
    """Send the form on `page`, with what is `written` in it; give the answer."""
    answer = client.get(page)
    assert answer.status_code == 200
    return client.post(page, {**filled_in(answer.content.decode()), **written})


def filled_in(html):
    """What a browser sends if nothing is touched: new lines as \\r\\n."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    (form,) = (
        each for each in root.iter("form") if each.get("id", "").endswith("_form")
    )
    named = (each for each in form.iter() if each.get("name"))
    sent = {
        each.get("name"): _value(each)
        for each in named
        if each.get("type") not in BUTTONS
    }
    return {name: value for name, value in sent.items() if value is not None}


def _value(field):
    if field.tag == "textarea":
        return (field.text or "").replace("\n", "\r\n")
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [each.get("value") for each in options if "selected" in each.attrib]
        return chosen if "multiple" in field.attrib else (chosen or [""])[0]
    if field.get("type") == "checkbox":
        return field.get("value", "on") if "checked" in field.attrib else None
    return field.get("value", "")
