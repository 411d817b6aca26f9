"""What the sums need to know of one area, as arrays loaded once.

Order everywhere: authorities by code (axis A), wards by authority then code (axis W), upper-tier councils of today
(axis U), age bands as `models.BANDS`, outcomes as `models.OUTCOMES`. Missing figures are NaN, never zero; why they are
missing is in the column's `status`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lgrdata.core.models import Area, Authority, Fit, Lens, LensId, LgrError, Parameter, PlaceHistory, Source, Ward

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Vintage:
    """A year that sums start from, as labels name it (mid-2024), and the source it is read from."""

    period: str
    year: int
    source_id: str


@dataclass(frozen=True, eq=False)
class MeasureColumn:
    """One measure over authorities (or upper tiers): NaN for missing, a status each, one period and source."""

    values: Floats
    status: tuple[str, ...]
    period: str
    source_id: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class FlowFacts:
    """People moving between the area's authorities, and to and from everywhere."""

    inside: Floats  # [A, A] from row to column
    out_total: Floats  # [A] all who live in the row's authority and travel (or moved), wherever to
    in_total: Floats  # [A] all who travel (or moved) to it, wherever from
    source_id: str


@dataclass(frozen=True, eq=False)
class Footprints:
    """Partner areas (NHS boards, police, fire, trusts) and the share of each authority inside each."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    share: Floats  # [A, F]
    source_id: str
    period: str = ""  # the year of the boards, for NHS boards


@dataclass(frozen=True, eq=False)
class Links:
    """Pairs of touching blocks by index; metres are the border's length (land) or the gap (tidal, sea)."""

    a: Ints
    b: Ints
    kind: tuple[str, ...]  # land | tidal | sea
    metres: Floats

    def joined(self, sea: bool = False) -> NDArray[np.bool_]:
        """Which pairs count as neighbours: land and tidal, and sea where asked."""
        return np.array([k != "sea" or sea for k in self.kind], dtype=bool)


@dataclass(frozen=True, eq=False)
class Outlines:
    """Simplified outlines: area and perimeter of each block, and the outline that pairs share, all in metres."""

    area_m2: Floats
    perimeter_m: Floats
    a: Ints
    b: Ints
    shared_m: Floats


@dataclass(frozen=True, eq=False)
class ProjectionFacts:
    """Projections from their first year on: levels, of which only growth rates may be used."""

    years: tuple[int, ...]
    residents: Floats  # [A, year, PROJECTION_BANDS]; NaN where an authority has none
    source_id: str

    @property
    def based(self) -> str:
        """As labels name them: 2018-based."""
        return f"{self.years[0]}-based"


