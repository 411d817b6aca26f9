"""The share-out: every line of every council of today that a split takes in, by a basis, exact to the figure published.

A line is shared in the unit in which it was published (£1,000, or a decimal of it), by largest remainder, so that the
new councils' parts add exactly to it. Low and high are the least and most that any basis listed for the line as
recommended or defensible would give; one that is fair for a fixed part only can be chosen, but is neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from lgrdata.core.facts import Floats
from lgrdata.core.models import OUTCOMES
from lgrdata.core.rounding import largest_remainder, largest_remainders
from lgrdata.core.share_facts import CARE, GROUPS, IN_STEP, OWN, ShareFacts, ShareLine
from lgrdata.shares.bases import Parts, parts
from lgrdata.splits.split import Split

Whole = tuple[int, ...]
State = Literal["divided", "merged", "carries on", "not taken in"]
PLAIN = "residents"
MOST_OF_IT = 0.9
"""Lines that make so much of what is argued over are told."""


@dataclass(frozen=True, eq=False)
class LineShare:
    """One line of one council of today, shared. Amounts are whole numbers of `unit` (£1,000, or less), [N]."""

    line: ShareLine
    upper: int
    total: int
    decimals: int
    """Digits after the point that the published figure has, in £1,000."""
    holders: tuple[int, ...]
    basis: str
    by: Mapping[str, Whole]
    """What each basis that can be used gives each council; the one in use among them."""
    unknown: Mapping[str, str]
    """Bases of the line that cannot be used here, and why."""
    estimate: tuple[Floats, Floats] | None
    """[N] low and high of the estimate that the basis rests on, £ thousand; None where it is no estimate."""

    def thousand(self, amount: int) -> float:
        """An amount as £ thousand, with the decimals of the published figure."""
        return float(round(amount / 10**self.decimals, self.decimals))

    @property
    def parts(self) -> Whole:
        """[N] under the basis in use."""
        return self.by[self.basis]

    @cached_property
    def ranged(self) -> tuple[Whole, ...]:
        """What each basis gives that counts for low and high: the listed ones, and the one in use."""
        counted = [k for k in self.by if self._counts(k)]
        return tuple(self.by[k] for k in counted)

    def _counts(self, key: str) -> bool:
        use = self.line.use(key)
        return key == self.basis or (use is not None and use.standing != "fixed part")

    @cached_property
    def low(self) -> Whole:
        """[N] the least that any counted basis gives."""
        return tuple(min(column) for column in zip(*self.ranged, strict=True))

    @cached_property
    def high(self) -> Whole:
        """[N] the most that any counted basis gives."""
        return tuple(max(column) for column in zip(*self.ranged, strict=True))

    @cached_property
    def moves(self) -> int:
        """The largest high less low of a council: what the choice of basis moves."""
        return max((h - w for h, w in zip(self.high, self.low, strict=True)), default=0)


@dataclass(frozen=True)
class Total:
    """A group of lines by council [N], £ thousand."""

    thousand: float
    parts: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    by_residents: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class ShareOut:
    """Who gets what. `lines` holds every line of every council of today that the split takes in."""

    given: ShareFacts
    split: Split
    held: Parts
    state: tuple[State, ...]  # [U]
    lines: tuple[LineShare, ...]
    missing: tuple[str, ...]
    """Lines that a council of today did not return."""

    @cached_property
    def divided(self) -> tuple[LineShare, ...]:
        """Lines of councils that the split divides, those that the choice of basis moves most first."""
        found = [s for s in self.lines if self.state[s.upper] == "divided"]
        return tuple(sorted(found, key=lambda s: -s.moves / 10**s.decimals))

    @cached_property
    def listed(self) -> tuple[LineShare, ...]:
        """What is shown: the divided lines, then the own lines of councils that merge; all where nothing is divided."""
        if not self.divided:
            return self.lines
        return self.divided + tuple(s for s in self.lines if self.state[s.upper] == "merged")

    @cached_property
    def lines_in_play(self) -> tuple[LineShare, ...]:
        """The divided lines, or all where nothing is divided: what totals count."""
        return self.divided or self.lines

    @cached_property
    def argument(self) -> tuple[LineShare, ...]:
        """The fewest divided lines that make nine tenths of all that the choice of basis moves."""
        return self.argument_of(GROUPS)

    def argument_of(self, groups: Sequence[str]) -> tuple[LineShare, ...]:
        """The fewest divided lines of these groups that make nine tenths of what the choice of basis moves in them."""
        mine = [s for s in self.divided if s.line.group in groups]
        moved = [s.moves / 10**s.decimals for s in mine]
        kept = 0
        while kept < len(moved) and sum(moved[:kept]) < MOST_OF_IT * sum(moved) - 1e-9:
            kept += 1
        return tuple(mine[:kept])

    def total(self, groups: Sequence[str], lines: Sequence[LineShare] | None = None) -> Total:
        """Lines of these groups added up, every line chosen against (low) and for (high) each council."""
        mine = [s for s in (self.lines_in_play if lines is None else lines) if s.line.group in groups]
        n = self.split.count

        def add(pick: Sequence[Whole]) -> tuple[float, ...]:
            # Whole hundredths of £1,000, so that sums are exact.
            sums = [sum(p[c] * 10 ** (2 - s.decimals) for s, p in zip(mine, pick, strict=True)) for c in range(n)]
            return tuple(v / 100 for v in sums)

        parts_ = add([s.parts for s in mine])
        thousand = sum(s.total * 10 ** (2 - s.decimals) for s in mine) / 100
        residents = add([s.by.get(PLAIN, s.parts) for s in mine])
        return Total(thousand, parts_, add([s.low for s in mine]), add([s.high for s in mine]), residents)

    @property
    def care(self) -> Total:
        """The headline: adults' and children's care."""
        return self.total(CARE)


def share_out(given: ShareFacts, split: Split, chosen: Mapping[str, str] | None = None) -> ShareOut:
    """Share every line by the basis `chosen` for it (by line key), else by its first basis that can be used.

    A chosen basis that cannot be used for a council of today gives way there too; `LineShare.unknown` says why.
    LgrError where the split leaves a part of a council of today with nobody.
    """
    held = parts(given, split)
    state = _states(split, held)
    lines: list[LineShare] = []
    missing: list[str] = []
    for u in _in_order(given, state):
        shared, gone = _shared(given, held, u, dict(chosen or {}))
        lines += shared
        missing += gone
    return ShareOut(given, split, held, state, tuple(lines), tuple(missing))


def _states(split: Split, held: Parts) -> tuple[State, ...]:
    facts = split.facts
    states: list[State] = []
    for u in range(len(facts.upper_codes)):
        holders = held.holders(u)
        if not holders:
            states.append("not taken in")
        elif len(holders) > 1:
            states.append("divided")
        else:
            states.append("carries on" if held.holds[:, holders[0]].sum() == 1 else "merged")
    return tuple(states)


def _in_order(given: ShareFacts, state: Sequence[State]) -> list[int]:
    """Councils of today that are taken in: counties first."""
    taken = [u for u, s in enumerate(state) if s != "not taken in"]
    return sorted(taken, key=lambda u: (not given.facts.upper_is_county[u], u))


def decimals_of(value: float) -> int:
    """Digits after the point that a published figure has, two at the most."""
    return next(d for d in (0, 1, 2) if d == 2 or abs(value - round(value, d)) < 1e-6)


def _shared(given: ShareFacts, held: Parts, u: int, chosen: dict[str, str]) -> tuple[list[LineShare], list[str]]:
    """The lines of one council of today; what follows other lines (in step) is worked out after them."""
    holders = tuple(held.holders(u))
    found: list[tuple[ShareLine, float, list[str], dict[str, str]]] = []
    missing: list[str] = []
    for line in given.lines:
        value = given.amount(line, u)
        if value is None:
            missing.append(f"{given.facts.upper_names[u]} returned no figure for {line.name}")
        else:
            found.append((line, value, *_usable(held, u, line, chosen)))
    shared_by = _all_parts(held, u, holders, [(value, keys) for _, value, keys, _ in found])
    done: dict[str, LineShare] = {}
    for (line, value, _, unknown), by in zip(found, shared_by, strict=True):
        d = decimals_of(value)
        basis = _first(line, chosen, by)
        done[line.key] = LineShare(line, u, round(value * 10**d), d, holders, basis, by, unknown, None)
    for key, shared in list(done.items()):
        done[key] = _with_step(given, held, shared, done, chosen)
    lines = [_with_estimate(given, held, done[line.key]) for line in given.lines if line.key in done]
    return lines, missing


def _wanted(line: ShareLine, chosen: Mapping[str, str]) -> str:
    return chosen.get(line.key) or (line.uses[0].basis if line.uses else PLAIN)


def _usable(held: Parts, u: int, line: ShareLine, chosen: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """Bases of the line that can be used for a council of today, and why the others cannot.

    What follows other lines (in step) comes later. Residents are always among them, to stand beside.
    """
    usable: list[str] = []
    unknown: dict[str, str] = {}
    for key in dict.fromkeys([*(use.basis for use in line.uses), *filter(None, [chosen.get(line.key)]), PLAIN]):
        share = held.share.get(key)
        if key == IN_STEP:
            continue
        if key == OWN and (share is None or chosen.get(line.key) != OWN):
            # Counts of one thing say nothing of another line: they are used where the user says so.
            unknown[key] = "no counts of your own are given" if share is None else "your counts are not for this line"
        elif share is None:
            unknown[key] = "it is not held here"
        elif u in held.unknown.get(key, {}):
            unknown[key] = held.unknown[key][u]
        else:
            usable.append(key)
    return usable, unknown


def _all_parts(
    held: Parts, u: int, holders: tuple[int, ...], lines: Sequence[tuple[float, Sequence[str]]]
) -> list[dict[str, Whole]]:
    """What each basis gives of each line (its published figure and the bases to try), worked out together."""
    asked = [(round(value * 10 ** decimals_of(value)), key) for value, keys in lines for key in keys]
    shares = np.array([held.share[key][u] for _, key in asked])
    totals = np.array([total for total, _ in asked], dtype=np.int64)
    out = np.zeros(shares.shape, dtype=np.int64)
    at = list(holders)
    out[:, at] = largest_remainders(shares[:, at], totals, held.order[at].tolist())
    rows = (tuple(map(int, row)) for row in out)
    return [{key: next(rows) for key in keys} for _, keys in lines]


def whole_parts(share: Floats, total: int, holders: tuple[int, ...], held: Parts) -> Whole:
    """Whole units [N] in proportion to `share`, adding to the total."""
    out = [0] * len(share)
    at = list(holders)
    for c, value in zip(at, largest_remainder(share[at].tolist(), total, held.order[at].tolist()), strict=True):
        out[c] = value
    return tuple(out)


def _first(line: ShareLine, chosen: Mapping[str, str], by: Mapping[str, Whole]) -> str:
    """The basis in use: the chosen one, else the first of the line's own that can be used."""
    order = [_wanted(line, chosen), *(u.basis for u in line.uses if u.standing != "fixed part"), PLAIN]
    return next(k for k in order if k in by)


