"""Every reusable read of indicators and their values."""

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from programme.models import Fokusomrade, Prioritering
from uppfoljning.enums.indicators import FetchState, RunState


class PlaceQuerySet(QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def active(self):
        return self.filter(is_active=True)


class IndicatorQuerySet(QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def public(self):
        """Every page, list and export reads indicators through this door."""
        return self.filter(is_active=True)

    def overarching(self):
        """Those that belong to the programme as a whole."""
        return self.filter(fokusomraden=None, prioriteringar=None)

    def of_fokusomrade(self, fokusomrade):
        """Those of the fokusområde itself, and of one of its prioriteringar."""
        its = Q(fokusomraden=fokusomrade) | Q(prioriteringar__fokusomrade=fokusomrade)
        return self.filter(its).distinct()

    def of_prioritering(self, prioritering):
        return self.filter(prioriteringar=prioritering)

    def of_viljeinriktning(self, viljeinriktning):
        its = Q(fokusomraden__viljeinriktning=viljeinriktning) | Q(
            prioriteringar__fokusomrade__viljeinriktning=viljeinriktning
        )
        return self.filter(its).distinct()

    def with_links(self):
        """With where in the programme each belongs."""
        areas = Fokusomrade.objects.select_related("viljeinriktning__edition")
        return self.prefetch_related(
            Prefetch("fokusomraden", areas.order_by("number")),
            Prefetch("prioriteringar", Prioritering.objects.with_place()),
        )

    def with_values(self):
        """With all values, in order of time, and when the source was last asked; see
        `uppfoljning.series`."""
        return self.prefetch_related(*self.values_to_prefetch()).with_asked_at()

    def values_to_prefetch(self):
        values = self.model._meta.get_field("measurements").related_model.objects
        return [Prefetch("measurements", values.select_related("place").in_order())]

    def with_asked_at(self):
        fetches = self.model._meta.get_field("fetches").related_model.objects
        latest = fetches.answered().filter(indicator=OuterRef("pk"))
        return self.annotate(
            asked_at=Subquery(latest.order_by("-fetched_at").values("fetched_at")[:1])
        )

    def fetched(self):
        """Those that `import_kolada` asks for."""
        return self.filter(is_active=True).exclude(kolada_id=None)


class FokusomradeLinkQuerySet(QuerySet):
    def get_by_natural_key(self, indicator, edition, fokusomrade):
        return self.get(
            indicator__slug=indicator,
            fokusomrade__viljeinriktning__edition__slug=edition,
            fokusomrade__number=fokusomrade,
        )


class PrioriteringLinkQuerySet(QuerySet):
    def get_by_natural_key(self, indicator, prioritering):
        return self.get(indicator__slug=indicator, prioritering__slug=prioritering)


class MeasurementQuerySet(QuerySet):
    def public(self):
        """Values of indicators that readers may see, at places that are shown."""
        return self.filter(indicator__is_active=True, place__is_active=True)

    def in_order(self):
        return self.order_by("place__position", "period", "gender")


class ImportRunQuerySet(QuerySet):
    def unfinished(self):
        return self.filter(state=RunState.RUNNING)


class FetchQuerySet(QuerySet):
    def answered(self):
        """Those where the source gave an answer that was kept."""
        return self.exclude(state=FetchState.FAILED)
