"""What a published figure comes to in each council of a split: added up where it adds, and never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lgrdata.core.cells import csv_text
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading import figures as reading
from lgrdata.reading.figures import FigureMeasure, PublishedFigure
from lgrdata.splits.split import Split

HEAD = ("place_code", "place", "measure_code", "measure", "period", "value", "unit", "status", "source", "note")


@dataclass(frozen=True)
class CouncilFigure:
    """A new council's figure: its members' added up, or None, with the members that it lacks or that are divided."""

    council: int
    value: float | None
    lacking: tuple[str, ...]
    divided: tuple[str, ...]


def by_council(split: Split, held: Mapping[str, float | None]) -> tuple[CouncilFigure, ...]:
    """The figure of each council in use, from those of today's districts and unitaries by code.

    A council has one only where each of its members is whole and has a figure: no gap counts as nothing.
    """
    names = [a.name for a in split.facts.authorities]
    codes = [a.code for a in split.facts.authorities]
    out = []
    for c in (int(c) for c in split.in_use):
        share = split.share[:, c]
        members = [int(i) for i in np.flatnonzero(share > 0)]
        divided = tuple(names[i] for i in members if share[i] < 1 - 1e-9)
        lacking = tuple(names[i] for i in members if held.get(codes[i]) is None)
        whole = not divided and not lacking
        value = sum(held[codes[i]] or 0.0 for i in members) if whole else None
        out.append(CouncilFigure(c, value, lacking, divided))
    return tuple(out)


def newest_of(found: tuple[PublishedFigure, ...]) -> dict[str, PublishedFigure]:
    """The figures of the newest period among these, by place."""
    last = found[-1].period if found else ""
    return {f.place: f for f in found if f.period == last}


def measure_csv(dataset: Dataset, area_id: str, measure: FigureMeasure) -> bytes:
    """Every figure of a measure for the councils of an area, as CSV for spreadsheets."""
    places = {p.code: p.name for p in dataset.read(reading.places, area_id)}
    rows = [
        (f.place, places[f.place], measure.code, measure.name, f.period, f.value, measure.unit, f.status,
         dataset.sources[f.source_id].title, f.note)
        for f in dataset.read(reading.of_measure, measure.code, tuple(places))
    ]  # fmt: skip
    return csv_text(HEAD, rows, "\r\n").encode("utf-8-sig")
