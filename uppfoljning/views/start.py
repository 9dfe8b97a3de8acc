"""The follow-up's front page."""

from django.db.models import prefetch_related_objects

from programme.views.text import START
from uppfoljning import directions
from uppfoljning.models import Indicator, Measurement
from uppfoljning.series import figures_of
from uppfoljning.views.indicators import FOLLOW_UP, FollowUpPage, is_in, strand_of


class Start(FollowUpPage):
    template_name = "uppfoljning/start.html"

    def get_context_data(self, **kwargs):
        tree = self.tree
        indicators = list(Indicator.objects.public().with_links().with_asked_at())
        overarching = [each for each in indicators if strand_of(each) is None]
        prefetch_related_objects(overarching, *Indicator.objects.values_to_prefetch())
        return super().get_context_data(
            chapters={chapter.number: chapter for chapter in tree.chapters},
            groups=[
                (strand, _areas(strand, indicators))
                for strand in tree.viljeinriktningar
            ],
            figures_list=[figures_of(each) for each in overarching],
            indicator_count=len(indicators),
            has_values=Measurement.objects.public().exists(),
            rule=directions.RULE,
            breadcrumbs=[START, {"title": FOLLOW_UP}],
            **kwargs,
        )


def _areas(strand, indicators):
    """Each fokusområde of the viljeinriktning, and how many indicators it has."""
    return [
        (area, sum(is_in(area, each) for each in indicators))
        for area in strand.fokusomraden.all()
    ]
