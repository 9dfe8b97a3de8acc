"""A text's files on other pages.

{% files_of version %}
    The files of a text that is being written: thumbnails, names, what is left to do.
{% advice_about attachment as advice %}   {% findings_about attachment as findings %}
    What is wrong with a document, and all that its check saw.
{{ attachment|file_facts }}
    "PDF, 3 sidor, 1,8 MB, på engelska".
"""

from django import template

from kunskapsbank.uploads import advice
from kunskapsbank.uploads.checks import in_words
from kunskapsbank.uploads.languages import LANGUAGES

register = template.Library()

register.simple_tag(advice.advice_about, name="advice_about")
register.simple_tag(advice.findings_about, name="findings_about")


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
def files_of(version):
    return {"attachments": list(version.attachments.select_related("file"))}
