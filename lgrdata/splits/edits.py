"""Changes that a person makes to a split while drawing: pure functions from one split to the next.

None of them refuses an odd drawing: a council may be empty, in pieces or lack blocks; the page says so in words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import MAX_COUNCILS, LgrError
from lgrdata.core.text import one_line
from lgrdata.core.words import counted, joined
from lgrdata.splits.pieces import pieces
from lgrdata.splits.scenario import MAX_NAME
from lgrdata.splits.split import DIVIDED, OUT, Councils, Split, from_arrays


def give(split: Split, codes: Iterable[str], council: int) -> Split:
    """The blocks given to a council (or to nobody, −1). A code is an authority's, which makes it whole, or a ward's.

    Codes that are not of this area are left aside. LgrError where an authority would be divided whose residents by
    ward are not held.
    """
    facts = split.facts
    authority, ward = split.authority.copy(), split.ward.copy()
    for code in codes:
        if code in facts.authority_index:
            i = facts.authority_index[code]
            authority[i] = council
            ward[facts.wards_of[i]] = council
        elif code in facts.ward_index:
            ward[facts.ward_index[code]] = council
    return _settled(split, authority, ward, split.names)


def add_council(split: Split) -> Split:
    """One more council, empty, under a name not yet taken. LgrError at eight."""
    if split.count >= MAX_COUNCILS:
        raise LgrError(f"a split has at most {MAX_COUNCILS} councils")
    n = split.count + 1
    while f"Council {n}" in split.names:
        n += 1
    return _named(split, (*split.names, f"Council {n}"))


def rename(split: Split, council: int, name: str) -> Split:
    """The council under another name. LgrError where it is blank or another council has it."""
    name = one_line(name, MAX_NAME)
    if not name:
        raise LgrError("a council needs a name")
    names = list(split.names)
    names[council] = name
    if len(set(names)) < len(names):
        raise LgrError(f"two councils cannot both be called {name}")
    return _named(split, tuple(names))


def remove_council(split: Split, council: int) -> Split:
    """The council gone; its blocks go to the neighbour each borders most, or to nobody. LgrError for the last one."""
    if split.count == 1:
        raise LgrError("a split has at least one council")
    homes = neighbour_councils(split, block_codes(split, council), council)
    for code, home in homes.items():
        split = give(split, [code], home)
    lookup = np.array([*(c - (c > council) for c in range(MAX_COUNCILS)), DIVIDED, OUT], dtype=np.int8)
    names = tuple(n for i, n in enumerate(split.names) if i != council)
    return replace(split, authority=lookup[split.authority], ward=lookup[split.ward], names=names, proposal=None)


def make_whole(split: Split, authority_code: str, wanted: int | None = None) -> Split:
    """A divided authority given whole to the council `wanted` where it has a part, else to that with most residents."""
    facts = split.facts
    i = facts.authority_index[authority_code]
    if split.authority[i] != DIVIDED:
        return split
    held: dict[int, int] = defaultdict(int)
    for w in facts.wards_of[i]:
        held[int(split.ward[w])] += int(facts.ward_population[w])
    into = wanted if wanted in held else max(sorted(held), key=lambda c: held[c])
    return give(split, [authority_code], into)


def block_codes(split: Split, council: int) -> list[str]:
    """The blocks of a council: whole authorities, and wards of divided ones."""
    facts = split.facts
    whole = [facts.authorities[i].code for i in np.flatnonzero(split.authority == council)]
    wards = np.flatnonzero((split.ward == council) & split.divided[facts.ward_authority])
    return whole + [facts.wards[w].code for w in wards]


def neighbour_councils(split: Split, codes: Collection[str], council: int) -> dict[str, int]:
    """For each block, the other council with which it, with the rest of `codes`, shares most border; else nobody.

    Land borders count by length, tidal ones as a kilometre, sea not at all.
    """
    facts = split.facts
    inside = _wards_of(split, codes)
    owner = split.ward
    touching: dict[int, float] = defaultdict(float)
    links = facts.ward_links
    for a, b, kind, metres in zip(links.a, links.b, links.kind, links.metres, strict=True):
        if kind == "sea":
            continue
        for x, y in ((int(a), int(b)), (int(b), int(a))):
            if x in inside and y not in inside and owner[y] >= 0 and owner[y] != council:
                touching[int(owner[y])] += float(metres) if kind == "land" else 1000.0
    best = max(sorted(touching), key=lambda c: touching[c]) if touching else OUT
    return dict.fromkeys(codes, best)


@dataclass(frozen=True)
class Mend:
    """A change that would put a warning right: blocks given to a council, or an empty council removed."""

    codes: tuple[str, ...]
    council: int
    """−1 with no codes: remove the council named by `remove`."""
    remove: int | None = None


WarningKind = Literal["left_out", "more_left_out", "empty", "pieces", "sea"]
MOST_LEFT_OUT = 6


@dataclass(frozen=True)
class DrawingWarning:
    """What to mind of a drawing: where it is, and the change that mends it where there is one.

    left_out: `codes` (one) is in no council. more_left_out: `count` more such blocks. empty: `council` has nobody.
    pieces: `council` lies in `count` pieces, `codes` are those of all but the largest. sea: the same, joined by sea.
    """

    kind: WarningKind
    council: int
    codes: tuple[str, ...] = ()
    count: int = 0
    mend: Mend | None = None


def warnings(split: Split) -> list[DrawingWarning]:
    """All that is to be minded of a drawing, what nobody has first."""
    out: list[DrawingWarning] = []
    for code in split.left_out[:MOST_LEFT_OUT]:
        home = neighbour_councils(split, [code], OUT)[code]
        out.append(DrawingWarning("left_out", OUT, (code,), 1, Mend((code,), home) if home >= 0 else None))
    if len(split.left_out) > MOST_LEFT_OUT:
        out.append(DrawingWarning("more_left_out", OUT, (), len(split.left_out) - MOST_LEFT_OUT))
    used = set(split.in_use.tolist())
    for c in range(split.count):
        if c not in used:
            out.append(DrawingWarning("empty", c, (), 0, Mend((), OUT, remove=c)))
            continue
        found = pieces(split, c)
        if len(found) == 1:
            continue
        apart = tuple(code for piece in found[1:] for code in piece)
        if len(pieces(split, c, sea=True)) == 1:
            out.append(DrawingWarning("sea", c, apart, len(found)))
            continue
        home = neighbour_councils(split, found[1], c)[found[1][0]]
        mend = Mend(tuple(found[1]), home) if home >= 0 else None
        out.append(DrawingWarning("pieces", c, apart, len(found), mend))
    return out


@dataclass(frozen=True)
class BlockChange:
    """A whole authority or a ward that changed hands: its code, and its council in either split (−1 nobody)."""

    code: str
    before: int
    after: int


def changes(start: Split, now: Split, then: Mapping[int, int] | None = None) -> list[BlockChange]:
    """Every block that changed hands since the start, authorities whole where neither split divides them.

    Councils are matched by the residents they share, so that a renamed or renumbered council has not moved; or as
    `then` has it: the number now by the number at the start.
    """
    facts = now.facts
    then = matched(start, now) if then is None else then
    out: list[BlockChange] = []

    def note(code: str, before: int, after: int) -> None:
        # A council matched with none is gone, so all of it has moved.
        if (then.get(before) if before >= 0 else before) != after:
            out.append(BlockChange(code, before, after))

    for i, authority in enumerate(facts.authorities):
        old, new = int(start.authority[i]), int(now.authority[i])
        if DIVIDED in (old, new):
            for w in facts.wards_of[i]:
                note(facts.wards[w].code, int(start.ward[w]), int(now.ward[w]))
        elif not (facts.is_extra[i] and old == new == OUT):
            note(authority.code, old, new)
    return out


@dataclass(frozen=True)
class GroupMove:
    """What leaves one council for another together: whole authorities, and wards counted by authority.

    −1 stands for no council.
    """

    before: int
    after: int
    wholes: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """Authorities and wards that move."""
        return len(self.wholes) + sum(n for _, n in self.parts)


def group_moves(start: Split, now: Split) -> list[GroupMove]:
    """What changed hands since the start, by where it was and is, the most places first."""
    facts = now.facts
    found: dict[tuple[int, int], tuple[list[str], Counter[str]]] = {}
    for change in changes(start, now):
        wholes, parts = found.setdefault((change.before, change.after), ([], Counter()))
        if change.code in facts.authority_index:
            wholes.append(block_name(facts, change.code))
        else:
            parts[facts.authorities[facts.ward_authority[facts.ward_index[change.code]]].name] += 1
    moves = [GroupMove(*way, tuple(wholes), tuple(parts.items())) for way, (wholes, parts) in found.items()]
    return sorted(moves, key=lambda m: -m.count)


def block_name(facts: AreaFacts, code: str) -> str:
    """An authority's name, or a ward's with its authority's: 'Cobham (Elmbridge)'."""
    if code in facts.authority_index:
        return facts.authorities[facts.authority_index[code]].name
    w = facts.ward_index[code]
    return f"{facts.wards[w].name} ({facts.authorities[facts.ward_authority[w]].name})"


