"""The knowledge bank's addresses, by who goes there; each file lists its own."""

from django.urls import include, path

from kunskapsbank.urls import (
    files,
    letters,
    life,
    reading,
    reviewing,
    writing,
)

app_name = "kunskapsbank"
urlpatterns = [
    *files.urlpatterns,
    *writing.urlpatterns,
    *life.urlpatterns,
    *reviewing.urlpatterns,
    *letters.urlpatterns,
    path("kunskapsbank/", include(reading.urlpatterns)),
]
