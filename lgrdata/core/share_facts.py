"""The words of a share-out: lines, bases, and what the sums need of one area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from lgrdata.core.facts import AreaFacts, Floats, MeasureColumn

Standing = Literal["recommended", "defensible", "fixed part"]
CARE = ("adults", "children")
"""Groups of the headline: care. Education (mostly schools' budgets) and public health stand apart."""
APART = ("education", "public health")
GROUPS = (*CARE, *APART, "other")
EQUAL, IN_STEP, OWN = "equal", "in_step", "own_counts"


@dataclass(frozen=True)
class Basis:
    """What a line can be shared by; `by_ward` is 'not held' where a divided authority falls back on its residents."""

    key: str
    name: str
    measure: str
    kind: str
    by_authority: str
    by_ward: str
    period: str
    source_id: str


@dataclass(frozen=True)
class Use:
    """A basis that fits a line. 'fixed part': fair for a part of the line only, so never its low or high."""

    basis: str
    standing: Standing
    reason: str
    precedent: str
    source_id: str


@dataclass(frozen=True)
class ShareLine:
    """A leaf of the outturn, or a stock; `service` is its name in the outturn, or the measure that holds it."""

    key: str
    form: Literal["RSX", "RO3", "stock"]
    service: str
    name: str
    group: str
    unit: str
    source_id: str
    uses: tuple[Use, ...]

    def use(self, basis: str) -> Use | None:
        """How the basis stands with this line; None where it is not among its bases."""
        return next((u for u in self.uses if u.basis == basis), None)


@dataclass(frozen=True, eq=False)
class BasisMeasure:
    """A basis counted by block: [A], and [W] where it is held by ward. NaN where it is not known."""

    by_authority: Floats
    by_ward: Floats | None = None
    own: frozenset[int] = frozenset()
    """Upper tiers for which the user's own counts stand in place of the dataset's."""


@dataclass(frozen=True)
class Debt:
    """A debt that was reported for an authority of today, in £bn, round."""

    authority: int
    billions: float
    words: str
    date: str
    source_id: str
    confidence: str = "documented"


@dataclass(frozen=True)
class GrantRule:
    """A sentence on the grant of 2026 for deficits on schools, with its date and how sure it is."""

    words: str
    date: str
    source_id: str
    confidence: str


@dataclass(frozen=True, eq=False)
class ShareFacts:
    """What a share-out needs of an area beside its facts."""

    facts: AreaFacts
    bases: Mapping[str, Basis]
    lines: tuple[ShareLine, ...]
    stocks: tuple[ShareLine, ...]
    measures: Mapping[str, BasisMeasure]
    stock_columns: Mapping[str, MeasureColumn] = field(default_factory=dict)
    """By measure of a stock, over upper tiers."""
    debts: tuple[Debt, ...] = ()
    grant_rules: tuple[GrantRule, ...] = ()
    vesting: str = ""

    @cached_property
    def by_name(self) -> dict[str, ShareLine]:
        """Lines by key, by their name in the outturn and by their plain name, in small letters."""
        named = {}
        for line in self.lines:
            for name in (line.name, line.service, line.key):
                named[name.lower()] = line
        return named

    def amount(self, line: ShareLine, upper: int) -> float | None:
        """The line as published for an upper-tier council of today, £ thousand; None where it is not held."""
        columns = self.facts.care_spend if line.form == "RO3" else self.facts.upper_spend
        column = columns.get(line.service)
        value = float("nan") if column is None else float(column.values[upper])
        return None if np.isnan(value) else value

    @property
    def year(self) -> str:
        """The year of the outturn; '' where none is held."""
        return next((c.period for c in self.facts.upper_spend.values()), "")
