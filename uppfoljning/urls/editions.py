"""The document owner's pages for the next edition."""

from django.urls import path

from uppfoljning.views import editions

urlpatterns = [
    path("uppfoljning/utgavor/", editions.edition_list, name="editions"),
    path("uppfoljning/utgavor/ny/", editions.draft, name="edition_draft"),
    path("uppfoljning/utgavor/<slug:slug>/", editions.edition, name="edition"),
    path(
        "uppfoljning/utgavor/<slug:slug>/harkomst/",
        editions.confirm,
        name="edition_lineage",
    ),
    path(
        "uppfoljning/utgavor/<slug:slug>/satt-i-kraft/",
        editions.put_in_force,
        name="edition_in_force",
    ),
    path(
        "uppfoljning/utgavor/<slug:slug>/avsluta/",
        editions.end,
        name="edition_end",
    ),
]
