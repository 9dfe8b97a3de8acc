"""Addresses of how people come here."""

from django.conf import settings
from django.urls import path

from accounts.views import applications, invitations, local

urlpatterns = [
    path("bidra/ansok/", applications.apply, name="apply"),
    path("bidra/ansok/<str:receipt>/", applications.applied, name="applied"),
    path("granska/ansokningar/", applications.applications, name="applications"),
    path("granska/ansokningar/<int:pk>/", applications.application, name="application"),
    path("granska/inbjudningar/", invitations.invitations, name="invitations"),
    path("granska/inbjudningar/<int:pk>/aterkalla/", invitations.revoke, name="revoke"),
    path(
        "granska/inbjudningar/<int:pk>/skicka-ny/",
        invitations.send_anew,
        name="send_anew",
    ),
    path("inbjudan/begard/", invitations.link_asked, name="link_asked"),
    path("inbjudan/<str:token>/", invitations.invitation, name="invitation"),
    path(
        "inbjudan/<str:token>/ny/",
        invitations.ask_for_new_link,
        name="ask_for_new_link",
    ),
]

if settings.LOCAL:
    urlpatterns += [
        path("lokalt/", local.Local.as_view(), name="local"),
        path(
            "lokalt/mejl/<slug:number>/", local.LocalMail.as_view(), name="local_mail"
        ),
    ]
