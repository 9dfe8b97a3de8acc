"""To propose a change to what is published: anybody is told how, contributors may."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from kunskapsbank import permissions, workflow
from kunskapsbank.enums import Status
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.models import Version
from kunskapsbank.views.entry import breadcrumbs, elsewhere

FIRST_STEP = "beratta"


@require_http_methods(["GET", "HEAD", "POST"])
def propose_change(request, slug):
    listed = Version.objects.listed().select_related("entry")
    version = listed.filter(entry__slug=slug).first()
    if version is None:
        return elsewhere(request, slug)
    if request.method == "POST":
        return _begun(request, version)
    context = {
        "section": "kunskapsbank",
        "breadcrumbs": trail(version),
        "version": version,
        "may_write": permissions.can_contribute(request.user),
        "mine": _mine(request.user, version),
    }
    return render(request, "kunskapsbank/life/propose_change.html", context)


def _begun(request, version):
    if not permissions.can_contribute(request.user):
        raise PermissionDenied
    try:
        proposal = workflow.propose_change(version.entry, by=request.user)
    except WorkflowError as error:
        messages.error(request, error.user_message)
        return redirect("kunskapsbank:propose_change", version.entry.slug)
    return redirect(writing_address(proposal))


def _mine(user, version):
    """The person's own proposal that is not decided yet."""
    if not user.is_authenticated:
        return None
    undecided = [Status.DRAFT, Status.RETURNED, Status.SUBMITTED]
    texts = Version.objects.visible_to(user).filter(entry=version.entry, author=user)
    return texts.filter(status__in=undecided).order_by("number").last()


def writing_address(version):
    """Where the text is written on; its own page until there is such a place."""
    try:
        return reverse("kunskapsbank:write_step", args=[version.pk, FIRST_STEP])
    except NoReverseMatch:
        return reverse("kunskapsbank:my_entry", args=[version.pk])


def trail(version):
    *way, _ = breadcrumbs(version)
    itself = {"title": version.title, "url": version.get_absolute_url()}
    return [*way, itself, {"title": "Föreslå en ändring"}]
