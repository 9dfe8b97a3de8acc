"""The queue and the review pages: /granska/. Literal addresses come first."""

from django.urls import path

from kunskapsbank.views.reviewing import (
    desk,
    edit,
    entry,
    hiding,
    links,
    queue,
    review,
    searches,
)

urlpatterns = [
    path("granska/", queue.queue, name="review_queue"),
    path("granska/flera/", queue.several, name="review_several"),
    path("granska/flera/klart/", queue.results, name="review_results"),
    path("granska/svarsmallar/", desk.reply_templates, name="reply_templates"),
    path("granska/svarsmallar/ny/", desk.reply_template, name="add_reply_template"),
    path("granska/svarsmallar/<int:pk>/", desk.reply_template, name="reply_template"),
    path(
        "granska/svarsmallar/<int:pk>/ta-bort/",
        desk.remove_reply_template,
        name="remove_reply_template",
    ),
    path("granska/sokningar/", searches.missed_searches, name="missed_searches"),
    path("granska/synonymer/", searches.synonyms, name="synonyms"),
    path("granska/synonymer/ny/", searches.synonym_group, name="add_synonyms"),
    path("granska/synonymer/<int:pk>/", searches.synonym_group, name="change_synonyms"),
    path(
        "granska/synonymer/<int:pk>/ta-bort/",
        searches.remove_synonyms,
        name="remove_synonyms",
    ),
    path("granska/anteckningar/<int:pk>/radera/", desk.erase_note, name="erase_note"),
    path("granska/lankar/", links.broken_links, name="broken_links"),
    path(
        "granska/lankar/<int:pk>/bortse/",
        links.ignore_failure,
        name="ignore_link_failure",
    ),
    path(
        "granska/lankar/<int:pk>/angra/", links.heed_failure, name="heed_link_failure"
    ),
    path(
        "granska/lankar/<int:pk>/kontrollera/", links.check_now, name="check_link_now"
    ),
    path("granska/omprovning/<int:pk>/", desk.appeal, name="review_appeal"),
    path("granska/bidrag/<int:pk>/", entry.entry, name="review_entry"),
    path("granska/bidrag/<int:pk>/dolj/", entry.Hide.as_view(), name="review_hide"),
    path(
        "granska/bidrag/<int:pk>/visa/", entry.ShowAgain.as_view(), name="review_show"
    ),
    path("granska/bidrag/<int:pk>/omprova/", hiding.hiding, name="review_hiding"),
    path(
        "granska/bidrag/<int:pk>/angra/",
        entry.UndoPublication.as_view(),
        name="review_undo",
    ),
    path(
        "granska/bidrag/<int:pk>/adress/",
        entry.ChangeAddress.as_view(),
        name="review_address",
    ),
    path(
        "granska/bidrag/<int:pk>/agare/", entry.GiveAway.as_view(), name="review_give"
    ),
    path("granska/bidrag/<int:pk>/diarium/", desk.diary_package, name="diary_package"),
    path("granska/bidrag/<int:pk>/anteckna/", desk.add_note, name="add_note"),
    path("granska/<int:pk>/", review.review, name="review"),
    path("granska/<int:pk>/ta/", review.claim, name="review_claim"),
    path("granska/<int:pk>/slapp/", review.release, name="review_release"),
    path("granska/<int:pk>/ratta/", edit.correct, name="review_edit"),
    path("granska/<int:pk>/lankar/", review.check_links, name="review_check_links"),
    path("granska/<int:pk>/undanta/", entry.Suppress.as_view(), name="review_suppress"),
]
