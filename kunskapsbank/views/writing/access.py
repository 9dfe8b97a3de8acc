"""Who may open a page where a text is written, and what the others are told."""

from functools import wraps

from django.contrib.auth import SESSION_KEY
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from accounts.models import User
from kunskapsbank import comparison, workflow
from kunskapsbank.forms.writing import LONG_TEXTS
from kunskapsbank.models import Version
from kunskapsbank.permissions import can_contribute, can_edit_text, owns
from kunskapsbank.views.writing import carrying

# What somebody has put into words, and not only chosen.
_TEXTS = {
    name: comparison.LABELS[name]
    for name in ("title", "summary", "address", "place", "tags", *LONG_TEXTS)
} | {"note": "Meddelande till granskarna"}


def for_writers(view):
    """The view gets the version as one that the person may write in.

    Signed out: to sign in, with what was posted. Closed account, or no longer a
    contributor: a refusal that says the draft is kept (trust R11). Else 404.
    """

    @wraps(view)
    def guarded(request, pk, **arguments):
        if not request.user.is_authenticated:
            return closed(request) or carrying.sign_in_first(request)
        version = get_object_or_404(visible(request), pk=pk)
        if can_edit_text(request.user, version):
            return view(request, version, **arguments)
        if is_theirs(request.user, version) and not can_contribute(request.user):
            return refused(request)
        raise Http404

    return guarded


def visible(request):
    versions = Version.objects.visible_to(request.user)
    return versions.select_related("entry", "author", "based_on__entry")


def is_theirs(user, version):
    return version.author_id == user.pk or owns(user, version.entry)


def closed(request):
    """The refusal to somebody whose account was closed while signed in, or None."""
    pk = request.session.get(SESSION_KEY)
    if pk and User.objects.filter(pk=pk, is_active=False).exists():
        return refused(request)
    return None


def refused(request):
    """403; what was sent is shown, so that it can be copied (trust R11)."""
    context = {
        "written": [
            (label, request.POST[name])
            for name, label in _TEXTS.items()
            if request.POST.get(name)
        ]
    }
    return render(request, "kunskapsbank/writing/refused.html", context, status=403)


def not_editable(request, version, *, written=()):
    """409: the text is in review or decided; what was written is shown to copy."""
    context = {
        "version": version,
        "why": workflow.why_not_editable(version),
        "written": written,
    }
    return render(
        request, "kunskapsbank/writing/not_editable.html", context, status=409
    )
