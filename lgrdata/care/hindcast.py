"""The record: what this tool would have said where it is known by now what happened.

People in care: former counties that are several councils today, each split as if only its total were known, by a way
and a range found without it (`fits_record`; kept in the dataset as `care_record`). Costs: `hindcast_costs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lgrdata.core.models import NOMINAL, NOMINAL_WORDS, OUTCOMES
from lgrdata.core.words import OUTCOME_NAMES, percent
from lgrdata.reading.record import RecordRow

KINDS = {
    "shire": "former shire counties",
    "city": "counties and the cities that left them",
    "metropolitan": "metropolitan counties",
}
"""Kinds of former county, in words."""

PLAIN_SHARES = ("all residents", "the age band concerned")
"""The plain shares to beat, in the order of care_record; the better one of a kind and count stands in the record."""

COVERAGE = (0.7, 0.9)
"""Below or above, the share of parts inside their range is told as a warning."""


@dataclass(frozen=True)
class Part:
    """One council of today, predicted as a part of its former county; figures are None where a part has no count."""

    kind: str
    county: str
    outcome: str
    code: str
    name: str
    published: float | None
    predicted: float | None
    low: float | None
    high: float | None
    population_share: float | None

    @property
    def inside(self) -> bool | None:
        """Whether the published count lies in the range."""
        if self.published is None or self.low is None or self.high is None:
            return None
        return self.low <= self.published <= self.high


@dataclass(frozen=True)
class Summary:
    """The parts of one kind of former county and one count; figures are None where no part has one."""

    kind: str
    outcome: str
    parts: int
    median_error: float | None
    p90_error: float | None
    median_error_population_share: float | None
    p90_error_population_share: float | None
    population_share_of: str
    coverage: float | None

    @property
    def worse(self) -> bool:
        """True where the estimate does worse than a plain share."""
        mine, plain = self.median_error, self.median_error_population_share
        return mine is not None and plain is not None and mine > plain

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know of this class: worse than a plain share, or a range that does not hold."""
        out = []
        where = f"{OUTCOME_NAMES[self.outcome]}, {KINDS[self.kind]}"
        if self.worse:
            mine, plain = percent(self.median_error, 1), percent(self.median_error_population_share, 1)
            out.append(f"{where}: half the estimates are off by more than {mine}, by plain share {plain}")
        if self.coverage is not None and not COVERAGE[0] <= self.coverage <= COVERAGE[1]:
            out.append(f"{where}: the {NOMINAL_WORDS} range holds {percent(self.coverage)} of {self.parts} parts")
        return tuple(out)


def people(rows: Sequence[RecordRow]) -> tuple[list[Part], list[Summary]]:
    """The record of people in care: every part, and a summary of every kind and count."""
    parts: list[Part] = []
    summaries: list[Summary] = []
    for kind in KINDS:
        for outcome in OUTCOMES:
            mine = [r for r in rows if (r.kind, r.outcome) == (kind, outcome)]
            if mine:
                summary, better = _summary(kind, outcome, [r for r in mine if r.published is not None])
                summaries.append(summary)
                plain = [(r.all_ages, r.age_band)[better] for r in mine]
                parts += [
                    Part(kind, r.county, outcome, r.code, r.name, r.published, r.predicted, r.low, r.high, share)
                    for r, share in zip(mine, plain, strict=True)
                ]
    return parts, summaries


def _summary(kind: str, outcome: str, rows: Sequence[RecordRow]) -> tuple[Summary, int]:
    """The summary of a class, and which of PLAIN_SHARES did better."""
    if not rows:
        return Summary(kind, outcome, 0, None, None, None, None, "", None), 0
    table = np.array([r[5:11] for r in rows], dtype=np.float64)
    published, predicted, low, high = table[:, :4].T
    own, plain = np.abs(predicted / published - 1), np.abs(table[:, 4:] / published[:, None] - 1)
    better = int(np.argmin(np.median(plain, axis=0)))
    inside = (low <= published) & (published <= high)
    return Summary(
        kind,
        outcome,
        len(rows),
        float(np.median(own)),
        float(np.quantile(own, 0.9)),
        float(np.median(plain[:, better])),
        float(np.quantile(plain[:, better], 0.9)),
        PLAIN_SHARES[better],
        float(inside.mean()),
    ), better


def notes(rows: Sequence[RecordRow]) -> list[str]:
    """What `check` has to say of the record without calling it a fault."""
    return [w for s in people(rows)[1] for w in s.warnings]


def summary_document(s: Summary) -> dict[str, object]:
    """A summary as plain JSON values."""
    figures = {
        "median_error": s.median_error,
        "p90_error": s.p90_error,
        "median_error_population_share": s.median_error_population_share,
        "p90_error_population_share": s.p90_error_population_share,
        "coverage": s.coverage,
    }
    rounded = {k: None if v is None else round(v, 4) for k, v in figures.items()}
    told = {"population_share_of": s.population_share_of or None, "nominal": NOMINAL, "warnings": list(s.warnings)}
    return {"set": s.kind, "outcome": s.outcome, "parts": s.parts, **rounded, **told}


def part_document(p: Part) -> dict[str, object]:
    """A part as plain JSON values: people whole, the range outward."""
    return {
        "set": p.kind,
        "county": p.county,
        "outcome": p.outcome,
        "part": {"code": p.code, "name": p.name},
        "published": _whole(p.published),
        "predicted": _whole(p.predicted),
        "low": None if p.low is None else int(np.floor(p.low)),
        "high": None if p.high is None else int(np.ceil(p.high)),
        "population_share": _whole(p.population_share),
    }


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
