"""Every address of the site."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from accounts.views.signin import admin_login
from livskvalitet import person_urls
from livskvalitet.sitemaps import SITEMAPS
from livskvalitet.views import errors, files, health, openness, pages
from livskvalitet.views.pages import ABOUT, Page
from livskvalitet.views.search import Search
from livskvalitet.views.suggestions import suggestions


def page(template, title, *, parent=None):
    return Page.as_view(
        template_name=f"livskvalitet/{template}.html", title=title, parent=parent
    )


urlpatterns = [
    path("", pages.Start.as_view(), name="start"),
    path("", include("programme.urls")),
    path("", include("kunskapsbank.urls")),
    path("uppfoljning/oppenhet/", openness.Openness.as_view(), name="openness"),
    path("uppfoljning/oppenhet/<slug:table>.csv", openness.as_csv, name="openness_csv"),
    path("", include("uppfoljning.urls")),
    path("", include((person_urls.urlpatterns, "accounts"))),
    path("sok/forslag/", suggestions, name="suggestions"),
    path("sok/", Search.as_view(), name="search"),
    path("om/", page("about", "Om webbplatsen"), name="about"),
    path(
        "om/personuppgifter/",
        page("privacy", "Personuppgifter", parent=ABOUT),
        name="privacy",
    ),
    path("om/kakor/", page("cookies", "Kakor", parent=ABOUT), name="cookies"),
    path("om/webbplatskarta/", pages.SiteMap.as_view(), name="site_map"),
    path("om/design/", pages.Design.as_view(), name="design"),
    path("tillganglighet/", pages.Accessibility.as_view(), name="accessibility"),
    path("kort-och-enkelt/", page("easy_read", "Kort och enkelt"), name="easy_read"),
    path("in-english/", page("in_english", "På engelska"), name="in_english"),
    path("", include("livskvalitet.open_data_urls")),
    path("robots.txt", files.robots),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("manifest.webmanifest", files.manifest),
    path(".well-known/security.txt", files.security_txt),
    path("favicon.ico", files.favicon),
    path("halsa/", health.ready, name="health"),
    path("halsa/lever/", health.live, name="health_live"),
    path("konto/", include("accounts.urls.signin")),
    path("admin/login/", admin_login),
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
    ),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
handler429 = errors.too_many_requests
