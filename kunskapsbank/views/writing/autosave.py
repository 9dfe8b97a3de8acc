"""What the page's own script asks: save what changed, and read pasted text."""

from functools import wraps

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import resolve_url
from django.views.decorators.http import require_POST

from kunskapsbank import pasting, plain_language
from kunskapsbank.exceptions import InvalidText, NotEditable, StaleText
from kunskapsbank.forms.draft_fields import Shown
from kunskapsbank.forms.writing import READ_FOR_PLAINNESS, NoteForm
from kunskapsbank.views.writing.access import closed, for_writers
from kunskapsbank.views.writing.saving import clock, save, with_chosen_tags
from kunskapsbank.views.writing.steps import BY_SLUG, CHECK

FORMS = {slug: step.form for slug, step in BY_SLUG.items()} | {CHECK: NoteForm}
CLOSED = "Du kan inte skriva längre. Det som är sparat finns kvar."


def in_json(view):
    """Signed out, the script is told where to sign in; nothing is kept of what it
    sent, since the page still has it and tries again."""

    @wraps(view)
    def answered(request, pk, **arguments):
        if request.user.is_authenticated:
            return view(request, pk=pk, **arguments)
        if closed(request):
            return JsonResponse({"message": CLOSED}, status=403)
        return JsonResponse({"sign_in": resolve_url(settings.LOGIN_URL)}, status=401)

    return answered


@require_POST
@in_json
@for_writers
def autosave(request, version):
    """Save the fields that the list "changed" names; the others are left alone."""
    make = FORMS.get(request.POST.get("step", ""))
    changed = request.POST.getlist("changed")
    if make is None or not changed:
        return JsonResponse({"message": "Ingenting att spara."}, status=400)
    data = request.POST
    if "amne" in changed:
        data, changed = with_chosen_tags(data), [*changed, "tags"]
    form = make(data, version=version, user=request.user, only=changed)
    try:
        shown = Shown.from_post(request.POST)
        version = save(version, form, shown, by=request.user, while_writing=True)
    except (StaleText, NotEditable) as error:
        return JsonResponse({"message": error.user_message}, status=409)
    except InvalidText as error:
        return JsonResponse({"message": error.user_message}, status=400)
    return JsonResponse(
        {
            "saved": clock(),
            "lock": version.lock,
            # What is kept although it must be put right is told when the step is left.
            "faults": {
                name: found[0]
                for name, found in form.errors.items()
                if name not in form.kept
            },
            "advice": {
                name: plain_language.advice(getattr(version, name))
                for name in changed
                if name in READ_FOR_PLAINNESS
            },
        }
    )


@require_POST
@in_json
@for_writers
def paste(request, version):
    """Text from a word processor or a web page, as Markdown; nothing is stored."""
    return JsonResponse({"markdown": pasting.as_markdown(request.POST.get("html", ""))})
