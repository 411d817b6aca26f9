"""The chart of one published figure over the periods that it is held for."""

from __future__ import annotations

import altair as alt

from lgrdata.core.palette import GROUNDS, Theme
from lgrdata.pictures.charts.base import Layers, Row, Spec, council_colour, filled, marks, template

HEIGHT = 260


@template
def _series(theme: Theme) -> Layers:
    ground, colour = GROUNDS[theme], council_colour(0, theme)
    x = alt.X("period:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, grid=False))
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=True, nice=True), axis=alt.Axis(tickCount=5))
    near = alt.X("period:O", title=None, sort=None)
    last = "datum.last == true"
    return alt.layer(
        marks("datum.value != null").mark_line(strokeWidth=3, color=colour).encode(x=x, y=y, detail="run:N"),
        marks("datum.value != null")
        .mark_circle(size=70, opacity=1, color=colour, stroke=ground.page)
        .encode(x=near, y=y, tooltip="tip:N"),
        marks(last).mark_circle(size=220, opacity=1, color=colour, stroke=ground.page).encode(x=near, y=y),
        marks(last)
        .mark_text(dy=-18, align="right", fontSize=14, fontWeight="bold", color=ground.text)
        .encode(x=near, y=y, text="said:N"),
    )


def series(rows: list[Row], theme: Theme) -> Spec:
    """A line from period to period with a dot each, broken where a figure is missing; the newest is named."""
    return filled(_series(theme), rows, HEIGHT)
