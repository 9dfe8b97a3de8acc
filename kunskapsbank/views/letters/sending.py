"""The forms that need no account, and the receipt that each of them gives."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from kunskapsbank import guards, workflow
from kunskapsbank.enums import LetterKind
from kunskapsbank.exceptions import TooManyLetters
from kunskapsbank.forms.letters import AccessibilityForm, ReportForm, TipForm
from kunskapsbank.letter_mail import letter_of, token_of
from kunskapsbank.models import Version
from kunskapsbank.views.entry import elsewhere
from programme.views.text import START

KUNSKAPSBANKEN = "Kunskapsbanken"
HOUR = "3600"


class SendLetter(FormView):
    """A form for anybody; what is sent is kept once, however often it is sent."""

    http_method_names = ["get", "head", "post", "options"]
    kind = ""
    title = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(breadcrumbs=self.breadcrumbs(), **kwargs)

    def breadcrumbs(self):
        return [START, {"title": self.title}]

    def form_valid(self, form):
        values, key = form.letter()
        network = guards.network_of(self.request.META.get("REMOTE_ADDR", ""))
        about = {**values, **self.about()}
        try:
            return self.received(key=key, network=network, **about)
        except TooManyLetters as refusal:
            form.add_error(None, refusal.user_message)
            page = self.render_to_response(self.get_context_data(form=form), status=429)
            page.headers["Retry-After"] = HOUR
            return page

    def received(self, **sent):
        """Keep what was sent, and lead on to what tells the sender so."""
        letter = workflow.receive_letter(**{"kind": self.kind, **sent})
        return redirect("kunskapsbank:letter_receipt", token=token_of(letter))

    def about(self):
        """What the address says of the letter."""
        return {}


class SendTip(SendLetter):
    template_name = "kunskapsbank/letters/tip.html"
    form_class = TipForm
    kind = LetterKind.TIP
    title = "Tipsa utan konto"


class ReportAccessibility(SendLetter):
    template_name = "kunskapsbank/letters/report_accessibility.html"
    form_class = AccessibilityForm
    title = "Rapportera"

    def get_initial(self):
        return {"link": self.request.GET.get("sida", "")[:500]}

    def breadcrumbs(self):
        statement = {"title": "Tillgänglighet", "url": reverse("accessibility")}
        return [START, statement, {"title": self.title}]


class AboutEntry(SendLetter):
    """About a contribution that everybody may read; else the address says why not."""

    def dispatch(self, request, slug):
        listed = Version.objects.listed().select_related("entry")
        self.version = listed.filter(entry__slug=slug).first()
        if self.version is None:
            return elsewhere(request, slug)
        return super().dispatch(request, slug)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            version=self.version, section="kunskapsbank", **kwargs
        )

    def breadcrumbs(self):
        entries = reverse("kunskapsbank:entry_list")
        return [
            START,
            {"title": KUNSKAPSBANKEN, "url": entries},
            {"title": self.version.title, "url": self.version.get_absolute_url()},
            {"title": self.title},
        ]

    def about(self):
        return {"entry": self.version.entry}


class ReportEntry(AboutEntry):
    """DSA article 16: anybody may say that a contribution is unlawful (trust A24)."""

    template_name = "kunskapsbank/letters/report_entry.html"
    form_class = ReportForm
    kind = LetterKind.REPORT
    title = "Rapportera innehållet"


def published_draft(letter):
    """The contribution that a tip became, once everybody can read it."""
    if letter.draft is None:
        return None
    return Version.objects.listed().filter(entry=letter.draft.entry_id).first()


class Receipt(TemplateView):
    """The sender's own page of a letter, at an address that nobody can guess. It never
    shows what was written, since links are passed on."""

    template_name = "kunskapsbank/letters/receipt.html"

    def get(self, request, token):
        letter = letter_of(token)
        if letter is None:
            raise Http404
        context = {
            "letter": letter,
            "published": published_draft(letter),
            "reply_list": letter.replies.filter(to_owners=False),
            "breadcrumbs": [START, {"title": f"Ärende {letter.number}"}],
        }
        page = render(request, self.template_name, context)
        page.headers["Cache-Control"] = "private, no-store"
        page.headers["Referrer-Policy"] = "no-referrer"
        return page
