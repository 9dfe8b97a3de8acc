"""Where editors change the programme's text and what surrounds it, with history."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from programme import models
from search.admin import TouchingAdmin


class ProgrammeAdmin(TouchingAdmin, SimpleHistoryAdmin):
    """Every earlier wording is kept, and a change is seen at once on the site."""


@admin.register(models.Edition)
class EditionAdmin(ProgrammeAdmin):
    list_display = ["title", "period", "status"]


@admin.register(models.Chapter)
class ChapterAdmin(ProgrammeAdmin):
    list_display = ["number", "title", "edition"]
    list_filter = ["edition"]


@admin.register(models.Viljeinriktning)
class ViljeinriktningAdmin(ProgrammeAdmin):
    list_display = ["number", "title", "edition"]
    list_filter = ["edition"]


@admin.register(models.Fokusomrade)
class FokusomradeAdmin(ProgrammeAdmin):
    list_display = ["number", "title", "viljeinriktning"]
    list_filter = ["viljeinriktning__edition", "viljeinriktning"]


@admin.register(models.Prioritering)
class PrioriteringAdmin(ProgrammeAdmin):
    list_display = ["number", "text"]
    list_filter = ["fokusomrade__viljeinriktning"]
    list_select_related = ["fokusomrade"]
    search_fields = ["text"]


@admin.register(models.Footnote)
class FootnoteAdmin(ProgrammeAdmin):
    list_display = ["number", "text", "edition"]


@admin.register(models.Lineage)
class LineageAdmin(ProgrammeAdmin):
    list_display = ["__str__", "kind", "confirmed_on"]


@admin.register(models.Framework)
class FrameworkAdmin(ProgrammeAdmin):
    list_display = ["title", "level", "held_in_2016", "confidence"]


@admin.register(models.Goal)
class GoalAdmin(ProgrammeAdmin):
    list_display = ["title", "number", "framework", "confidence"]
    list_filter = ["framework"]


@admin.register(models.GoalLink)
class GoalLinkAdmin(ProgrammeAdmin):
    list_display = ["fokusomrade", "goal", "motivation"]
    list_filter = ["goal__framework"]
    list_select_related = ["fokusomrade", "goal"]


@admin.register(models.SteeringDocument)
class SteeringDocumentAdmin(ProgrammeAdmin):
    list_display = ["title", "asterisk", "law", "confidence"]


@admin.register(models.SteeringDocumentLink)
class SteeringDocumentLinkAdmin(ProgrammeAdmin):
    list_display = ["document", "fokusomrade"]


@admin.register(models.Term)
class TermAdmin(ProgrammeAdmin):
    list_display = ["term", "explanation", "confidence"]
    search_fields = ["term", "explanation"]