def moved_blocks(start: Split, now: Split) -> list[tuple[str, str, str]]:
    """(block name, council then, council now) of each block that changed hands since the start.

    Where two councils that are not matched have one name, each is told with the members that the other has not.
    """
    out: list[tuple[str, str, str]] = []
    for change in changes(start, now):
        old = start.names[change.before] if change.before >= 0 else "no council"
        new = now.names[change.after] if change.after >= 0 else "no council"
        if old == new and change.before >= 0 and change.after >= 0:
            old, new = _told_apart(start, change.before, now, change.after)
        out.append((block_name(now.facts, change.code), old, new))
    return out


def _told_apart(start: Split, before: int, now: Split, after: int) -> tuple[str, str]:
    """Two councils of one name as words that tell whom a block leaves there, and whom it joins here."""
    old, new = _members(start, before), _members(now, after)
    left, joined_by = [m for m in old if m not in new], [m for m in new if m not in old]
    name = start.names[before]
    if not left and not joined_by:  # the same authorities, other wards of them
        return f"{name} as it was", f"another {name}"
    then = f"{name}, with {_listed(left)}" if left else f"{name}, which stays together"
    return then, f"{name}, with {_listed(joined_by)}" if joined_by else f"{name}, without {_listed(left)}"


def _members(split: Split, council: int) -> list[str]:
    return [a.name for i, a in enumerate(split.facts.authorities) if split.share[i, council] > 0]


