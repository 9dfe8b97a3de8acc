"""Tags that any template may use: icons, the stylesheet, data for search engines."""

import json
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from lucide.templatetags.lucide import lucide

from livskvalitet.staticfiles import BUNDLE, bundled_files, integrity

register = template.Library()

_footers: list[tuple] = []
_JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name):
    """A Lucide icon as inline SVG, decoration beside a text that says the same."""
    return lucide(name, size=None, **{"class": "icon", "aria-hidden": "true"})


@register.simple_tag
def stylesheet():
    """The site's one stylesheet; every component's own file while developing."""
    files = bundled_files() if settings.DEBUG else [BUNDLE]
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(file),) for file in files)
    )


@register.simple_tag(takes_context=True)
def footer(context):
    """The foot of every page, kept while the programme, the day and the publisher are
    the same: its thirty addresses are a tenth of a page's cost."""
    edition = context.get("current_edition")
    if edition is None:  # an error page, perhaps without a database
        return _footer(context)
    # An edition is read anew whenever content changes, and is then another object.
    for_whom = (localdate(), settings.PUBLISHER["contact_email"])
    if not _footers or _footers[0][0] is not edition or _footers[0][1] != for_whom:
        _footers[:] = [(edition, for_whom, _footer(context))]
    return _footers[0][2]


def _footer(context):
    shown = {name: context.get(name) for name in ("viljeinriktning_menu", "site")}
    shown["edition"] = context.get("current_edition")
    return render_to_string("layout/_footer.html", shown)


@register.simple_tag
def script(name):
    """A module of ours, such as "js/form.js", which the browser checks (trust B5)."""
    if settings.DEBUG:
        return format_html('<script type="module" src="{}"></script>', static(name))
    return format_html(
        '<script type="module" src="{}" integrity="{}"></script>',
        static(name),
        integrity(name),
    )


@register.filter
def marked(pieces):
    """A text in pieces (search.snippets), those that answer a search marked."""
    shown = ((escape(piece.text), piece.marked) for piece in pieces)
    made = (f"<mark>{text}</mark>" if marked else text for text, marked in shown)
    return mark_safe("".join(made))  # noqa: S308 - each text is escaped


@register.simple_tag
def json_ld(data):
    """`data` as JSON-LD; a data block, which the browser never runs."""
    text = json.dumps(data, ensure_ascii=False).translate(_JSON_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - every character that could end it is escaped
    )


@register.simple_tag
def breadcrumb_data(breadcrumbs):
    """The breadcrumbs as a schema.org BreadcrumbList."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": crumb["title"],
            **(
                {"item": settings.SITE_ADDRESS + crumb["url"]} if "url" in crumb else {}
            ),
        }
        for position, crumb in enumerate(breadcrumbs, start=1)
    ]
    return json_ld(
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": items,
        }
    )
