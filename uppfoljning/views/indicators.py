"""Pages of indicators: what is measured, and which way it goes."""

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from programme import taxonomy
from programme.views.text import START, found, neighbours
from uppfoljning import directions
from uppfoljning.models import Indicator, MeasurementRevision
from uppfoljning.permissions import can_follow_up
from uppfoljning.series import figures_of
from uppfoljning.sheets.indicators import as_csv

FOLLOW_UP = "Uppföljning"
SHOWN_REVISIONS = 20


def follow_up_crumb():
    return {"title": FOLLOW_UP, "url": reverse("uppfoljning:start")}


def viljeinriktning_url(strand):
    return reverse("uppfoljning:viljeinriktning", args=[strand.slug])


def fokusomrade_url(area):
    return reverse(
        "uppfoljning:fokusomrade", args=[area.viljeinriktning.slug, area.slug]
    )


def public():
    return Indicator.objects.public().with_links().with_values()


class FollowUpPage(TemplateView):
    extra_context = {"section": "uppfoljning"}

    @property
    def tree(self):
        wanted = getattr(self.request, "content_generation", None)
        return taxonomy.current(wanted)

    def get(self, request, **kwargs):
        # The context names pages by what they are, and not by parts of the address.
        return self.render_to_response(self.get_context_data())


class ViljeinriktningDetail(FollowUpPage):
    template_name = "uppfoljning/indicators/viljeinriktning.html"

    def get_context_data(self, **kwargs):
        tree = self.tree
        strand = found(tree.viljeinriktningar, slug=self.kwargs["viljeinriktning"])
        figures = [figures_of(each) for each in public().of_viljeinriktning(strand)]
        return super().get_context_data(
            viljeinriktning=strand,
            viljeinriktning_list=tree.viljeinriktningar,
            groups=[
                (area, [each for each in figures if is_in(area, each.indicator)])
                for area in strand.fokusomraden.all()
            ],
            breadcrumbs=[START, follow_up_crumb(), {"title": strand.short_title}],
            **kwargs,
        )


class FokusomradeDetail(FollowUpPage):
    template_name = "uppfoljning/indicators/fokusomrade.html"

    def get_context_data(self, **kwargs):
        tree = self.tree
        strand = found(tree.viljeinriktningar, slug=self.kwargs["viljeinriktning"])
        area = found(strand.fokusomraden.all(), slug=self.kwargs["fokusomrade"])
        near = neighbours(tree.fokusomraden, area)
        return super().get_context_data(
            viljeinriktning=strand,
            fokusomrade=area,
            figures_list=[figures_of(each) for each in public().of_fokusomrade(area)],
            breadcrumbs=[
                START,
                follow_up_crumb(),
                {"title": strand.short_title, "url": viljeinriktning_url(strand)},
                {"title": area.short_title},
            ],
            onward={name: _onward(each) for name, each in near.items()},
            **kwargs,
        )


class IndicatorList(FollowUpPage):
    template_name = "uppfoljning/indicators/list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            figures_list=[figures_of(each) for each in public()],
            may_upload=can_follow_up(self.request.user),
            breadcrumbs=[START, follow_up_crumb(), {"title": "Nyckeltal"}],
            **kwargs,
        )


class IndicatorDetail(FollowUpPage):
    template_name = "uppfoljning/indicators/indicator.html"

    def get_context_data(self, **kwargs):
        indicator = get_object_or_404(public(), slug=self.kwargs["slug"])
        figures = figures_of(indicator)
        return super().get_context_data(
            indicator=indicator,
            figures=figures,
            strand=strand_of(indicator),
            revisions=[
                (each, figures.written(each.value)) for each in _revisions_of(indicator)
            ],
            rule=directions.RULE,
            breadcrumbs=[START, follow_up_crumb(), *_place_crumbs(indicator)],
            **kwargs,
        )


def is_in(fokusomrade, indicator):
    areas = {each.pk for each in indicator.fokusomraden.all()}
    areas |= {each.fokusomrade_id for each in indicator.prioriteringar.all()}
    return fokusomrade.pk in areas


def strand_of(indicator):
    """The viljeinriktning whose colour the indicator has; None for the whole."""
    areas = [
        *indicator.fokusomraden.all(),
        *(each.fokusomrade for each in indicator.prioriteringar.all()),
    ]
    return areas[0].viljeinriktning if areas else None


def _place_crumbs(indicator):
    areas = indicator.fokusomraden.all()
    places = [
        {"title": area.short_title, "url": fokusomrade_url(area)} for area in areas[:1]
    ]
    every = {"title": "Nyckeltal", "url": reverse("uppfoljning:indicators")}
    return [*(places or [every]), {"title": indicator.title}]


def _onward(area):
    return area and {"title": area.title, "url": fokusomrade_url(area)}


def _revisions_of(indicator):
    revisions = MeasurementRevision.objects.filter(measurement__indicator=indicator)
    return revisions.select_related("measurement__place")[:SHOWN_REVISIONS]


# -- For spreadsheets


@require_safe
def all_csv(request):
    return _csv(request, public(), "nyckeltal")


@require_safe
def indicator_csv(request, slug):
    get_object_or_404(Indicator.objects.public(), slug=slug)
    return _csv(request, public().filter(slug=slug), slug)


@require_safe
def viljeinriktning_csv(request, viljeinriktning):
    strand = found(taxonomy.current().viljeinriktningar, slug=viljeinriktning)
    return _csv(request, public().of_viljeinriktning(strand), strand.slug)


@require_safe
def fokusomrade_csv(request, viljeinriktning, fokusomrade):
    strand = found(taxonomy.current().viljeinriktningar, slug=viljeinriktning)
    area = found(strand.fokusomraden.all(), slug=fokusomrade)
    return _csv(request, public().of_fokusomrade(area), area.slug)


def _csv(request, indicators, name):
    rows = [] if request.method == "HEAD" else as_csv(indicators)
    return StreamingHttpResponse(
        rows,
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
