"""An author's own contributions and what can be done with them: /mina-bidrag/."""

from django.urls import path

from kunskapsbank.views.life.acts import (
    Appeal,
    Confirm,
    CopyDeclined,
    Duplicate,
    HandOver,
    ObjectToHiding,
    Share,
    TakeBack,
    Withdraw,
)
from kunskapsbank.views.life.my_entries import MyEntries, MyEntry
from kunskapsbank.views.life.offers import answer_offer
from kunskapsbank.views.life.shared_draft import shared_draft, shared_file

MINE = "mina-bidrag/"
ONE = f"{MINE}<int:pk>/"
urlpatterns = [
    path(MINE, MyEntries.as_view(), name="my_entries"),
    path(f"{MINE}erbjudande/<int:pk>/", answer_offer, name="answer_offer"),
    path(ONE, MyEntry.as_view(), name="my_entry"),
    path(f"{ONE}ta-tillbaka/", TakeBack.as_view(), name="take_back"),
    path(f"{ONE}bekrafta/", Confirm.as_view(), name="confirm"),
    path(f"{ONE}aterkalla/", Withdraw.as_view(), name="withdraw"),
    path(f"{ONE}duplicera/", Duplicate.as_view(), name="duplicate"),
    path(f"{ONE}overlamna/", HandOver.as_view(), name="hand_over"),
    path(f"{ONE}dela/", Share.as_view(), name="share"),
    path(f"{ONE}omprovning/", Appeal.as_view(), name="appeal"),
    path(f"{ONE}omprova-doljandet/", ObjectToHiding.as_view(), name="object_to_hiding"),
    path(f"{ONE}kopiera/", CopyDeclined.as_view(), name="copy_declined"),
    path("utkast/<slug:token>/", shared_draft, name="shared_draft"),
    path(
        "utkast/<slug:token>/filer/<int:pk>/<str:name>", shared_file, name="shared_file"
    ),
]