@dataclass(frozen=True, eq=False)
class AreaFacts:
    area: Area
    authorities: tuple[Authority, ...]
    is_extra: NDArray[np.bool_]  # [A] outside the invitation; may be taken in
    wards: tuple[Ward, ...]
    ward_authority: Ints  # [W] index of the authority
    vintage: Vintage
    """The year of residents, which labels name."""
    residents: Ints  # [A, band] of that year
    ward_residents: Ints  # [W, band] estimated; adds to the authority's
    wards_counted: NDArray[np.bool_]  # [A] False where residents by ward are not held: keep whole
    upper_codes: tuple[str, ...]
    upper_names: tuple[str, ...]
    upper_is_county: NDArray[np.bool_]  # [U]
    authority_upper: Ints  # [A] index into upper tiers
    links: Links
    ward_links: Links
    outlines: Outlines
    ward_outlines: Outlines
    flows: Mapping[str, FlowFacts] = field(default_factory=dict)  # by flow.kind
    footprints: Mapping[str, Footprints] = field(
        default_factory=dict
    )  # by footprint.kind ('icb', 'icb before' for NHS boards), and 'trust'
    published: Floats = field(default_factory=lambda: np.zeros((0, 4)))  # [U, outcome] published counts
    estimates: Floats = field(default_factory=lambda: np.zeros((0, 4)))  # [A, outcome] scaled to published
    ward_estimates: Floats = field(default_factory=lambda: np.zeros((0, 4)))  # [W, outcome]
    fits: Mapping[str, Fit] = field(default_factory=dict)
    columns: Mapping[str, MeasureColumn] = field(default_factory=dict)  # measure over authorities
    upper_columns: Mapping[str, MeasureColumn] = field(default_factory=dict)  # measure over upper tiers
    spend: Mapping[str, MeasureColumn] = field(
        default_factory=dict
    )  # RSX net current expenditure by service, authorities, £ thousand
    upper_spend: Mapping[str, MeasureColumn] = field(default_factory=dict)  # RSX by service, upper tiers, £ thousand
    care_spend: Mapping[str, MeasureColumn] = field(
        default_factory=dict
    )  # RO3 net current expenditure by service, upper tiers
    projection: ProjectionFacts | None = None
    pupils: FlowFacts | None = None
    """Pupils a year between today's upper tiers [U, U], from a three-year sum; everywhere else is in the totals."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    dataset: str = ""
    """Version of the dataset that these were read from."""
    version: tuple[int, ...] = ()
    """The fingerprint of the dataset that these were read from; empty for drawn ones."""
    proposal_sources: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By proposal of the area: ids of the sources of its record, of its decision and of its business cases."""
    history: tuple[PlaceHistory, ...] = ()
    """Former codes and names of its authorities, and spellings."""

    @cached_property
    def authority_index(self) -> dict[str, int]:
        return {a.code: i for i, a in enumerate(self.authorities)}

    @cached_property
    def ward_index(self) -> dict[str, int]:
        return {w.code: i for i, w in enumerate(self.wards)}

    @cached_property
    def wards_of(self) -> tuple[Ints, ...]:
        """For each authority, the indexes of its wards."""
        return tuple(np.flatnonzero(self.ward_authority == i) for i in range(len(self.authorities)))

    @cached_property
    def population(self) -> Ints:
        """[A] residents of all ages."""
        return np.asarray(self.residents.sum(axis=1), dtype=np.int64)

    @cached_property
    def ward_population(self) -> Ints:
        """[W] estimated residents of all ages."""
        return np.asarray(self.ward_residents.sum(axis=1), dtype=np.int64)


class NotHeld(LgrError, KeyError):
    """A number that the sums need and the dataset does not hold."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, eq=False)
class Assumptions:
    """Every parameter and lens of the dataset, and the user's changes to them.

    `changed` maps a parameter key, or 'lens.symbol' (county.delta), to the value used instead. Only the two sides have
    values of their own; halfway ('middle') is their mean, symbol by symbol, and is nowhere kept.
    """

    parameters: Mapping[str, Parameter]
    lenses: Mapping[LensId, Lens]
    lens_parameter: Mapping[str, str]  # symbol -> parameter key that bounds it
    changed: Mapping[str, float] = field(default_factory=dict)
    one_off_band: tuple[float, float] | None = None
    """What a one-off cost is multiplied by for its low and high, from the record; None where none is held."""
    prices: str = ""
    """The year whose prices all money is in, as labels name it."""
    ignored: tuple[str, ...] = ()
    """Why changes that an older version of the model took are left out, each a sentence without a full stop."""

    def value(self, key: str) -> float:
        """The number in force for a key: the user’s, else the central one. NotHeld where there is none."""
        if key in self.changed:
            return self.changed[key]
        if key not in self.parameters:
            raise NotHeld(f"the dataset holds no assumption {key}; `python -m lgrdata check` tells what is missing")
        central = self.parameters[key].central
        if central is None:
            raise NotHeld(f"{key} is held in words, not as one number")
        return central

    def lens_value(self, lens: LensId, symbol: str) -> float:
        """The number in force for a lens's symbol: the user's, else the side's own; halfway the mean of both sides'."""
        if lens == "middle" and lens in self.lenses:
            return (self.lens_value("county", symbol) + self.lens_value("district", symbol)) / 2
        if lens not in self.lenses or symbol not in self.lenses[lens].values:
            raise NotHeld(
                f"the dataset holds no {symbol} on the {lens} side’s evidence; `python -m lgrdata check` tells why"
            )
        return self.changed.get(f"{lens}.{symbol}", self.lenses[lens].values[symbol])
