"""What a drawing keeps as it is: councils and blocks locked, and how they ride in an address.

An address holds `lock=0.1.7207.511234`: a council by its number, counted from nought as in `with`, a block by its code
without `E0` and the noughts after the first digit (7207 is E07000207), or by its whole code where it has another form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import MAX_COUNCILS
from lgrdata.core.text import one_line
from lgrdata.splits import edits
from lgrdata.splits.split import OUT, Split

_CODE = re.compile(r"E0([1-9])0*([1-9][0-9]*)")
_SHORT = re.compile(r"([1-9])([1-9][0-9]{0,5})")
MOST = 400
"""Locks of an address that are read."""


@dataclass(frozen=True)
class Locks:
    """Names of councils and codes of blocks that stay as they are."""

    councils: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()

    def council(self, name: str, locked: bool) -> Locks:
        """With a council locked, or free."""
        return replace(self, councils=self.councils | {name} if locked else self.councils - {name})

    def block(self, code: str, locked: bool) -> Locks:
        """With a block locked, or free."""
        return replace(self, blocks=self.blocks | {code} if locked else self.blocks - {code})

    def renamed(self, old: str, new: str) -> Locks:
        """With a council's lock under its new name, and none that a council of that name had before."""
        return self.council(old, False).council(new, old in self.councils)

    def holds(self, split: Split, code: str) -> bool:
        """Whether a lock keeps a block where it is: its own, its authority's or its council's."""
        facts = split.facts
        if code in self.blocks:
            return True
        if code in facts.ward_index:
            w = facts.ward_index[code]
            council = int(split.ward[w])
            if facts.wards[w].authority_code in self.blocks:
                return True
        else:
            council = int(split.authority[facts.authority_index[code]])
        return council >= 0 and split.names[council] in self.councils

    def broken(self, split: Split, after: Split) -> tuple[str, ...]:
        """Names of what is locked and would not stay as it is in another split: councils, then blocks."""
        if not self.councils and not self.blocks:
            return ()
        facts, then = split.facts, _same(split, after)
        moves = edits.changes(split, after, then)
        councils = [
            name
            for c, name in enumerate(split.names)
            if name in self.councils and any(m.before == c or m.after == then.get(c, OUT) >= 0 for m in moves)
        ]
        blocks = []
        for code in (m.code for m in moves):
            within = facts.wards_of[facts.authority_index[code]] if code in facts.authority_index else ()
            own = {code, *(facts.wards[w].code for w in within)}
            if code in facts.ward_index:
                own.add(facts.wards[facts.ward_index[code]].authority_code)
            blocks += [edits.block_name(facts, c) for c in sorted(own & self.blocks)]
        return tuple(dict.fromkeys([*councils, *blocks]))


def _same(split: Split, after: Split) -> dict[int, int]:
    """Number after of each council that goes on: by its name, as locks are held; else by the residents it shares."""
    named = {c: after.names.index(name) for c, name in enumerate(split.names) if name in after.names}
    taken = set(named.values())
    return {**{c: n for c, n in edits.matched(split, after).items() if n not in taken}, **named}


def text(locks: Locks, split: Split) -> str:
    """The locks as an address holds them; '' where nothing of this split is locked."""
    councils = [str(c) for c, name in enumerate(split.names) if name in locks.councils]
    known = _known(split.facts)
    return ".".join([*councils, *(_short(code) for code in sorted(locks.blocks) if code in known)][:MOST])


def read(value: str, split: Split, messages: list[str]) -> Locks:
    """The locks that an address holds, and a message for what was not understood; that is left out."""
    councils, blocks, bad = set(), set(), []
    known = _known(split.facts)
    former = {h.former: h.authority_code for h in split.facts.history if h.kind == "code" and not h.part}
    items = [item for item in value[: MOST * 10].strip().split(".") if item]
    for item in items[:MOST]:
        if len(item) == 1 and item in "01234567"[:MAX_COUNCILS] and int(item) < split.count:
            councils.add(split.names[int(item)])
        elif (code := former.get(_code(item).upper(), _code(item).upper())) in known:
            blocks.add(code)
        else:
            bad.append(one_line(item, 20))
    if bad:
        more = f" and {len(bad) - 3} more" if len(bad) > 3 else ""
        messages.append(
            f"What the address locks was not all understood: {', '.join(bad[:3])}{more}. The rest is locked."
            if councils or blocks
            else f"What the address locks was not understood: {', '.join(bad[:3])}{more}. Nothing is locked."
        )
    if len(items) > MOST:
        messages.append(f"The address locks more than {MOST} blocks; the first {MOST} are locked.")
    return Locks(frozenset(councils), frozenset(blocks))


def _known(facts: AreaFacts) -> set[str]:
    return {*facts.authority_index, *facts.ward_index}


def _short(code: str) -> str:
    found = _CODE.fullmatch(code)
    return found[1] + found[2] if found and _code(found[1] + found[2]) == code else code


def _code(item: str) -> str:
    found = _SHORT.fullmatch(item)
    return f"E0{found[1]}{found[2]:0>6}" if found else item
