"""How the site is used and kept, for anybody to read and fetch."""

from django.http import Http404, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kunskapsbank.cells import csv_of
from livskvalitet.openness import LEAST_VIEWS, MOST_PAGES, Period, tables
from livskvalitet.views.pages import Page
from programme.views.text import START


class Openness(Page):
    template_name = "livskvalitet/openness.html"
    title = "Öppenhet"

    def get_context_data(self, **kwargs):
        period = Period.until_yesterday()
        follow_up = {"title": "Uppföljning", "url": reverse("uppfoljning:start")}
        found = super().get_context_data(
            tables=tables(period),
            period=period,
            least=LEAST_VIEWS,
            most=MOST_PAGES,
            section="uppfoljning",
            **kwargs,
        )
        return found | {"breadcrumbs": [START, follow_up, {"title": self.title}]}


@require_safe
def as_csv(request, table):
    found = tables(Period.until_yesterday()).get(table)
    if found is None:
        raise Http404
    rows = ([row.key or row.label, *row.values] for row in found.rows)
    headers = {
        "Content-Disposition": f'attachment; filename="oppenhet-{found.name}.csv"'
    }
    kind = "text/csv; charset=utf-8; header=present"
    return StreamingHttpResponse(
        [] if request.method == "HEAD" else csv_of(found.columns, rows),
        content_type=kind,
        headers=headers,
    )
