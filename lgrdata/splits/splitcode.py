"""The split code: a split as short URL-safe text, one canonical form for each split.

`s1.HASH.AUTHORITIES[.WARDS]...`: a version, a short hash of the area's blocks and borders (so that an old link fails
loudly after a boundary change), then a character for each authority in code order: its council's number in order of
first appearance, `x` for nobody, `w` where it is divided, whose wards then follow, one group each, in ward order.
"""

from __future__ import annotations

import hashlib

import numpy as np

from lgrdata.core.caches import per_facts
from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import MAX_COUNCILS, LgrError
from lgrdata.core.text import one_line, whole_number
from lgrdata.splits.split import DIVIDED, OUT, Split, from_arrays

VERSION = "s1"
_DIGITS = "0123456789"[:MAX_COUNCILS]
_MAX_LENGTH = 4000


@per_facts
def blocks_hash(facts: AreaFacts) -> str:
    """Six hex digits that change when the area's authorities, wards or neighbours do."""
    parts = [a.code for a in facts.authorities] + [w.code for w in facts.wards]
    for links in (facts.links, facts.ward_links):
        parts += [f"{a}-{b}-{k}" for a, b, k in zip(links.a, links.b, links.kind, strict=True)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:6]


def looks_like_code(text: str) -> bool:
    """True where a text is meant as a split code, though it may not be a good one."""
    return text.startswith("s") and whole_number(text[1:2]) is not None and "." in text


def encode(split: Split) -> str:
    """The canonical code of a split; councils' names and order are not part of it."""
    facts = split.facts
    n = len(facts.authorities)
    authority, ward = split.canonical[:n], split.canonical[n:]

    def letter(c: int) -> str:
        return "w" if c == DIVIDED else "x" if c == OUT else _DIGITS[c]

    groups = ["".join(letter(int(c)) for c in authority)]
    groups += ["".join(letter(int(c)) for c in ward[facts.wards_of[i]]) for i in np.flatnonzero(split.divided)]
    return ".".join([VERSION, blocks_hash(facts), *groups])


def decode(facts: AreaFacts, code: str) -> Split:
    """The split a code stands for, its councils named 'Council 1', 'Council 2' ... in order of first appearance.

    LgrError, saying what is wrong, for another version, another area or older boundaries, and malformed text.
    """
    if len(code) > _MAX_LENGTH:
        raise LgrError(f"this split code is {len(code):,} characters long; the longest is {_MAX_LENGTH:,}")
    version, _, rest = code.partition(".")
    if version != VERSION:
        raise LgrError(f"the split code begins with “{one_line(version, 8)}”; this version reads {VERSION}")
    hashed, *groups = rest.split(".")
    if hashed != blocks_hash(facts):
        raise LgrError(
            f"this split code was made for another area or for older boundaries than those held for {facts.area.name}"
        )
    if not groups or len(groups[0]) != len(facts.authorities):
        raise LgrError(f"the split code should name {len(facts.authorities)} authorities of {facts.area.name}")
    authority = np.full(len(facts.authorities), OUT, dtype=np.int8)
    ward = np.full(len(facts.wards), OUT, dtype=np.int8)
    divided = iter(groups[1:])
    for i, letter in enumerate(groups[0]):
        wards = facts.wards_of[i]
        if letter == "w":
            text = next(divided, None)
            if text is None or len(text) != len(wards):
                raise LgrError(f"the split code should list {len(wards)} wards of {facts.authorities[i].name}")
            ward[wards] = [_number(c, code) for c in text]
        else:
            authority[i] = _number(letter, code)
            ward[wards] = authority[i]
    if next(divided, None) is not None:
        raise LgrError("the split code lists wards of an authority that it does not divide")
    used = sorted({int(c) for c in np.concatenate([authority, ward]) if c >= 0})
    names = tuple(f"Council {n + 1}" for n in range(max(used, default=-1) + 1))
    return from_arrays(facts, authority, ward, names)


def _number(letter: str, code: str) -> int:
    if letter == "x":
        return OUT
    if letter not in _DIGITS or not letter:
        said = f"“{one_line(letter, 1)}” in the split code {one_line(code, 40)}"
        raise LgrError(f"{said} is not a council number (0 to {MAX_COUNCILS - 1})")
    return int(letter)
