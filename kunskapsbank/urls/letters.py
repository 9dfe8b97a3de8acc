"""Tips and reports from anybody, and the moderators' answers."""

from django.urls import path

from kunskapsbank.enums import LetterKind
from kunskapsbank.views.letters import answering, openness, sending

TIP = {"kinds": [LetterKind.TIP]}
REPORTS = {"kinds": [each for each in LetterKind if each != LetterKind.TIP]}

urlpatterns = [
    path("tipsa/", sending.SendTip.as_view(), name="tip"),
    path(
        "tillganglighet/rapportera/",
        sending.ReportAccessibility.as_view(),
        name="report_accessibility",
    ),
    path(
        "kunskapsbank/<slug:slug>/rapportera/",
        sending.ReportEntry.as_view(),
        name="report_entry",
    ),
    path("kunskapsbank/sa-granskar-vi/", openness.how_we_review, name="how_we_review"),
    path("kvitto/<str:token>/", sending.Receipt.as_view(), name="letter_receipt"),
    path("granska/tips/", answering.letters, TIP | {"title": "Tips"}, name="letters"),
    path(
        "granska/anmalningar/",
        answering.letters,
        REPORTS | {"title": "Anmälningar"},
        name="reports",
    ),
    path("granska/tips/<int:pk>/", answering.letter, TIP, name="letter"),
    path("granska/anmalningar/<int:pk>/", answering.letter, REPORTS, name="report"),
    path("granska/brev/<int:pk>/svara/", answering.answer, name="letter_answer"),
    path("granska/brev/<int:pk>/fraga/", answering.ask, name="letter_ask"),
    path("granska/brev/<int:pk>/avsluta/", answering.close, name="letter_close"),
    path("granska/brev/<int:pk>/dolj/", answering.hide, name="letter_hide"),
    path("granska/brev/<int:pk>/utkast/", answering.make_draft, name="letter_draft"),
    path("granska/mejl/", answering.mail_preferences, name="mail_preferences"),
]
