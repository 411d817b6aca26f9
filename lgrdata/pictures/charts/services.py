"""Charts of care: rates against the area with their range, what a council carries, residents and need ahead."""

from __future__ import annotations

import altair as alt

from lgrdata.core.palette import GROUNDS, Theme
from lgrdata.pictures.charts.base import (
    CHANGE,
    PERCENT,
    STEP,
    Layers,
    Row,
    Spec,
    council_colour,
    filled,
    marks,
    on_council,
    row_names,
    rows_axis,
    template,
    zero_line,
)

BETWEEN = 24
"""Pixels to a council's row under the name of a service."""


def badge(number: int, theme: Theme) -> Row:
    """A council's number and colours, as rows carry them."""
    return {"n": str(number + 1), "colour": council_colour(number, theme), "on": on_council(number, theme)}


def _ranges(theme: Theme, expression: str, title: str, centre: float | None) -> Layers:
    x = alt.X("value:Q", title=title, axis=alt.Axis(labelExpr=expression, tickCount=6), scale=alt.Scale(zero=False))
    span = marks("datum.low != null").mark_rule(strokeWidth=5, opacity=0.45)
    dot = marks("datum.value != null").mark_circle(size=330, opacity=1)
    number = marks("datum.value != null").mark_text(fontWeight="bold", fontSize=11, baseline="middle")
    layers = [
        span.encode(x=alt.X("low:Q", title=title), x2="high:Q", y=rows_axis(), color=alt.Color("colour:N", scale=None)),
        dot.encode(x=x, y=rows_axis(), color=alt.Color("colour:N", scale=None), tooltip="tip:N"),
        number.encode(x=x, y=rows_axis(), text="n:N", color=alt.Color("on:N", scale=None)),
        row_names(theme, 0),
    ]
    if centre is not None:
        layers.insert(0, zero_line(theme, centre))
    return alt.layer(*layers)


@template
def _balance(theme: Theme) -> Layers:
    return _ranges(theme, CHANGE, "above or below the area’s rate", 0.0)


@template
def _load(theme: Theme) -> Layers:
    ground = GROUNDS[theme]
    x = alt.X(
        "value:Q", title="share of the area", axis=alt.Axis(labelExpr=PERCENT, tickCount=6), scale=alt.Scale(zero=False)
    )
    spend, tax = "datum.kind == 'spend'", "datum.kind == 'tax'"
    return alt.layer(
        marks(spend)
        .mark_rule(strokeWidth=5, opacity=0.45)
        .encode(
            x=alt.X("low:Q", title="share of the area"), x2="high:Q", y=rows_axis(),
            color=alt.Color("colour:N", scale=None),
        ),
        marks(spend)
        .mark_circle(size=330, opacity=1)
        .encode(x=x, y=rows_axis(), color=alt.Color("colour:N", scale=None), tooltip="tip:N"),
        marks(spend)
        .mark_text(fontWeight="bold", fontSize=11, baseline="middle")
        .encode(x=x, y=rows_axis(), text="n:N", color=alt.Color("on:N", scale=None)),
        marks(tax)
        .mark_tick(thickness=4, size=26, color=ground.text, opacity=1)
        .encode(x=x, y=rows_axis(), tooltip="tip:N"),
        row_names(theme),
    )  # fmt: skip


@template
def _fan(theme: Theme) -> Layers:
    ground = GROUNDS[theme]
    x = alt.X("year:Q", title=None, axis=alt.Axis(format="d", grid=False))
    number = alt.Axis(format=",.0f", tickCount=6)
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=True), axis=number)
    colour = alt.Color("colour:N", scale=None)
    last = "datum.last == true"
    return alt.layer(
        marks("datum.low != null")
        .mark_area(opacity=0.16)
        .encode(x=x, y=alt.Y("low:Q", title=None, axis=number), y2="high:Q", color=colour, detail="n:N"),
        marks().mark_line(strokeWidth=3).encode(x=x, y=y, color=colour, detail="n:N", tooltip="tip:N"),
        marks(last).mark_circle(size=330, opacity=1, stroke=ground.page).encode(x=x, y=y, color=colour),
        marks(last)
        .mark_text(fontWeight="bold", fontSize=11, baseline="middle")
        .encode(x=x, y=y, text="n:N", color=alt.Color("on:N", scale=None)),
    )


def balance(rows: list[Row], theme: Theme) -> Spec:
    """Dot and range by council, under the name of each service, which has a row of its own."""
    return filled(_balance(theme), rows, BETWEEN * max(1, len(rows)))


def load(rows: list[Row], theme: Theme) -> Spec:
    """Share of care spend with its range against share of tax base, a row a council."""
    return filled(_load(theme), rows, STEP * max(1, len({r["row"] for r in rows})))


def fan(rows: list[Row], theme: Theme) -> Spec:
    """Lines over years by council, with a range where there is one."""
    spec = _fan(theme)
    years = [int(r["year"]) for r in rows] or [0]
    first, last = min(years), max(years)
    ticks = [first + (last - first) * third // 3 for third in range(4)]
    return filled({**spec, "layer": [_ticked(layer, ticks) for layer in spec["layer"]]}, rows, 300)


def _ticked(layer: Spec, ticks: list[int]) -> Spec:
    x = layer["encoding"]["x"]
    return {**layer, "encoding": {**layer["encoding"], "x": {**x, "axis": {**x["axis"], "values": ticks}}}}
