"""The evidence bar as SVG: both sides' yearly figures on one line, what was published, and each side's break-even.

Words come in finished; only places are worked out here. Made to be read from 360 pixels up.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from lgrdata.core.palette import GROUNDS, Theme, colour_of

WIDTH = 460
_SIZE, _EDGE, _LABEL = 13.0, 10.0, 0.29
BREAK_EVEN = "Dividing county services in two, £ a year a county resident"
_TURQUOISE, _BLUE, _PINK = 2, 0, 3
_LETTER = 0.53
"""A letter's width over its height, on average and rather wide."""
_WIDE = 0.5
"""The same of a long text in the widest letters that a reader's machine may put in place of those asked for."""
_FIGURE, _BOLD = 17.0, 0.7
"""A figure's height, and the width of its bold letters over that where a reader's machine has wide ones."""


class EndMark(NamedTuple):
    """A side's end of the line: its figure, and the figure and whose it is in words."""

    value: float
    figure: str
    whose: str
    county: bool


class CaseMark(NamedTuple):
    """A published figure: its place, and the figure with who paid in words."""

    value: float
    said: str


class BreakEvenMark(NamedTuple):
    """A side's break-even beside its own cost of dividing in two, £, and both in words."""

    break_even: float
    own: float
    said: str


def scale_of(values: Sequence[float]) -> tuple[float, float]:
    """The least and the most that the line shows: nought and the sides, with room for their words."""
    low, high = min(0.0, *values), max(0.0, *values)
    across = max(high - low, 1.0)
    left = _LABEL if low in values and low < 0 else 0.12
    right = _LABEL if high in values and high > 0 else 0.12
    whole = across / (1 - left - right)
    return low - left * whole, high + right * whole


def evidence_bar(
    ends: Sequence[EndMark],
    halfway: tuple[float, str],
    cases: Sequence[CaseMark],
    break_evens: Sequence[BreakEvenMark],
    theme: Theme,
    width: int = WIDTH,
) -> str:
    """The drawing. A figure beyond the end of its scale is an arrow there; its words stand beside it."""
    low, high = scale_of([e.value for e in ends])
    return _Drawing(theme, low, high, width).whole(ends, halfway, cases, break_evens)


