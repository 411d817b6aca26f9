"""The switching value on a ruler: how dear splitting may get before the split stops saving, beside the evidence."""

from __future__ import annotations

from lgrdata.all_effects.effects import Effects
from lgrdata.core.lens_words import WHOSE
from lgrdata.core.models import LENSES, LensId
from lgrdata.core.palette import GROUNDS, Theme, colour_of
from lgrdata.core.words import capital, pounds
from lgrdata.page.blocks import Picture, Table

_WIDTH, _HEIGHT, _EDGE, _LINE = 420, 92, 14, 46
_NAMES: dict[LensId, str] = {"county": "counties", "middle": "middle", "district": "districts"}
"""Short enough to stand under a mark."""


def switching_ruler(effects: Effects, lens: LensId, theme: Theme = "light") -> Picture | None:
    """Each side's evidence and this split's switching value, £ a resident a year; None where nothing is split."""
    value = effects.costs_with_partnerships[lens].switching_value
    if value is None:
        return None
    # The marks are what the evidence says; a value changed by the visitor is no evidence and stands in words below.
    held = effects.assumptions
    evidence = [(each, held.lenses[each].values["delta"]) for each in LENSES]
    moved = [
        f"{WHOSE[each]} as changed here {pounds(here, 1)}"
        for each, value_held in evidence
        if (here := held.lens_value(each, "delta")) != value_held
    ]
    top = max(20.0, *(v for _, v in evidence), value) * 1.08
    low = min(0.0, value)

    def x(amount: float) -> float:
        return round(_EDGE + (amount - low) / (top - low) * (_WIDTH - 2 * _EDGE), 1)

    ink, mark = GROUNDS[theme].text, colour_of(3, theme).strong
    parts = [
        f'<line x1="{x(low)}" y1="{_LINE}" x2="{x(top)}" y2="{_LINE}" stroke="{ink}" stroke-width="2"/>',
        f'<rect x="{x(low)}" y="{_LINE - 5}" width="{max(0.0, x(value) - x(low)):.1f}" height="10"'
        f' fill="{mark}" opacity=".35"/>',
    ]
    for each, amount in evidence:
        at = x(amount)
        parts.append(f'<line x1="{at}" y1="{_LINE - 8}" x2="{at}" y2="{_LINE + 8}" stroke="{ink}" stroke-width="2"/>')
        parts.append(_text(x(amount), _LINE + 22, pounds(amount, 1), ink))
        parts.append(_text(x(amount), _LINE + 36, _NAMES[each], ink))
    parts.append(f'<circle cx="{x(value)}" cy="{_LINE}" r="7" fill="{mark}" stroke="{ink}" stroke-width="2"/>')
    parts.append(_text(x(value), _LINE - 16, f"this split {pounds(value, 1)}", ink, bold=True))
    told = (
        f"Under {effects.lens_words[lens].own} this split still saves each year if splitting costs less than"
        f" {pounds(value, 1)} a resident. The evidence:"
        f" {', '.join(f'{_NAMES[e]} {pounds(v, 1)}' for e, v in evidence)}."
        + (f" Changed: {', '.join(moved)}." if moved else "")
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
        f' font-family="sans-serif" font-size="12">{"".join(parts)}</svg>'
    )
    sides = ((f"Evidence: {_NAMES[e]}", pounds(v, 1)) for e, v in evidence)
    rows = (
        (f"This split, {effects.lens_words[lens].own}", pounds(value, 1)),
        *sides,
        *((capital(m.rpartition(" ")[0]), m.rpartition(" ")[2]) for m in moved),
    )
    table = Table(
        "switching", "What splitting may cost, £ a resident a year", ("", "£ a resident"), rows, frozenset({1})
    )
    return Picture("switching", "Still saves if splitting costs less than the dot", svg, told, _WIDTH, table)


def _text(x: float, y: float, words: str, ink: str, *, bold: bool = False) -> str:
    anchor = "start" if x < _EDGE + 40 else "end" if x > _WIDTH - _EDGE - 40 else "middle"
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{ink}"{weight}>{words}</text>'
