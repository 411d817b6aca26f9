"""The chart of all options over two measures: counted in cells, with proposals, yours and the frontier marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lgrdata.all_options.frontier import frontier_rows
from lgrdata.all_options.options import Measure, Options
from lgrdata.core import words
from lgrdata.core.facts import Floats
from lgrdata.core.palette import GROUNDS, Theme
from lgrdata.page.blocks import Chart, Table
from lgrdata.pictures.charts import config
from lgrdata.views.options.listing import MarkedSplit, OptionsQuery
from lgrdata.views.options.words import axis_title, told, with_councils, within

CELLS = (40, 26)
HEIGHT = 440
NEAR = (0.09, 0.07)
"""Marks nearer than this share of the chart's width and height would cover each other's letters, on a phone too."""
SHADES: dict[Theme, tuple[str, str]] = {"light": ("#b3cbe2", "#12436d"), "dark": ("#2a4a6b", "#a5d1f7")}
LINE: dict[Theme, str] = {"light": "#b3471a", "dark": "#f98b54"}
RING: dict[Theme, str] = {"light": "#0b0c0c", "dark": "#ffffff"}
INTEGER = ("borders", "pairs")
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Mark:
    """A named split with its values on the measures."""

    named: MarkedSplit
    values: dict[str, float]


def density(options: Options, asked: OptionsQuery, marks: Sequence[Mark], theme: Theme) -> tuple[Chart, str] | None:
    """All options over the two measures asked for, and how to read them; None where too few have a value."""
    (x,), (y,) = options.available([asked.x]), options.available([asked.y])
    xs, ys = options.column(x.key), options.column(y.key)
    finite = np.isfinite(xs) & np.isfinite(ys)
    drawn = [m for m in marks if math.isfinite(m.values[x.key]) and math.isfinite(m.values[y.key])]
    if finite.sum() < 2:
        return None
    x_edges = _edges(x, xs[finite], [m.values[x.key] for m in drawn], CELLS[0])
    y_edges = _edges(y, ys[finite], [m.values[y.key] for m in drawn], CELLS[1])
    cells = _cells(xs[finite], ys[finite], x_edges, y_edges)
    line = _line(options, x, y, finite)
    points = [
        {"x": round(m.values[x.key], 6), "y": round(m.values[y.key], 6), "letter": m.named.letter, "label": label,
         "name": m.named.name, "xt": told(x, m.values[x.key]), "yt": told(y, m.values[y.key]), "mine": m.named.mine}
        for m, label in zip(drawn, _labels(drawn, (x, y), (x_edges, y_edges)), strict=True)
    ]  # fmt: skip
    left = int(len(xs) - finite.sum())
    chart = Chart(
        "options",
        _finding(options, asked, x, y, drawn),
        _subtitle(drawn, theme),
        _spec(x, y, (x_edges, y_edges), cells, line, points, theme),
        _alt(options, asked, x, y, xs[finite], ys[finite], drawn),
        marks_table(asked, (x, y), marks),
    )
    return chart, _how_to_read(left, len(line))


def marks_table(asked: OptionsQuery, measures: Sequence[Measure], marks: Sequence[Mark]) -> Table:
    """The named splits of the chart with their values."""
    rows = tuple(
        (m.named.letter, m.named.name + (" (yours)" if m.named.mine else ""),
         *(told(x, m.values[x.key]) for x in measures))
        for m in marks
    )  # fmt: skip
    return Table(
        "named-options",
        f"Proposals {with_councils(asked.councils)}{', and yours' if any(m.named.mine for m in marks) else ''}",
        ("Mark", "Split", *(m.name for m in measures)),
        rows or (("–", f"No proposal here has {words.counted(asked.councils, 'council')}", *("–" for _ in measures)),),
        frozenset(range(2, 2 + len(measures))),
    )


def _labels(marks: Sequence[Mark], measures: tuple[Measure, Measure], edges: tuple[Floats, Floats]) -> list[str]:
    """What to write at each mark: its letter, or for marks that would overlap all their letters once, at the first."""
    at = [
        [(m.values[k.key] - e[0]) / (e[-1] - e[0]) / near for k, e, near in zip(measures, edges, NEAR, strict=True)]
        for m in marks
    ]
    left, out = set(range(len(marks))), [""] * len(marks)
    while left:
        first = min(left)
        group, edge = {first}, [first]
        while edge:
            one = edge.pop()
            more = {i for i in left - group if math.dist(at[i], at[one]) < 1}
            group |= more
            edge += more
        out[first] = " ".join(marks[i].named.letter for i in sorted(group))
        left -= group
    return out


def _edges(measure: Measure, values: Floats, marked: Sequence[float], cells: int) -> Floats:
    low, high = float(min(values.min(), *marked, math.inf)), float(max(values.max(), *marked, -math.inf))
    if measure.unit in INTEGER:
        wide = max(1, math.ceil((high - low + 1) / cells))
        return np.arange(math.floor(low) - 0.5, high + 0.5 + wide, wide)
    if high - low < measure.step:
        low, high = low - measure.step, high + measure.step
    pad = (high - low) * 0.015
    return np.linspace(low - pad, high + pad, cells + 1)


def _cells(xs: Floats, ys: Floats, x_edges: Floats, y_edges: Floats) -> Rows:
    held, _, _ = np.histogram2d(xs, ys, bins=(x_edges, y_edges))
    counted: NDArray[np.int64] = held.astype(np.int64)
    return [
        {"x": _short(x_edges[i]), "x2": _short(x_edges[i + 1]), "y": _short(y_edges[j]), "y2": _short(y_edges[j + 1]),
         "n": int(counted[i, j])}
        for i, j in zip(*np.nonzero(counted), strict=True)
    ]  # fmt: skip


def _short(value: float) -> float:
    return float(f"{value:.6g}")


def _line(options: Options, x: Measure, y: Measure, finite: NDArray[np.bool_]) -> Rows:
    """The options none is better than on these two measures, rounded to what matters, in order along x."""
    steps = np.stack([options.rounded(x.key)[finite], options.rounded(y.key)[finite]], axis=1)
    best = np.unique(steps[frontier_rows(steps)], axis=0)
    signs = [1 if m.lower_is_better else -1 for m in (x, y)]
    points = [(signs[0] * a * x.step, signs[1] * b * y.step) for a, b in best.tolist()]
    return [{"x": _short(a), "y": _short(b), "xt": told(x, a), "yt": told(y, b)} for a, b in sorted(points)]


def _spec(
    x: Measure, y: Measure, edges: tuple[Floats, Floats], cells: Rows, line: Rows, points: Rows, theme: Theme
) -> dict[str, Any]:
    ground = GROUNDS[theme]
    tips = [{"field": "xt", "title": x.name}, {"field": "yt", "title": y.name}]
    px, py = ({"field": "x", "type": "quantitative"}, {"field": "y", "type": "quantitative"})
    label = {"field": "label", "type": "nominal"}
    one, several = ([{"filter": f"length(datum.label) {n} 1"}] for n in ("==", ">"))
    bold = {"type": "text", "fontWeight": "bold", "fontSize": 13, "color": ground.text}
    dot = {"type": "point", "filled": True, "strokeWidth": 1.5, "opacity": 1}
    axes = {"x": _axis(x, edges[0], True), "y": _axis(y, edges[1], False)}
    heat = {
        "data": {"values": cells},
        "transform": [{"calculate": _range(m, a), "as": f"{a}r"} for m, a in ((x, "x"), (y, "y"))],
        "mark": {"type": "rect", "stroke": None},
        "encoding": {
            "x": {**px, **axes["x"]}, "x2": {"field": "x2"}, "y": {**py, **axes["y"]}, "y2": {"field": "y2"},
            "color": {
                "field": "n", "type": "quantitative", "legend": None,
                "scale": {"type": "log", "range": list(SHADES[theme])} if max(c["n"] for c in cells) > 1
                else {"range": [SHADES[theme][1]] * 2},
            },
            "tooltip": [{"field": "n", "title": "Options", "format": ","}, {"field": "xr", "title": x.name},
                        {"field": "yr", "title": y.name}],
        },
    }  # fmt: skip
    best = {
        "data": {"values": line},
        "mark": {"type": "line", "color": LINE[theme], "strokeWidth": 2.5,
                 "point": {"filled": True, "size": 44, "color": LINE[theme]}},
        "encoding": {"x": px, "y": py, "order": {"field": "x"},
                     "tooltip": [*tips, {"value": "no option is better on both", "title": "On the line"}]},
    }  # fmt: skip
    named: dict[str, Any] = {
        "data": {"values": points},
        "encoding": {"x": px, "y": py, "tooltip": [{"field": "name", "title": "Split"}, *tips]},
        "layer": [
            {"transform": [{"filter": "datum.mine"}],
             "mark": {"type": "point", "filled": False, "size": 900, "stroke": RING[theme], "strokeWidth": 3}},
            {"mark": {**dot, "size": 330, "color": ground.page, "stroke": ground.text}, "transform": one},
            {"mark": {**bold, "dy": 1}, "transform": one, "encoding": {"text": label}},
            {"mark": {**dot, "size": 120, "color": ground.text, "stroke": ground.page},
             "transform": [{"filter": "length(datum.label) != 1"}]},
            {"mark": {**bold, "dy": -24, "stroke": ground.page, "strokeWidth": 4, "strokeJoin": "round"},
             "encoding": {"text": label}, "transform": several},
            {"mark": {**bold, "dy": -24}, "encoding": {"text": label}, "transform": several},
        ],
    }  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": HEIGHT,
        "background": "transparent",
        "autosize": {"type": "fit", "contains": "padding"},
        "config": {**config(theme), "mark": {"aria": False}},
        "layer": [heat, best, named],
    }


LEAST_STEP = {"share": 0.01, "residents": 1000, "times": 0.01, "0 to 1": 0.01}
"""By unit, the step below which two marks of an axis would read alike; 1 in every other unit."""


def _axis(measure: Measure, edges: Floats, across: bool) -> dict[str, Any]:
    return {
        "scale": {"domain": [_short(edges[0]), _short(edges[-1])], "nice": False, "zero": False},
        # At the end of the axis: on a phone a long title then runs on below the scale of the other axis.
        "axis": {"title": axis_title(measure, across), **({"titleAnchor": "end"} if across else {}), "tickCount": 6,
                 "tickMinStep": LEAST_STEP.get(measure.unit, 1), "labelExpr": _label(measure, "datum.value")},
    }  # fmt: skip


def _label(measure: Measure, value: str) -> str:
    """A Vega expression that writes a value as the page does."""
    match measure.unit:
        case "£m":
            return f"({value} < 0 ? '−' : '') + '£' + format(abs({value}), ',.0f') + 'm'"
        case "£ for each county resident":
            return f"({value} < 0 ? '−' : '') + '£' + format(abs({value}), ',.0f')"
        case "share":
            return f"format({value}, '.0%')"
        case "residents":
            return f"format({value} / 1000, ',.0f')"
        case "times" | "0 to 1":
            return f"format({value}, '.2~f')"
    return f"format({value}, ',.0f')"


def _range(measure: Measure, field: str) -> str:
    if measure.unit in INTEGER:
        low, high = f"(datum.{field} + 0.5)", f"(datum.{field}2 - 0.5)"
        return f"{low} == {high} ? format({low}, ',.0f') : format({low}, ',.0f') + ' to ' + format({high}, ',.0f')"
    unit = " + ' thousand'" if measure.unit == "residents" else " + ' km'" if measure.unit == "km" else ""
    expression = _label(measure, f"datum.{field}"), _label(measure, f"datum.{field}2")
    if measure.unit == "share":
        expression = f"format(datum.{field}, '.1%')", f"format(datum.{field}2, '.1%')"
    return f"{expression[0]} + ' to ' + {expression[1]}{unit}"


def _finding(options: Options, asked: OptionsQuery, x: Measure, y: Measure, marks: Sequence[Mark]) -> str:
    mine = next((m for m in marks if m.named.mine), None)
    pair = f"{within(x)} and {within(y)}"
    if mine is None:
        return f"{len(options):,} options {with_councils(asked.councils)} by {pair}"
    at = [int(m.rounded(np.array([mine.values[m.key]]))[0]) for m in (x, y)]
    one, two = options.rounded(x.key), options.rounded(y.key)
    ahead = int(((one <= at[0]) & (two <= at[1]) & ((one < at[0]) | (two < at[1]))).sum())
    if ahead == 0:
        return f"On {pair} alone, no other option {with_councils(asked.councils)} beats yours"
    return (
        f"On {pair} alone, {ahead:,} of {len(options):,} options {with_councils(asked.councils)}"
        f" {'beats' if ahead == 1 else 'beat'} yours: no worse on either, better on one"
    )


def _subtitle(marks: Sequence[Mark], theme: Theme) -> str:
    named = ["Letters are proposals."] if any(len(m.named.letter) == 1 for m in marks) else []
    ring = ["The ring is your split."] if any(m.named.mine for m in marks) else []
    return " ".join([f"{'Darker' if theme == 'light' else 'Brighter'} squares hold more options.", *named, *ring])


def _how_to_read(left: int, points: int) -> str:
    """What the chart's line stands for, and what is not drawn."""
    told_of = (
        "At the orange point an option is ahead on both of these measures."
        if points == 1
        else "Along the orange line no option is better on both of these measures; others may count against it."
    )
    if left:
        told_of += f" {left:,} that split no county have no value and are not drawn."
    return f"{told_of} Letters that would overlap stand together."


def _alt(
    options: Options, asked: OptionsQuery, x: Measure, y: Measure, xs: Floats, ys: Floats, marks: Sequence[Mark]
) -> str:
    told_of = (
        f"All {len(options):,} options {with_councils(asked.councils)}: {within(x)} from {told(x, float(xs.min()))} to"
        f" {told(x, float(xs.max()))}, {within(y)} from {told(y, float(ys.min()))} to {told(y, float(ys.max()))}."
    )
    for m in marks:
        told_of += f" {m.named.letter}, {m.named.name}: {told(x, m.values[x.key])} and {told(y, m.values[y.key])}."
    return told_of
