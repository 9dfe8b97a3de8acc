"""The admin's pages as a person uses them: opened, filled in, and sent."""

from tests import html_tree

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
    root, _ = html_tree.read(html)
    (form,) = (each for each in root.all("form") if each["id"].endswith("_form"))
    named = (each for each in form.walk() if each["name"])
    sent = {each["name"]: _value(each) for each in named if each["type"] not in BUTTONS}
    return {name: value for name, value in sent.items() if value is not None}


def _value(field):
    if field.tag == "textarea":
        text = "".join(field.children).removeprefix("\n")
        return text.replace("\n", "\r\n")
    if field.tag == "select":
        options = field.all("option")
        chosen = [each["value"] for each in options if "selected" in each]
        return chosen if "multiple" in field else (chosen or [""])[0]
    if field["type"] == "checkbox":
        return (field["value"] or "on") if "checked" in field else None
    return field["value"]
