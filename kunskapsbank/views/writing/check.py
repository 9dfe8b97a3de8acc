"""The last step, where everything is read once more and sent in, and the receipt."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render

from kunskapsbank import checks, workflow
from kunskapsbank.enums import PublicName
from kunskapsbank.exceptions import (
    EntryWithdrawn,
    Incomplete,
    KeyUsed,
    NotEditable,
    StaleText,
)
from kunskapsbank.forms.draft_fields import Shown
from kunskapsbank.forms.questions import KINDS, questions_for
from kunskapsbank.forms.writing import LONG_TEXTS, OUTCOMES, NoteForm, SubmitForm
from kunskapsbank.models import Version
from kunskapsbank.views.writing import carrying
from kunskapsbank.views.writing.access import not_editable
from kunskapsbank.views.writing.addresses import address_of, after_leaving, step_url
from kunskapsbank.views.writing.saving import save, settle
from kunskapsbank.workflow.text import FILES, byline_of

_STEP_OF = {
    "kind": "typ",
    "organisations": "koppla",
    "prioriteringar": "koppla",
    "tags": "koppla",
    "place": "koppla",
    "period": "koppla",
    "public_name": "om-dig",
}
_TARGETS = {
    "kind": "id_kind_0",
    "period": "id_period_start",
    "organisations": "organisationer",
    "prioriteringar": "prioriteringar",
    "public_name": "id_public_name_0",
    "outcome": "id_outcome_0",
}


def check_answers(request, version):
    if request.method == "POST":
        return _submit(request, version)
    if workflow.why_not_editable(version):
        return not_editable(request, version)
    carried = carrying.given_back(request)
    note = carried.get("note") if carried else version.typed.get("note", "")
    form = SubmitForm(initial={"key": uuid4(), "note": note})
    return _page(request, version, form, carried=bool(carried))


def _submit(request, version):
    form = SubmitForm(request.POST)
    is_ready = form.is_valid()
    shown = Shown.from_post(request.POST)
    try:
        if request.POST.get("then") == "draft":
            return _leave(request, version, shown)
        if not workflow.why_not_editable(version):
            version, shown = settle(version, shown, by=request.user)
        version = workflow.submit(
            version,
            by=request.user,
            lock=shown.lock,
            key=form.cleaned_data.get("key") or uuid4(),
            grants_licence=is_ready,
            message=form.cleaned_data.get("note", ""),
        )
    except Incomplete as error:
        return _page(request, version, form, faults=error.faults, status=400)
    except (NotEditable, EntryWithdrawn, KeyUsed):
        version.refresh_from_db()
        return not_editable(request, version)
    except StaleText as error:
        version.refresh_from_db()
        return _page(request, version, form, stale=error.user_message, status=409)
    carrying.let_go(request)
    return redirect("kunskapsbank:receipt", version.pk)


def _leave(request, version, shown):
    """Keep the message with the draft, and go."""
    form = NoteForm(request.POST, version=version, user=request.user)
    save(version, form, shown, by=request.user)
    if form.errors:
        return _page(request, version, SubmitForm(request.POST), status=400)
    messages.success(request, "Utkastet är sparat.")
    return redirect(after_leaving())


def _page(request, version, form, *, faults=(), stale="", carried=False, status=200):
    faults = {name: fault for name, fault in dict(faults).items() if name in _known()}
    context = {
        "version": version,
        "submit_form": form,
        "faults": _told_of(version, form, faults),
        "stale": stale,
        "carried": carried,
        "groups": groups(version, request.user),
        "findings": checks.findings(version),
        "lock": version.lock,
        "who": carrying.owner_token(request.user),
        "back_url": step_url(version, "om-dig"),
        "section": "kunskapsbank",
    }
    return render(request, "kunskapsbank/writing/check.html", context, status=status)


def _told_of(version, form, faults):
    """All that must be put right, here and in the other steps, with where that is."""
    text = [
        {"text": fault, "url": change_url(version, name)}
        for name, fault in faults.items()
    ]
    here = [
        {"text": fault, "url": f"#{form[name].auto_id}"}
        for name, found in form.errors.items()
        if not form[name].is_hidden
        for fault in found
    ]
    return [*text, *here]


def _known():
    return {field.name for field in Version._meta.get_fields()} | {"tags", FILES}


def groups(version, user):
    """What is sent in, under headings: rows with the answer and a way to change it."""
    told = [_told(version, each) for each in questions_for(version)]
    return [
        ("Vad du delar", [_row(version, "kind", "Typ", version.get_kind_display())]),
        (KINDS[version.kind].noun, [*told, _files(version)]),
        ("Koppling till programmet", _ties(version)),
        ("Om dig" if user == version.author else "Namn", _about(version, user)),
    ]


def _told(version, question):
    value = getattr(version, question.name)
    if question.name == "outcome":
        value = dict(OUTCOMES).get(version.outcome, "")
    row = _row(version, question.name, question.label, value)
    return row | {"is_markdown": question.name in LONG_TEXTS}


def _files(version):
    names = ", ".join(each.name for each in version.attachments.all())
    row = _row(version, FILES, "Bilder och filer", names)
    return row | {"none": "Inga filer"}


def _ties(version):
    organisations = ", ".join(each.name for each in version.organisations.all())
    tags = ", ".join(sorted(each.name for each in version.tags.all().shown()))
    tags = version.typed.get("tags", tags)
    if added := version.typed.get("organisation_name"):
        organisations = ", ".join(filter(None, [organisations, added]))
    prioriteringar = version.prioriteringar.select_related(
        "fokusomrade__viljeinriktning"
    )
    row = _row(version, "prioriteringar", "Prioriteringar", "")
    return [
        row | {"prioriteringar": list(prioriteringar)},
        _row(version, "tags", "Ämnen", tags),
        _row(version, "organisations", "Organisationer", organisations),
        _row(version, "place", "Plats", version.place),
        _row(version, "period", "När", version.period),
    ]


def _about(version, user):
    """Which name is shown; an address of somebody else is nobody's to see."""
    nobody = "Inget namn" if version.public_name == PublicName.NONE else ""
    shown = byline_of(version) or nobody
    rows = [_row(version, "public_name", "Visas som", shown)]
    if user == version.author:
        note = "Visas inte på webbplatsen."
        rows.append({"term": "E-post", "text": user.email, "note": note})
    return rows


def _row(version, name, term, text):
    return {
        "name": name,
        "term": term,
        "text": text,
        "url": change_url(version, name),
        "what": term[:1].lower() + term[1:],
    }


def change_url(version, name):
    if name == FILES:
        return address_of("kunskapsbank:files", version.pk) or step_url(
            version, "beratta"
        )
    slug = _STEP_OF.get(name, "beratta")
    target = _TARGETS.get(name, f"id_{name}")
    return f"{step_url(version, slug)}?fran=kontrollera#{target}"
