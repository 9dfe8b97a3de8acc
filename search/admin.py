"""The base of every admin class whose rows readers can see."""

from django.contrib import admin

from search import generation


class TouchingAdmin(admin.ModelAdmin):
    """Raises the content generation in the transaction of each change."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        generation.touch()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        generation.touch()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        generation.touch()
