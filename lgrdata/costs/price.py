"""What a split costs and saves under each lens: the formulae of the cost model, in £m at the prices of the assumptions.

Costs are positive numbers that are taken away; savings are positive numbers that are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.models import LENSES, LensId
from lgrdata.core.words import NOTHING
from lgrdata.costs.inputs import CostInputs, CountyPieces, caveats, inputs
from lgrdata.costs.rates import Rates, changeable, check_changes, outside_published, rates
from lgrdata.splits.split import Split

__all__ = [
    "CostInputs",
    "CountyPieces",
    "LensCost",
    "PartnershipTerm",
    "PathYear",
    "Rates",
    "caveats",
    "changeable",
    "check_changes",
    "inputs",
    "outside_published",
    "price",
    "price_lens",
    "rates",
]

PARTNERSHIP_LIMIT = 0.8
"""However many partnerships cover a service, no more than this share of it is counted as shared."""

PAYBACK_HORIZON = 30
PATH_YEARS = 10
FIVE_YEARS = 5
ROUNDING = 1e-9  # £m; a running total this near zero is zero


@dataclass(frozen=True)
class PartnershipTerm:
    """A partnership as the sums see it.

    `share`: of the disaggregation cost (kind 'duplication') or of placements (kind 'buying') that the service makes up.
    `effect` and `coverage`: mu (or theta) and q, 0 to 1. `run_cost` £m a year, `setup_cost` £m once.
    `joint_population`: residents of all the partners, for buying. `members`: council numbers; empty means all.
    Kind 'none' has its costs counted and no saving. `excluded` (the independent trust) is never counted at all.
    """

    service_id: str
    share: float
    kind: Literal["duplication", "buying", "none"]
    effect: float
    coverage: float
    run_cost: float = 0.0
    setup_cost: float = 0.0
    joint_population: float = 0.0
    members: tuple[int, ...] = ()
    excluded: bool = False

    @property
    def strength(self) -> float:
        """Effect times coverage, kept between 0 and 1."""
        return min(max(self.effect, 0.0), 1.0) * min(max(self.coverage, 0.0), 1.0)


class PathYear(NamedTuple):
    """One year of the path, £m. `partnership` is its saving less its running cost; set-up is in `one_off`."""

    year: int
    saving: float
    disaggregation: float
    purchasing: float
    one_off: float
    partnership: float
    net: float
    running_total: float


class OneOffEnd(NamedTuple):
    """An end of the one-off cost's band, £m, and the year in which it would be paid back (None: not in 30)."""

    one_off: float
    payback_years: int | None


@dataclass(frozen=True)
class LensCost:
    """A split priced under one lens. £m, or £m a year; costs positive.

    `recurring_net` is the yearly saving once all of it is reached. `payback_years` is None where the running total does
    not reach zero within 30 years (or nothing is spent). `switching_value` is the break-even cost of the first split,
    £ a year per county resident, on this lens's other values: the split saves exactly where delta is below it. None
    where no county is split. `leadership_memo` lies inside the disaggregation cost. Path: year -1, then 1 to 10;
    vesting day lies between.
    """

    lens: LensId | None
    aggregation_saving: float
    disaggregation_cost: float
    purchasing_scale: float
    recurring_net: float
    one_off: float
    five_year_net: float
    npv_10: float
    payback_years: int | None
    switching_value: float | None
    leadership_memo: float
    path: tuple[PathYear, ...]
    partnership_saving: float = 0.0
    partnership_run: float = 0.0
    partnership_setup: float = 0.0
    splitting_by_county: tuple[tuple[str, float], ...] = ()
    """(county code, £m a year) before leadership released; with it, the disaggregation cost."""
    leadership_released: float = 0.0
    """£m a year no longer paid at unitaries that are abolished; taken off the disaggregation cost."""
    one_off_ends: tuple[OneOffEnd, ...] = ()
    """Low and high of the one-off cost by the record of published ones; empty where no record is held."""

    @property
    def spends(self) -> bool:
        """Whether anything is spent once; where nothing is, there is nothing to pay back."""
        return self.one_off > NOTHING

    @property
    def one_off_low(self) -> float | None:
        return self.one_off_ends[0].one_off if self.one_off_ends else None

    @property
    def one_off_high(self) -> float | None:
        return self.one_off_ends[1].one_off if self.one_off_ends else None

    def five_years_at(self, end: OneOffEnd) -> float:
        """The five-year net if the one-off cost came out at an end of its band."""
        return self.five_year_net + self.one_off - end.one_off


def price(
    facts: AreaFacts, split: Split, assumptions: Assumptions, partnerships: Sequence[PartnershipTerm] = ()
) -> dict[LensId, LensCost]:
    """The split under every lens of the assumptions; see `price_lens`."""
    given = inputs(facts, split)
    return {
        lens: price_lens(given, rates(assumptions, lens), partnerships, lens=lens)
        for lens in LENSES
        if lens in assumptions.lenses
    }


