"""The record of splitting a county's count: former counties that are several councils today, each taken as one.

Each former county is split without its parts in the fit **and** without it in the choice of the way to split; then its
parts' published counts say how far off that was. What is chosen for use is the way with the least mean error over all
of them; where the record of that choice is worse than a plain share inside former shire counties, the plain share.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lgrdata.care.splitting import PLAIN, Candidate, Councils, four_in_five, learner, odds_off, with_factor
from lgrdata.core.facts import Floats, Ints

CHOSEN_ON = ("shire", "city")
"""Kinds of former county that the choice is made on; metropolitan ones are scored only."""

FEWEST_SHIRES = 3
"""Former shire counties that a choice and its range need at the least."""


@dataclass(frozen=True, eq=False)
class Former:
    """A county that is several councils today: its kind, and its parts as indexes of the Councils."""

    kind: str
    parts: Ints


@dataclass(frozen=True, eq=False)
class Scored:
    """A former county split without itself: [P] by part, with the range found on the others of its kind."""

    former: Former
    way: Candidate
    counts: Floats
    predicted: Floats
    low: Floats
    high: Floats
    plain: Floats  # [PLAIN, P] by the plain shares
    off: Floats


@dataclass(frozen=True, eq=False)
class Record:
    """The way chosen on all former counties, and how the same choice did on each when it was left out."""

    way: Candidate
    scored: tuple[Scored, ...]

    def errors(self, kind: str) -> tuple[Floats, Floats]:
        """Errors of the parts of a kind, as fractions of their counts: [P], and by plain share [PLAIN, P]."""
        mine = [s for s in self.scored if s.former.kind == kind]
        own = [np.abs(s.predicted / s.counts - 1) for s in mine]
        plain = [np.abs(s.plain / s.counts - 1) for s in mine]
        return np.concatenate([np.zeros(0), *own]), np.concatenate([np.zeros((PLAIN, 0)), *plain], axis=1)

    def medians(self, kind: str) -> tuple[float, float]:
        """Median error of the parts of a kind, and that of the better plain share; NaN without any."""
        own, plain = self.errors(kind)
        if not len(own):
            return math.nan, math.nan
        return float(np.median(own)), float(np.median(plain, axis=1).min())

    def factor(self, kind: str) -> float:
        """The factor of the range for parts of a kind; NaN where no county of it was scored."""
        off = [s.off for s in self.scored if s.former.kind == kind]
        return four_in_five(np.concatenate(off)) if off else math.nan


class _Splits:
    """Every former county split every way, with any two left out: worked out once, read many times."""

    def __init__(self, councils: Councils, ways: Sequence[Candidate], formers: Sequence[Former]) -> None:
        self.councils, self.ways, self.formers = councils, ways, formers
        self.counts = [councils.counts[f.parts] for f in formers]
        touched = [np.isin(councils.pairs, f.parts) for f in formers]
        clear = [np.asarray(~(t[:, 0] | t[:, 1]), dtype=np.bool_) for t in touched]
        count, sizes = len(formers), [len(f.parts) for f in formers]
        # predicted[w][i, j]: county j split by way w, found without i and j.
        self.predicted: list[dict[tuple[int, int], Floats]] = []
        self.mean_error = np.zeros((len(ways), count, count))  # [w, i, j]: mean over parts of j
        for w, way in enumerate(ways):
            using, found = learner(councils, way), {}
            for i in range(count):
                for j in range(i, count):
                    powers = using.powers(clear[i] & clear[j])
                    for out, of in {(i, j), (j, i)}:
                        raw = using.expected(powers, formers[of].parts)
                        found[out, of] = raw * (self.counts[of].sum() / raw.sum())
                        self.mean_error[w, out, of] = np.abs(found[out, of] / self.counts[of] - 1).mean()
            self.predicted.append(found)
        chosen_on = np.array([f.kind in CHOSEN_ON for f in formers])
        self.weight = np.where(chosen_on, np.array(sizes, dtype=np.float64), 0.0)

    def best(self, without: int | None) -> int:
        """The way with the least mean error over the parts of the counties chosen on; the first of equals."""
        if without is None:
            errors = np.diagonal(self.mean_error, axis1=1, axis2=2) @ self.weight
        else:
            weight = self.weight.copy()
            weight[without] = 0.0
            errors = self.mean_error[:, without, :] @ weight
        # Rounded, so that a difference in the last digit does not decide between equals.
        return int(np.argmin(np.round(errors, 9)))

    def off(self, way: int, without: int, kind: str) -> Floats:
        """How far off the parts of other counties of a kind were, found without `without` (any kind where alone)."""
        others = [j for j in range(len(self.formers)) if j != without]
        alike = [j for j in others if self.formers[j].kind == kind] or others
        return np.concatenate([odds_off(self.counts[j], self.predicted[way][without, j]) for j in alike])

    def scored(self, i: int) -> Scored:
        """County i, with the way and the range found without it."""
        former, counts, way = self.formers[i], self.counts[i], self.best(i)
        predicted, total = self.predicted[way][i, i], float(counts.sum())
        factor = four_in_five(self.off(way, i, former.kind))
        plain = np.stack([self.predicted[p][i, i] for p in range(PLAIN)])
        low, high = with_factor(predicted, total, 1 / factor), with_factor(predicted, total, factor)
        return Scored(former, self.ways[way], counts, predicted, low, high, plain, odds_off(counts, predicted))


def record(councils: Councils, ways: Sequence[Candidate], formers: Sequence[Former]) -> Record:
    """Choose among `ways` (the first PLAIN of them the plain shares) and keep the record of that choice.

    `formers` must hold two parts or more each, with counts above zero, and FEWEST_SHIRES shire counties.
    """
    found = _record(councils, ways, formers)
    own, plain = found.medians("shire")
    return found if own <= plain else _record(councils, ways[:PLAIN], formers)


def _record(councils: Councils, ways: Sequence[Candidate], formers: Sequence[Former]) -> Record:
    splits = _Splits(councils, ways, formers)
    return Record(ways[splits.best(None)], tuple(splits.scored(i) for i in range(len(formers))))
