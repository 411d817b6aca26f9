"""The vocabulary of the project: what an area, a proposal, an assumption and an estimate are.

Plain frozen dataclasses over the standard library. Nothing here reads data or computes an effect.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

MODEL_VERSION = "2"
"""Raised where the sums give other figures for the same split and dataset; every result says which made it."""

LensId = Literal["county", "middle", "district"]
LENSES: tuple[LensId, ...] = ("county", "middle", "district")
SIDES: tuple[LensId, ...] = ("county", "district")
"""The lenses with values of their own; halfway ('middle') is exactly between them."""

OUTCOMES = ("adults_long_term_support", "children_looked_after", "children_in_need", "ehc_plans")
"""Counts of people in care or with plans that are estimated below council level, in the order of every array."""

BANDS = ("0-17", "18-24", "25-64", "65-74", "75-84", "85+")
"""Age bands of residents, in the order of every array."""

PROJECTION_BANDS = ("0-19", "20-64", "65+", "85+")
"""Age bands of the projections; 85+ is part of 65+."""

NOMINAL, NOMINAL_WORDS = 0.8, "4 in 5"
"""The share of cases that a range of people in care is made to hold, and how screens and exports say it."""

MAX_COUNCILS = 8
"""The most councils a drawn split may have."""


class LgrError(Exception):
    """A fault in the data or the input, told in one line that a person can act on.

    `reason` tells it without what it is about; `on_screen` tells it on a page, where nobody types a command.
    """

    def __init__(self, told: str = "", *, reason: str = "", on_screen: str = "") -> None:
        super().__init__(told)
        self.reason = reason or told
        self.on_screen = on_screen or told


@dataclass(frozen=True)
class Source:
    source_id: str
    title: str
    publisher: str
    release: str
    released: str
    licence: str
    link: str
    note: str = ""


@dataclass(frozen=True)
class Estimate:
    """A figure that was estimated, with its range."""

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"an estimate lies inside its range: {self.low} <= {self.value} <= {self.high}")

    def overlaps(self, other: Estimate) -> bool:
        """True where the ranges meet, so that the two are too close to call."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Area:
    area_id: str
    name: str
    full_name: str
    kind: Literal["invited", "combined"]
    stage: Literal["decided", "awaiting", "unknown"]
    stage_date: str = ""
    stage_note: str = ""
    stage_confidence: str = "documented"


@dataclass(frozen=True)
class Authority:
    """A district or a unitary council of today."""

    code: str
    name: str
    tier: Literal["district", "unitary"]
    county_code: str | None = None
    urban: bool = False
    """Of the class 'Urban' in the official rural-urban classification."""

    @property
    def upper_tier(self) -> str:
        """Code of the council that runs social care here today: the county, or the unitary itself."""
        return self.county_code or self.code


@dataclass(frozen=True)
class Ward:
    code: str
    name: str
    authority_code: str


@dataclass(frozen=True)
class PlaceHistory:
    """A code or name that an authority had, or a spelling that it goes by."""

    authority_code: str
    kind: Literal["code", "name", "spelling"]
    former: str
    part: str
    """The place that became part of the authority; '' where the former name or code was of all of it."""
    until: str
    """The day on which it ended; '' where it is in use."""


@dataclass(frozen=True)
class Proposal:
    """A split that somebody really put forward."""

    proposal_id: str
    area_id: str
    title: str
    proposers: str
    stage: str
    date: str
    councils: int
    whole_authorities: bool
    boundary_change: str
    status: Literal["selected", "rejected", "unknown"]
    basis: Literal["exact", "exact-parts", "not known"]
    confidence: str
    note: str
    source_id: str


@dataclass(frozen=True)
class Drawing:
    """A proposal's map, block by block: authority codes, and ward codes that override their authority's."""

    proposal_id: str
    basis: Literal["exact", "exact-parts", "nearest-whole"]
    sureness: str
    note: str
    councils: tuple[str, ...]
    blocks: tuple[tuple[str, str], ...]
    """(block code, council name)"""
    inferred: frozenset[str] = frozenset()
    """Ward codes placed by inference, not named in a source."""


@dataclass(frozen=True)
class Parameter:
    """An assumption of the model with its bounds; `words` holds what is not one number."""

    key: str
    label: str
    unit: str
    low: float | None
    central: float | None
    high: float | None
    words: str
    rests_on: str
    year: str
    confidence: str
    source_id: str


@dataclass(frozen=True)
class Lens:
    """Whose evidence prices a split. Values by symbol: delta, kappa, s, t_old, t_x, t_s; halfway holds none."""

    lens_id: LensId
    name: str
    rests_on: str
    values: dict[str, float]


@dataclass(frozen=True)
class Partnership:
    """A partnership model chosen for a service of a split.

    `members` are council numbers (0-based, as in the split); `beyond` names councils outside the area.
    `effect` and `coverage` are the user's values for mu (or theta) and q; None takes the dataset's default.
    """

    service_id: str
    model_id: str
    members: tuple[int, ...]
    beyond: tuple[str, ...] = ()
    effect: float | None = None
    coverage: float | None = None


@dataclass(frozen=True)
class FitDriver:
    """A driver of the split of a count: a share (fits_split.SHARES) to a power, between its ends among councils."""

    driver: str
    power: float
    age_power: float
    least: float
    most: float


@dataclass(frozen=True)
class Fit:
    """How one count is split between the parts of a council, and how far off that is.

    `error`, `baseline_error`: median error of the parts of former shire counties, and by the better plain share.
    `low_factor`, `high_factor`: the range of a part's rate against the rest of its county; `city_…` where a city is
    parted from the county around it. `coefficients`: what the count grows with in forecasts, not rates by age.
    """

    outcome: str
    method: Literal["drivers", "population share"]
    councils: int
    error: float
    baseline_error: float
    low_factor: float
    high_factor: float
    words: str
    residents: str = ""
    pairs: int = 0
    city_low_factor: float = math.nan
    city_high_factor: float = math.nan
    coefficients: tuple[tuple[str, float], ...] = ()
    drivers: tuple[FitDriver, ...] = ()
