"""Målkedjan: from a prioritering up to the goals and down to what is done."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from kunskapsbank.models import Connection, Version
from programme import taxonomy
from programme.models import GoalLink, Prioritering, SteeringDocument
from programme.views.text import START, crumb, found, neighbours

MOST_ENTRIES = 10


class GoalChain(TemplateView):
    template_name = "kunskapsbank/connections/goal_chain.html"

    def get_context_data(self, slug, **kwargs):
        at = get_object_or_404(Prioritering.objects.with_place(), slug=slug)
        tree = taxonomy.of(at.fokusomrade.viljeinriktning.edition.slug)
        if tree.edition is None:  # of a proposal
            raise Http404
        prioritering = found(tree.prioriteringar, slug=slug)
        area = prioritering.fokusomrade
        listed = Version.objects.listed().filter(prioriteringar=prioritering)
        title = f"Prioritering {prioritering.number}"
        return super().get_context_data(
            breadcrumbs=[START, crumb(prioritering, title), {"title": "Målkedjan"}],
            section="programme",
            edition=tree.edition,
            prioritering=prioritering,
            fokusomrade=area,
            viljeinriktning=area.viljeinriktning,
            levels=_levels(area),
            documents=SteeringDocument.objects.filter(fokusomraden=area),
            version_list=listed.newest_first().for_list()[:MOST_ENTRIES],
            connection_list=_connections(prioritering),
            **_chains_beside(tree, prioritering),
            **kwargs,
        )


def _levels(area):
    """The goals by framework, the widest level first."""
    links = GoalLink.objects.filter(fokusomrade=area).with_goal()
    groups = groupby(links, key=lambda link: link.goal.framework)
    return [(framework, list(group)) for framework, group in groups]


def _connections(prioritering):
    public = Connection.objects.public().touching([prioritering])
    return public.with_ends().with_evidence()


def _chains_beside(tree, prioritering):
    beside = neighbours(tree.prioriteringar, prioritering)
    return {
        f"{name}_chain": each and {"number": each.number, "url": _address(each)}
        for name, each in beside.items()
    }


def _address(prioritering):
    return reverse("kunskapsbank:goal_chain", args=[prioritering.slug])
