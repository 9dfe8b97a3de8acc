"""The knowledge bank's addresses."""

from django.urls import path

from kunskapsbank.views.read import EntryDetail, EntryList

app_name = "kunskapsbank"
urlpatterns = [
    path("", EntryList.as_view(), name="entry_list"),
    path("<slug:slug>/", EntryDetail.as_view(), name="entry"),
]
