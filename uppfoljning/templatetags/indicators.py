"""Indicators on the pages of other apps. A place is given by one keyword, an object.

{% indicators_panel fokusomrade=fokusomrade %}  {% indicators_panel prioritering=… %}
    A section with a heading (id "nyckeltal") and the place's indicators: names, which
    way each goes, and a link on. Nothing where there are none.
"""

from django import template

from uppfoljning.models import Indicator
from uppfoljning.series import figures_of
from uppfoljning.views.indicators import fokusomrade_url

register = template.Library()


@register.inclusion_tag("uppfoljning/indicators/panel.html")
def indicators_panel(*, fokusomrade=None, prioritering=None):
    public = Indicator.objects.public().with_values()
    if prioritering:
        indicators = public.of_prioritering(prioritering)
        fokusomrade = prioritering.fokusomrade
    else:
        indicators = public.of_fokusomrade(fokusomrade)
    return {
        "figures_list": [figures_of(each) for each in indicators],
        "url": fokusomrade_url(fokusomrade),
        "number": fokusomrade.number,
    }
