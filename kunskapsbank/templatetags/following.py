"""What people may follow, on pages and in mail. A list is given by its query or by one
keyword: `prioritering=`, `tag=` or `organisation=`, each an object.

{% follow_link query.urlencode %}  {% follow_link tag=tag %}
    A link to the page for following a list.
{% feed_link query.urlencode title="Bidragen i listan" %}
    For the head of a page: where feed readers find the feed.
{% list_in_words query %}
    A followed list, without words that somebody has typed.
"""

from django import template
from django.utils.http import urlencode

from kunskapsbank import followed_lists

register = template.Library()

FACET_OF = {"prioritering": "prio", "tag": "amne", "organisation": "org"}


@register.inclusion_tag("components/follow.html")
def follow_link(query="", **about):
    return {"url": followed_lists.follow_address(_query(query, about))}


@register.inclusion_tag("components/feed_link.html")
def feed_link(query="", *, title, **about):
    return {"url": followed_lists.feed_address(_query(query, about)), "title": title}


@register.simple_tag
def list_in_words(query):
    return followed_lists.followed(query).in_words(with_text=False)


def _query(query, about):
    for name, found in about.items():
        return urlencode({FACET_OF[name]: found.slug})
    return followed_lists.kept(query).urlencode()
