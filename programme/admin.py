"""Where editors change the programme's text and what surrounds it, with history."""

from django import forms
from django.contrib import admin
from django.db.models import JSONField, TextField, URLField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import normalize_newlines
from simple_history.admin import SimpleHistoryAdmin

from programme import changes, findable, loading, models
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


class ReasonForm(forms.ModelForm):
    """Asks why decided words are changed: readers are told, in the list of changes."""

    reason = forms.CharField(
        label="Varför ändras texten?",
        required=False,
        max_length=100,
        help_text="Krävs när beslutad text ändras. Visas för alla i listan över "
        "ändringar, så nämn inga personer.",
    )

    def clean(self):
        clean = super().clean()
        words = {*changes.TEXTS[type(self.instance)]} & {*self.changed_data}
        is_decided = self.instance.pk and changes.edition_of(self.instance).is_decided
        if words and is_decided and not clean.get("reason"):
            self.add_error("reason", "Skriv varför den beslutade texten ändras.")
        return clean


class DecidedTextAdmin(ProgrammeAdmin):
    """Rows whose words the city has decided."""

    form = ReasonForm

    def save_model(self, request, obj, form, change):
        obj._change_reason = form.cleaned_data.get("reason", "")
        super().save_model(request, obj, form, change)


@admin.register(models.Edition)
class EditionAdmin(ProgrammeAdmin):
    """`uppfoljning.workflow.editions` alone says what is in force."""

    fixed = ["slug"]
    readonly_fields = ["status", "revision"]
    list_display = ["title", "period", "status"]

    @admin.display(description="härkomst och beslut")
    def revision(self, obj):
        """Where the document owner drafts, confirms and decides."""
        name = "uppfoljning:edition" if obj.pk else "uppfoljning:editions"
        address = reverse(name, args=[obj.slug] if obj.pk else [])
        return format_html('<a href="{}">Arbeta med utgåvan</a>', address)


@admin.register(models.Chapter)
class ChapterAdmin(DecidedTextAdmin):
    fixed = ["edition", "number", "slug"]
    list_display = ["number", "title", "edition"]
    list_filter = ["edition"]


@admin.register(models.Viljeinriktning)
class ViljeinriktningAdmin(DecidedTextAdmin):
    fixed = ["edition", "number", "key", "slug"]
    list_display = ["number", "title", "edition"]
    list_filter = ["edition"]


@admin.register(models.Fokusomrade)
class FokusomradeAdmin(DecidedTextAdmin):
    fixed = ["viljeinriktning", "number", "slug"]
    list_display = ["number", "title", "viljeinriktning"]
    list_filter = ["viljeinriktning__edition", "viljeinriktning"]


@admin.register(models.Prioritering)
class PrioriteringAdmin(DecidedTextAdmin):
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
class FootnoteAdmin(DecidedTextAdmin):
    fixed = ["edition", "number"]
    list_display = ["number", "text", "edition"]


@admin.register(models.Lineage)
class LineageAdmin(ProgrammeAdmin):
    """What is confirmed is opened again by the document owner before it changes."""

    readonly_fields = ["confirmed_on"]
    list_display = ["__str__", "kind", "edition", "confirmed_on"]
    list_filter = ["edition", "kind", ("confirmed_on", admin.EmptyFieldListFilter)]
    raw_id_fields = ["from_fokusomrade", "to_fokusomrade"]
    raw_id_fields += ["from_prioritering", "to_prioritering"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_ends()

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _is_open(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _is_open(obj)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset.filter(confirmed_on=None))


def _is_open(row):
    return row is None or row.confirmed_on is None


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
