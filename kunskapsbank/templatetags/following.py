"""What people may follow, on pages and in mail.

{% follow_links asked.query.urlencode %}  {% follow_links prioritering=prioritering %}
    Links to the form for following a list by mail, and to its Atom feed.
{% feed_link asked.query.urlencode title %}  {% feed_link prioritering=... title=... %}
    For the head of a page: where feed readers find the feed.
{% list_in_words query %}
    A followed list, without words that somebody has typed.
"""

from urllib.parse import urlsplit

from django import template
from django.http import QueryDict

from kunskapsbank import followed_lists
from kunskapsbank.addresses import entry_list_address
from kunskapsbank.forms import FACETS

register = template.Library()


@register.inclusion_tag("components/follow.html")
def follow_links(
    query="", *, viljeinriktning=None, fokusomrade=None, prioritering=None
):
    query = _query(query, viljeinriktning or fokusomrade or prioritering)
    return {
        "url": followed_lists.follow_address(query),
        "feed_url": followed_lists.feed_address(query),
    }


@register.inclusion_tag("components/feed_link.html")
def feed_link(
    query="",
    title="",
    *,
    viljeinriktning=None,
    fokusomrade=None,
    prioritering=None,
):
    query = _query(query, viljeinriktning or fokusomrade or prioritering)
    return {"url": followed_lists.feed_address(query), "title": title}


@register.simple_tag
def list_in_words(query):
    return followed_lists.followed(query).in_words(with_text=False)


def _query(query, place):
    if place is not None:
        return urlsplit(entry_list_address(place)).query
    given, kept = QueryDict(query), QueryDict(mutable=True)
    for name in (followed_lists.WORDS, *FACETS):
        if values := given.getlist(name):
            kept.setlist(name, values)
    return kept.urlencode()
