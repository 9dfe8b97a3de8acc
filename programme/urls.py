"""The programme's addresses."""

from django.urls import path, register_converter

from programme.converters import EditionConverter
from programme.views import context, editions, pdf, redirects, text

register_converter(EditionConverter, "edition")

app_name = "programme"
urlpatterns = [
    path("programmet/", text.Overview.as_view(), name="overview"),
    path("programmet/hela/", redirects.to_current_whole),
    path("programmet/andringar/", editions.WordingChanges.as_view(), name="changes"),
    path("programmet/andringar/flode/", editions.changes_feed, name="changes_feed"),
    path("programmet/kapitel/<slug:number>/", redirects.to_current_chapter),
    path("programmet/<edition:edition>/", text.EditionStart.as_view(), name="edition"),
    path(
        "programmet/<edition:edition>/jamfor/",
        editions.EditionComparison.as_view(),
        name="comparison",
    ),
    path(
        "programmet/<edition:edition>/hela/",
        text.WholeProgramme.as_view(),
        name="whole",
    ),
    path(
        "programmet/<edition:edition>/livskvalitetsprogrammet.pdf",
        pdf.programme_pdf,
        name="pdf",
    ),
    path(
        "programmet/<edition:edition>/kapitel/<slug:chapter>/",
        text.ChapterDetail.as_view(),
        name="chapter",
    ),
    path(
        "programmet/<edition:edition>/<slug:viljeinriktning>/",
        text.ViljeinriktningDetail.as_view(),
        name="viljeinriktning",
    ),
    path(
        "programmet/<edition:edition>/<slug:viljeinriktning>/<slug:fokusomrade>/",
        text.FokusomradeDetail.as_view(),
        name="fokusomrade",
    ),
    path("programmet/<slug:viljeinriktning>/", redirects.to_current),
    path("programmet/<slug:viljeinriktning>/<slug:fokusomrade>/", redirects.to_current),
    path(
        "prioritering/<slug:slug>/",
        text.PrioriteringDetail.as_view(),
        name="prioritering",
    ),
    path("omvarld/", context.FrameworkList.as_view(), name="frameworks"),
    path(
        "omvarld/styrdokument/",
        context.SteeringDocumentList.as_view(),
        name="steering_documents",
    ),
    path("omvarld/<slug:slug>/", context.FrameworkDetail.as_view(), name="framework"),
    path(
        "omvarld/<slug:framework>/<slug:slug>/",
        context.GoalDetail.as_view(),
        name="goal",
    ),
    path("ordlista/", context.Glossary.as_view(), name="glossary"),
    path("viljeinriktningar/", redirects.from_earlier_site),
    path("viljeinriktningar/<path:rest>", redirects.from_earlier_site),
    path("omvarldsanalys/", redirects.to_frameworks),
    path("omvarldsanalys/<path:rest>", redirects.to_frameworks),
]
