"""A contribution's own cloth: nine modules, always the same for the same slug.

Only classes say what colour a shape has, so that the stylesheet rules over themes:
the first letter of a tone and the number of a strand, such as "d3".
"""

from hashlib import sha256

from django.utils.html import format_html, format_html_join

STRANDS = (1, 2, 3, 4, 5)
SIDE = 48
_PLACES = [(column * SIDE, row * SIDE) for row in range(3) for column in range(3)]

# Ground, first and second shape. Neighbouring tones always differ.
_PALETTES = [
    ("bright", "tint", "deep"),
    ("tint", "bright", "deep"),
    ("deep", "light", "tint"),
    ("light", "deep", "tint"),
    ("bright", "deep", "light"),
]

# What stands on the ground of a module, in a square of 48: (tone, path), where tone is
# a place in the palette.
_QUARTER = [(1, "M0 0h48A48 48 0 0 1 0 48")]
_ARCS = [
    (1, "M32 0h16A48 48 0 0 1 0 48V32A32 32 0 0 0 32 0"),
    (2, "M0 0h16A16 16 0 0 1 0 16"),
]
_HALVES = [(1, "M0 0a24 24 0 0 0 48 0"), (2, "M0 48a24 24 0 0 1 48 0")]
_RING = [
    (1, "M0 24a24 24 0 0 1 48 0 24 24 0 0 1-48 0"),
    (0, "M14 24a10 10 0 0 1 20 0 10 10 0 0 1-20 0"),
]
_LEAF = [(1, "M0 0h16a32 32 0 0 1 32 32v16H32A32 32 0 0 1 0 16")]
_STRANDS = [
    (1, "M4 0v8a36 36 0 0 0 36 36h8v-8h-8A28 28 0 0 1 12 8V0"),
    (2, "M20 0v8a20 20 0 0 0 20 20h8v-8h-8A12 12 0 0 1 28 8V0"),
]
_MOTIFS = [_QUARTER, _ARCS, _HALVES, _RING, _LEAF, _STRANDS, _QUARTER, _LEAF]


def swatch_svg(slug, strands):
    """The swatch of `slug` as inline SVG; the first of `strands` leads."""
    strands = tuple(strands) or STRANDS
    deal = _dealer(slug)
    modules = (_module(deal, strands, place) for place in _PLACES)
    return format_html(
        # The size is for pages without style; the component has its own.
        '<svg viewBox="0 0 144 144" width="144" height="144" aria-hidden="true">'
        "{}</svg>",
        format_html_join("", "{}", ((module,) for module in modules)),
    )


def _dealer(slug):
    """A function that picks one of some choices, by what is left of the slug's hash."""
    left = int.from_bytes(sha256(slug.encode()).digest(), "big")

    def deal(choices):
        nonlocal left
        left, index = divmod(left, len(choices))
        return choices[index]

    return deal


def _module(deal, strands, place):
    # Three times in four any of the strands, else the leading one
    strand = deal(strands * 3 + strands[:1] * len(strands))
    palette = deal(_PALETTES)
    shapes = [(0, "M0 0h48v48H0"), *deal(_MOTIFS)]
    turn = deal([0, 90, 180, 270])
    return format_html(
        '<g transform="translate({} {}){}">{}</g>',
        *place,
        f"rotate({turn} 24 24)" if turn else "",
        format_html_join(
            "",
            '<path class="{}{}" d="{}"/>',
            ((palette[tone][0], int(strand), path) for tone, path in shapes),
        ),
    )
