"""What to say of a file that an older model or dataset made: its own figures beside those of now."""

from __future__ import annotations

from collections.abc import Mapping

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LensId
from lgrdata.core.words import joined, millions
from lgrdata.costs.price import LensCost
from lgrdata.splits.made_with import KEPT, made_with

_NAMES = {"recurring_net": "net a year", "five_year_net": "five-year net", "one_off": "one-off cost"}
_LENS = {"county": "county side", "middle": "halfway", "district": "district side"}


def figures(costs: Mapping[LensId, LensCost]) -> dict[str, dict[str, float]]:
    """The figures that a file keeps, £m to two decimals, by lens."""
    return {lens: {name: round(float(getattr(cost, name)), 2) + 0.0 for name in KEPT} for lens, cost in costs.items()}


def remark(
    facts: AreaFacts,
    versions: Mapping[str, str],
    saved: Mapping[str, Mapping[str, float]],
    costs: Mapping[LensId, LensCost],
) -> str:
    """A sentence without a full stop for a file that another model or dataset made; '' where both are those of now."""
    now = made_with(facts)
    if not versions or dict(versions) == now:
        return ""
    model = f"model {versions['model']}" + ("" if versions["model"] == now["model"] else f" (now {now['model']})")
    dataset = f", dataset {versions['dataset']} (now {now['dataset']})" if versions["dataset"] else ""
    told = f"this file was saved with {model}{dataset}; its figures are worked out anew"
    now_figures = figures(costs)
    changed = []
    for lens, held in saved.items():
        pairs = [
            f"{_NAMES[k]} {millions(v, plus=k != 'one_off')}, now {millions(now_figures[lens][k], plus=k != 'one_off')}"
            for k, v in held.items()
            if lens in now_figures and round(v) != round(now_figures[lens][k])
        ]
        if pairs:
            changed.append(f"{_LENS[lens]}: {joined(pairs)}")
    if not saved:
        return told + ", and it holds none of its own to set beside them"
    return told + (f"; as saved, {'; '.join(changed)}" if changed else ", and come out the same to the nearest £1m")
