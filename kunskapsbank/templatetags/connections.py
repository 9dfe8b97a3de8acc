"""Connections and the chain of goals on the pages of the programme.

{% connections_panel prioritering %}
    Heading (id "samband") and what the prioritering supports, requires and is in
    conflict with, said from its own side: for a section labelled by the heading.
{% goal_chain_link prioritering %}
    The way to the page of its chain of goals.
{% chain_down fokusomrade %}
    Below a goal: the prioriteringar of a fokusområde that is tied to it, each with how
    many contributions it has and its own chain.
"""

from django import template

from kunskapsbank.enums import ConnectionKind
from kunskapsbank.models import Connection
from kunskapsbank.templatetags.kunskapsbank import current_facets
from programme import taxonomy

register = template.Library()


@register.inclusion_tag("kunskapsbank/connections/panel.html")
def connections_panel(prioritering):
    public = Connection.objects.public().touching([prioritering])
    names = {prioritering.pk, *_earlier(prioritering)}
    groups: dict[str, list] = {}
    for each in public.with_ends().with_evidence():
        said, other = _from(names, each)
        groups.setdefault(said, []).append((each, other))
    order = [word for kind in ConnectionKind for word in (kind.label, kind.backwards)]
    known = [word for word in dict.fromkeys(order) if word in groups]
    return {
        "prioritering": prioritering,
        "groups": [(word, groups[word]) for word in known],
    }


@register.inclusion_tag("kunskapsbank/connections/chain_link.html")
def goal_chain_link(prioritering):
    return {"prioritering": prioritering}


@register.inclusion_tag("kunskapsbank/connections/chain_down.html", takes_context=True)
def chain_down(context, fokusomrade):
    facets = current_facets(context)
    kept = {area.pk: area.prioriteringar.all() for area in facets.tree.fokusomraden}
    prioriteringar = kept.get(fokusomrade.pk)
    if prioriteringar is None:  # of an earlier edition
        prioriteringar = fokusomrade.prioriteringar.order_by("position")
    return {
        "fokusomrade": fokusomrade,
        "rows": [(each, facets.count(each)) for each in prioriteringar],
    }


def _earlier(prioritering):
    """The keys of what it was in earlier editions."""
    heirs = taxonomy.heirs().items()
    return [before for before, today in heirs if prioritering.pk in today]


def _from(names, connection):
    """What the connection says of the prioritering that has these keys, and of which
    other one; of that, too, what it is today."""
    kind = ConnectionKind(connection.kind)
    is_start = connection.from_prioritering_id in names
    other = connection.to_prioritering if is_start else connection.from_prioritering
    (other, *_) = [*taxonomy.now([other]), other]
    return kind.label if is_start else kind.backwards, other
