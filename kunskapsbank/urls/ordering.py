"""What keeps the bank in order: subjects, white spots and collections."""

from django.urls import path

from kunskapsbank.views.collections import CollectionDetail, CollectionList
from kunskapsbank.views.gaps import WhiteSpots
from kunskapsbank.views.reviewing import collections, gaps, tags

_TAG = "granska/amnen/<str:slug>/"
_COLLECTION = "granska/samlingar/<int:pk>/"

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
    path("kunskapsbank/samlingar/", CollectionList.as_view(), name="collections"),
    path(
        "kunskapsbank/samlingar/<slug:slug>/",
        CollectionDetail.as_view(),
        name="collection",
    ),
    path("granska/samlingar/", collections.collections, name="review_collections"),
    path("granska/samlingar/ny/", collections.start, name="start_collection"),
    path(_COLLECTION, collections.collection, name="review_collection"),
    path(f"{_COLLECTION}publicera/", collections.publish, name="publish_collection"),
    path(
        f"{_COLLECTION}avpublicera/",
        collections.unpublish,
        name="unpublish_collection",
    ),
    path(f"{_COLLECTION}ta-bort/", collections.delete, name="delete_collection"),
]
