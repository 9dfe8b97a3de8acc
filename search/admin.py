"""What every admin of public content builds on."""

from collections.abc import Sequence

from django.contrib import admin
from django.db import transaction

from search import generation
from search.models import SynonymGroup


class TouchingAdmin(admin.ModelAdmin):
    """Raises the content generation with every change, so that pages show it."""

    # What a row is known by, in addresses and when content is loaded: set once.
    fixed: Sequence[str] = ()

    def get_readonly_fields(self, request, obj=None):
        always = super().get_readonly_fields(request, obj)
        return [*always, *self.fixed] if obj else always

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        generation.touch()

    @transaction.atomic
    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        generation.touch()

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        generation.touch()


@admin.register(SynonymGroup)
class SynonymGroupAdmin(TouchingAdmin):
    """Words that find the same; a change counts at once."""

    search_fields = ("words",)
