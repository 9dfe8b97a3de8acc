"""What anybody reads, under /kunskapsbank/."""

from django.urls import path

from kunskapsbank.views.citing import cite_bibtex, cite_ris
from kunskapsbank.views.entry import EntryDetail
from kunskapsbank.views.entry_list import EntryList
from kunskapsbank.views.entry_pdf import entry_pdf
from kunskapsbank.views.history import EntryHistory, EntryVersion
from kunskapsbank.views.life.propose import propose_change
from kunskapsbank.views.subjects import (
    OrganisationDetail,
    OrganisationIndex,
    TagDetail,
    TagIndex,
)

urlpatterns = [
    path("", EntryList.as_view(), name="entry_list"),
    path("amne/", TagIndex.as_view(), name="tags"),
    path("amne/<slug:slug>/", TagDetail.as_view(), name="tag"),
    path("organisation/", OrganisationIndex.as_view(), name="organisations"),
    path(
        "organisation/<slug:slug>/", OrganisationDetail.as_view(), name="organisation"
    ),
    path("<slug:slug>/", EntryDetail.as_view(), name="entry"),
    path("<slug:slug>/pdf/", entry_pdf, name="entry_pdf"),
    path("<slug:slug>/citera.bib", cite_bibtex, name="cite_bibtex"),
    path("<slug:slug>/citera.ris", cite_ris, name="cite_ris"),
    path("<slug:slug>/historik/", EntryHistory.as_view(), name="entry_history"),
    path(
        "<slug:slug>/historik/<int:number>/",
        EntryVersion.as_view(),
        name="entry_version",
    ),
    path("<slug:slug>/foresla-andring/", propose_change, name="propose_change"),
]
