"""Following a list by mail or with a feed reader."""

from django.urls import path

from kunskapsbank.views.following import asking, signed

urlpatterns = [
    path("folj/", asking.Follow.as_view(), name="follow"),
    path("folj/tack/", asking.asked, name="follow_asked"),
    path("folj/bekrafta/<str:token>/", signed.confirm, name="confirm_following"),
    path("folj/hantera/<str:token>/", signed.manage, name="manage_following"),
    path("folj/avsluta/<str:token>/", signed.stop, name="stop_following"),
    path("kunskapsbank/flode.atom", asking.feed, name="feed"),
]
