"""White spots for moderators, who can invite somebody to fill one."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kunskapsbank.views.gaps import table
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only


@moderators_only
@require_safe
def gaps(request):
    context = {"breadcrumbs": page.trail({"title": "Vita fläckar"}), **table(request)}
    return render(request, "kunskapsbank/ordering/gaps_to_fill.html", context)
