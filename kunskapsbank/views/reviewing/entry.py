"""A whole contribution in a moderator's hands: hidden, shown, undone, moved, given."""

from abc import ABC, abstractmethod

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import FormView

from kunskapsbank import workflow
from kunskapsbank.chain import is_whole
from kunskapsbank.enums import EntryState, Status
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.forms import reviewing as forms
from kunskapsbank.models import Entry, Hiding, Version
from kunskapsbank.permissions import can_show_again
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only


def known(pk) -> Entry:
    """The contribution, if any text of it has been handed in, or 404."""
    return get_object_or_404(Entry.objects.handed_in(), pk=pk)


def title_of(entry) -> str:
    version = entry.published_version or (
        entry.versions.exclude(status=Status.DRAFT).order_by("number").last()
    )
    return version.title


def trail(entry, *steps):
    url = reverse("kunskapsbank:review_entry", args=[entry.pk])
    return page.trail({"title": entry.number, "url": url}, *steps)


@moderators_only
@require_safe
def entry(request, pk):
    found = known(pk)
    published = found.published_version
    versions = found.versions.exclude(status=Status.DRAFT).select_related("author")
    context = {
        "breadcrumbs": page.trail({"title": found.number}),
        "entry": found,
        "title": title_of(found),
        "published": published,
        "is_open": found.state == EntryState.OPEN,
        "may_show": can_show_again(request.user, found),
        "waits_again": Hiding.objects.waiting().filter(entry=found).exists(),
        "has_before": bool(published and published.replaces_id),
        "versions": versions.order_by("-number"),
        "owners": found.owners.order_by("name", "email"),
        "events": page.events_of(found),
        "is_whole": is_whole(found.events.order_by("position")),
        "notes": found.notes.select_related("author"),
        "note_form": forms.NoteForm(auto_id="anteckning_%s"),
    }
    return render(request, "kunskapsbank/reviewing/entry.html", context)


@method_decorator(
    [moderators_only, require_http_methods(["GET", "HEAD", "POST"])], name="dispatch"
)
class EntryAct(FormView, ABC):
    """One act on a contribution, with a form of its own and a way back."""

    template_name = "kunskapsbank/reviewing/entry_act.html"
    heading = ""
    lead = ""
    button = ""
    done = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = None

    def dispatch(self, request, *args, **kwargs):
        self.entry = self.found(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def found(self, pk) -> Entry:
        return known(pk)

    @abstractmethod
    def act(self, clean) -> None: ...

    def form_valid(self, form):
        try:
            self.act(form.cleaned_data)
        except WorkflowError as error:
            form.add_error(None, error.user_message)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect("kunskapsbank:review_entry", self.entry.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            breadcrumbs=trail(self.entry, {"title": self.heading}),
            entry=self.entry,
            title=title_of(self.entry),
            heading=self.heading,
            lead=self.lead,
            button=self.button,
            **kwargs,
        )


class Hide(EntryAct):
    heading = "Dölj nu"
    lead = (
        "Bidraget försvinner direkt från alla listor. På dess adress står att det är "
        "borttaget, och skälet. Texten finns kvar och kan visas igen."
    )
    button = "Dölj nu"
    done = "Bidraget är dolt. Den som äger det får ett mejl."
    form_class = forms.HideForm

    def act(self, clean):
        workflow.hide(self.entry, by=self.request.user, **clean)


class ShowAgain(EntryAct):
    heading = "Visa igen"
    lead = (
        "Bidraget syns som förut, på samma adress. Den som har skrivit texten kan inte "
        "själv visa den igen."
    )
    button = "Visa igen"
    done = "Bidraget syns igen. Den som äger det får ett mejl."
    form_class = forms.OptionalMessageForm

    def act(self, clean):
        workflow.show_again(self.entry, by=self.request.user, **clean)


class UndoPublication(EntryAct):
    heading = "Ångra publiceringen"
    lead = (
        "Texten före den som är publicerad blir den som alla ser. Båda finns kvar i "
        "historiken."
    )
    button = "Gå tillbaka till texten före"
    done = "Texten före är publicerad igen."
    form_class = forms.MessageForm

    def act(self, clean):
        published = self.entry.published_version
        if published is None:
            raise WorkflowError(user_message="Bidraget har ingen publicerad text.")
        workflow.undo_publication(published, by=self.request.user, **clean)


class ChangeAddress(EntryAct):
    heading = "Ändra adressen"
    lead = "Den gamla adressen leder vidare till den nya, så länge webbplatsen finns."
    button = "Ändra adressen"
    done = "Bidraget har fått en ny adress. Den gamla leder till den."
    form_class = forms.AddressForm

    def get_initial(self):
        return {"slug": self.entry.slug or ""}

    def act(self, clean):
        workflow.change_address(self.entry, by=self.request.user, **clean)


class GiveAway(EntryAct):
    heading = "Ändra vem som äger bidraget"
    lead = "Den som äger bidraget kan ändra det, ta tillbaka det och lämna det vidare."
    button = "Spara"
    done = "Ägaren är ändrad. De som berörs får ett mejl."
    form_class = forms.OwnerForm

    def act(self, clean):
        owner, by = clean["email"], self.request.user
        if clean["how"] == "give":
            workflow.hand_over(self.entry, to=owner, by=by)
        else:
            workflow.add_owner(self.entry, owner=owner, by=by)


class Suppress(EntryAct):
    """One old text; `pk` is the version's."""

    heading = "Undanta en version"
    lead = (
        "Texten försvinner ur den öppna historiken, till exempel för att den har "
        "personuppgifter i sig. Moderatorer kan fortfarande läsa den."
    )
    button = "Undanta versionen"
    done = "Versionen är undantagen ur den öppna historiken."
    form_class = forms.MessageForm

    def found(self, pk):
        replaced = Version.objects.filter(status=Status.REPLACED, is_suppressed=False)
        self.version = get_object_or_404(replaced.select_related("entry"), pk=pk)
        return self.version.entry

    def act(self, clean):
        workflow.suppress(self.version, by=self.request.user, **clean)

    def get_context_data(self, **kwargs):
        return super().get_context_data(version=self.version, **kwargs)
