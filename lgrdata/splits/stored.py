"""What one visitor had open, as text that their own browser stores: scenario, what was put aside, locks.

Counts of one's own are never in it. What a browser hands back is read as a stranger's file is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LgrError
from lgrdata.core.share_facts import OWN
from lgrdata.core.text import text_field
from lgrdata.splits import locked, scenario
from lgrdata.splits.address import KEYS
from lgrdata.splits.locked import Locks
from lgrdata.splits.scenario import MAX_NOTE, Scenario

FORMAT = "lgr-visit"
MAX_TEXT = 1_500_000
MOST_COMPARED = 4
_LONGEST = 8_000
_BROKEN = "what this browser stored cannot be read"


@dataclass(frozen=True, eq=False)
class StoredVisit:
    """What was open: the scenario, queries of what was put aside to compare with their notes, and the locks."""

    scenario: Scenario | None = None
    compared: tuple[dict[str, str], ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    locks: Locks = field(default_factory=Locks)

    @property
    def empty(self) -> bool:
        """True where there is nothing that the address alone would not bring back."""
        return self.scenario is None and not self.compared


def without_counts(held: Scenario) -> Scenario:
    """A scenario without counts of one's own and the bases that stand on them."""
    bases, against = ({k: v for k, v in chosen.items() if v != OWN} for chosen in (held.bases, held.against))
    return replace(held, counts={}, bases=bases, against=against)


def write(visit: StoredVisit) -> str:
    """The text to store."""
    held = None if visit.scenario is None else without_counts(visit.scenario)
    document: dict[str, Any] = {"format": FORMAT, "version": 1, "compared": list(visit.compared), "notes": {}}
    if held is not None:
        plain = scenario.as_dict(held)
        document["scenario"] = {**plain, "checksum": scenario.checksum(plain)}
        document["lock"] = locked.text(visit.locks, held.split)
    document["notes"] = dict(visit.notes)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def read(conn: sqlite3.Connection, load: Callable[[str], AreaFacts], text: str) -> StoredVisit:
    """What a stored text holds, on the dataset as it is now. LgrError where it is none, or no longer fits."""
    if len(text) > MAX_TEXT:
        raise LgrError(_BROKEN)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise LgrError(_BROKEN) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT or document.get("version") != 1:
        raise LgrError(_BROKEN)
    inner, held, locks = document.get("scenario"), None, Locks()
    if isinstance(inner, dict):
        checked = scenario.parse_document(json.dumps(inner).encode(), "what this browser stored")
        area = checked.get("area")
        held = scenario.restore(conn, load(area if isinstance(area, str) else ""), checked, "what this browser stored")
        held = without_counts(held)
        lock = document.get("lock", "")
        locks = locked.read(lock if isinstance(lock, str) else "", held.split, [])
    listed = document.get("compared")
    compared = [q for q in map(_query, listed if isinstance(listed, list) else []) if q][:MOST_COMPARED]
    notes = document.get("notes")
    said = {k: text_field(v, MAX_NOTE) for k, v in notes.items()} if isinstance(notes, dict) else {}
    return StoredVisit(held, tuple(compared), dict(list(said.items())[:MOST_COMPARED]), locks)


def _query(raw: object) -> dict[str, str] | None:
    """A query of the address, as far as its keys are known; None where it is none."""
    if not isinstance(raw, dict):
        return None
    return {k: v for k, v in raw.items() if k in KEYS and isinstance(v, str) and len(v) <= _LONGEST} or None
