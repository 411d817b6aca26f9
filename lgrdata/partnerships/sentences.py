"""What chosen partnerships leave open, in sentences: who has none, what is not covered, what returns when one ends."""

from __future__ import annotations

import math

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import LensId
from lgrdata.core.words import counted, joined, number, percent, pounds
from lgrdata.costs.price import PARTNERSHIP_LIMIT
from lgrdata.dataset.dataset import Dataset
from lgrdata.partnerships.board import Board, BoardRow, ChosenPartnership, board
from lgrdata.splits.scenario import Scenario


def told(dataset: Dataset, scenario: Scenario, effects: Effects) -> tuple[str, ...]:
    """Sentences without a full stop for effects worked out with the scenario's partnerships; () where it has none.

    LgrError for a service or model that is not known.
    """
    if not scenario.partnerships:
        return ()
    found = board(dataset, effects, scenario)
    out = list(found.warnings)
    if not found.is_split:
        out.append("the split parts no county, so partnerships change nothing")
    elif found.counted:
        rows = [r for r in found.rows if any(c.counted for c in r.chosen)]
        for row in rows:
            out += _uncovered(found, row)
        without = len(found.rows) - len(rows)
        if without:
            out.append(
                f"{counted(without, 'service is', 'services are')} in no partnership: what splitting them costs is left"
            )
        out += [_return(c, scenario.lens, effects.lens_words[scenario.lens].own) for c in found.counted]
        out += _life(found)
    return tuple(dict.fromkeys(out))


def _uncovered(found: Board, row: BoardRow) -> list[str]:
    out = []
    holders = sorted({c for h in found.counties for c in h.councils})
    alone = [found.effects.split.names[c] for c in holders if c not in row.covered]
    if alone:
        out.append(f"{row.service.name}: {joined(alone)} {'is' if len(alone) == 1 else 'are'} in no partnership for it")
    lens = found.scenario.lens
    cost = row.cost[lens] if row.cost else 0.0
    if row.cost and row.left and cost > 0:
        avoided = 1.0 - row.left[lens] / cost
        if avoided > 0:
            out.append(
                f"{row.service.name}: by assumption {percent(avoided, 1)} of what splitting it costs is avoided, and"
                " the rest is left"
            )
    for c in row.chosen:
        if c.counted and c.model.effect == "buying":
            share = percent(min(max(c.effect * c.coverage, 0.0), PARTNERSHIP_LIMIT))
            out.append(f"{row.service.name}: by assumption {share} of its placements are bought together, the rest not")
        elif c.counted and c.model.effect == "none":
            out.append(f"{row.service.name}: no effect of {c.model.name.lower()} is counted, only its set-up")
    return out


def _return(c: ChosenPartnership, lens: LensId, under: str) -> str:
    back = c.alone[lens].value
    money = f"{pounds(back, 2)} million a year" if back >= 0.005 else "no counted sum"
    return f"{c.service.name}: if {c.model.name.lower()} ends, {money} comes back under {under}"


def _life(found: Board) -> list[str]:
    x = found.exit
    if math.isinf(x.years):
        return []
    return [f"by assumption a partnership lasts about {number(x.years)} years, and taking it apart costs money again"]
