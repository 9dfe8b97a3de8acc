"""The follow-up's addresses."""

from uppfoljning.urls import indicators, reading

app_name = "uppfoljning"
urlpatterns = [
    *reading.urlpatterns,
    *indicators.urlpatterns,
    # Keep these at the end.
    *indicators.last_urlpatterns,
]
