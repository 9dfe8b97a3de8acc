"""Contributions on the pages of other apps. A place is given by one keyword:
`viljeinriktning=`, `fokusomrade=` or `prioritering=`, each an object.

{% entries_panel fokusomrade=fokusomrade %}
    Heading (id "ur-kunskapsbanken") and up to three contributions with a link to them
    all: two children for <div class="frame split"> in a section that is labelled by
    the heading. `heading` replaces "Ur kunskapsbanken".
{% latest_entries 3 %}
    The newest contributions as a list, without heading; `level` is the level of each
    one's heading, 3 if left out.
{% entry_count_link prioritering=prioritering %}
    "3 bidrag" as a link to the filtered list, or the words "Inga bidrag än".
{% entry_count fokusomrade=fokusomrade as count %}  {% entry_total as count %}
    Numbers.
{% entry_list_url viljeinriktning=viljeinriktning as url %}
    The address of the filtered list.
{% entry_row version %}
    One row of <ul class="entry-list"> in a .list-container; `level` as above, `note`
    is why it is there. Versions come from `Version.objects.listed().for_list()`.
{% queue_count user as count %}
    What waits for a moderator; nothing for others.
{% swatch_of version viljeinriktning_list as svg %}  {{ text|markdown }}
    A contribution's cloth, and what people have written as safe HTML.

All counts come from one reading per content generation, kept in process.
"""

from functools import lru_cache

from django import template

from kunskapsbank import facets, freshness, markdown, review_queue
from kunskapsbank.addresses import entry_list_address
from kunskapsbank.models import Version
from kunskapsbank.permissions import can_moderate
from kunskapsbank.swatch import swatch_svg
from programme.models import Fokusomrade, Prioritering

register = template.Library()

register.filter("markdown", markdown.render, is_safe=True)

PANEL_LENGTH = 3
_kept_swatch = lru_cache(maxsize=4096)(swatch_svg)


def current_facets(context):
    """The facets of the request's content generation."""
    request = getattr(context, "request", None)
    return facets.for_request(request) if request else facets.current()


def _one(viljeinriktning, fokusomrade, prioritering):
    return viljeinriktning or fokusomrade or prioritering


@register.simple_tag(takes_context=True)
def entry_count(context, *, viljeinriktning=None, fokusomrade=None, prioritering=None):
    place = _one(viljeinriktning, fokusomrade, prioritering)
    return current_facets(context).count(place)


@register.simple_tag(takes_context=True)
def entry_total(context):
    return len(current_facets(context).versions)


@register.simple_tag
def entry_list_url(*, viljeinriktning=None, fokusomrade=None, prioritering=None):
    return entry_list_address(_one(viljeinriktning, fokusomrade, prioritering))


@register.inclusion_tag("kunskapsbank/panels/count_link.html", takes_context=True)
def entry_count_link(
    context, *, viljeinriktning=None, fokusomrade=None, prioritering=None
):
    place = _one(viljeinriktning, fokusomrade, prioritering)
    return {
        "count": current_facets(context).count(place),
        "url": entry_list_address(place),
        "where": _where(place),
    }


@register.inclusion_tag("kunskapsbank/panels/entries.html", takes_context=True)
def entries_panel(
    context,
    *,
    viljeinriktning=None,
    fokusomrade=None,
    prioritering=None,
    heading="Ur kunskapsbanken",
):
    place = _one(viljeinriktning, fokusomrade, prioritering)
    facets_now = current_facets(context)
    return {
        "heading": heading,
        "where": _where(place),
        "count": facets_now.count(place),
        "url": entry_list_address(place),
        "version_list": _listed(facets_now.newest(place, PANEL_LENGTH)),
    }


@register.inclusion_tag("kunskapsbank/panels/list.html", takes_context=True)
def latest_entries(context, count=PANEL_LENGTH, level=3):
    newest = current_facets(context).versions[:count]
    return {"version_list": _listed(newest), "level": level}


@register.inclusion_tag("components/entry_row.html", takes_context=True)
def entry_row(context, version, level=3, note=""):
    strands = current_facets(context).viljeinriktningar(version.pk)
    names = [organisation.name for organisation in version.organisations.all()]
    meta = [*names, version.period] if version.period else names
    return {
        "url": version.get_absolute_url(),
        "title": version.title,
        "level": level,
        "kind": version.kind,
        "kind_label": version.get_kind_display(),
        "summary": version.summary,
        "note": note,
        "svg": swatch_of(version, strands),
        "meta": ", ".join([*meta, *_confirmed(version, is_first=not meta)]),
        "viljeinriktning_list": strands,
    }


def _confirmed(version, *, is_first):
    """That somebody said it holds, in a list that nothing or something begins."""
    word = "Bekräftad" if is_first else "bekräftad"
    confirmed = freshness.confirmed_on(version)
    return [f"{word} {confirmed:%Y-%m}"] if confirmed else []


@register.simple_tag
def swatch_of(version, viljeinriktning_list):
    keys = tuple(viljeinriktning.key for viljeinriktning in viljeinriktning_list)
    # What is not published yet has no address to make its cloth of.
    return _kept_swatch(version.entry.slug or version.entry.number, keys)


def _listed(pks):
    return Version.objects.listed().for_list().in_order_of(pks)


def _where(place):
    """What the place is, in words that follow "bidrag"."""
    if isinstance(place, Prioritering):
        return f"som hör till prioritering {place.number}"
    if isinstance(place, Fokusomrade):
        return f"som hör till fokusområde {place.number}"
    name = place.short_title
    return f"om {name[:1].lower()}{name[1:]}"


@register.simple_tag
def queue_count(user):
    return review_queue.how_many(user) if can_moderate(user) else ""
