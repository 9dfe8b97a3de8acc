"""Initiatives on the pages of other apps.

{% initiatives_panel prioritering=prioritering %}
    A section with a heading (id "insatser") and up to three initiatives with a link to
    them all; nothing at all while there are none. The place is given by one keyword:
    `prioritering=`, `fokusomrade=` or `organisation=`, each an object.
{% initiative_links user as links %}
    Where the person goes to tell of initiatives, to decide on them, and to revise the
    programme: a list of title and address, empty for others.
"""

from django import template
from django.urls import reverse

from uppfoljning.models import Initiative, InitiativeText
from uppfoljning.permissions import can_contribute, can_follow_up

register = template.Library()

PANEL_LENGTH = 3


@register.inclusion_tag("uppfoljning/initiatives/panel.html")
def initiatives_panel(*, prioritering=None, fokusomrade=None, organisation=None):
    public = Initiative.objects.public()
    if prioritering:
        found = public.of_prioritering(prioritering)
        asked, where = f"prio={prioritering.slug}", f"för {prioritering.number}"
    elif fokusomrade:
        found = public.of_fokusomrade(fokusomrade)
        asked, where = f"fokus={fokusomrade.number}", f"för {fokusomrade.number}"
    else:
        found = public.filter(organisation=organisation)
        asked, where = f"org={organisation.slug}", f"från {organisation.name}"
    shown = list(found.with_ties().newest_first()[: PANEL_LENGTH + 1])
    return {
        "initiative_list": shown[:PANEL_LENGTH],
        "has_more": len(shown) > PANEL_LENGTH,
        "url": f"{reverse('uppfoljning:initiatives')}?{asked}",
        "where": where,
    }


@register.simple_tag
def initiative_links(user):
    if not can_contribute(user):
        return []
    links = [{"title": "Mina insatser", "url": reverse("uppfoljning:my_initiatives")}]
    if can_follow_up(user):
        waiting = InitiativeText.objects.queue().exclude(author=user).count()
        url = reverse("uppfoljning:review_initiatives")
        links.append({"title": "Insatser att besluta om", "url": url, "count": waiting})
        links.append({"title": "Utgåvor", "url": reverse("uppfoljning:editions")})
    return links
