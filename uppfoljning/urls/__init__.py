"""The follow-up's addresses."""

from uppfoljning.urls import editions, indicators, initiatives, plan, reading

app_name = "uppfoljning"
urlpatterns = [
    *editions.urlpatterns,
    *reading.urlpatterns,
    *initiatives.urlpatterns,
    *plan.urlpatterns,
    *indicators.urlpatterns,
    # Keep these at the end.
    *indicators.last_urlpatterns,
]
