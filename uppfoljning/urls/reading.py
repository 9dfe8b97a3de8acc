"""Pages for readers."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from uppfoljning.views import start

urlpatterns = [
    path("uppfoljning/", start.Start.as_view(), name="start"),
    # The earlier site's pages on statistics.
    re_path(
        r"^hitta-statistik/",
        RedirectView.as_view(pattern_name="uppfoljning:start", permanent=True),
    ),
]