def _with_step(
    given: ShareFacts, held: Parts, shared: LineShare, done: Mapping[str, LineShare], chosen: Mapping[str, str]
) -> LineShare:
    """The line with what it gets in step with the lines that it serves, where that is among its bases or chosen."""
    line = shared.line
    if line.use(IN_STEP) is None and chosen.get(line.key) != IN_STEP:
        return shared
    weights = np.zeros(len(shared.parts))
    for other in done.values():
        if other.line.key != line.key and _serves(line, other.line) and _wanted(other.line, chosen) != IN_STEP:
            weights += np.array(other.parts) / 10**other.decimals
    if not weights.sum() > 0 or (weights < 0).any():
        why = "the lines that it serves come to less than nothing somewhere"
        return replace(shared, unknown={**shared.unknown, IN_STEP: why})
    by = {**shared.by, IN_STEP: whole_parts(weights / weights.sum(), shared.total, shared.holders, held)}
    return replace(shared, by=by, basis=IN_STEP if _wanted(line, chosen) == IN_STEP else shared.basis)


def _serves(line: ShareLine, other: ShareLine) -> bool:
    """Whether an overhead serves another line: its own group in care; otherwise all but education."""
    return other.group == line.group if line.group in CARE else other.group != "education"


def _with_estimate(given: ShareFacts, held: Parts, shared: LineShare) -> LineShare:
    """The line with the range of the estimate that its basis rests on, where it is one and the council is divided."""
    if shared.basis not in OUTCOMES or shared.basis not in given.facts.fits or len(shared.holders) < 2:
        return shared
    if shared.upper in given.measures[shared.basis].own:
        return shared
    amounts = [e * shared.total / 10**shared.decimals for e in held.ends(shared.basis, shared.upper)]
    told = np.array(shared.parts) / 10**shared.decimals  # rounded to add up, so it may lie a little outside
    low, high = np.minimum(told, np.minimum(*amounts)), np.maximum(told, np.maximum(*amounts))
    return replace(shared, estimate=(low, high))
