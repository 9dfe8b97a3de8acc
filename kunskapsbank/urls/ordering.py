"""What keeps the bank in order: subjects, white spots and collections."""

from django.urls import path

from kunskapsbank.views.gaps import WhiteSpots
from kunskapsbank.views.reviewing import gaps, tags

_TAG = "granska/amnen/<str:slug>/"

urlpatterns = [
    path("kunskapsbank/vita-flackar/", WhiteSpots.as_view(), name="white_spots"),
    path("granska/vita-flackar/", gaps.gaps, name="review_gaps"),
    path("granska/amnen/", tags.tags, name="review_tags"),
    path(_TAG, tags.tag, name="review_tag"),
    path(f"{_TAG}byt-namn/", tags.RenameTag.as_view(), name="rename_tag"),
    path(f"{_TAG}sla-ihop/", tags.MergeTag.as_view(), name="merge_tag"),
    path(f"{_TAG}dela/", tags.SplitTag.as_view(), name="split_tag"),
    path(f"{_TAG}forbjud/", tags.forbid, name="forbid_tag"),
    path(f"{_TAG}tillat/", tags.allow, name="allow_tag"),
]
