"""Tags that show decided text, and what surrounds it, on any page."""

from django import template

from programme import rendering

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
