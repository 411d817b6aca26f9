"""Charts of money: a year under three lenses, the path to payback, what moves the result, council tax."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from lgrdata.core.lens_words import NAMES
from lgrdata.core.models import LensId
from lgrdata.core.palette import GROUNDS, Theme, colour_of
from lgrdata.pictures.charts.base import (
    MILLIONS,
    STEP,
    Layers,
    Row,
    Spec,
    filled,
    marks,
    row_names,
    rows_axis,
    template,
    zero_line,
)

PARTS = {
    "saving": "Saved by having fewer councils",
    "splitting": "Cost of splitting county services",
    "purchasing": "Dearer care places (to the right: cheaper)",
}
_PART_COLOURS = (2, 1, 4)
LENS_COLOURS = {"county": 3, "middle": 0, "district": 2}
LOW, HIGH = "at the low value", "at the high value"


def _colours(indexes: tuple[int, ...], theme: Theme) -> list[str]:
    return [colour_of(i, theme).strong for i in indexes]


@template
def _lenses(theme: Theme) -> Layers:
    ground = GROUNDS[theme]
    x = alt.X("start:Q", title="£m a year, once all is in place", axis=alt.Axis(labelExpr=MILLIONS, tickCount=5))
    scale = alt.Scale(domain=list(PARTS.values()), range=_colours(_PART_COLOURS, theme))
    return alt.layer(
        marks("datum.part != null")
        .mark_bar(size=18)
        .encode(x=x, x2="end:Q", y=rows_axis(), color=alt.Color("part:N", scale=scale), tooltip="tip:N"),
        zero_line(theme),
        marks("datum.net != null")
        .mark_point(shape="diamond", size=260, filled=True, color=ground.text, stroke=ground.page, opacity=1)
        .encode(x=alt.X("net:Q"), y=rows_axis(), tooltip="tip:N"),
        row_names(theme),
    )


@template
def _path(theme: Theme) -> Layers:
    ground = GROUNDS[theme]
    # A year is the span between two lines, its number in the middle; its total stands at its end.
    line = {"condition": {"test": "datum.value % 1 === 0", "value": ground.context_line}, "value": "transparent"}
    x = alt.X(
        "year:Q",
        title="year of the new councils, from their first day",
        scale=alt.Scale(domain=[0, 10]),
        axis=alt.Axis(
            values=[n / 2 for n in range(21)], grid=True, gridColor=line, ticks=False, labelOverlap=False,
            labelExpr="datum.value % 1 === 0 ? '' : format(datum.value + 0.5, '.0f')",
        ),
    )  # fmt: skip
    y = alt.Y("total:Q", title=None, axis=alt.Axis(labelExpr=MILLIONS, tickCount=6))
    names, dashes = list(NAMES.values()), [[7, 4], [1, 0], [2, 3]]
    legend = alt.Legend(symbolType="stroke", symbolStrokeWidth=3, symbolSize=400)
    colours = alt.Scale(domain=names, range=_colours(tuple(LENS_COLOURS.values()), theme))
    colour = alt.Color("name:N", scale=colours, legend=legend)
    zero = marks().mark_rule(color=ground.text, strokeWidth=1.5).encode(y=alt.datum(0, type="quantitative"))
    lines = (
        marks()
        .mark_line()
        .encode(
            x=x,
            y=y,
            color=colour,
            strokeWidth=alt.StrokeWidth("wide:Q", scale=None, legend=None),
            strokeDash=alt.StrokeDash("name:N", scale=alt.Scale(domain=names, range=dashes), legend=legend),
            tooltip="tip:N",
        )
    )
    paid = (
        marks("datum.paid == true")
        .mark_point(shape="diamond", size=200, filled=True, opacity=1, stroke=ground.page)
        .encode(x=x, y=y, color=alt.Color("name:N", scale=colours, legend=None), tooltip="tip:N")
    )
    return alt.layer(zero, lines, paid)


@template
def _tornado(theme: Theme) -> Layers:
    ground = GROUNDS[theme]
    x = alt.X("start:Q", title="£m over five years", axis=alt.Axis(labelExpr=MILLIONS, tickCount=5))
    scale = alt.Scale(domain=[LOW, HIGH], range=_colours((0, 1), theme))
    return alt.layer(
        marks("datum.side != null")
        .mark_bar(size=15)
        .encode(x=x, x2="end:Q", y=rows_axis(), color=alt.Color("side:N", scale=scale), tooltip="tip:N"),
        zero_line(theme),
        marks("datum.central != null")
        .mark_tick(thickness=3, size=22, color=ground.text)
        .encode(x="central:Q", y=rows_axis()),
        row_names(theme),
    )


@template
def _tax(theme: Theme) -> Layers:
    ground = GROUNDS[theme]
    title = "£ a year for a Band D home"
    x = alt.X("low:Q", title=title, axis=alt.Axis(format=",.0f", tickCount=5), scale=alt.Scale(zero=False, nice=True))
    colour = alt.Color("colour:N", scale=None)
    dots = marks().mark_circle(size=130, opacity=1, stroke=ground.page)
    return alt.layer(
        marks().mark_rule(strokeWidth=6, opacity=0.5).encode(x=x, x2="high:Q", y=rows_axis(), color=colour),
        dots.encode(x=x, y=rows_axis(), color=colour, tooltip="tip:N"),
        dots.encode(x=alt.X("high:Q", title=title), y=rows_axis(), color=colour, tooltip="tip:N"),
        row_names(theme),
    )


def lenses(rows: list[Row], theme: Theme) -> Spec:
    """Parts of the yearly net as bars from nought, the net as a diamond, a row a lens."""
    return filled(_lenses(theme), rows, STEP * 3)


def path(rows: list[Row], theme: Theme, names: Mapping[LensId, str] = NAMES) -> Spec:
    """The running total by year and lens; a diamond where it is paid back. `names`: what the rows call each lens."""
    called = {NAMES[lens]: name for lens, name in names.items()}
    spec: Spec = _renamed(filled(_path(theme), rows, 320), called)
    return spec


def _renamed(part: Any, called: Mapping[str, str]) -> Any:
    if isinstance(part, dict):
        return {key: _renamed(value, called) for key, value in part.items()}
    if isinstance(part, list):
        return [_renamed(value, called) for value in part]
    return called.get(part, part) if isinstance(part, str) else part


def tornado(rows: list[Row], theme: Theme) -> Spec:
    """The five-year net at each assumption's low and high value."""
    return filled(_tornado(theme), rows, STEP * max(1, len({r["row"] for r in rows})))


def tax(rows: list[Row], theme: Theme) -> Spec:
    """Lowest and highest Band D of each council's members."""
    return filled(_tax(theme), rows, STEP * max(1, len(rows)))
