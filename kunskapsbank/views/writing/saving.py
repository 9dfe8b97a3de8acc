"""Storing what a form holds, and what is told when it cannot be."""

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime, now

from kunskapsbank import workflow
from kunskapsbank.exceptions import Incomplete, InvalidText, TagForbidden
from kunskapsbank.forms.draft_fields import Shown
from kunskapsbank.forms.writing import NAME, TYPED, AboutForm, TieForm

_TIE_OF = {
    "organisation_name": "organisations",
    "organisation_kind": "organisations",
}


@transaction.atomic
def save(version, form, shown, *, by, while_writing=False):
    """Store what can be, tell the form of the rest, and give the version as it is.

    `form` is bound. `while_writing`, words that name subjects and organisations are
    kept as they are typed, since they may be half of a word. Raises StaleText,
    NotEditable and NotAllowed.
    """
    form.is_valid()
    values = form.values
    if isinstance(form, TieForm):
        values = with_typed(values, form) if while_writing else with_ties(values, form)
    if isinstance(form, AboutForm) and NAME in form.cleaned_data:
        values = with_name(values, form, by=None if while_writing else by)
    while True:
        try:
            return workflow.save_text(version, by=by, **vars(shown), **values)
        except InvalidText as error:
            for name in error.faults.keys() & values.keys():
                values.pop(name)
                form.add_error(name, error.faults[name])
            if not error.faults.keys() & form.errors.keys():
                raise


def with_ties(values, form):
    """The values with tags and a new organisation as the objects they name; what
    cannot be made one is kept as it was typed."""
    if "tags" in values:
        values = values | with_tags(values, form)
    left = {name: form.data.get(name, "") for name in TYPED if name in form.errors}
    values = values | {"typed": form.version.typed | dict.fromkeys(TYPED, "") | left}
    added = workflow.organisation_named(
        form.cleaned_data.get("organisation_name", ""),
        form.cleaned_data.get("organisation_kind") or "other",
    )
    if added and "organisations" in values:
        chosen = {each.pk: each for each in [*values["organisations"], added]}
        values["organisations"] = list(chosen.values())
    return values


def with_tags(values, form):
    """The tags, or those that the version has when one of them may not be used; then
    the form is told, and the words stay."""
    try:
        return {"tags": workflow.tags_named(values["tags"])}
    except TagForbidden as error:
        form.add_error("tags", error.user_message)
        return {"tags": list(form.version.tags.all())}


def with_chosen_tags(sent):
    """What was sent, with the subjects that were ticked among those that are typed."""
    ticked = sent.getlist("amne") if sent else []
    chosen = [name for each in ticked if (name := each.strip())]
    if not chosen:
        return sent
    data = sent.copy()
    typed = data.get("tags", "").strip().rstrip(",")
    data["tags"] = ", ".join([typed, *chosen] if typed else chosen)
    return data


def with_typed(values, form):
    words = {name: form.data.get(name, "") for name in TYPED if name in form.fields}
    kept = {name: value for name, value in values.items() if name not in TYPED}
    return kept | ({"typed": form.version.typed | words} if words else {})


def settle(version, shown, *, by):
    """Make ties of words that were only saved while they were typed; gives the version
    and which text it is now. Raises StaleText, NotEditable, NotAllowed, and Incomplete
    when words are left that cannot be made any."""
    if not version.typed.keys() & set(TYPED):
        return version, shown
    form = TieForm.of_typed(version, by)
    version = save(version, form, shown, by=by)
    if form.errors:
        faults = {
            _TIE_OF.get(name, name): each[0] for name, each in form.errors.items()
        }
        raise Incomplete(f"version {version.pk}: words left", faults=faults)
    return version, Shown(lock=version.lock)


def with_name(values, form, *, by):
    """The values with the name as it is typed so far; when it is done, it is given to
    `by` instead."""
    name = form.cleaned_data[NAME]
    if by:
        keep_name(by, name)
        name = ""
    return values | {"typed": form.version.typed | {NAME: name}}


def keep_name(user, name):
    """The name of somebody who has not told us one, once they do."""
    name = " ".join(name.split())
    if name and not user.name:
        user.name = name
        user.save(update_fields=["name"])


def clock(moment: datetime | None = None) -> str:
    """The time as people in Sweden write it: 14.32."""
    return date_format(localtime(moment or now()), "H.i")
