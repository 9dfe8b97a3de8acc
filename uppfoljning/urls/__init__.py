"""The follow-up's addresses."""

from uppfoljning.urls import reading

app_name = "uppfoljning"
urlpatterns = [*reading.urlpatterns]
