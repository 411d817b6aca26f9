"""How far each assumption moves a result, taken to its published low and high one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.models import LensId
from lgrdata.costs.inputs import inputs
from lgrdata.costs.price import LensCost, PartnershipTerm, price_lens
from lgrdata.costs.rates import LENS_SYMBOLS, PLAIN, Rates, bounds, rates
from lgrdata.splits.split import Split

Result = Literal["five_year_net", "npv_10", "recurring_net"]


@dataclass(frozen=True)
class TornadoBar:
    """One assumption's reach. Values in the assumption's own unit; nets in £m. `parameter` may be 'lens.symbol'."""

    parameter: str
    label: str
    unit: str
    low_value: float
    high_value: float
    value: float
    net_at_low: float
    net_at_high: float
    central: float

    @property
    def swing(self) -> float:
        """£m between the least and the most that the assumption gives."""
        nets = (self.net_at_low, self.net_at_high, self.central)
        return max(nets) - min(nets)


def tornado(
    facts: AreaFacts,
    split: Split,
    assumptions: Assumptions,
    lens: LensId,
    partnerships: Sequence[PartnershipTerm] = (),
    *,
    result: Result = "five_year_net",
) -> list[TornadoBar]:
    """A bar for every assumption that moves the result, widest first; empty where nothing changes.

    A lens's own value is replaced by the low and the high of the parameter behind it, so a lens at an end of
    the evidence has a bar to one side. Ranges are the published ones, also where the user has changed the value.
    """
    given, now = inputs(facts, split), rates(assumptions, lens)

    def net(with_rates: Rates) -> float:
        cost: LensCost = price_lens(given, with_rates, partnerships)
        return float(getattr(cost, result))

    central = net(now)
    fields = {f"{lens}.{symbol}": symbol for symbol in LENS_SYMBOLS} | PLAIN
    bars = []
    for key, name in fields.items():
        p = bounds(assumptions, key)
        if p.low is None or p.high is None or p.low == p.high:
            continue
        bar = TornadoBar(
            parameter=key,
            label=p.label,
            unit=p.unit,
            low_value=p.low,
            high_value=p.high,
            value=float(getattr(now, name)),
            net_at_low=net(_with(now, name, p.low)),
            net_at_high=net(_with(now, name, p.high)),
            central=central,
        )
        if bar.swing > 1e-9:
            bars.append(bar)
    return sorted(bars, key=lambda b: (-b.swing, b.parameter))


def _with(now: Rates, name: str, value: float) -> Rates:
    changes: dict[str, float] = {name: value}
    return replace(now, **changes)  # type: ignore[arg-type]
