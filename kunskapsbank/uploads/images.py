"""A picture read in full and written anew: upright, scaled, and without anything that
the camera or anybody else has put beside the pixels. Runs in `sandbox` only.
"""

import io
import re
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from kunskapsbank.uploads.limits import IMAGE_SIZE, MAX_PIXELS, THUMBNAIL_SIZE
from kunskapsbank.uploads.refusals import Refused

FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 82
# Long enough never to come about by chance in five megabytes of pixels.
_PAGE = re.compile(rb"<(?:script|html|!doctype|iframe|\?php)\b", re.IGNORECASE)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Picture:
    """WebP, with its size in pixels."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


def remake(content: bytes) -> Picture:
    """The picture anew; raises Refused with why it cannot be used."""
    if _PAGE.search(content):
        raise Refused("polyglot")
    image = _opened(content)
    if image.width * image.height > MAX_PIXELS:
        raise Refused("too_many_pixels", width=image.width, height=image.height)
    # A camera's JPEG may hold a preview beside the picture, and that does not move.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Refused("moving")
    image = _upright(_decoded(image))
    image.thumbnail(IMAGE_SIZE, Image.Resampling.LANCZOS)
    small = image.copy()
    small.thumbnail(THUMBNAIL_SIZE, Image.Resampling.LANCZOS)
    return Picture(_webp(image), _webp(small), image.width, image.height)


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as fault:
        width, height = _size_alone(content)
        raise Refused("too_many_pixels", width=width, height=height) from fault
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise Refused("not_image") from fault


def _size_alone(content: bytes) -> tuple[int, int]:
    """What the picture says of its size; nothing is unpacked."""
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS).size
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _decoded(image: Image.Image) -> Image.Image:
    width, height = IMAGE_SIZE
    image.draft("RGB", (width * 2, height * 2))  # a large JPEG is read at less
    try:
        image.load()
    except Image.DecompressionBombError as fault:
        raise Refused(
            "too_many_pixels", width=image.width, height=image.height
        ) from fault
    except (OSError, SyntaxError, ValueError, EOFError) as fault:
        raise Refused("truncated") from fault
    return image


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held, in the colours of the web."""
    profile = image.info.get("icc_profile")
    image = _in_eight_bits(ImageOps.exif_transpose(image))
    see_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    mode = "RGBA" if see_through else "RGB"
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        image = _in_srgb(image, profile, mode)
    return image if image.mode == mode else image.convert(mode)


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Scans may have 65 536 greys, of which all above 255 would turn white."""
    if not image.mode.startswith("I"):
        return image
    return image.point(lambda grey: grey * (1 / 256)).convert("L")


def _in_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """A profile that cannot be used is left aside."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return made or image


def _webp(image: Image.Image) -> bytes:
    """Only the pixels: no EXIF, no place, no profile, no comment (trust 14.2.8)."""
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    written = io.BytesIO()
    bare.save(written, "WEBP", quality=_QUALITY, method=4)
    return written.getvalue()
