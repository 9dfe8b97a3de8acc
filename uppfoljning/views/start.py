"""Pages that follow the programme up."""

from django.views.generic import TemplateView

from programme import taxonomy
from programme.views.text import START


class Start(TemplateView):
    template_name = "uppfoljning/start.html"
    extra_context = {"section": "uppfoljning"}

    def get_context_data(self, **kwargs):
        chapters = taxonomy.current().chapters
        return super().get_context_data(
            chapters={chapter.number: chapter for chapter in chapters},
            breadcrumbs=[START, {"title": "Uppföljning"}],
            **kwargs,
        )
