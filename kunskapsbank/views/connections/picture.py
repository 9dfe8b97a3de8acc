"""The picture of what ties the fokusområden: a cloth of fifteen strands.

Each strand comes in from the left at its own row, and bends down when it reaches its
own column. So any two strands cross once, as threads do in a weave, and the knot where
they cross says how much ties them. Lengths are in units of the picture.
"""

from dataclasses import dataclass
from math import sqrt

from kunskapsbank.crossings import Crossing, Tie
from programme.models import Fokusomrade

PITCH = 42  # one and a half times the width of a strand, as everywhere
WIDTH = 28
GROUP_GAP = 12  # between viljeinriktningar
LABELS = 480  # room to the left for the names, also when readers space out text
BELOW = 64  # what the strands go on below, and their numbers
_FIRST, _MOST = 11, 18  # radius of a knot that is 1, and of the largest


@dataclass(frozen=True)
class Strand:
    area: Fokusomrade
    x: int
    y: int
    end: int

    @property
    def path(self):
        """In from the left, one bend, and down."""
        bend = PITCH // 2
        return (
            f"M{LABELS} {self.y}H{self.x - bend}"
            f"A{bend} {bend} 0 0 1 {self.x} {self.y + bend}V{self.end}"
        )

    @property
    def label_y(self):
        return self.y + 6

    @property
    def label_x(self):
        return LABELS - 22

    @property
    def number_y(self):
        return self.end + 34


@dataclass(frozen=True)
class Over:
    """A bit of a strand that goes over the one it crosses."""

    strand: Strand
    x: int
    y: int

    @property
    def edge_path(self):
        return f"M{self.x} {self.y - PITCH // 2}v{PITCH}"

    @property
    def path(self):
        """A little longer than its edge, so that no seam shows."""
        return f"M{self.x} {self.y - PITCH // 2 - 1}v{PITCH + 2}"


@dataclass(frozen=True)
class Knot:
    crossing: Crossing
    x: int
    y: int
    number: int
    tie: Tie

    @property
    def radius(self):
        return min(_MOST, round(_FIRST + 2 * sqrt(self.number - 1)))

    @property
    def text_y(self):
        return self.y + 5

    @property
    def in_words(self):
        return self.crossing.in_words(self.tie)

    @property
    def is_interpretation(self):
        return self.tie == Tie.GOALS or self.crossing.is_only_interpretation


@dataclass(frozen=True)
class Picture:
    strands: list[Strand]
    overs: list[Over]
    knots: list[Knot]
    width: int
    height: int


def picture_of(areas: list[Fokusomrade], crossings: list[Crossing], tie: Tie):
    strands = _strands(areas)
    by_area = {strand.area.pk: strand for strand in strands}
    knots = [
        _knot(each, by_area[each.first.pk], by_area[each.second.pk], tie)
        for each in crossings
        if each.number(tie)
    ]
    last = strands[-1].x if strands else LABELS
    bottom = strands[-1].end if strands else 0
    return Picture(strands, _overs(strands), knots, last + PITCH, bottom + BELOW)


def _strands(areas):
    offsets = []
    before = None
    offset = PITCH
    for area in areas:
        if before and area.viljeinriktning_id != before.viljeinriktning_id:
            offset += GROUP_GAP
        offsets.append(offset)
        offset += PITCH
        before = area
    end = offset + GROUP_GAP
    return [
        Strand(area, LABELS + at, at, end)
        for area, at in zip(areas, offsets, strict=True)
    ]


def _overs(strands):
    """Every other crossing has the upright strand on top, as in plain weave."""
    return [
        Over(upright, upright.x, level.y)
        for place, level in enumerate(strands)
        for other, upright in enumerate(strands[:place])
        if (place + other) % 2
    ]


def _knot(crossing, first, second, tie):
    """Where the earlier one's upright part meets the later one's level part."""
    x, y = first.x, second.y
    if crossing.is_within:  # in the bend
        x, y = x - 6, y + 6
    return Knot(crossing, x, y, crossing.number(tie), tie)
