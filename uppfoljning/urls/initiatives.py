"""Initiatives: read by all, told of by employees, decided on by the document owner."""

from django.urls import path

from uppfoljning.views.initiatives import importing, own, reading, reviewing, writing

_ALL = "uppfoljning/insatser"

urlpatterns = [
    path(f"{_ALL}/", reading.InitiativeList.as_view(), name="initiatives"),
    path(f"{_ALL}.csv", reading.initiatives_csv, name="initiatives_csv"),
    path(f"{_ALL}/ny/", writing.new_initiative, name="new_initiative"),
    path(f"{_ALL}/las-in/", importing.upload, name="import_initiatives"),
    path(f"{_ALL}/mall.xlsx", importing.template, name="initiative_template"),
    path(f"{_ALL}/mina/", own.my_initiatives, name="my_initiatives"),
    path(f"{_ALL}/text/<int:pk>/", own.initiative_text, name="initiative_text"),
    path(
        f"{_ALL}/text/<int:pk>/skriv/",
        writing.edit_initiative,
        name="edit_initiative",
    ),
    path(
        f"{_ALL}/text/<int:pk>/ta-tillbaka/",
        writing.take_back_initiative,
        name="take_back_initiative",
    ),
    path(
        f"{_ALL}/text/<int:pk>/kopiera/",
        writing.copy_initiative,
        name="copy_initiative",
    ),
    path(
        f"{_ALL}/text/<int:pk>/radera/",
        writing.erase_initiative,
        name="erase_initiative",
    ),
    path(f"{_ALL}/granska/", reviewing.review_initiatives, name="review_initiatives"),
    path(
        f"{_ALL}/granska/<int:pk>/",
        reviewing.review_initiative,
        name="review_initiative",
    ),
    path(f"{_ALL}/<slug:slug>/", reading.initiative, name="initiative"),
    path(f"{_ALL}/<slug:slug>/andra/", own.change_initiative, name="change_initiative"),
    path(
        f"{_ALL}/<slug:slug>/aterta/",
        own.withdraw_initiative,
        name="withdraw_initiative",
    ),
    path(
        f"{_ALL}/<slug:slug>/visa-igen/",
        reviewing.reopen_initiative,
        name="reopen_initiative",
    ),
]
