"""What every admin of public content builds on."""

from django.contrib import admin
from django.db import transaction

from search import generation


class TouchingAdmin(admin.ModelAdmin):
    """Raises the content generation with every change, so that pages show it."""

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
