"""The knowledge bank's addresses."""

from django.urls import path

from kunskapsbank.views.entry import EntryDetail
from kunskapsbank.views.entry_list import EntryList

app_name = "kunskapsbank"
urlpatterns = [
    path("", EntryList.as_view(), name="entry_list"),
    path("<slug:slug>/", EntryDetail.as_view(), name="entry"),
]
