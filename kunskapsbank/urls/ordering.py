"""What keeps the bank in order: subjects, white spots and collections."""

from django.urls import path

from kunskapsbank.views.reviewing import tags

_TAG = "granska/amnen/<str:slug>/"

urlpatterns = [
    path("granska/amnen/", tags.tags, name="review_tags"),
    path(_TAG, tags.tag, name="review_tag"),
    path(f"{_TAG}byt-namn/", tags.RenameTag.as_view(), name="rename_tag"),
    path(f"{_TAG}sla-ihop/", tags.MergeTag.as_view(), name="merge_tag"),
    path(f"{_TAG}dela/", tags.SplitTag.as_view(), name="split_tag"),
    path(f"{_TAG}forbjud/", tags.forbid, name="forbid_tag"),
    path(f"{_TAG}tillat/", tags.allow, name="allow_tag"),
]
