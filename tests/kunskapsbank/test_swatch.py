import re
from xml.etree import ElementTree

import pytest

from kunskapsbank.swatch import swatch_svg

SLUGS = [f"bidrag-{number}" for number in range(300)]


def test_swatch_is_the_same_for_the_same_slug():
    assert swatch_svg("gronska-nara", [3, 5]) == swatch_svg("gronska-nara", [3, 5])


def test_swatch_differs_between_slugs():
    swatches = {swatch_svg(slug, [3, 2]) for slug in SLUGS}

    assert len(swatches) == len(SLUGS)


@pytest.mark.parametrize("strands", [[1], [3, 5], [1, 2, 3, 4, 5]])
def test_swatch_shows_only_its_own_strands(strands):
    digits = re.findall(r'class="[bdlt](\d)"', swatch_svg("a", strands))

    assert {int(digit) for digit in digits} <= set(strands)


def test_swatch_without_strands_may_use_all():
    digits = re.findall(
        r'class="[bdlt](\d)"', "".join(swatch_svg(slug, []) for slug in SLUGS)
    )

    assert set(digits) == {"1", "2", "3", "4", "5"}


def test_swatch_is_nine_modules_of_well_formed_svg_hidden_from_readers():
    root = ElementTree.fromstring(swatch_svg("gronska-nara", [3, 5]))

    assert root.tag == "svg"
    assert root.get("aria-hidden") == "true"
    assert len(root.findall("g")) == 9


def test_swatch_is_small_and_has_no_style_and_no_ids():
    for slug in SLUGS:
        svg = swatch_svg(slug, [1, 2, 3])

        assert len(svg.encode()) <= 2048
        assert "style" not in svg
        assert " id=" not in svg


def test_swatch_lets_nothing_through_from_the_slug():
    assert "<script" not in swatch_svg("<script>alert(1)</script>", [1])
