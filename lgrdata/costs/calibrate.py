"""The cost model held against what has been published: the national figures, then every business case.

Six assumptions were set on eight national figures, so a near match there shows that the equations carry their source,
not that they are true. Nothing is tuned to the business cases.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from lgrdata.core.facts import Assumptions
from lgrdata.core.models import LgrError
from lgrdata.costs.business_cases import CaseRow, cases
from lgrdata.costs.inputs import CostInputs, CountyPieces
from lgrdata.costs.price import LensCost, price_lens
from lgrdata.costs.rates import Rates, rates
from lgrdata.reading.catalogue import load_assumptions
from lgrdata.reading.councils import County, counties, unitary_residents
from lgrdata.reading.evidence import Claim, claims

NEWTON_MEANS = {"newton-unit-cost-small": 250_000, "newton-unit-cost-mid": 400_000}
"""Mean residents taken for Newton's two bands, up to 300,000 and 300,000 to 500,000: the model's reading of them."""


@dataclass(frozen=True)
class CheckRow:
    """A national figure: published and modelled, £m (or £m a year); `difference` as a fraction of the published one."""

    check: str
    councils: int | None
    unit: str
    published: float
    published_words: str
    modelled: float
    claim_id: str
    author: str
    paid_by: str
    link: str

    @property
    def difference(self) -> float:
        return (self.modelled - self.published) / abs(self.published)


@dataclass(frozen=True)
class Calibration:
    checks: tuple[CheckRow, ...]
    cases: tuple[CaseRow, ...]


@dataclass(frozen=True)
class _Check:
    words: str
    unit: str
    claim_id: str
    phrase: str  # marks the figure meant among those of the claim
    minimum: str | None  # parameter with the least residents of a council; None: one council a county
    take: Callable[[LensCost], float]


_NATIONAL = (
    _Check("five-year net", "£m", "ccn-2025-single", "net", None, lambda c: c.five_year_net),
    _Check("five-year net", "£m", "ccn-2025-29", "net", "size_guide", lambda c: c.five_year_net),
    _Check("five-year net", "£m", "ccn-2025-58-net", "net", "size_small_newton", lambda c: c.five_year_net),
    _Check(
        "yearly cost of splitting",
        "£m a year",
        "ccn-2025-58-recurring",
        "permanent",
        "size_small_newton",
        lambda c: c.disaggregation_cost,
    ),
    _Check(
        "yearly cost of splitting",
        "£m a year",
        "ccn-2025-29",
        "permanent",
        "size_guide",
        lambda c: c.disaggregation_cost,
    ),
)
_ONE_OFF = _Check(
    "one-off cost, without double running",
    "£m",
    "ccn-2025-58-net",
    "one-off",
    "size_small_newton",
    lambda c: c.one_off,
)


def calibrate(conn: sqlite3.Connection) -> Calibration:
    """Both tables from the dataset; every area is loaded once. LgrError where a figure is missing."""
    assumptions = load_assumptions(conn)
    return Calibration(national(conn, assumptions), cases(conn, assumptions))


def in_equal_pieces(county: County, minimum: float | None) -> CostInputs:
    """A county alone, its neighbours left out, in as many equal councils as `minimum` residents allow, at least one."""
    n = 1 if minimum is None else max(1, int(county.residents // minimum))
    return CostInputs(
        unchanged=False,
        n_old=1 + county.districts,
        n_new=n,
        j_abs=0,
        j_on=0,
        counties=(CountyPieces(county.name, county.name, county.residents, n),),
        populations=tuple(county.residents // n for _ in range(n)),
        council_numbers=tuple(range(n)),
        today=(county.residents,),
        divided_unitaries=(),
    )


def dearer_placements(upper_tiers: Sequence[int], mean: float, with_rates: Rates) -> float:
    """£m a year more for placements if everyone lived in councils of `mean` residents."""
    people, cap = sum(upper_tiers), with_rates.cap
    reference = sum(p * min(p, cap) for p in upper_tiers) / people
    return with_rates.kappa / 1e5 * people * (reference - min(mean, cap)) / 1e6


def national(conn: sqlite3.Connection, assumptions: Assumptions) -> tuple[CheckRow, ...]:
    """The published national figures beside the county lens: each county alone, purchasing off; then Newton's."""
    lens = replace(rates(assumptions, "county"), kappa=0.0)
    all_counties = counties(conn)
    if not all_counties:
        raise LgrError("the dataset holds no residents by county; rebuild it")
    known = claims(conn)
    rows = []
    for check in (*_NATIONAL, _ONE_OFF):
        minimum = assumptions.value(check.minimum) if check.minimum else None
        given = [in_equal_pieces(c, minimum) for c in all_counties]
        used = replace(lens, t_s=0.0) if check is _ONE_OFF else lens
        total = math.fsum(check.take(price_lens(g, used)) for g in given)
        councils = sum(g.n_new for g in given)
        rows.append(_row(known, check.words, councils, check.unit, check.claim_id, check.phrase, total))
    everyone = [c.residents for c in all_counties] + unitary_residents(conn)
    full = rates(assumptions, "county")
    for claim_id, mean in NEWTON_MEANS.items():
        words = f"dearer placements, councils of {mean:,} on average"
        rows.append(_row(known, words, None, "£m a year", claim_id, "a year", dearer_placements(everyone, mean, full)))
    return tuple(rows)


def _row(
    known: Mapping[str, Claim], words: str, councils: int | None, unit: str, claim_id: str, phrase: str, modelled: float
) -> CheckRow:
    claim = known.get(claim_id)
    if claim is None:
        raise LgrError(f"the claim {claim_id}, which the national check needs, is not in the dataset")
    part = next((p.strip() for p in claim.figure.split(";") if phrase in p), "")
    published = amount(part, claim_id)
    return CheckRow(
        words, councils, unit, published, part, modelled, claim_id, claim.author, claim.paid_by, claim.link
    )  # fmt: skip


_AMOUNT = re.compile(r"(?P<sign>[-−+]?)£(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>m|bn)\b", re.ASCII)


def amount(words: str, where: str) -> float:
    """£m in words such as '−£850m net over 5 years' or '+£1.8bn net'; LgrError naming `where` if there is none."""
    found = _AMOUNT.search(words)
    if found is None:
        raise LgrError(f"{where}: no amount in £m or £bn is found in “{words}”")
    value = float(found["number"].replace(",", "")) * (1000 if found["unit"] == "bn" else 1)
    return -value if found["sign"] in ("-", "−") else value
