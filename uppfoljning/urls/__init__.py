"""The follow-up's addresses."""

from uppfoljning.urls import editions, indicators, initiatives, reading

app_name = "uppfoljning"
urlpatterns = [
    *editions.urlpatterns,
    *reading.urlpatterns,
    *initiatives.urlpatterns,
    *indicators.urlpatterns,
    # Keep these at the end.
    *indicators.last_urlpatterns,
]
