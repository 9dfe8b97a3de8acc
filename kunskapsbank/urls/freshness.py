"""Whether a contribution still holds, and whether it helped anybody."""

from django.urls import path

from kunskapsbank.views.freshness import answering, desk, helpful

urlpatterns = [
    path("stammer-det/<str:token>/", answering.still_true, name="still_true"),
    path(
        "kunskapsbank/<slug:slug>/hjalpte-det/",
        helpful.AnswerHelpful.as_view(),
        name="helpful",
    ),
    path(
        "kunskapsbank/<slug:slug>/hjalpte-det/tack/",
        helpful.thanks,
        name="helpful_thanks",
    ),
    path("granska/aktualitet/", desk.freshness, name="review_freshness"),
    path("granska/aktualitet/<int:pk>/", desk.confirm, name="review_confirm"),
    path("granska/svar/", desk.helpful_answers, name="helpful_answers"),
    path("granska/svar/<int:pk>/sett/", desk.see_helpful, name="see_helpful"),
]
