"""A text that is not published, for whoever has its secret link."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kunskapsbank.models import Version
from kunskapsbank.views.entry import prioriteringar_of, text_context


@require_safe
def shared_draft(request, token):
    shared = Version.objects.shared_by(token).select_related("entry")
    version = shared.first()
    if version is None:
        template, status, context = "kunskapsbank/life/link_over.html", 404, {}
    else:
        template, status = "kunskapsbank/life/shared_draft.html", 200
        context = text_context(version, prioriteringar_of(version))
    # The address is the secret, so it is told to nobody: no canonical link either.
    context |= {"canonical_url": "", "breadcrumbs": None}
    answer = render(request, template, context, status=status)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