def price_lens(
    given: CostInputs, with_rates: Rates, partnerships: Sequence[PartnershipTerm] = (), *, lens: LensId | None = None
) -> LensCost:
    """One lens's price. Today costs nothing and saves nothing; partnerships count only where a county is split."""
    n, x = given, with_rates
    if n.unchanged:
        return _nothing(lens, x.band is not None)
    saving = x.r * x.s * (n.n_old - n.n_new)
    weight = n.split_weight(x.gamma)
    released = x.leadership * n.j_abs
    splitting = x.delta * weight - released
    purchasing = _purchasing(n, x, ())
    terms = [t for t in partnerships if not t.excluded] if n.is_split else []
    covered = _covered([t for t in terms if t.kind == "duplication"])
    avoided = covered * max(splitting, 0.0)
    buying = [t for t in terms if t.kind == "buying" and t.strength > 0]
    cheaper = purchasing - _purchasing(n, x, buying) if buying else 0.0
    run, setup = sum((t.run_cost for t in terms), 0.0), sum((t.setup_cost for t in terms), 0.0)
    change = x.overrun * (
        x.t_old * (n.n_old - n.j_on) + x.t_x * max(n.n_new - n.j_on - 1, 0) + x.t_s * n.split_residents / 1e6
    )
    one_off = setup + change
    ends = [setup + change * factor for factor in x.band] if x.band else []
    shared = avoided + cheaper
    yearly = shared - run - splitting - purchasing
    gained = saving - purchasing + cheaper - run
    path = _path(saving, splitting, purchasing, one_off, shared - run, x)
    return LensCost(
        lens=lens,
        aggregation_saving=saving,
        disaggregation_cost=splitting,
        purchasing_scale=purchasing,
        recurring_net=saving + yearly,
        one_off=one_off,
        five_year_net=next(p.running_total for p in path if p.year == FIVE_YEARS),
        npv_10=sum((saving * x.ramp(y) + yearly) / (1 + x.discount) ** y for y in range(1, int(x.years) + 1)) - one_off,
        payback_years=_payback(saving, yearly, one_off, x),
        switching_value=_break_even(gained, released, covered, weight) if n.is_split else None,
        leadership_memo=x.leadership * (n.further_pieces - n.j_abs),
        path=path,
        partnership_saving=shared,
        partnership_run=run,
        partnership_setup=setup,
        splitting_by_county=tuple((c.code, x.delta * c.residents / 1e6 * c.splits(x.gamma)) for c in n.counties),
        leadership_released=released,
        one_off_ends=tuple(OneOffEnd(end, _payback(saving, yearly, end, x)) for end in ends),
    )


def _nothing(lens: LensId | None, banded: bool) -> LensCost:
    path = tuple(PathYear(y, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0) for y in _years(PATH_YEARS))
    return LensCost(
        lens, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, None, None, 0.0, path,
        one_off_ends=(OneOffEnd(0.0, None), OneOffEnd(0.0, None)) if banded else (),
    )  # fmt: skip


def _years(last: int) -> tuple[int, ...]:
    return (-1, *range(1, last + 1))


def _purchasing(n: CostInputs, x: Rates, buying: Sequence[PartnershipTerm]) -> float:
    """Dearer (or cheaper) placements, £m a year: each council's residents times how far it falls below today's size."""
    if x.kappa == 0:
        return 0.0
    reference = n.reference_population(x.cap)
    total = 0.0
    for council, people in zip(n.council_numbers, n.populations, strict=True):
        own = min(people, x.cap)
        size = own
        mine = [t for t in buying if not t.members or council in t.members]
        for service in dict.fromkeys(t.service_id for t in mine):
            together = [t for t in mine if t.service_id == service]
            strength = sum(t.strength for t in together)
            joint = sum(t.strength * min(max(t.joint_population, people), x.cap) for t in together) / strength
            size += min(together[0].share, 1.0) * _combined(together) * (joint - own)
        total += people * (reference - size)
    return x.kappa / 1e5 * total / 1e6


def _combined(terms: Iterable[PartnershipTerm]) -> float:
    """Share of a service that its partnerships cover together: 1 - product of what each leaves, limited."""
    left = 1.0
    for t in terms:
        left *= 1.0 - t.strength
    return min(1.0 - left, PARTNERSHIP_LIMIT)


def _covered(terms: Sequence[PartnershipTerm]) -> float:
    """Share of the disaggregation cost that partnerships avoid, summed over services."""
    total = 0.0
    for service in dict.fromkeys(t.service_id for t in terms):
        together = [t for t in terms if t.service_id == service]
        total += _combined(together) * max(together[0].share, 0.0)
    return min(total, PARTNERSHIP_LIMIT)


def _break_even(gained: float, released: float, covered: float, weight: float) -> float | None:
    """The cost of the first split, £ a county resident, below which the split saves money: whatever it is held to be.

    `gained`: what is saved a year before the cost of splitting. Partnerships leave `1 - covered` of that cost, where
    it is a cost at all. None where nothing of a county is divided.
    """
    if weight <= 0:
        return None
    bearable = gained / (1.0 - covered) if gained >= 0 else gained
    return (bearable + released) / weight


def _path(
    saving: float, splitting: float, purchasing: float, one_off: float, partnership: float, x: Rates
) -> tuple[PathYear, ...]:
    phased = {-1: x.phases[0], 1: x.phases[1], 2: x.phases[2]}
    out, total = [], 0.0
    for year in _years(PATH_YEARS):
        spent = one_off * phased.get(year, 0.0)
        if year < 0:
            total -= spent
            out.append(PathYear(year, 0.0, 0.0, 0.0, spent, 0.0, -spent, total))
            continue
        reached = saving * x.ramp(year)
        net = reached - splitting - purchasing + partnership - spent
        total += net
        out.append(PathYear(year, reached, splitting, purchasing, spent, partnership, net, total))
    return tuple(out)


def _payback(saving: float, yearly: float, one_off: float, x: Rates) -> int | None:
    """First year by whose end the running total is back to zero; None within 30 years, or where nothing is spent."""
    if one_off <= 0:
        return None
    phased = {-1: x.phases[0], 1: x.phases[1], 2: x.phases[2]}
    total = -one_off * phased[-1]
    for year in range(1, PAYBACK_HORIZON + 1):
        total += saving * x.ramp(year) + yearly - one_off * phased.get(year, 0.0)
        if total >= -ROUNDING:
            return year
    return None
