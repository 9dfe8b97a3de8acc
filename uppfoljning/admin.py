"""Where editors choose which indicators there are and where they belong, with history.

Values come from their source or from a table, and are only looked at here.
"""

from django.contrib import admin

from kunskapsbank.admin import ReadOnly
from programme.admin import ProgrammeAdmin
from uppfoljning import models
from uppfoljning.findable import indicators as findable
from uppfoljning.models import Indicator


class FollowUpAdmin(ProgrammeAdmin):
    """Every earlier choice is kept, and a change is seen at once on the site."""

    def findable_of(self, obj):
        return set()

    def refresh(self, keys):
        findable.refresh(keys)


class FokusomradeLinkInline(admin.TabularInline):
    model = models.IndicatorFokusomradeLink
    extra = 1


class PrioriteringLinkInline(admin.TabularInline):
    model = models.IndicatorPrioriteringLink
    extra = 1


@admin.register(Indicator)
class IndicatorAdmin(FollowUpAdmin):
    fixed = ["slug"]
    list_display = ["title", "kolada_id", "wanted", "unit", "is_active"]
    list_filter = ["is_active", "wanted", "fokusomraden"]
    search_fields = ["title", "source_title", "kolada_id"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [FokusomradeLinkInline, PrioriteringLinkInline]

    def findable_of(self, obj):
        return {obj.pk}

    def save_related(self, request, form, formsets, change):
        """Where it belongs is found too, and is saved after the indicator itself."""
        super().save_related(request, form, formsets, change)
        self.refresh({form.instance.pk})


class LinkAdmin(FollowUpAdmin):
    """The ties by themselves, for their history."""

    list_select_related = True

    def findable_of(self, obj):
        return {obj.indicator_id}


@admin.register(models.IndicatorFokusomradeLink)
class FokusomradeLinkAdmin(LinkAdmin):
    fixed = ["indicator", "fokusomrade"]
    list_display = ["indicator", "fokusomrade"]


@admin.register(models.IndicatorPrioriteringLink)
class PrioriteringLinkAdmin(LinkAdmin):
    fixed = ["indicator", "prioritering"]
    list_display = ["indicator", "prioritering"]


@admin.register(models.Place)
class PlaceAdmin(FollowUpAdmin):
    fixed = ["code"]
    list_display = ["title", "code", "position", "is_active"]

    def has_delete_permission(self, request, obj=None):
        """What values are of cannot be taken away, only hidden."""
        is_used = obj is not None and obj.measurements.exists()
        return super().has_delete_permission(request, obj) and not is_used


class FetchInline(ReadOnly, admin.TabularInline):
    model = models.Fetch
    fields = ["indicator", "state", "message", "new_count", "changed_count"]


@admin.register(models.ImportRun)
class ImportRunAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["started_at", "ended_at", "state"]
    list_filter = ["state"]
    inlines = [FetchInline]


@admin.register(models.ValueUpload)
class ValueUploadAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["uploaded_at", "uploaded_by", "new_count", "changed_count"]
    list_select_related = ["uploaded_by"]


class RevisionInline(ReadOnly, admin.TabularInline):
    model = models.MeasurementRevision


@admin.register(models.Measurement)
class MeasurementAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["indicator", "place", "period", "gender", "value", "origin"]
    list_filter = ["place", "gender", "origin"]
    list_select_related = ["indicator", "place"]
    search_fields = ["indicator__title", "indicator__kolada_id"]
    inlines = [RevisionInline]
