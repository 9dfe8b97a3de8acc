"""The follow-up's addresses."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from uppfoljning import views

app_name = "uppfoljning"
urlpatterns = [
    path("uppfoljning/", views.Start.as_view(), name="start"),
    # The earlier site's pages on statistics.
    re_path(
        r"^hitta-statistik/",
        RedirectView.as_view(pattern_name="uppfoljning:start", permanent=True),
    ),
]
