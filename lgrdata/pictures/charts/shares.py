"""The chart of a share-out: each council's part with its low and high."""

from __future__ import annotations

import altair as alt

from lgrdata.core.palette import GROUNDS, Theme
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
)


@template
def _parts(theme: Theme) -> Layers:
    ground = GROUNDS[theme]
    axis = alt.Axis(labelExpr=MILLIONS, tickCount=5)
    x = alt.X("low:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=True))
    colour = alt.Color("colour:N", scale=None)
    return alt.layer(
        marks().mark_rule(strokeWidth=12, opacity=0.45).encode(x=x, x2="high:Q", y=rows_axis(), color=colour),
        marks()
        .mark_circle(size=200, opacity=1, stroke=ground.page)
        .encode(x=alt.X("part:Q"), y=rows_axis(), color=colour, tooltip="tip:N"),
        marks()
        .mark_tick(thickness=3, size=22, color=ground.text)
        .encode(x=alt.X("residents:Q"), y=rows_axis(), tooltip="tip:N"),
        row_names(theme),
    )


def parts(rows: list[Row], theme: Theme) -> Spec:
    """A bar from low to high a council, a dot at its part, a tick at its part by residents alone."""
    return filled(_parts(theme), rows, STEP * max(1, len(rows)))
