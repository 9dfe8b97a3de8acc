"""Values from a table: a trial that lists every fault, and then the keeping."""

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from programme.views.text import START
from uppfoljning.forms.values import ValuesForm
from uppfoljning.sheets import values
from uppfoljning.views.access import follow_up_only
from uppfoljning.views.indicators import follow_up_crumb
from uppfoljning.workflow.indicators import upload_values

SALT = "values that were tried"
LASTS = 60 * 60  # seconds between the trial and the keeping
TOO_OLD = (
    "Det har gått för lång tid sedan filen prövades. Inget är inläst. Välj filen igen."
)
TOO_LARGE = "Filen är för stor. Välj en som är högst 10\N{NO-BREAK SPACE}MB"


@follow_up_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request):
    """Nothing is kept until the person has seen what it would change."""
    if "tried" in request.POST:
        return _keep(request)
    form = ValuesForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _page(request, ValuesForm())
    form.is_bound = True
    if getattr(request, "cut_upload", None):
        form.add_error("file", TOO_LARGE)
    if not form.is_valid():
        return _page(request, form)
    return _tried(request, form.rows)


def _tried(request, rows):
    checked = values.check(rows)
    if checked.faults:
        return _page(request, ValuesForm(), checked=checked)
    cells = [values.as_cells(each) for each in checked.uploads]
    return _page(
        request,
        ValuesForm(),
        difference=values.difference(checked.uploads),
        tried=signing.dumps(cells, salt=SALT, compress=True),
    )


def _keep(request):
    try:
        cells = signing.loads(request.POST["tried"], salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        messages.error(request, TOO_OLD)
        return redirect("uppfoljning:values_upload")
    checked = values.check(values.from_cells(cells))
    if checked.faults:  # what they belong to has changed meanwhile
        return _page(request, ValuesForm(), checked=checked)
    new, changed = upload_values(checked.uploads, by=request.user)
    messages.success(request, f"Värdena är inlästa: {new} nya och {changed} ändrade.")
    return redirect("uppfoljning:indicators")


def _page(request, form, **context):
    known = {
        "form": form,
        "columns": values.COLUMNS,
        "breadcrumbs": [START, follow_up_crumb(), {"title": "Läs in värden"}],
        "section": "uppfoljning",
    }
    template = "uppfoljning/indicators/upload.html"
    return render(request, template, {**known, **context})