class _Drawing:
    def __init__(self, theme: Theme, low: float, high: float, shown: int) -> None:
        self.ground, self.theme, self.shown = GROUNDS[theme], theme, shown
        self.low, self.high = low, high
        self.parts: list[str] = []

    def x(self, value: float, low: float, high: float) -> float:
        inside = WIDTH - 2 * _EDGE
        return round(_EDGE + min(max((value - low) / (high - low), 0.0), 1.0) * inside, 1)

    def whole(
        self,
        ends: Sequence[EndMark],
        halfway: tuple[float, str],
        cases: Sequence[CaseMark],
        break_evens: Sequence[BreakEvenMark],
    ) -> str:
        self._line(ends, halfway)
        y = 94.0
        for case in cases:
            self._case(case, y)
            y += 22
        if break_evens:
            y += 4
            self._text(_EDGE, y, BREAK_EVEN, self.ground.quiet_text, "start")
            y += 22
        else:
            y -= 12
        for mark in break_evens:
            self._break_even(mark, y, break_evens)
            y += 38
        height = round(y - (16 if break_evens else 0))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{self.shown}"'
            f' height="{round(height * self.shown / WIDTH)}" font-family="\'Source Sans\', Arial, sans-serif"'
            f' font-size="{_SIZE:g}">{"".join(self.parts)}</svg>'
        )

    def _line(self, ends: Sequence[EndMark], halfway: tuple[float, str]) -> None:
        y, g = 48.0, self.ground
        places = [self.x(e.value, self.low, self.high) for e in ends]
        zero, middle = self.x(0.0, self.low, self.high), self.x(halfway[0], self.low, self.high)
        self._rule(_EDGE, y, WIDTH - _EDGE, y, g.quiet_text, 1)
        self._rule(zero, y - 11, zero, y + 11, g.text, 2)
        self._text(zero, y + 25, "£0", g.text)
        for words, at, anchor, room in (
            ("◂ costs", _EDGE, "start", zero - _EDGE),
            ("saves ▸", WIDTH - _EDGE, "end", WIDTH - _EDGE - zero),
        ):
            if room > 70:
                self._text(at, y + 25, words, g.quiet_text, anchor)
        band = colour_of(_BLUE, self.theme)
        self.parts.append(
            f'<rect x="{min(places)}" y="{y - 6}" width="{max(places) - min(places):.1f}" height="12"'
            f' fill="{band.hatch}"/>'
        )
        self._rule(middle, y - 9, middle, y + 9, g.text, 2.5)
        self._halfway(middle, zero, y + 25, halfway[1])
        for end, at in zip(ends, places, strict=True):
            look = colour_of(_PINK if end.county else _TURQUOISE, self.theme)
            if end.county:
                self.parts.append(
                    f'<rect x="{at - 7:.1f}" y="{y - 7}" width="14" height="14" fill="{look.strong}" stroke="{g.page}"'
                    ' stroke-width="1.5"/>'
                )
            else:
                self.parts.append(
                    f'<circle cx="{at}" cy="{y}" r="7.5" fill="{look.strong}" stroke="{g.page}" stroke-width="1.5"/>'
                )
        self._ends(ends, places, y)

    def _ends(self, ends: Sequence[EndMark], places: Sequence[float], y: float) -> None:
        """Words of the ends, each to its own outer side, so that they do not meet however near the figures are."""
        order = sorted(range(len(ends)), key=lambda i: (places[i], not ends[i].county))
        least = 0.0
        near = abs(places[0] - places[-1]) < 20
        centre = sum(places) / len(places)
        for n, i in enumerate(order):
            anchor = "end" if n == 0 else "start"
            at = (centre + (-5 if n == 0 else 5)) if near else places[i] + (8 if n == 0 else -8)
            wide = max(len(ends[i].whose) * _SIZE * _LETTER, len(ends[i].figure) * _FIGURE * _BOLD)
            at = max(at, wide) if n == 0 else min(max(at, least), WIDTH - wide)
            least = at + 10
            self._text(at, y - 29, ends[i].figure, self.ground.text, anchor, size=_FIGURE, bold=True)
            self._text(at, y - 14, ends[i].whose, self.ground.text, anchor)

    def _halfway(self, middle: float, zero: float, y: float, said: str) -> None:
        wide = len(said) * _SIZE * _LETTER
        if abs(middle - zero) > wide / 2 + 22:
            room = (_EDGE + wide / 2 + 52, WIDTH - _EDGE - wide / 2 - 52)
            at = min(max(middle, room[0]), room[1]) if abs(middle - zero) > wide else middle
            self._text(at, y, said, self.ground.quiet_text)
        else:
            side = 1 if middle >= zero else -1
            self._text(zero + side * 16, y, said, self.ground.quiet_text, "start" if side > 0 else "end")

    def _case(self, case: CaseMark, y: float) -> None:
        g, at = self.ground, self.x(case.value, self.low, self.high)
        if case.value < self.low or case.value > self.high:
            self._arrow(at, y - 4, case.value > self.high)
        else:
            self.parts.append(
                f'<circle cx="{at}" cy="{y - 4}" r="5.5" fill="{g.page}" stroke="{g.text}" stroke-width="2"/>'
            )
        left = at + 12 + len(case.said) * _SIZE * _LETTER > WIDTH and at > WIDTH / 2
        room = at - 12 if left else WIDTH - at - 12
        self._text(at - 12 if left else at + 12, y, case.said, g.text, "end" if left else "start", room=room)

    def _break_even(self, mark: BreakEvenMark, y: float, every: Sequence[BreakEvenMark]) -> None:
        g, top = self.ground, top_of(every)
        own, even = self.x(mark.own, 0.0, top), self.x(mark.break_even, 0.0, top)
        line = y + 12
        self._text(_EDGE, y, mark.said, g.text, "start")
        self._rule(_EDGE, line, WIDTH - _EDGE, line, g.quiet_text, 1)
        look = colour_of(_TURQUOISE, self.theme)
        self.parts.append(
            f'<rect x="{_EDGE}" y="{line - 4}" width="{max(even - _EDGE, 0):.1f}" height="8" fill="{look.hatch}"/>'
        )
        if mark.break_even > top or mark.break_even < 0:
            self._arrow(even, line, mark.break_even > top)
        else:
            self._rule(even, line - 7, even, line + 7, look.strong, 3)
        if mark.own > top or mark.own < 0:
            self._arrow(own, line, mark.own > top)
        else:
            self.parts.append(
                f'<circle cx="{own}" cy="{line}" r="5.5" fill="{g.text}" stroke="{g.page}" stroke-width="1.5"/>'
            )

    def _arrow(self, at: float, y: float, right: bool) -> None:
        tip = 7 if right else -7
        self.parts.append(
            f'<path d="M{at - tip} {y - 6}L{at + tip} {y}L{at - tip} {y + 6}Z" fill="{self.ground.text}"/>'
        )

    def _rule(self, x1: float, y1: float, x2: float, y2: float, colour: str, wide: float) -> None:
        self.parts.append(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" stroke-width="{wide}"/>')

    def _text(
        self, x: float, y: float, words: str, colour: str, anchor: str = "middle", *,
        size: float = 0, bold: bool = False, room: float = 0,
    ) -> None:  # fmt: skip
        """`room`: pixels that the words must keep to in any letters; 0 where there are enough."""
        more = (f' font-size="{size:g}"' if size else "") + (' font-weight="bold"' if bold else "")
        if room and len(words) * _SIZE * _WIDE > room:
            more += f' textLength="{room:.0f}" lengthAdjust="spacingAndGlyphs"'
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{more}>{escape(words)}</text>'
        )


def top_of(marks: Sequence[BreakEvenMark]) -> float:
    """The end of the scale of break-evens, £: room for either side's own cost and as much again, in steps of ten."""
    return float(10 * -(-2 * max(5.0, *(m.own for m in marks)) // 10))
