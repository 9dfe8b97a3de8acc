"""What every admin of public content builds on."""

from collections.abc import Hashable, Sequence

from django import forms
from django.contrib import admin
from django.db import transaction

from search import generation, synonyms
from search.models import SynonymGroup


class TouchingAdmin(admin.ModelAdmin):
    """Raises the content generation with every change, so that pages show it, and
    makes anew what the index has of it."""

    # What a row is known by, in addresses and when content is loaded: set once.
    fixed: Sequence[str] = ()

    def get_readonly_fields(self, request, obj=None):
        always = super().get_readonly_fields(request, obj)
        return [*always, *self.fixed] if obj else always

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def findable_of(self, obj) -> set[Hashable]:
        """What `refresh` takes to make anew all that the index has of this."""
        return set()

    def refresh(self, findable: set[Hashable]) -> None:
        """Make these found as they are now, and raise the generation."""
        generation.touch()

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        before = self._findable_before([obj.pk])
        super().save_model(request, obj, form, change)
        self.refresh(before | self.findable_of(obj))

    @transaction.atomic
    def delete_model(self, request, obj):
        gone = self._findable_before([obj.pk])
        super().delete_model(request, obj)
        self.refresh(gone)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        gone = self._findable_before([obj.pk for obj in queryset])
        super().delete_queryset(request, queryset)
        self.refresh(gone)

    def _findable_before(self, pks):
        """What the index has of these rows, to which nothing is tied from now on."""
        rows = self.model._default_manager.select_for_update(of=("self",))
        locked = list(rows.filter(pk__in=pks).order_by("pk"))
        generation.hold()
        return set().union(*map(self.findable_of, locked))


class SynonymGroupForm(forms.ModelForm):
    def clean_words(self):
        words = self.cleaned_data["words"]
        for word, other in synonyms.taken(words.splitlines(), but=self.instance):
            raise forms.ValidationError(
                f"”{word}” står redan bland synonymerna ”{other}”. Ändra dem i "
                "stället, eller ta bort ordet här."
            )
        return words


@admin.register(SynonymGroup)
class SynonymGroupAdmin(TouchingAdmin):
    """Words that find the same; a change counts at once."""

    form = SynonymGroupForm

    search_fields = ("words",)
