"""What every chart shares: its look in either theme, and templates made once by Altair, filled with rows by dict.

Altair checks a chart against its schema, which takes tens of milliseconds: a template is made once a theme and kept,
and a page only puts its rows in. Row names stand above their row, so that nothing is cut off on a narrow screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from lgrdata.core.palette import GROUNDS, Theme, colour_of

Layers = alt.LayerChart | alt.FacetChart
Spec = dict[str, Any]
Row = dict[str, Any]

FONT = "'Source Sans', Arial, sans-serif"
"""The app's own font, which it brings along: a chart's words are as wide on every machine, and fit a narrow screen."""

STEP = 46
"""Pixels to a row whose name stands above it."""

MILLIONS = "(datum.value < 0 ? '−' : '') + '£' + format(abs(datum.value), ',') + 'm'"
PERCENT = "format(datum.value, '.0%')"
CHANGE = "(datum.value > 0 ? '+' : '') + format(datum.value, '.0%')"


def template(make: Callable[[Theme], Layers]) -> Callable[[Theme], Spec]:
    """A chart's specification without rows, made once for each theme."""

    @lru_cache(maxsize=4)
    def made(theme: Theme) -> Spec:
        spec = _without_rows(make(theme).properties(width="container").to_dict())
        spec["config"] = config(theme)
        spec["background"] = "transparent"
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
        return spec

    return made


def _without_rows(spec: Spec) -> Spec:
    """The specification without the empty rows that Altair gives each layer: layers then take the chart's own."""
    layers = [_without_rows(layer) for layer in spec.get("layer", ())]
    kept = {k: v for k, v in spec.items() if k not in ("data", "datasets")}
    return {**kept, "layer": layers} if layers else kept


def filled(spec: Spec, rows: Sequence[Row], height: int) -> Spec:
    """The template with its rows and height; the template itself stays as it was.

    The rows lie one level down: Streamlit turns rows at the top into an Arrow table, at twice a page's own cost.
    """
    inside = {"data": {"values": list(rows)}, "layer": spec["layer"]}
    return {**spec, "layer": [inside], "height": height}


def config(theme: Theme) -> Spec:
    """Fonts and colours of a theme."""
    ground = GROUNDS[theme]
    words = {"labelColor": ground.text, "titleColor": ground.text}
    return {
        "font": FONT,
        "view": {"stroke": None},
        # A chart is told by its words and its table; marks without names of their own would fail a screen reader.
        "mark": {"aria": False},
        "axis": {
            **words, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "grid": True,
            "gridColor": ground.context_line, "domainColor": ground.line, "tickColor": ground.line,
            "labelOverlap": True,
        },
        "legend": {
            **words, "labelFontSize": 13, "titleFontSize": 13, "labelLimit": 0, "symbolSize": 120, "title": None,
            "orient": "top", "direction": "vertical", "columns": 1, "offset": 6,
        },
        "text": {"fontSize": 13, "color": ground.text},
    }  # fmt: skip


def rows_axis() -> alt.Y:
    """Rows by their number, without an axis: their names are drawn above them."""
    return alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def row_names(theme: Theme, up: int = 18) -> Layers:
    """The names of rows, left, above each row (or in it, where `up` is 0), on a halo that parts them from the grid."""
    ground = GROUNDS[theme]
    text = {"align": "left", "baseline": "middle", "dy": -up, "fontSize": 13, "limit": 0, "color": ground.text}
    halo = {"stroke": ground.page, "strokeWidth": 5, "strokeJoin": "round"}
    return alt.layer(
        *(
            marks("datum.name != null")
            .mark_text(**look)  # type: ignore[arg-type]  # Altair types each keyword; these are its own words
            .encode(x=alt.value(0), y=rows_axis(), text="name:N")
            for look in ({**text, **halo}, text)
        )
    )


def marks(where: str = "") -> alt.Chart:
    """Marks over the rows for which the expression holds."""
    chart = alt.Chart()
    if where:
        chart = chart.transform_filter(where)
    return chart


def zero_line(theme: Theme, at: float = 0.0) -> alt.Chart:
    """A line at nought (or another value)."""
    line: alt.Chart = marks().mark_rule(color=GROUNDS[theme].text, strokeWidth=1.5)
    drawn: alt.Chart = line.encode(x=alt.datum(at, type="quantitative"))
    return drawn


def council_colour(number: int, theme: Theme) -> str:
    """The strong colour of the council with this number (from 0), as #RRGGBB."""
    return colour_of(number, theme).strong


def on_council(number: int, theme: Theme) -> str:
    """The colour of text that stands on `council_colour`, as #RRGGBB."""
    return colour_of(number, theme).on_strong
