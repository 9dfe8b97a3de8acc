"""The bank in the admin: contributions to look at, organisations and tags to edit.

Contributions change through `kunskapsbank.workflow` alone, so nothing of theirs can be
written here; the admin would be a second workflow.
"""

from django.contrib import admin
from taggit.models import Tag as TaggitTag

from kunskapsbank import findable
from kunskapsbank.forms import TagForm
from kunskapsbank.models import (
    Entry,
    Organisation,
    ReviewEvent,
    Tag,
    TaggedVersion,
    Version,
    tag_key,
)
from search.admin import TouchingAdmin

# The knowledge bank has tags of its own.
admin.site.unregister(TaggitTag)


class ReadOnly:
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class TiedAdmin(TouchingAdmin):
    """What contributions name, and are found by."""

    tie: str  # the field of `Version` that holds it

    def findable_of(self, obj):
        named = Version.objects.filter(**{self.tie: obj})
        return set(named.values_list("entry", flat=True))

    def refresh(self, entry_pks):
        findable.refresh(entry_pks)


class KeptWhileUsed:
    """Deleting what a published text names would change the text."""

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.is_used)


class VersionInline(ReadOnly, admin.TabularInline):
    model = Version
    fields = ["number", "title", "status", "published_at"]
    show_change_link = True


class ReviewEventInline(ReadOnly, admin.TabularInline):
    model = ReviewEvent
    fields = ["position", "act", "from_status", "to_status", "happened_at", "hash"]


@admin.register(Entry)
class EntryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["number", "slug", "state", "confirmed_on", "launch_key"]
    list_filter = ["state"]
    search_fields = ["slug", "versions__title"]
    inlines = [VersionInline, ReviewEventInline]


class TaggedVersionInline(ReadOnly, admin.TabularInline):
    model = TaggedVersion


@admin.register(Version)
class VersionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["title", "entry", "number", "kind", "status", "published_at"]
    list_filter = ["status", "kind"]
    list_select_related = ["entry"]
    search_fields = ["title", "summary"]
    fields = [
        "entry",
        "number",
        "status",
        "published_at",
        "is_suppressed",
        "kind",
        "title",
        "summary",
        "background",
        "implementation",
        "result",
        "lessons",
        "outcome",
        "organisations",
        ("period_start", "period_end"),
        "place",
        "address",
        "address_language",
        "prioriteringar",
        "author",
        "byline",
        "sources",
        "editor_note",
    ]
    inlines = [TaggedVersionInline]


@admin.register(Organisation)
class OrganisationAdmin(KeptWhileUsed, TiedAdmin):
    tie = "organisations"
    fixed = ["slug"]
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Tag)
class TagAdmin(KeptWhileUsed, TiedAdmin):
    tie = "tags"
    form = TagForm
    # It is renamed among those of the moderators, where the old name leads to the new.
    fixed = ["name", "slug"]
    list_display = ["name", "slug"]
    search_fields = ["name"]

    def save_model(self, request, obj, form, change):
        obj.key = tag_key(obj.name)
        super().save_model(request, obj, form, change)
