"""The suggested arrangement: for each divided service without a partnership, the one model that is suggested."""

from __future__ import annotations

from lgrdata.core.models import Partnership
from lgrdata.partnerships.board import Board


def holders(made: Board) -> tuple[int, ...]:
    """The councils between which a county's services are divided."""
    return tuple(sorted({c for h in made.counties for c in h.councils}))


def suggested(made: Board) -> tuple[Partnership, ...]:
    """What would be added for every divided service that is in no partnership yet; empty where nothing is divided.

    What is chosen stays. A service for which nothing is suggested stays with each council.
    """
    between = holders(made)
    if len(between) < 2:
        return ()
    found = []
    for row in made.rows:
        if row.suggested is not None and not any(c.counted for c in row.chosen):
            found.append(Partnership(row.service.service_id, row.suggested.model_id, between))
    return tuple(found)
