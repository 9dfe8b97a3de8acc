"""Editions beside each other, and how the text of each has changed."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from programme import changes, comparing
from programme.feeds import feed_of
from programme.models import Edition
from programme.views.text import START, programme_crumb


class EditionComparison(TemplateView):
    """Two editions word by word. A proposal is for those who work on it."""

    template_name = "programme/editions/comparison.html"
    extra_context = {"section": "programme"}

    def get_context_data(self, edition, **kwargs):
        visible = Edition.objects.visible_to(self.request.user)
        after = get_object_or_404(visible, slug=edition)
        before = Edition.objects.before(after)
        if before is None:
            raise Http404
        crumbs = [START, programme_crumb(), {"title": f"Jämför {after.period}"}]
        return super().get_context_data(
            comparison=comparing.compared(
                before, after, only_confirmed=after.is_decided
            ),
            breadcrumbs=crumbs,
            **kwargs,
        )


class WordingChanges(TemplateView):
    template_name = "programme/editions/changes.html"
    extra_context = {"section": "programme"}

    def get_context_data(self, **kwargs):
        crumbs = [START, programme_crumb(), {"title": "Ändringar i texten"}]
        return super().get_context_data(
            change_list=changes.wording_changes(), breadcrumbs=crumbs, **kwargs
        )


@require_safe
def changes_feed(request):
    content = feed_of(changes.wording_changes())
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
