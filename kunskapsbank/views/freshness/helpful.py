"""The form where any reader says whether a contribution helped, and the thanks."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kunskapsbank import workflow
from kunskapsbank.forms.helpful import HelpfulForm
from kunskapsbank.models import Version
from kunskapsbank.views.entry import breadcrumbs, elsewhere
from kunskapsbank.views.letters.sending import AboutEntry


class AnswerHelpful(AboutEntry):
    template_name = "kunskapsbank/freshness/helpful.html"
    form_class = HelpfulForm
    title = "Hjälpte det här dig?"

    def received(self, **sent):
        workflow.receive_helpful(**sent)
        return redirect("kunskapsbank:helpful_thanks", self.version.entry.slug)


@require_safe
def thanks(request, slug):
    listed = Version.objects.listed().select_related("entry")
    version = listed.filter(entry__slug=slug).first()
    if version is None:
        return elsewhere(request, slug)
    *way, _ = breadcrumbs(version)
    itself = {"title": version.title, "url": version.get_absolute_url()}
    context = {
        "version": version,
        "section": "kunskapsbank",
        "breadcrumbs": [*way, itself, {"title": "Tack för svaret"}],
    }
    return render(request, "kunskapsbank/freshness/thanks.html", context)
