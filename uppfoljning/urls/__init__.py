"""The follow-up's addresses."""

from uppfoljning.urls import indicators, initiatives, reading

app_name = "uppfoljning"
urlpatterns = [
    *reading.urlpatterns,
    *initiatives.urlpatterns,
    *indicators.urlpatterns,
    # Keep these at the end.
    *indicators.last_urlpatterns,
]
