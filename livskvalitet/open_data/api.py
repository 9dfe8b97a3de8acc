"""The API, version 1, put together: every view of it, and what says where they are."""

from django.urls import reverse

from livskvalitet.open_data import follow_up_api, knowledge_api
from livskvalitet.open_data.identity import absolute
from livskvalitet.open_data.pages import Index
from livskvalitet.open_data.serving import api, reads

# Their views are registered when they are read.
PARTS = (knowledge_api, follow_up_api)
LISTS = (
    "contributions",
    "prioriteringar",
    "fokusomraden",
    "viljeinriktningar",
    "links",
    "subjects",
    "organisations",
    "frameworks",
    "indicators",
    "measurements",
    "initiatives",
    "connections",
    "reports",
)


@reads("/", Index, name="index", summary="Vad som finns")
def index(request):
    """Adresserna till listorna i API:et och till beskrivningen av det."""
    return Index(
        title=api.title,
        version=api.version,
        description=absolute(reverse("api:openapi-json")),
        lists=[absolute(reverse(f"api:{name}")) for name in LISTS],
    )
