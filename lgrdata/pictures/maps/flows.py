"""The people who cross the borders that a split draws, as lines on its map: the widest carry most."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lgrdata.core import words
from lgrdata.core.palette import GROUNDS, Theme
from lgrdata.dataset.cache import recent
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Picture, Table
from lgrdata.pictures.maps.ground import name_of, text_at
from lgrdata.pictures.maps.labels import Occupied
from lgrdata.pictures.maps.underlay import pale_map
from lgrdata.splits.split import Split

DRAWN = 20
FAINTEST = 0.06
"""Of the widest flow: fainter ones are left to the table, so that lines can be told apart."""
LISTED = 10
MOST_INSIDE = 3
"""Divided authorities that are named with those who cross inside them; they have no line on the map."""
WIDEST = 9.0

KINDS = {
    "commuting 2021": ("travelling to work", "Census 2021, workers who travel"),
    "commuting 2011": ("travelling to work in 2011", "Census 2011"),
    "moves 2021": ("moving home within a year", "Census 2021"),
}


class PairFlow(NamedTuple):
    """People between two of today's authorities, both ways, as far as they would cross a council's border."""

    a: int
    b: int
    people: float


def crossing_pairs(split: Split, kind: str) -> list[PairFlow]:
    """Pairs of authorities with people who would cross, most first; empty where the flow is not held.

    A divided authority's flow follows its residents (estimated); within itself it counts too, as a pair with itself.
    """
    flow = split.facts.flows.get(kind)
    if flow is None:
        return []
    together = split.share @ split.share.T
    held = split.share.sum(axis=1)
    apart = np.maximum(np.outer(held, held) - together, 0.0) * flow.inside
    out = []
    for i in range(len(held)):
        for j in range(i, len(held)):
            people = float(apart[i, j] + apart[j, i]) if i != j else float(apart[i, i])
            if people >= 0.5:
                out.append(PairFlow(i, j, people))
    return sorted(out, key=lambda p: (-p.people, p.a, p.b))


def flow_map(
    dataset: Dataset, split: Split, kind: str = "commuting 2021", *, width: int = 640, theme: Theme = "light"
) -> Picture:
    """The biggest flows across a split's borders on its map, with a table of the first ten."""
    how = (kind, width, theme)
    return recent(dataset, "flow maps", split, how, lambda: _drawn(dataset, split, kind, width, theme), 100)


def _drawn(dataset: Dataset, split: Split, kind: str, width: int, theme: Theme) -> Picture:
    name = name_of("flows", split.key.lasting, kind, width, theme)
    pale = pale_map(dataset, split, name, width, theme)
    pairs = crossing_pairs(split, kind)
    lines, taken, ends = _lines(pairs, pale.at, theme)
    labels = pale.labels(taken, theme, first=ends)
    key, height = _key(pairs, pale.frame.height, theme)
    title, alt = _words(split, kind, pairs)
    whole = pale.whole(f"{lines}{labels}", key, height, title, alt, theme)
    return Picture(f"flows-{name}", title, whole, alt, round(pale.frame.width), _table(split, kind, pairs))


def _shown(pairs: list[PairFlow]) -> list[PairFlow]:
    between = [p for p in pairs if p.a != p.b]
    return [p for p in between if p.people >= FAINTEST * between[0].people][:DRAWN]


def _width(people: float, most: float) -> float:
    return max(1.0, WIDEST * people / most)


def _lines(pairs: list[PairFlow], at: dict[int, tuple[float, float]], theme: Theme) -> tuple[str, Occupied, set[int]]:
    """Lines, widest underneath, with a dot at each end; where dots stand; and which authorities they join."""
    ground, out, taken, ends = GROUNDS[theme], [], Occupied(), set()
    shown = [p for p in _shown(pairs) if p.a in at and p.b in at]
    for pair in shown:
        (x, y), (u, v) = at[pair.a], at[pair.b]
        wide = _width(pair.people, shown[0].people)
        path = f"M{x:.1f} {y:.1f}L{u:.1f} {v:.1f}"
        out.append(f'<path d="{path}" stroke="{ground.page}" stroke-width="{wide + 2:.1f}" stroke-linecap="round"/>')
        out.append(f'<path d="{path}" stroke="{ground.text}" stroke-width="{wide:.1f}" stroke-linecap="round"/>')
        ends |= {pair.a, pair.b}
    for i in sorted(ends):
        x, y = at[i]
        taken.rects.append((x - 5, y - 5, x + 5, y + 5))
        out.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{ground.page}" stroke="{ground.text}" stroke-width="2"/>'
        )
    return "".join(out), taken, ends


def _key(pairs: list[PairFlow], top: float, theme: Theme) -> tuple[str, float]:
    ground = GROUNDS[theme]
    shown = [p for p in pairs if p.a != p.b]
    if not shown:
        return text_at(4, top + 22, "Nobody would cross a border of this split.", 13, ground.text), 34.0
    out = []
    for n, share in enumerate((1.0, 0.5, 0.2)):
        people = shown[0].people * share
        wide, y = _width(people, shown[0].people), top + 18 + n * 28
        text = f"{words.people(people)} people, both ways"
        out.append(f'<path d="M4 {y}h34" stroke="{ground.text}" stroke-width="{wide:.1f}"/>')
        out.append(text_at(46, y, text, 13, ground.text, dominant_baseline="central", class_="kt"))
    return "".join(out), 92.0


def _words(split: Split, kind: str, pairs: list[PairFlow]) -> tuple[str, str]:
    f = split.facts
    doing, source = KINDS.get(kind, ("travelling", kind))
    between = [p for p in pairs if p.a != p.b]
    if not between:
        return "Nothing crosses", f"Map of {f.area.name}: nobody {doing} would cross a border of this split."
    first = between[0]
    a, b = f.authorities[first.a].name, f.authorities[first.b].name
    inside = [p for p in pairs if p.a == p.b and p.people > first.people][:MOST_INSIDE]
    title = f"Most cross between {a} and {b}: {words.people(first.people)} people {doing}"
    if inside:
        names = words.joined([f.authorities[p.a].name for p in inside])
        many = words.joined([words.people(p.people) for p in inside])
        title = (
            f"Most cross inside {names}, which {'is' if len(inside) == 1 else 'are'} divided: {many} people {doing};"
            f" between councils of today most cross from {a} to {b} and back, {words.people(first.people)}"
        )
    shown = len(_shown(pairs))
    return title, (
        f"Map of {f.area.name} with a line for each of the {shown} biggest flows between councils of today across the"
        f" borders of this split. {title}, both ways ({source})."
    )


def _table(split: Split, kind: str, pairs: list[PairFlow]) -> Table | None:
    if not pairs:
        return None
    names = [a.name for a in split.facts.authorities]
    flow = split.facts.flows[kind]
    doing, source = KINDS.get(kind, ("travelling", kind))
    rows = tuple(
        (f"Within {names[p.a]}, which is divided" if p.a == p.b else f"{names[p.a]} and {names[p.b]}",
         words.people(p.people))
        for p in pairs[:LISTED]
    )  # fmt: skip
    note = f"{source}, both ways." + (
        " Where a council is divided, estimated by residents." if split.divided.any() else ""
    )
    return Table(
        f"flows-{kind.replace(' ', '-')}", f"Where most people {doing} would cross", ("Between", "People"), rows,
        frozenset({1}), note, (flow.source_id,),
    )  # fmt: skip
