"""Block assignment files: the interchange form of redistricting tools, one row a block (code, council).

Written plainly, so that what is written always reopens, unfinished drawings too; read generously (`assignment`), or
refused with every reason. A file is read whole or not at all.
"""

from __future__ import annotations

from collections import Counter

from lgrdata.core.cells import csv_text
from lgrdata.core.facts import AreaFacts
from lgrdata.splits.assignment.columns import NUMBERED, OWN, TO_FILL_IN, is_nobody
from lgrdata.splits.assignment.decode import MAX_BYTES as MAX_BYTES
from lgrdata.splits.assignment.decode import decode_text as decode_text
from lgrdata.splits.assignment.places import alike
from lgrdata.splits.assignment.reader import UNASSIGNED
from lgrdata.splits.assignment.reader import read as read_file
from lgrdata.splits.split import Split


def write(split: Split) -> str:
    """CSV text with the header code,council: authorities, then wards that differ from theirs, then blocks of nobody.

    A name that a spreadsheet would run as a formula gets an apostrophe before it, which `read` takes off again. Where
    two names are alike, or one reads as nobody, a third column numbers the councils.
    """
    rows = split.block_assignment()
    left = [(code, UNASSIGNED) for code in split.left_out]
    used = list(dict.fromkeys(name for _, name in rows))
    if not any(is_nobody(name) for name in used) and max(Counter(map(alike, used)).values(), default=1) == 1:
        return csv_text(OWN, [*rows, *left])
    number = {name: n for n, name in enumerate(used, start=1)}
    return csv_text(NUMBERED, [*((*row, number[row[1]]) for row in rows), *((*row, "") for row in left)])


def template(facts: AreaFacts) -> str:
    """CSV text to fill in: every authority and ward with its name and council of today, the new council empty.

    A ward whose row stays blank goes with its authority; an authority's may stay blank where all its wards are given.
    """
    rows = []
    for i, a in enumerate(facts.authorities):
        if facts.is_extra[i]:
            continue
        now = facts.upper_names[facts.authority_upper[i]]
        rows.append((a.code, a.name, a.name, now, ""))
        if facts.wards_counted[i]:
            rows += [(facts.wards[w].code, facts.wards[w].name, a.name, now, "") for w in facts.wards_of[i]]
    return csv_text(TO_FILL_IN, rows)


def read(facts: AreaFacts, data: bytes, what: str = "the file") -> Split:
    """The split in a file of this area, as `assignment.reader.read` understands it. LgrError likewise."""
    return read_file(facts, data, what).split
