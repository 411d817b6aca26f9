"""The chart of a hosting plan: each service's time with its host on a line to vesting day and past it."""

from __future__ import annotations

import altair as alt

from lgrdata.core.palette import GROUNDS, Theme
from lgrdata.pictures.charts.base import STEP, Layers, Row, Spec, filled, marks, row_names, rows_axis, template

YEARS = "timeFormat(datum.value, '%Y')"


@template
def _timeline(theme: Theme) -> Layers:
    ground = GROUNDS[theme]
    axis = alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, labelOverlap=True)
    x = alt.X("starts:T", title=None, axis=axis, scale=alt.Scale(type="utc", nice=False))
    colour = alt.Color("colour:N", scale=None)
    bar = marks("datum.ends != null").mark_rule(strokeWidth=12, opacity=0.85)
    open_end = marks("datum.open").mark_text(text="▸ no end set", align="left", dx=4, fontSize=12, color=ground.text)
    dot = marks("datum.ends == null").mark_point(
        shape="diamond", size=110, filled=True, opacity=1, color=ground.text, stroke=ground.page
    )
    return alt.layer(
        bar.encode(x=x, x2="ends:T", y=rows_axis(), color=colour, tooltip="tip:N"),
        open_end.encode(x=alt.X("ends:T"), y=rows_axis()),
        dot.encode(x=alt.X("starts:T"), y=rows_axis(), tooltip="tip:N"),
        marks("datum.vesting != null")
        .mark_rule(strokeWidth=2, strokeDash=[5, 3], color=ground.text)
        .encode(x=alt.X("vesting:T")),
        row_names(theme),
    )


def timeline(rows: list[Row], theme: Theme) -> Spec:
    """A bar a row from `starts` to `ends`, a mark where it has no `ends`; a dashed line at `vesting` of the first."""
    return filled(_timeline(theme), rows, STEP * max(1, len(rows)))
