"""The list of contributions."""

from django.conf import settings
from django.views.generic import TemplateView

from kunskapsbank import facets
from kunskapsbank.forms import EntryFilter
from kunskapsbank.options import FACETS
from programme.views.text import START

PAGE_LENGTH = 12


class EntryList(TemplateView):
    template_name = "kunskapsbank/entry_list.html"
    parameters = (*FACETS, "ordning", "fler", "sida")

    def get_context_data(self, **kwargs):
        asked = EntryFilter.from_query(
            self.request.GET, facets.for_request(self.request)
        )
        page = asked.page_of(PAGE_LENGTH)
        asked.page = page.number
        return super().get_context_data(
            section="kunskapsbank",
            breadcrumbs=[START, {"title": "Kunskapsbanken"}],
            canonical_url=settings.SITE_ADDRESS + asked.address(),
            asked=asked,
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number, on_ends=1),
            query=asked.query(),
            groups=asked.groups(),
            ways=ways_on(asked) if not asked.count else [],
            **kwargs,
        )


def ways_on(asked):
    """From an empty list: the filters whose removal gives something, then all."""
    ways = []
    for facet, option in asked.chosen_options:
        rest = asked.without(facet, option)
        if rest.count and rest.chosen_options:
            label = f"Ta bort filtret {option.label} och visa {rest.count} bidrag"
            ways.append({"label": label, "url": rest.address()})
    everything = asked.cleared().asking("")
    if everything.count:
        label = f"Visa alla {everything.count} bidrag"
        ways.append({"label": label, "url": everything.address()})
    return ways
