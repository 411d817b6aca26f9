"""Break-even on a ruler: how dear the first split may be before the split stops saving, beside what each side says."""

from __future__ import annotations

from lgrdata.all_effects.effects import Effects
from lgrdata.core.palette import GROUNDS, Theme, colour_of
from lgrdata.core.words import capital, joined, pounds
from lgrdata.page.blocks import Picture, Table
from lgrdata.views.break_even import HEAD, SIDE, UNIT, sides

_WIDTH, _ROW, _EDGE, _LINE = 420, 68, 14, 36


def break_even_ruler(effects: Effects, theme: Theme = "light") -> Picture | None:
    """A row a side: its break-even as a dot, its own cost of the first split as a mark; None where nothing is split."""
    found = sides(effects)
    if not found:
        return None
    amounts = [v for side in found for v in (side.own, side.break_even)]
    top, low = max(20.0, *amounts) * 1.08, min(0.0, *amounts)

    def x(amount: float) -> float:
        return round(_EDGE + (amount - low) / (top - low) * (_WIDTH - 2 * _EDGE), 1)

    ink, mark = GROUNDS[theme].text, colour_of(3, theme).strong
    parts = []
    for row, side in enumerate(found):
        y, at, own = row * _ROW + _LINE, x(side.break_even), x(side.own)
        said = f"{SIDE[side.lens]}: breaks even at {pounds(side.break_even, 1)}"
        parts += [
            f'<line x1="{x(low)}" y1="{y}" x2="{x(top)}" y2="{y}" stroke="{ink}" stroke-width="2"/>',
            f'<rect x="{x(low)}" y="{y - 5}" width="{max(0.0, at - x(low)):.1f}" height="10" fill="{mark}"'
            ' opacity=".35"/>',
            f'<line x1="{own}" y1="{y - 8}" x2="{own}" y2="{y + 8}" stroke="{ink}" stroke-width="2"/>',
            _text(own, y + 22, f"it says {pounds(side.own, 1)}", ink),
            f'<circle cx="{at}" cy="{y}" r="7" fill="{mark}" stroke="{ink}" stroke-width="2"/>',
            _text(at, y - 16, said, ink, bold=True),
        ]
    told = joined(
        [f"{SIDE[s.lens]} {pounds(s.break_even, 1)}, beside its own {pounds(s.own, 1)}" for s in found], "and"
    )
    height = _ROW * len(found)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
        f' font-family="sans-serif" font-size="12">{"".join(parts)}</svg>'
    )
    rows = tuple((capital(SIDE[s.lens]), pounds(s.break_even, 1), pounds(s.own, 1)) for s in found)
    heads = ("Evidence", "Break-even", "That side’s own cost")
    table = Table("break-even", f"{HEAD}, {UNIT}", heads, rows, frozenset({1, 2}))
    return Picture("break-even", "Saves where the first split costs less than the dot", svg, f"{HEAD}: {told}.",
                   _WIDTH, table)  # fmt: skip


def _text(x: float, y: float, words: str, ink: str, *, bold: bool = False) -> str:
    anchor = "start" if x < _EDGE + 90 else "end" if x > _WIDTH - _EDGE - 90 else "middle"
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{ink}"{weight}>{words}</text>'
