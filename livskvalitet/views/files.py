"""Files that browsers, search engines and security researchers look for."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

# RFC 9116: less than a year ahead; moved on by hand when the contact is checked.
SECURITY_TXT_EXPIRES = datetime(2027, 10, 1, tzinfo=timezone.get_default_timezone())


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {settings.SITE_ADDRESS}/sitemap.xml",
        "",
    ]
    return _text(lines)


@require_safe
def security_txt(request):
    """Where to tell of a security fault (RFC 9116)."""
    return _text(
        [
            f"Contact: {settings.SECURITY_CONTACT}",
            f"Expires: {SECURITY_TXT_EXPIRES.isoformat()}",
            f"Canonical: {settings.SITE_ADDRESS}/.well-known/security.txt",
            f"Policy: {settings.SITE_ADDRESS}/om/#sakerhet",
            "Preferred-Languages: sv, en",
            "",
        ]
    )


@require_safe
def manifest(request):
    return JsonResponse(
        {
            "name": "Livskvalitet Helsingborg",
            "short_name": "Livskvalitet",
            "lang": "sv",
            "start_url": "/",
            "display": "browser",
            "background_color": "#FFFFFF",
            "theme_color": "#10262F",
            "icons": [
                {
                    "src": static(f"img/icon-{size}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                }
                for size in (192, 512)
            ],
        },
        content_type="application/manifest+json",
    )


def _text(lines):
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def favicon(request):
    """Browsers ask for this address whatever the page says."""
    return redirect(static("img/favicon.ico"))
