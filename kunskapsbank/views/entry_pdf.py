"""A contribution as a file to keep or print."""

import io

from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from PIL import Image

from kunskapsbank import belonging, markdown
from kunskapsbank.models import Version
from kunskapsbank.uploads import storage
from kunskapsbank.views.attachment import NOT_THERE
from kunskapsbank.views.entry import (
    AS_LOADED,
    LICENCE_IN_SWEDISH,
    age,
    elsewhere,
    reference_to,
    text_context,
)
from programme import pdf
from programme.views.pdf import pdf_response

KEPT_SECONDS = 24 * 3600
PICTURE_SIZE = (1000, 1000)  # pixels; the column is 158 mm wide
_QUALITY = 80


@require_safe
def entry_pdf(request, slug):
    """The published text as a tagged PDF, made once a day while it is the same: it
    says on which day it was read."""
    listed = Version.objects.listed().select_related("entry").with_ordinal()
    version = listed.annotate(**AS_LOADED).filter(entry__slug=slug).first()
    if version is None:
        return elsewhere(request, slug)
    if not pdf.is_available():
        raise Http404
    page = render_to_string("kunskapsbank/pdf.html", context_of(version))
    name = f"{version.entry.number}-v{version.ordinal}.pdf"
    how = {"read_picture": picture, "seconds": KEPT_SECONDS}
    response = pdf_response(page, name=name, **how)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def context_of(version):
    context = text_context(version, belonging.of(version))
    facts = [each for each in context["facts"] if each["term"] != "Licens"]
    files = [each for each in context["attachments"] if is_shown(each)]
    return {
        **context,
        "facts": [each for each in facts if each.get("text")],
        "attachments": files,
        "lost": {
            each.pk for each in files if not storage.exists(each.file.stored_name)
        },
        "sections": [
            (name, markdown.render_for_paper(text, settings.SITE_ADDRESS))
            for name, text in context["sections"]
        ],
        "prioriteringar": [each for _, some in context["strands"] for each in some],
        "reference": reference_to(version),
        "age": age(version),
        "licence_url": LICENCE_IN_SWEDISH,
        "site": settings.SITE_ADDRESS,
        "picture": pdf.PICTURE,
    }


def is_shown(attachment):
    """Not what readers may not have, nor a picture that says nothing."""
    return attachment.file.scan not in NOT_THERE and not attachment.is_decorative


def picture(stored_name):
    """The stored picture as a JPEG that is large enough for paper; raises OSError."""
    with Image.open(io.BytesIO(storage.read(stored_name))) as image:
        image.thumbnail(PICTURE_SIZE, Image.Resampling.LANCZOS)
        if image.mode != "RGB":
            whole = image.convert("RGBA")
            image = Image.new("RGB", whole.size, "white")
            image.paste(whole, mask=whole)
        made = io.BytesIO()
        image.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()
