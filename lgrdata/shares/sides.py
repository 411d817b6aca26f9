"""Two sides of a share-out: how far apart two sets of bases are, which lines make it, and where the middle lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lgrdata.core.rounding import largest_remainder
from lgrdata.core.share_facts import CARE, ShareFacts
from lgrdata.shares.share import MOST_OF_IT, PLAIN, LineShare, ShareOut, Whole, share_out
from lgrdata.splits.split import Split


@dataclass(frozen=True, eq=False)
class Gap:
    """One line as each side would share it, and the middle, in whole units of the line [N]."""

    one: LineShare
    other: LineShare
    middle: Whole

    @property
    def thousand(self) -> float:
        """£ thousand that the two place differently: half the sum of what each council's parts differ by."""
        apart = sum(abs(a - b) for a, b in zip(self.one.parts, self.other.parts, strict=True))
        return self.one.thousand(apart) / 2


@dataclass(frozen=True, eq=False)
class TwoSides:
    """Both sides' share-outs of the lines that the split divides."""

    split: Split
    gaps: tuple[Gap, ...]
    """Lines that the two share differently, the widest gap first."""
    agreed: int
    """Lines that both share alike."""

    @cached_property
    def gap(self) -> float:
        """£ thousand in all, line by line."""
        return sum(g.thousand for g in self.gaps)

    @cached_property
    def most_of_it(self) -> tuple[Gap, ...]:
        """The fewest lines that make nine tenths of the gap."""
        kept: list[Gap] = []
        for gap in self.gaps:
            if sum(g.thousand for g in kept) >= MOST_OF_IT * self.gap - 1e-9:
                break
            kept.append(gap)
        return tuple(kept)

    def claim(self, side: int, council: int) -> float:
        """£ thousand of these lines that a council gets by the bases of side 0 or 1."""
        return sum((s := (g.one, g.other)[side]).thousand(s.parts[council]) for g in self.gaps)

    def middle(self, council: int) -> float:
        """£ thousand of these lines that it gets at the midpoint."""
        return sum(g.one.thousand(g.middle[council]) for g in self.gaps)

    def gives(self, side: int, council: int) -> float:
        """£ thousand that the council would give up, from its claim by these bases to the midpoint."""
        return self.claim(side, council) - self.middle(council)


def two_sides(given: ShareFacts, split: Split, one: Mapping[str, str], other: Mapping[str, str]) -> TwoSides:
    """Compare two sets of bases (line key to basis); a line that a side does not name goes by its recommended one."""
    first, second = share_out(given, split, one), share_out(given, split, other)
    gaps = [Gap(a, b, _middle(first, a, b)) for a, b in zip(first.lines, second.lines, strict=True)]
    gaps = [g for g in gaps if first.state[g.one.upper] == "divided"]
    apart = sorted((g for g in gaps if g.thousand > 0), key=lambda g: -g.thousand)
    return TwoSides(split, tuple(apart), len(gaps) - len(apart))


def suited(shared: ShareOut, council: int) -> dict[str, str]:
    """By line, the basis that gives a council most, where it is not the first: of those that count for low and high.

    Line by line: what an overhead in step with other lines gets follows from theirs as they now stand.
    """
    found: dict[str, str] = {}
    for line in {s.line.key: s.line for s in shared.divided}.values():
        rows = [s for s in shared.divided if s.line.key == line.key]
        order = [u.basis for u in line.uses if u.standing != "fixed part" and all(u.basis in s.by for s in rows)]
        if order:
            best = max(order, key=lambda k: sum(s.thousand(s.by[k][council]) for s in rows))  # the first of equals
            if best != order[0]:
                found[line.key] = best
    return found


def residents_alone(shared: ShareOut) -> dict[str, str]:
    """Every line of care by residents, by line where that is not what it starts with."""
    care = [s for s in shared.divided if s.line.group in CARE and PLAIN in s.by]
    return {s.line.key: PLAIN for s in care if next(u.basis for u in s.line.uses if u.basis in s.by) != PLAIN}


def stance(shared: ShareOut, bases: Mapping[str, str]) -> str | int:
    """What a side's bases are: 'start', 'residents', a council's number for what gives it most, or 'own'."""
    if not bases:
        return "start"
    if dict(bases) == residents_alone(shared):
        return "residents"
    councils = sorted({c for s in shared.divided for c in s.holders})
    return next((c for c in councils if dict(bases) == suited(shared, c)), "own")


def _middle(shared: ShareOut, a: LineShare, b: LineShare) -> Whole:
    """Half way between two divisions of a line, in whole units that add to it."""
    halves = [abs(x + y) / 2 for x, y in zip(a.parts, b.parts, strict=True)]
    return tuple(largest_remainder(halves, a.total, [int(n) for n in shared.held.order]))
