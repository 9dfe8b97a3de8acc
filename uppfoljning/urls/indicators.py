"""Indicators, and the pages of the programme's parts."""

from django.urls import path

from uppfoljning.views import indicators, values

urlpatterns = [
    path("uppfoljning/nyckeltal/las-in/", values.upload, name="values_upload"),
    path(
        "uppfoljning/nyckeltal/",
        indicators.IndicatorList.as_view(),
        name="indicators",
    ),
    path("uppfoljning/nyckeltal.csv", indicators.all_csv, name="indicators_csv"),
    path(
        "uppfoljning/nyckeltal/<slug:slug>/",
        indicators.IndicatorDetail.as_view(),
        name="indicator",
    ),
    path(
        "uppfoljning/nyckeltal/<slug:slug>.csv",
        indicators.indicator_csv,
        name="indicator_csv",
    ),
]
# After every other address under /uppfoljning/, since a viljeinriktning may be called
# anything.
last_urlpatterns = [
    path(
        "uppfoljning/<slug:viljeinriktning>/",
        indicators.ViljeinriktningDetail.as_view(),
        name="viljeinriktning",
    ),
    path(
        "uppfoljning/<slug:viljeinriktning>.csv",
        indicators.viljeinriktning_csv,
        name="viljeinriktning_csv",
    ),
    path(
        "uppfoljning/<slug:viljeinriktning>/<slug:fokusomrade>/",
        indicators.FokusomradeDetail.as_view(),
        name="fokusomrade",
    ),
    path(
        "uppfoljning/<slug:viljeinriktning>/<slug:fokusomrade>.csv",
        indicators.fokusomrade_csv,
        name="fokusomrade_csv",
    ),
]
