"""The palette keeps its promises: contrast of text, lines and badges, and eight looks that differ."""

from __future__ import annotations

from itertools import combinations
from math import cbrt, dist

import pytest

from lgrdata.core.models import MAX_COUNCILS
from lgrdata.core.palette import COUNCIL_COLOURS, GROUNDS, PATTERNS, Theme, colour_of, contrast, pattern_defs
from lgrdata.ui.redraw.page import colour_name

THEMES: tuple[Theme, ...] = ("light", "dark")


def test_contrast_is_the_wcag_ratio() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_on_every_fill_hatch_and_badge(theme: Theme) -> None:
    ground = GROUNDS[theme]
    for c in COUNCIL_COLOURS[theme]:
        assert contrast(ground.text, c.fill) >= 4.5, c
        assert contrast(ground.text, c.hatch) >= 4.5, c
        assert contrast(c.on_strong, c.strong) >= 4.5, c
    for back in (ground.page, ground.nobody, ground.context):
        assert contrast(ground.text, back) >= 4.5
        assert contrast(ground.quiet_text, back) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_strong_colours_stand_out(theme: Theme) -> None:
    ground = GROUNDS[theme]
    for c in COUNCIL_COLOURS[theme]:
        assert contrast(c.strong, ground.page) >= 3.0, c
        assert contrast(ground.border, c.fill) >= 3.0, c


@pytest.mark.parametrize("theme", THEMES)
def test_eight_councils_differ_in_colour_and_in_pattern(theme: Theme) -> None:
    assert len(COUNCIL_COLOURS[theme]) == len(PATTERNS) == MAX_COUNCILS
    assert len({c.fill for c in COUNCIL_COLOURS[theme]}) == MAX_COUNCILS
    assert len({marks for _, marks in PATTERNS}) == MAX_COUNCILS
    assert colour_of(8, theme) == colour_of(0, theme)


def oklab(colour: str) -> tuple[float, float, float]:
    """A colour where equal steps look equally far apart (OKLab, Ottosson 2020)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    x = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    y = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    z = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * x + 0.7936177850 * y - 0.0040720468 * z,
        1.9779984951 * x - 2.4285922050 * y + 0.4505937099 * z,
        0.0259040371 * x + 0.7827717662 * y - 0.8086757660 * z,
    )


@pytest.mark.parametrize("theme", THEMES)
def test_any_two_of_eight_councils_are_told_apart_by_their_colours_and_each_by_its_pattern(theme: Theme) -> None:
    """0.02 in OKLab is just seen; for those who see few colours the patterns stand out from their ground."""
    near = []
    for one, other in combinations(COUNCIL_COLOURS[theme], 2):
        for part, least in (("fill", 0.045), ("hatch", 0.045), ("strong", 0.055)):
            apart = dist(oklab(getattr(one, part)), oklab(getattr(other, part)))
            if apart < least:
                near.append(f"{part} of {one.name} and {other.name}: {apart:.3f}")
    assert near == []
    assert [c.name for c in COUNCIL_COLOURS[theme] if contrast(c.fill, c.hatch) < 1.35] == []


def test_patterns_are_svg_with_ids_of_the_prefix() -> None:
    text = pattern_defs("a&b", "dark", 0.5)
    assert text.count("<pattern ") == 9
    assert 'id="a&amp;b-7"' in text and "scale(0.5)" in text


def test_the_chooser_of_colours_names_what_the_map_draws() -> None:
    for theme in ("light", "dark"):
        assert [colour_name(i) for i in range(MAX_COUNCILS)] == [colour_of(i, theme).name for i in range(MAX_COUNCILS)]
