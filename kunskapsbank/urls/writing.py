"""Writing a contribution, step by step: /bidra/."""

from django.urls import path

from kunskapsbank.views.writing.after import receipt, write_preview
from kunskapsbank.views.writing.autosave import autosave, paste
from kunskapsbank.views.writing.start import write_start
from kunskapsbank.views.writing.steps import write_step
from kunskapsbank.views.writing.subjects import suggest_tags

urlpatterns = [
    path("bidra/", write_start, name="write_start"),
    path("bidra/amnen/", suggest_tags, name="suggest_tags"),
    path("bidra/<int:pk>/spara/", autosave, name="autosave"),
    path("bidra/<int:pk>/klistra/", paste, name="paste"),
    path("bidra/<int:pk>/forhandsvisa/", write_preview, name="write_preview"),
    path("bidra/<int:pk>/kvitto/", receipt, name="receipt"),
    path("bidra/<int:pk>/<slug:step>/", write_step, name="write_step"),
]
