"""What a person has told of initiatives, and what became of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from uppfoljning.enums.initiatives import InitiativeStatus
from uppfoljning.exceptions.initiatives import InitiativeError
from uppfoljning.forms.deciding import WithdrawForm
from uppfoljning.models import Initiative, InitiativeText
from uppfoljning.permissions import can_contribute, can_withdraw_initiative
from uppfoljning.views.initiatives.access import contributors_only, own_text
from uppfoljning.views.initiatives.reading import content_of, trail
from uppfoljning.workflow import initiative_texts, initiatives

_WAITS = {
    InitiativeStatus.DRAFT: "Väntar på dig: skriv klart och skicka in.",
    InitiativeStatus.RETURNED: "Väntar på dig: svara på frågan och skicka in igen.",
    InitiativeStatus.SUBMITTED: "Väntar på en dokumentansvarig.",
    InitiativeStatus.PUBLISHED: "Alla kan läsa texten.",
    InitiativeStatus.REPLACED: "En nyare text är publicerad.",
    InitiativeStatus.DECLINED: "Texten publicerades inte. Den finns kvar hos dig.",
}
_WITHDRAWN = "Insatsen är återtagen och syns inte på webbplatsen."
_IN_ORDER = [
    InitiativeStatus.RETURNED,
    InitiativeStatus.DRAFT,
    InitiativeStatus.SUBMITTED,
    InitiativeStatus.PUBLISHED,
    InitiativeStatus.DECLINED,
    InitiativeStatus.REPLACED,
]


@contributors_only
@require_safe
def my_initiatives(request):
    texts = InitiativeText.objects.visible_to(request.user).owned_by(request.user)
    related = texts.select_related("initiative", "organisation")
    rows = [
        {"text": each, "waits": waits(each), "said": last_words(each)}
        for each in related.prefetch_related("events")
    ]
    rows.sort(key=lambda row: _IN_ORDER.index(row["text"].status))
    context = {
        "section": "uppfoljning",
        "breadcrumbs": trail({"title": "Mina insatser"}),
        "rows": rows,
    }
    return render(request, "uppfoljning/initiatives/mine.html", context)


@contributors_only
@require_safe
def initiative_text(request, pk):
    """One text of one's own: where it is, what was said, and what one may do."""
    text = own_text(request, pk)
    context = content_of(text) | {
        "section": "uppfoljning",
        "breadcrumbs": trail(
            {"title": "Mina insatser", "url": reverse("uppfoljning:my_initiatives")},
            {"title": text.title or "Utan rubrik"},
        ),
        "text": text,
        "waits": waits(text),
        "events": text.events.select_related("actor").order_by("-happened_at", "-pk"),
    }
    return render(request, "uppfoljning/initiatives/text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_initiative(request, slug):
    """How one changes what is published: anybody is told, contributors may."""
    found = get_object_or_404(Initiative.objects.public(), slug=slug)
    if request.method == "POST":
        return _begin(request, found)
    may_write = can_contribute(request.user)
    context = {
        "section": "uppfoljning",
        "breadcrumbs": _trail_of(found, "Ändra insatsen"),
        "initiative": found,
        "may_write": may_write,
        "may_withdraw": may_write
        and can_withdraw_initiative(request.user, found.published_text),
    }
    return render(request, "uppfoljning/initiatives/change.html", context)


@contributors_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_initiative(request, slug):
    found = get_object_or_404(Initiative.objects.public(), slug=slug)
    form = WithdrawForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                initiatives.withdraw_initiative(
                    found, by=request.user, **form.cleaned_data
                )
            except InitiativeError as error:
                form.add_error(None, error.user_message)
                status = 409
            else:
                messages.success(request, f"”{found.title}” är återtagen.")
                return redirect("uppfoljning:initiatives")
    context = {
        "section": "uppfoljning",
        "breadcrumbs": _trail_of(found, "Återta insatsen"),
        "initiative": found,
        "form": form,
    }
    page = "uppfoljning/initiatives/withdraw.html"
    return render(request, page, context, status=status)


@contributors_only
def _begin(request, found):
    try:
        text = initiative_texts.propose_initiative_change(found, by=request.user)
    except InitiativeError as error:
        messages.error(request, error.user_message)
        return redirect("uppfoljning:change_initiative", found.slug)
    return redirect("uppfoljning:edit_initiative", text.pk)


def _trail_of(found, title):
    itself = {"title": found.title, "url": found.get_absolute_url()}
    return trail(itself, {"title": title})


def waits(text):
    """On whom it waits, or what became of it."""
    if text.status == InitiativeStatus.PUBLISHED and not text.initiative.is_open:
        return f"{_WITHDRAWN} {text.initiative.state_reason}"
    return _WAITS[InitiativeStatus(text.status)]


def last_words(text):
    """What the document owner wrote last; empty when it was nothing."""
    said = [each.message for each in text.events.all() if each.message]
    return said[-1] if said else ""
