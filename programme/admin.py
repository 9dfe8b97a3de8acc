"""Where editors change the programme's text and what surrounds it, with history."""

from django import forms
from django.contrib import admin
from django.db.models import JSONField, TextField, URLField
from django.utils.text import normalize_newlines
from simple_history.admin import SimpleHistoryAdmin

from programme import findable, loading, models
from programme.validators import LIST_OF_TEXTS
from search.admin import TouchingAdmin


class LinesField(forms.CharField):
    """Browsers send \r\n, and footnotes stand at a number of characters."""

    def to_python(self, value):
        return normalize_newlines(super().to_python(value))


class TextsField(forms.JSONField):
    """A list of strings; an empty one when nothing is written."""

    default_error_messages = {"invalid": LIST_OF_TEXTS}

    def to_python(self, value):
        read = super().to_python(value.strip() if isinstance(value, str) else value)
        return [] if read in self.empty_values else read


class ProgrammeAdmin(TouchingAdmin, SimpleHistoryAdmin):
    """Every earlier wording is kept, and a change is seen at once on the site."""

    formfield_overrides = {
        TextField: {"form_class": LinesField},
        JSONField: {"form_class": TextsField},
        URLField: {"assume_scheme": "https"},
    }

    def findable_of(self, obj):
        return findable.keys_of(obj)

    def refresh(self, keys):
        findable.refresh(keys)

    def save_model(self, request, obj, form, change):
        """A save that changes nothing is no earlier wording."""
        if change and not loading.differs(obj, self.model.objects.get(pk=obj.pk)):
            return
        super().save_model(request, obj, form, change)


@admin.register(models.Edition)
class EditionAdmin(ProgrammeAdmin):
    fixed = ["slug"]
    list_display = ["title", "period", "status"]


@admin.register(models.Chapter)
class ChapterAdmin(ProgrammeAdmin):
    fixed = ["edition", "number", "slug"]
    list_display = ["number", "title", "edition"]
    list_filter = ["edition"]


@admin.register(models.Viljeinriktning)
class ViljeinriktningAdmin(ProgrammeAdmin):
    fixed = ["edition", "number", "key", "slug"]
    list_display = ["number", "title", "edition"]
    list_filter = ["edition"]


@admin.register(models.Fokusomrade)
class FokusomradeAdmin(ProgrammeAdmin):
    fixed = ["viljeinriktning", "number", "slug"]
    list_display = ["number", "title", "viljeinriktning"]
    list_filter = ["viljeinriktning__edition", "viljeinriktning"]


@admin.register(models.Prioritering)
class PrioriteringAdmin(ProgrammeAdmin):
    fixed = ["fokusomrade", "slug"]
    list_display = ["number", "text"]
    list_filter = ["fokusomrade__viljeinriktning"]
    list_select_related = ["fokusomrade"]
    search_fields = ["text"]

    def has_delete_permission(self, request, obj=None):
        """Contributions are found by where in the programme they hang."""
        is_used = obj is not None and obj.versions.exists()
        return super().has_delete_permission(request, obj) and not is_used


@admin.register(models.Footnote)
class FootnoteAdmin(ProgrammeAdmin):
    fixed = ["edition", "number"]
    list_display = ["number", "text", "edition"]


@admin.register(models.Lineage)
class LineageAdmin(ProgrammeAdmin):
    list_display = ["__str__", "kind", "confirmed_on"]


@admin.register(models.Framework)
class FrameworkAdmin(ProgrammeAdmin):
    fixed = ["slug"]
    list_display = ["title", "level", "held_in_2016", "confidence"]


@admin.register(models.Goal)
class GoalAdmin(ProgrammeAdmin):
    fixed = ["framework", "slug"]
    list_display = ["title", "number", "framework", "confidence"]
    list_filter = ["framework"]


@admin.register(models.GoalLink)
class GoalLinkAdmin(ProgrammeAdmin):
    fixed = ["fokusomrade", "goal"]
    list_display = ["fokusomrade", "goal", "motivation"]
    list_filter = ["goal__framework"]
    list_select_related = ["fokusomrade", "goal"]


@admin.register(models.SteeringDocument)
class SteeringDocumentAdmin(ProgrammeAdmin):
    fixed = ["slug"]
    list_display = ["title", "asterisk", "law", "confidence"]


@admin.register(models.SteeringDocumentLink)
class SteeringDocumentLinkAdmin(ProgrammeAdmin):
    fixed = ["document", "fokusomrade"]
    list_display = ["document", "fokusomrade"]


@admin.register(models.Term)
class TermAdmin(ProgrammeAdmin):
    fixed = ["slug"]
    list_display = ["term", "explanation", "confidence"]
    search_fields = ["term", "explanation"]
