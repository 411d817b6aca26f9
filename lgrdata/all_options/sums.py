"""What measures take of each council: totals by union of blocks (for options) or by council of one split.

The same measures then read both, so that a drawn split and an option can never be measured two ways.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lgrdata.all_options.filters import BOARD
from lgrdata.all_options.unions import Number, OptionBlocks, inside_links, pair_table, sum_table
from lgrdata.core.facts import AreaFacts, Floats, Ints, Links
from lgrdata.splits.pieces import holds_piece
from lgrdata.splits.split import Split

COMMUTING, MOVES = "commuting 2021", "moves 2021"
TAX_BASE = "council_tax_base"


@dataclass(frozen=True, eq=False)
class AreaTotals:
    """What is the same for every split of the same authorities."""

    population: int
    county_population: Ints  # [C] residents of each county
    districts: int
    unitaries: int
    upper_population: Ints  # [U] residents of today's social care councils taken in
    flow_total: Mapping[str, float]  # all inside the area, by kind
    borders: int
    border_km: float


@dataclass(frozen=True, eq=False)
class CouncilSums:
    """Totals by council or union: one entry each, S in all."""

    whole: AreaTotals
    residents: Ints  # [S]
    county: Ints  # [C, S] residents of each county inside
    unchanged: NDArray[np.int8]  # [S] 1 where it is one of today's unitaries by itself
    kept: Mapping[str, Floats]  # [S] flow kept inside, by kind
    borders: Ints  # [S] borders between its own authorities
    border_km: Floats  # [S] land borders between its own authorities
    need: Floats  # [S, outcome]
    adults: Ints  # [S] residents aged 18 and over
    children: Ints  # [S] residents aged 0 to 17
    tax_base: Floats  # [S]
    board: Floats  # [S, F] residents of each NHS board inside
    area_m2: Floats  # [S]
    perimeter_m: Floats  # [S]


def whole_of(facts: AreaFacts, taken: Ints) -> AreaTotals:
    """Totals over the authorities taken in (by index)."""
    uppers = facts.authority_upper[taken]
    population = facts.population[taken]
    by_upper = np.bincount(uppers, weights=population, minlength=len(facts.upper_codes)).astype(np.int64)
    present = np.isin(np.arange(len(by_upper)), uppers)
    county = facts.upper_is_county
    pairs = _borders(facts, taken)
    return AreaTotals(
        population=int(population.sum()),
        county_population=by_upper[present & county],
        districts=int(county[uppers].sum()),
        unitaries=int((~county[uppers]).sum()),
        upper_population=by_upper[present],
        flow_total={k: float(f.inside[np.ix_(taken, taken)].sum()) for k, f in facts.flows.items()},
        borders=len(pairs),
        border_km=sum(km for _, _, km in pairs),
    )


def sums_of_unions(blocks: OptionBlocks) -> CouncilSums:
    """[2^n] sums of every union of blocks; missing figures are NaN wherever they enter."""
    f, at = blocks.facts, blocks.index
    n = blocks.count
    population = f.population[at]
    counties = np.flatnonzero(np.bincount(f.authority_upper[at], minlength=len(f.upper_codes)) * f.upper_is_county)
    own = f.authority_upper[at][:, None] == counties[None, :]
    unchanged = np.zeros(1 << n, dtype=np.int8)
    for i in range(n):
        unchanged[1 << i] = f.authorities[int(at[i])].tier == "unitary"
    count, km, shared = np.zeros((n, n), dtype=np.int64), np.zeros((n, n)), np.zeros((n, n))
    for a, b, length in _borders(f, at):
        count[a, b], km[a, b] = 1, length
    place = {int(i): p for p, i in enumerate(at)}
    for a, b, metres in zip(f.outlines.a, f.outlines.b, f.outlines.shared_m, strict=True):
        if int(a) in place and int(b) in place:
            shared[place[int(a)], place[int(b)]] += metres
    tax = f.columns.get(TAX_BASE)
    boards = f.footprints.get(BOARD)
    share = boards.share[at] if boards is not None else np.zeros((n, 0))
    return CouncilSums(
        whole=whole_of(f, at),
        residents=sum_table(population),
        county=np.ascontiguousarray(sum_table(population[:, None] * own).T),
        unchanged=unchanged,
        kept={k: pair_table(f.flows[k].inside[np.ix_(at, at)]) for k in (COMMUTING, MOVES) if k in f.flows},
        borders=pair_table(count),
        border_km=pair_table(km),
        need=sum_table(f.estimates[at]),
        adults=sum_table(population - f.residents[at, 0]),
        children=sum_table(f.residents[at, 0]),
        tax_base=sum_table(tax.values[at] if tax is not None else np.full(n, np.nan)),
        board=sum_table(population[:, None] * share),
        area_m2=sum_table(f.outlines.area_m2[at]),
        perimeter_m=sum_table(f.outlines.perimeter_m[at]) - 2 * pair_table(shared),
    )


def sums_of_split(split: Split) -> CouncilSums:
    """[N] sums of the councils of one split, wards and all: figures by ward where held, else by population share."""
    f, use = split.facts, split.in_use
    taken = np.flatnonzero(split.share.sum(axis=1) > 0)
    share = split.share[np.ix_(taken, use)]
    counties = np.unique(f.authority_upper[taken][f.upper_is_county[f.authority_upper[taken]]])

    def county_part(c: int) -> Ints:
        mine, theirs = f.authority_upper == c, f.authority_upper[f.ward_authority] == c
        return np.asarray(split.add_up(f.population * mine, f.ward_population * theirs), dtype=np.int64)[use]

    alone = (share > 0).sum(axis=0) == 1
    unchanged = np.zeros(len(use), dtype=np.int8)
    for c in np.flatnonzero(alone):
        i = int(np.argmax(share[:, c]))
        unchanged[c] = share[i, c] == 1.0 and f.authorities[int(taken[i])].tier == "unitary"
    tax = f.columns.get(TAX_BASE)
    boards = f.footprints.get(BOARD)
    people = f.population[taken][:, None] * (boards.share[taken] if boards is not None else np.zeros((len(taken), 0)))
    cut, cut_km = _cut(split)
    area, perimeter = _shapes(split)
    return CouncilSums(
        whole=replace(whole_of(f, taken), borders=cut, border_km=cut_km),
        residents=split.population[use],
        county=np.array([county_part(int(c)) for c in counties], dtype=np.int64).reshape(len(counties), len(use)),
        unchanged=unchanged,
        kept={
            k: np.einsum("ic,ij,jc->c", share, f.flows[k].inside[np.ix_(taken, taken)], share)
            for k in (COMMUTING, MOVES)
            if k in f.flows
        },
        borders=np.zeros(len(use), dtype=np.int64),
        border_km=np.zeros(len(use)),
        need=np.asarray(split.add_up(f.estimates, f.ward_estimates), dtype=np.float64)[use],
        adults=split.population[use] - split.residents[use, 0],
        children=split.residents[use, 0],
        tax_base=share.T @ (tax.values[taken] if tax is not None else np.full(len(taken), np.nan)),
        board=share.T @ people,
        area_m2=area[use],
        perimeter_m=perimeter[use],
    )


def _borders(facts: AreaFacts, taken: Ints) -> list[tuple[int, int, float]]:
    """Land and tidal borders by position in `taken`, with km of land; a sea gap is never a border that can be cut."""
    place = {int(i): n for n, i in enumerate(taken)}
    joined = set(inside_links(facts.links, taken, False))
    out = []
    for a, b, kind, metres in zip(facts.links.a, facts.links.b, facts.links.kind, facts.links.metres, strict=True):
        pair = (place.get(int(a), -1), place.get(int(b), -1))
        if pair in joined:
            out.append((*pair, float(metres) / 1000 if kind == "land" else 0.0))
    return out


def _cut(split: Split) -> tuple[int, float]:
    """Borders between authorities that a split cuts, and km of land border.

    Where wards divide an authority the wards say what is cut, and its own border drawn through counts once.
    """
    f, divided = split.facts, split.divided

    def lines(links: Links, held: NDArray[np.int8], which: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], float]:
        x, y = held[links.a], held[links.b]
        parted = links.joined() & which & (x != y) & (x >= 0) & (y >= 0)
        land = np.array([kind == "land" for kind in links.kind], dtype=bool)
        return parted, float(links.metres[parted & land].sum()) / 1000

    whole_parted, km = lines(f.links, split.authority, np.ones(len(f.links.a), dtype=bool))
    pairs = set(zip(f.links.a[whole_parted].tolist(), f.links.b[whole_parted].tolist(), strict=True))
    if split.is_whole:
        return len(pairs), km
    a, b = f.ward_authority[f.ward_links.a], f.ward_authority[f.ward_links.b]
    parted, ward_km = lines(f.ward_links, split.ward, divided[a] | divided[b])
    by_wards = {(min(x, y), max(x, y)) for x, y in zip(a[parted].tolist(), b[parted].tolist(), strict=True) if x != y}
    return len({(min(p), max(p)) for p in pairs} | by_wards) + int(divided.sum()), km + ward_km


def _shapes(split: Split) -> tuple[Floats, Floats]:
    """[N] area and perimeter of each council, by ward outlines where an authority is divided."""
    f = split.facts
    lines, held, own = f.outlines, split.authority, f.outlines
    if not split.is_whole:
        lines, held, own = f.ward_outlines, split.ward, f.ward_outlines
    area, perimeter = np.zeros(split.count), np.zeros(split.count)
    have = held >= 0
    np.add.at(area, held[have], own.area_m2[have])
    np.add.at(perimeter, held[have], own.perimeter_m[have])
    same = (held[lines.a] == held[lines.b]) & (held[lines.a] >= 0)
    np.add.at(perimeter, held[lines.a[same]], -2 * lines.shared_m[same])
    return area, perimeter


@dataclass(frozen=True, eq=False)
class SplitSums:
    """Splits with as many councils, as places [K, M] of their councils in the tables of `sums`.

    Reductions over a split's councils come by table; `count` [M] is each split's number of councils.
    """

    sums: CouncilSums
    places: Ints
    count: NDArray[np.int8]
    _kept: dict[Hashable, Floats] = field(default_factory=dict)

    @property
    def whole(self) -> AreaTotals:
        return self.sums.whole

    def total(self, table: NDArray[np.generic]) -> Floats:
        """[M] sum over councils of a table [S]."""
        return self._reduce(table, np.add)

    def smallest(self, table: NDArray[np.generic]) -> Floats:
        """[M] least over councils."""
        return self._reduce(table, np.minimum)

    def largest(self, table: NDArray[np.generic]) -> Floats:
        """[M] most over councils."""
        return self._reduce(table, np.maximum)

    def _reduce(self, table: NDArray[np.generic], combine: Callable[..., Floats]) -> Floats:
        values: Floats = np.asarray(table, dtype=np.float64)
        # Clipping takes a third less time than to look whether a place is in the table, as each is.
        out: Floats = values.take(self.places[0], mode="clip")
        for row in self.places[1:]:
            combine(out, values.take(row, mode="clip"), out=out)
        return out

    def once(self, name: Hashable, make: Callable[[], Floats]) -> Floats:
        """What `make` gives, worked out once for a name: what several measures share."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    @cached_property
    def smallest_population(self) -> Floats:
        return self.smallest(self.sums.residents)

    @cached_property
    def unchanged(self) -> Floats:
        """[M] existing unitaries that carry on with the same border."""
        return self.total(self.sums.unchanged)

    @cached_property
    def county_pieces(self) -> Floats:
        """[C, M] councils holding at least 1% of each county's residents."""
        counties = zip(self.sums.county, self.whole.county_population, strict=True)
        rows = [self.total(holds_piece(held, total)) for held, total in counties]
        return np.array(rows, dtype=np.float64).reshape(-1, len(self.count))


def gather_split(split: Split) -> SplitSums:
    """One split as the only row: its councils stand after the empty one."""
    sums = sums_of_split(split)
    n = len(sums.residents)

    def pad(x: NDArray[Number]) -> NDArray[Number]:
        return np.concatenate([np.zeros_like(x[:1]), x])

    padded = CouncilSums(
        whole=sums.whole,
        residents=pad(sums.residents),
        county=np.pad(sums.county, ((0, 0), (1, 0))),
        unchanged=pad(sums.unchanged),
        kept={k: pad(v) for k, v in sums.kept.items()},
        borders=pad(sums.borders),
        border_km=pad(sums.border_km),
        need=pad(sums.need),
        adults=pad(sums.adults),
        children=pad(sums.children),
        tax_base=pad(sums.tax_base),
        board=pad(sums.board),
        area_m2=pad(sums.area_m2),
        perimeter_m=pad(sums.perimeter_m),
    )
    return SplitSums(padded, np.arange(1, n + 1)[:, None], np.array([n], dtype=np.int8))
