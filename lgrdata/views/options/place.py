"""Where the split on the desk stands: a strip a measure, the words, and the nearest options that do better."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lgrdata.all_options.nearest import NearestOption
from lgrdata.all_options.options import Measure, Options
from lgrdata.all_options.rank import Rank, Standing, rank
from lgrdata.core import words
from lgrdata.core.models import LgrError
from lgrdata.core.palette import GROUNDS, Theme
from lgrdata.page.blocks import Block, Callout, Chart, Fold, Items, Link, Para, Rich, Section, Table
from lgrdata.pictures.charts import config
from lgrdata.splits.split import Split
from lgrdata.splits.splitcode import encode
from lgrdata.views.options.answer import Nearest, moves_told
from lgrdata.views.options.chart import LINE, Mark
from lgrdata.views.options.listing import OptionsQuery
from lgrdata.views.options.words import change_told, differs, head, told, with_councils, within

ROW = 54
LETTER = 8.0
"""Hundredths of a strip that a letter takes where the strip is narrowest."""


def ranked(options: Options, split: Split, measures: Sequence[Measure]) -> Rank | str:
    """Where a split stands, or in a sentence why it cannot be placed."""
    try:
        return rank(options, split, [m.key for m in measures])
    except LgrError as fault:
        return words.sentence(fault)


def section(
    options: Options, asked: OptionsQuery, name: str, mine: Rank, judged: Sequence[Measure], marks: Sequence[Mark],
    theme: Theme,
) -> Section:  # fmt: skip
    """Yours in words and strips."""
    shown = [s for s in mine.standings if s.measure.key in {*(m.key for m in judged), asked.x, asked.y}]
    blocks: list[Block] = [Items(tuple(s.sentence for s in shown))]
    if mine.note:
        blocks.append(Callout("note", mine.note))
    if mine.of > 1:
        blocks.append(strips(options, asked, name, shown, marks, theme))
    rest = tuple(s for s in mine.standings if s not in shown)
    if rest:
        summary = words.capital(words.counted(len(rest), "other measure"))
        blocks.append(Fold(summary, (_table(options, name, rest),)))
    return Section("yours", f"Where {name} stands", mine.sentence, tuple(blocks))


def strips(
    options: Options, asked: OptionsQuery, name: str, standings: Sequence[Standing], marks: Sequence[Mark], theme: Theme
) -> Chart:
    """A strip a measure from the options behind to those ahead; yours as the stretch of those level with it."""
    ground = GROUNDS[theme]
    rows, others = [], []
    for i, s in enumerate(standings):
        behind, level = _hundredths(s)
        rows.append(
            {"row": i, "name": s.measure.name, "short": head(s.measure),
             "from": behind, "to": max(level, behind + 0.8), "value": _value(s),
             "close": bool(s.close)}
        )  # fmt: skip
        placed = sorted((_place(options, s.measure, m), n) for n, m in enumerate(marks) if not m.named.mine)
        for group in _together([at for at, _ in placed]):
            here = [marks[placed[g][1]] for g in group]
            others.append({
                "row": i, "at": placed[group[0]][0], "letter": " ".join(m.named.letter for m in here),
                "who": "; ".join(m.named.name for m in here),
                "value": "; ".join(told(s.measure, m.values[s.measure.key]) for m in here),
            })  # fmt: skip
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
    at = {"type": "quantitative", "scale": {"domain": [0, 100]}}
    axis = {"title": "Options behind, in 100", "values": [0, 25, 50, 75, 100], "grid": True}
    label = {"type": "text", "align": "left", "dy": -17, "fontSize": 13, "limit": 0, "color": ground.text}
    mark = {"type": "text", "fontSize": 11, "fontWeight": "bold", "color": ground.text, "dy": 0.5}
    letter = {"text": {"field": "letter"}}
    band = {"type": "bar", "size": 14}
    tip = [{"field": "name", "title": "Measure"}, {"field": "value", "title": name}]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": ROW * len(rows),
        "background": "transparent",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": {**config(theme), "mark": {"aria": False}},
        "data": {"values": rows},
        "encoding": {"y": y},
        "layer": [
            {"mark": {**band, "color": ground.context},
             "encoding": {"x": {**at, "datum": 0, "axis": axis}, "x2": {"datum": 100}}},
            {"mark": {**band, "color": ground.context_line},
             "encoding": {"x": {**at, "datum": 25}, "x2": {"datum": 75}}},
            {"mark": {**band}, "encoding": {
                "x": {**at, "field": "from"}, "x2": {"field": "to"}, "tooltip": tip,
                "color": {"condition": {"test": "datum.close", "value": ground.quiet_text}, "value": LINE[theme]}}},
            {"mark": label, "encoding": {"x": {"value": 0}, "text": {"field": "short"}}},
            {"data": {"values": others},
             "encoding": {"y": y, "x": {**at, "field": "at"},
                          "tooltip": [{"field": "who", "title": "Split"}, {"field": "value", "title": "Value"}]},
             "layer": [
                {"mark": {"type": "point", "filled": True, "size": 190, "color": ground.page, "stroke": ground.text,
                          "strokeWidth": 1.2, "opacity": 1}, "transform": [{"filter": "length(datum.letter) == 1"}]},
                {"mark": {**mark, "stroke": ground.page, "strokeWidth": 4, "strokeJoin": "round"},
                 "transform": [{"filter": "length(datum.letter) > 1"}], "encoding": letter},
                {"mark": mark, "encoding": letter}]},
        ],
    }  # fmt: skip
    return Chart(
        "strips",
        "How many options are behind it, measure by measure",
        "Further right is better. The coloured stretch holds the split and the options level with it after rounding to"
        " what matters; grey where it is too close to call. The darker band is the middle half of all options.",
        spec,
        " ".join(s.sentence for s in standings),
        _table(options, name, standings),
    )


def _together(at: Sequence[float]) -> list[list[int]]:
    """Places in order along a strip, those parted that letters there would not overlap."""
    out: list[list[int]] = []
    for n, place in enumerate(at):
        if out and place - at[out[-1][-1]] < LETTER:
            out[-1].append(n)
        else:
            out.append([n])
    return out


def _hundredths(s: Standing) -> tuple[float, float]:
    return round(100 * s.worse / s.others, 1), round(100 * (s.worse + s.tied) / s.others, 1)


def _place(options: Options, measure: Measure, mark: Mark) -> float:
    theirs = options.rounded(measure.key)
    mine = measure.rounded(np.array([mark.values[measure.key]]))[0]
    behind, level = int((theirs > mine).sum()), int((theirs == mine).sum())
    return round(100 * (behind + level / 2) / len(theirs), 1)


def _value(s: Standing) -> str:
    return f"{told(s.measure, s.value)}{' (too close to call)' if s.close else ''}"


def _table(options: Options, name: str, standings: Sequence[Standing]) -> Table:
    rows = tuple(
        (
            s.measure.name,
            told(s.measure, s.value),
            told(s.measure, options.middle(s.measure.key, int(options.councils[0]))),
            f"{s.better:,}",
            f"{s.tied:,}",
            f"{s.worse:,}",
            s.sentence,
        )
        for s in standings
    )
    return Table(
        f"standing-{len(standings)}",
        f"{name} among the options",
        ("Measure", "Value", "Middle option", "Options ahead", "Level", "Behind", "In words"),
        rows,
        frozenset({1, 2, 3, 4, 5}),
        "Ahead, level and behind count the other options, itself left out.",
    )


def better_section(
    options: Options, asked: OptionsQuery, split: Split, name: str, judged: Sequence[Measure], near: Nearest
) -> Section:
    """For each measure, the fewest authorities to move to do better on it and worse on no other."""
    rows = [_nearby(options, split, m, found, judged) for m, found in near]
    none = [within(m) for m in judged if m.key not in {held.key for held, _ in near}]
    clear = [len(found.moves) for m, found in near if m.key not in found.close]
    kept = "the other measures chosen"
    blocks: list[Block] = []
    if rows:
        blocks.append(
            Table(
                "nearest",
                f"Nearest options {with_councils(asked.councils)} that do better on one measure and no worse on {kept}",
                ("To do better on", "Moves", "What changes", "Map"),
                tuple(rows),
                note="Better means by as much as matters; smaller differences count as none. Estimates and both sides’"
                " figures keep their ranges: see what an option does before you prefer it.",
            )
        )
    if none:
        blocks.append(
            Para(f"No option does better than {name} on {words.joined(none, 'or')} and no worse on another judged.")
        )
    if clear:
        moved = f"moves {words.counted(min(clear), 'authority', 'authorities')}"
        if split.divided.any():
            moved = "makes divided authorities whole" + (f" and {moved} more" if min(clear) else "")
        lede = f"The nearest that does better on one measure and worse on no other judged {moved}."
    elif rows:
        lede = "What does better on one measure and worse on no other judged is too close to call on that measure."
    else:
        lede = f"No option does better on one of {words.counted(len(judged), 'measure')} and worse on no other judged."
    return Section("nearer", "The nearest better option", lede, tuple(blocks))


def _nearby(
    options: Options, split: Split, goal: Measure, near: NearestOption, judged: Sequence[Measure]
) -> tuple[Rich, ...]:
    order = [goal, *(m for m in judged if m.key != goal.key and m.key in near.changes)]
    changed = [_changed(m, near) for m in order if differs(m, *near.changes[m.key])]
    close = near.close.get(goal.key)
    code = encode(options.split(near.row))
    return (
        f"{goal.name} (too close to call: {close})" if close else goal.name,
        words.capital(moves_told(split, near)),
        words.capital("; ".join(changed)) or "Less than can be shown",
        Link("Open", "split", f"{split.facts.area.area_id}/{code}"),
    )


def _changed(measure: Measure, near: NearestOption) -> str:
    """'commuting from 14% to 11% (better)'; the sign is left out where it is too close to call."""
    before, after = measure.rounded(np.array(near.changes[measure.key])).tolist()
    same = before == after or not differs(measure, *near.changes[measure.key])
    sign = "" if measure.key in near.close or same else " (better)" if after < before else " (worse)"
    return f"{within(measure)} {change_told(measure, *near.changes[measure.key])}{sign}"
