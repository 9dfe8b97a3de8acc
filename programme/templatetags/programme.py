"""Tags that show decided text, and what surrounds it, on any page."""

from itertools import groupby
from urllib.parse import urlsplit

from django import template
from django.apps import apps
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime, now

from programme import rendering, taxonomy
from programme.enums import FrameworkLevel
from programme.models import Framework, SteeringDocument

register = template.Library()


@register.simple_tag
def decided_text(body, footnotes=(), linker=None, picture=""):
    """A body as paragraphs, quotations and lists; `picture` comes before its caption.

    `linker` is the page's GlossaryLinker; without it no word is linked.
    """
    return rendering.body_html(
        body, footnotes=footnotes or (), linker=linker or None, picture=picture
    )


@register.simple_tag
def decided_line(text, footnotes=(), linker=None):
    """One decided sentence, without an element round it."""
    return rendering.line_html(text, footnotes=footnotes or (), linker=linker or None)


@register.inclusion_tag("programme/panels/footnotes.html")
def footnotes(footnotes):
    """The notes of a page, in order of number, with links back to the text."""
    return {"footnote_list": sorted(footnotes, key=lambda note: note.number)}


@register.filter
def address_links(text):
    """The text with the web addresses in it as links."""
    return rendering.address_links(text)


@register.filter
def text_blocks(text):
    """The site's own text as paragraphs and lists."""
    return rendering.body_html(text)


@register.filter
def host(address):
    """What a reader needs to see of a web address: the site it leads to."""
    return urlsplit(address).hostname.removeprefix("www.")


@register.simple_tag
def levels_figure():
    """The frameworks from the world to the town, as a picture made of links.

    `{% levels_figure as picture %}` keeps it for `decided_text`.
    """
    frameworks = {level: [] for level in FrameworkLevel}
    for framework in Framework.objects.all():
        frameworks[framework.level].append(framework)
    context = {level.value: group for level, group in frameworks.items()}
    context["edition"] = taxonomy.current().edition
    return render_to_string("programme/panels/levels.html", context)


@register.inclusion_tag("programme/panels/goal_links.html")
def goal_links(fokusomrade):
    """The goals that the editors tie a fokusområde to, by framework."""
    links = fokusomrade.goal_links.all().with_goal()
    groups = groupby(links, key=lambda link: link.goal.framework)
    return {"groups": [(framework, list(group)) for framework, group in groups]}


@register.inclusion_tag("programme/panels/steering_document_links.html")
def steering_document_links(fokusomrade):
    """The documents of chapter 3 that the editors tie a fokusområde to."""
    documents = SteeringDocument.objects.filter(fokusomraden=fokusomrade)
    return {"documents": documents.order_by("position")}


@register.inclusion_tag("components/updated.html", takes_context=True)
def last_changed(context, *names):
    """When a row of the models `names` was last changed, and who answers for it."""
    models = [apps.get_model("programme", name) for name in names]
    latest = [
        model.history.aggregate(day=Max("history_date"))["day"] for model in models
    ]
    day = localtime(max(filter(None, latest), default=now()))
    publisher = context["site"]["publisher"]
    return {
        "iso": day.date().isoformat(),
        "day": date_format(day, "j F Y"),
        "publisher": publisher,
    }
