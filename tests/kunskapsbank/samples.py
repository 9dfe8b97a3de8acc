"""Real files for tests, made when they are needed: none is kept in the repository."""

import io
import struct
import zlib
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

MODEL = "Pixelkamera 3000"
# 56° 2′ 47″ N, 12° 41′ 40″ E: the harbour of Helsingborg
LATITUDE, LONGITUDE = (56.0, 2.0, 47.0), (12.0, 41.0, 40.0)


def upload(name, content=None):
    return SimpleUploadedFile(name, picture() if content is None else content)


def picture(width=40, height=30, kind="PNG", color="teal", **options):
    written = io.BytesIO()
    Image.new("RGB", (width, height), color).save(written, kind, **options)
    return written.getvalue()


def photo(width=640, height=480, orientation=6):
    """A JPEG as a phone makes it: lying down, and telling where and with what."""
    exif = Image.Exif()
    exif[0x0110] = MODEL
    exif[0x0112] = orientation
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: LATITUDE, 3: "E", 4: LONGITUDE})
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    written = io.BytesIO()
    image.save(written, "JPEG", quality=95, exif=exif, comment=b"hemma hos Ida")
    return written.getvalue()


def scan():
    """A grey picture of sixteen bits, from black on the left to white."""
    image = Image.new("I;16", (256, 10))
    image.putdata([x * 256 for _ in range(10) for x in range(256)])
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def see_through():
    written = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    return written.getvalue()


def moving():
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    return written.getvalue()


def bomb(width=30_000, height=30_000):
    """A PNG of a few bytes that claims to be 900 million pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*each) for each in ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    )


def chunk(kind, content):
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def polyglot():
    return picture() + b"<!DOCTYPE html><script>alert(1)</script>"


@cache
def document(pages=1, words="Bänkar.", author=""):
    """A tagged PDF with title and language, and perhaps an author."""
    from weasyprint import HTML

    page = f"<section style='break-after: page'><h1>Plan</h1><p>{words}</p></section>"
    head = f"<title>Plan för bänkar</title><meta name='author' content='{author}'>"
    html = f"<html lang='sv'>{head}{page * pages}</html>"
    return HTML(string=html).write_pdf(pdf_ua=True, pdf_variant="pdf/ua-1")


@cache
def bare_document(pages=1):
    """A PDF of nothing but empty pages, as from a scanner."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    return written(writer)


def scripted():
    return opening({"/S": NameObject("/JavaScript"), "/JS": TextStringObject("1")})


def launching():
    return opening({"/S": NameObject("/Launch"), "/F": TextStringObject("kalkyl.exe")})


def opening(action):
    """A document that does something when it is opened."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document())))
    named = {NameObject(key): value for key, value in action.items()}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(named)
    return written(writer)


def by_hand(catalog="", page="", after=b"", fourth="null"):
    """A document of one page, with what is written into its two dictionaries, and a
    fourth object for them to refer to."""
    parts = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] {page} >>",
        fourth,
    ]
    text, places = "%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    end = f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\n"
    end += f"startxref\n{len(text)}\n%%EOF\n"
    return (text + head + end).encode() + after


def linking(action, fourth="null"):
    link = f"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << {action} >> >>]"
    return by_hand(page=link, fourth=fourth)


def carrying():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document())))
    writer.add_attachment("kalkyl.exe", b"MZ")
    return written(writer)


def locked():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document())))
    writer.encrypt("hemligt")
    return written(writer)


def written(writer):
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()
