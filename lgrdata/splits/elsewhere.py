"""A file whose places lie in another area: which one, so that a refusal can name it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from lgrdata.core.facts import AreaFacts
from lgrdata.core.text import folded
from lgrdata.reading import catalogue, councils
from lgrdata.splits.assignment.places import Places, code_like

LOOKED_AT = 60
"""Places that are looked up: the rest of a file is of the same area or is no file of one area."""
FEWEST = 3
NEARLY_ALL = 0.9


def area_of_places(conn: sqlite3.Connection, facts: AreaFacts, cells: Iterable[str]) -> str:
    """The slug of the other area that nearly all places of a file lie in; '' where there is no such one.

    Codes decide where a file has them, else names. A file with more than a few places of this area is this area's.
    """
    texts = list(dict.fromkeys(c for c in cells if c))
    places = Places(facts)
    here = sum(1 for t in texts if places.find(t))
    coded = [t.upper() for t in texts if code_like(t) and not places.find(t)]
    found: Counter[str] = Counter()
    if coded:
        tried = coded[:: max(1, len(coded) // LOOKED_AT)][:LOOKED_AT]
        for code in tried:
            found.update({p.area_id for p in councils.coded_places(conn, code)})
        few = here <= (1 - NEARLY_ALL) * len(coded)
    else:
        named: dict[str, set[str]] = {}
        for p in councils.named_places(conn):
            if p.kind in ("council", "former", "spelling", "ward"):
                named.setdefault(folded(p.name), set()).add(p.area_id)
        tried = list(islice((t for t in texts if folded(t) in named and not places.find(t)), LOOKED_AT))
        for name in tried:
            found.update(named[folded(name)])
        few = here <= (1 - NEARLY_ALL) * len(tried)
    invited = [a.area_id for a in catalogue.areas(conn) if a.area_id != facts.area.area_id]
    best = max(invited, key=lambda a: found[a], default="")
    enough = len(tried) >= FEWEST and bool(best) and found[best] >= NEARLY_ALL * len(tried)
    return best if few and enough else ""
