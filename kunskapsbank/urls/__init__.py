"""The knowledge bank's addresses, by who goes there; each file lists its own."""

from django.urls import include, path

from kunskapsbank.urls import (
    connections,
    files,
    following,
    freshness,
    letters,
    life,
    ordering,
    reading,
    reviewing,
    writing,
)

app_name = "kunskapsbank"
urlpatterns = [
    *files.urlpatterns,
    *writing.urlpatterns,
    *life.urlpatterns,
    *ordering.urlpatterns,
    *reviewing.urlpatterns,
    *letters.urlpatterns,
    *freshness.urlpatterns,
    *connections.urlpatterns,
    *following.urlpatterns,
    path("kunskapsbank/", include(reading.urlpatterns)),
]
