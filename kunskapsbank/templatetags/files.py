"""A text's files on other pages.

{% attachments_of version %}
    The files of a text for whoever writes it: names, thumbnails, what is left to do,
    and the way to the page where they are added and changed.
{% attachments_of version for_review=True %}
    The same for whoever reviews it: descriptions, who is in the pictures, what the
    check of each document found, and whether a virus scanner has looked.
{% advice_about attachment as advice %}   {{ attachment|file_facts }}
    What the check found; "PDF, 3 sidor, 1,8 MB, på engelska".
"""

from django import template
from django.conf import settings

from kunskapsbank.forms.files import LANGUAGES
from kunskapsbank.uploads import advice
from kunskapsbank.uploads.checks import in_words

register = template.Library()

register.simple_tag(advice.advice_about, name="advice_about")


@register.filter
def file_facts(attachment):
    """Type, pages, size and language (trust D36)."""
    file = attachment.file
    if file.is_image:
        return f"Bild, {in_words(file.size)}"
    pages = file.report.get("pages", 1)
    language = LANGUAGES.get(attachment.language, attachment.language)
    count = "1 sida" if pages == 1 else f"{pages} sidor"
    return f"PDF, {count}, {in_words(file.size)}, på {language}"


@register.inclusion_tag("kunskapsbank/files/_summary.html")
def attachments_of(version, for_review=False):
    return {
        "version": version,
        "attachments": list(version.attachments.select_related("file")),
        "for_review": for_review,
        "has_scanner": bool(settings.ANTIVIRUS_COMMAND),
    }