def _listed(names: list[str]) -> str:
    return joined(names) if len(names) <= 4 else f"{', '.join(names[:3])} and {counted(len(names) - 3, 'other')}"


def matched(start: Split, now: Split) -> dict[int, int]:
    """For each council of the start, the one now that holds most of its residents, each taken once."""
    common = np.zeros((start.count, now.count))
    people = now.facts.ward_population
    ok = (start.ward >= 0) & (now.ward >= 0)
    np.add.at(common, (start.ward[ok], now.ward[ok]), people[ok])
    both = (start.authority >= 0) & (now.authority >= 0)
    whole = both & ~now.facts.wards_counted
    np.add.at(common, (start.authority[whole], now.authority[whole]), now.facts.population[whole])
    out: dict[int, int] = {}
    for _ in range(min(start.count, now.count)):
        a, b = np.unravel_index(int(np.argmax(common)), common.shape)
        if common[a, b] <= 0:
            break
        out[int(a)] = int(b)
        common[a, :] = -1
        common[:, b] = -1
    return out


def _wards_of(split: Split, codes: Collection[str]) -> set[int]:
    facts = split.facts
    inside: set[int] = set()
    for code in codes:
        if code in facts.authority_index:
            inside.update(int(w) for w in facts.wards_of[facts.authority_index[code]])
        elif code in facts.ward_index:
            inside.add(facts.ward_index[code])
    return inside


def _named(split: Split, names: tuple[str, ...]) -> Split:
    return replace(split, names=names)


def _settled(split: Split, authority: Councils, ward: Councils, names: tuple[str, ...]) -> Split:
    """What stands after a change; the origin is kept where nothing moved."""
    after = from_arrays(split.facts, authority, ward, names)
    same = np.array_equal(after.authority, split.authority) and np.array_equal(after.ward, split.ward)
    return split if same else after
