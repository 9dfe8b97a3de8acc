"""The list of contributions."""

from django.conf import settings
from django.core.paginator import Paginator
from django.views.generic import TemplateView

from kunskapsbank import facets
from kunskapsbank.enums import Order
from kunskapsbank.forms import EntryFilter
from programme.views.text import START

PAGE_LENGTH = 12


class EntryList(TemplateView):
    template_name = "kunskapsbank/entry_list.html"

    def get_context_data(self, **kwargs):
        spread = facets.for_request(self.request)
        asked = EntryFilter.from_query(self.request.GET, spread)
        page = page_of(asked)
        asked.page = page.number
        return super().get_context_data(
            section="kunskapsbank",
            breadcrumbs=[START, {"title": "Kunskapsbanken"}],
            canonical_url=settings.SITE_ADDRESS + asked.address(),
            asked=asked,
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number, on_ends=1),
            query=asked.query(),
            orders=Order.choices,
            filters=chosen_filters(asked),
            clear_url=asked.cleared().address(),
            ways=ways_on(asked) if not asked.count else [],
            **choices(asked),
            **kwargs,
        )


def page_of(asked):
    paginator = Paginator(asked.versions().for_list(), PAGE_LENGTH)
    # The facets know how many there are, so the database need not count.
    paginator.count = asked.count
    return paginator.get_page(asked.page)


def choices(asked):
    """The groups of the form; each group that may have several is a list."""
    return {
        "viljeinriktning_choices": asked.choices("vilja"),
        "kind_choices": asked.choices("typ"),
        "fokusomrade_choices": asked.choices("fokus"),
        "prioritering_choices": asked.prioritering_choices(),
        "has_several_fokusomraden": len(asked.chosen["fokus"]) > 1,
    }


def chosen_filters(asked):
    return [
        {"label": option.label, "url": asked.without(facet, option).address()}
        for facet, option in asked.chosen_options
    ]


def ways_on(asked):
    """From an empty list: the filters whose removal gives something, then all."""
    ways = []
    for facet, option in asked.chosen_options:
        rest = asked.without(facet, option)
        if rest.count and rest.chosen_options:
            label = f"Ta bort filtret {option.label} och visa {rest.count} bidrag"
            ways.append({"label": label, "url": rest.address()})
    everything = asked.cleared()
    if everything.count:
        label = f"Visa alla {everything.count} bidrag"
        ways.append({"label": label, "url": everything.address()})
    return ways
