"""The follow-up's addresses."""

from uppfoljning.urls import (
    editions,
    indicators,
    initiatives,
    plan,
    reading,
    reports,
)

app_name = "uppfoljning"
urlpatterns = [
    *editions.urlpatterns,
    *reading.urlpatterns,
    *initiatives.urlpatterns,
    *plan.urlpatterns,
    *indicators.urlpatterns,
    *reports.urlpatterns,
    # Keep these at the end.
    *indicators.last_urlpatterns,
]
