"""How contributions are reviewed, with live figures, for anybody to read."""

import hashlib

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from kunskapsbank.enums import DeclineReason
from kunskapsbank.figures import figures
from programme.views.text import START

# What the law calls crimes, and what else keeps a text from being published.
UNLAWFUL = (
    DeclineReason.THREAT,
    DeclineReason.PRIVACY_CRIME,
    DeclineReason.INCITEMENT,
    DeclineReason.HATE_SPEECH,
    DeclineReason.CHILD_ABUSE,
    DeclineReason.VIOLENCE,
    DeclineReason.TERRORISM,
    DeclineReason.COPYRIGHT,
)


@require_safe
def how_we_review(request):
    found = figures()
    entries = {
        "title": "Kunskapsbanken",
        "url": reverse("kunskapsbank:entry_list"),
    }
    context = {
        "figures": found,
        "unlawful": [each.label for each in UNLAWFUL],
        "unfit": [each.label for each in DeclineReason if each not in UNLAWFUL],
        "section": "kunskapsbank",
        "breadcrumbs": [START, entries, {"title": "Så granskar vi"}],
    }
    page = render(request, "kunskapsbank/letters/how_we_review.html", context)
    # The figures change with every submission, and no other page with them; so the
    # page has an ETag of its own, which the site's common one never answers for.
    generation = getattr(request, "content_generation", "")
    state = f"{settings.RELEASE} {generation} {found}"
    page.headers["ETag"] = quote_etag(hashlib.sha256(state.encode()).hexdigest()[:32])
    return page
