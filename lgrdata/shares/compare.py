"""Counts of your own beside the dataset's that they replace."""

from __future__ import annotations

import math
from typing import Any

from lgrdata.core.share_facts import ShareFacts
from lgrdata.shares.bases import parts
from lgrdata.shares.counts import OwnCounts
from lgrdata.shares.share import ShareOut


def against_estimate(plain: ShareFacts, shared: ShareOut, own: OwnCounts) -> list[dict[str, Any]]:
    """Each council's share of a divided council of today by these counts, and by what stands there without them."""
    before = parts(plain, shared.split)
    rows = []
    for key in own.values:
        for u in [u for u, state in enumerate(shared.state) if state == "divided"]:
            mine, theirs = shared.held.share[key][u], before.share.get(key)
            for c in shared.held.holders(u):
                value = math.nan if theirs is None else float(theirs[u][c])
                rows.append(
                    {
                        "measure": key,
                        "words": shared.given.bases[key].name,
                        "of": plain.facts.upper_codes[u],
                        "name": shared.split.names[c],
                        "own": _fraction(float(mine[c])),
                        "estimate": _fraction(value),
                    }
                )
    return rows


def _fraction(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None
