"""Initiatives from a table: a trial that lists every fault, and then the keeping."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from uppfoljning.exceptions.initiatives import InitiativeError
from uppfoljning.forms.initiative_rows import (
    COLUMNS,
    MOST_ROWS,
    WANTED,
    InitiativeFileForm,
    check,
)
from uppfoljning.sheets import initiatives as templates
from uppfoljning.sheets import reading as sheets
from uppfoljning.views.initiatives.access import contributors_only
from uppfoljning.views.initiatives.reading import trail
from uppfoljning.workflow.initiative_import import import_initiatives

SUBMIT = "submit"
LASTS = 60 * 60  # seconds between the trial and the keeping
ROOM = 500_000  # characters that a form may send, with something to spare
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_OLD = (
    "Det har gått för lång tid sedan filen prövades. Inget är inläst. Välj filen igen."
)
TOO_LARGE = "Filen är för stor. Dela upp den i flera"


@contributors_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request):
    """Nothing is kept until the person has seen what there is in it."""
    if request.method != "POST":
        return _page(request, InitiativeFileForm())
    if "tried" in request.POST:
        return _keep(request)
    form = InitiativeFileForm(request.POST, request.FILES)
    if getattr(request, "cut_upload", None):
        form.add_error("file", TOO_LARGE)
    if not form.is_valid():
        return _page(request, form, status=400)
    return _tried(request, form)


@contributors_only
@require_safe
def template(request):
    headers = {"Content-Disposition": 'attachment; filename="mall-insatser.xlsx"'}
    body = templates.template(list(COLUMNS), WANTED)
    return HttpResponse(body, content_type=XLSX, headers=headers)


def _tried(request, form):
    checked = check(form.rows)
    if checked.faults:
        return _page(request, InitiativeFileForm(), checked=checked, status=400)
    rows = [[row.number, row.cells] for row in form.rows]
    what = {"rows": rows, "key": str(uuid4())}
    tried = signing.dumps(what, salt=_salt(request), compress=True)
    if len(tried) > ROOM:
        form.add_error("file", TOO_LARGE)
        return _page(request, form, status=400)
    return _page(request, InitiativeFileForm(), checked=checked, tried=tried)


def _keep(request):
    try:
        salt = _salt(request)
        what = signing.loads(request.POST["tried"], salt=salt, max_age=LASTS)
    except signing.BadSignature:
        messages.error(request, TOO_OLD)
        return redirect("uppfoljning:import_initiatives")
    checked = check(sheets.SheetRow(number, cells) for number, cells in what["rows"])
    if checked.faults:  # what they name has changed meanwhile
        return _page(request, InitiativeFileForm(), checked=checked, status=409)
    is_ready = request.POST.get("then") == SUBMIT
    try:
        texts = import_initiatives(
            checked.values, by=request.user, key=UUID(what["key"]), is_ready=is_ready
        )
    except InitiativeError as error:
        messages.error(request, f"Inget är inläst. {error.user_message}")
        return redirect("uppfoljning:import_initiatives")
    done = "inskickade" if is_ready else "inlästa som utkast"
    word = "insats" if len(texts) == 1 else "insatser"
    messages.success(request, f"{len(texts)} {word} är {done}.")
    return redirect("uppfoljning:my_initiatives")


def _salt(request):
    """A trial is the person's own."""
    return f"initiatives that were tried by {request.user.pk}"


def _page(request, form, *, status=200, **context):
    mine = {"title": "Mina insatser", "url": reverse("uppfoljning:my_initiatives")}
    known = {
        "section": "uppfoljning",
        "breadcrumbs": trail(mine, {"title": "Läs in från Excel"}),
        "form": form,
        "wanted": WANTED,
        "others": [name for name in COLUMNS if name not in WANTED],
        "most_rows": MOST_ROWS,
    }
    page = "uppfoljning/initiatives/import.html"
    return render(request, page, known | context, status=status)
