"""The measures of a comparison: each a line of figures with ranges, and the difference from the first in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lgrdata.all_effects.effects import Effects
from lgrdata.all_options.measures import BY_KEY, steps_between
from lgrdata.all_options.unjudged import LOAD_STEP
from lgrdata.core import words
from lgrdata.core.lens_words import CHOSEN, LensWords
from lgrdata.core.models import LENSES, OUTCOMES, Estimate, LensId
from lgrdata.views.effects.cost_detail import apart

CLOSE = "too close to call"
LEVEL = "level"
NONE = "not available"
Tell = Callable[[float], str]
Verdict = Literal["more", "less", "level", "close", "missing"]


@dataclass(frozen=True)
class Difference:
    """How a column differs from the first: which way, and by how little to how much where it is one way surely."""

    verdict: Verdict
    low: float = 0.0
    high: float = 0.0
    lenses_disagree: bool = False
    """Why it is too close to call, where that is so; else ranges overlap."""


@dataclass(frozen=True)
class ComparedLine:
    """One measure over the columns: a figure each, or None; `step` is the least difference that matters.

    `paired`: figures under each lens by column, where only a difference of one sign under all of them is a difference.
    """

    name: str
    figures: tuple[Estimate | None, ...]
    tell: Tell
    apart: Tell
    """A difference without its sign, in words: '£3m', '2 points'."""
    step: float
    paired: tuple[tuple[float, ...], ...] = ()
    missing: str = NONE
    """What a figure that is None is told as."""
    less: str = "less"
    """'fewer' where things are counted."""
    good: Literal["more", "less", ""] = ""
    """Which way is better; '' where the page prefers none."""

    def cell(self, column: int) -> str:
        """The figure of a column, with its range and, past the first, the difference from the first."""
        figure = self.figures[column]
        if figure is None:
            return self.missing
        told = self.tell(figure.value)
        low, high = self.tell(figure.low), self.tell(figure.high)
        if low != high:
            told += f" ({low} to {high})"
        return told if column == 0 or self.figures[0] is None else f"{told}; {self.difference_words(column)}"

    def difference(self, column: int) -> Difference:
        """More or less than the first, level, or too close to call: ranges overlap or the sides’ figures disagree."""
        first, figure = self.figures[0], self.figures[column]
        if first is None or figure is None:
            return Difference("missing")
        if self.paired:
            return self._under_lenses(column)
        change = figure.value - first.value
        if figure == first:
            return Difference("level")
        uncertain = figure.low < figure.high or first.low < first.high
        if uncertain and first.overlaps(figure):
            return Difference("close")
        if self._steps(first.value, figure.value) == 0:
            return Difference("level")
        return Difference("more" if change > 0 else "less", abs(change), abs(change))

    def _under_lenses(self, column: int) -> Difference:
        changes = [b - a for a, b in zip(self.paired[0], self.paired[column], strict=True)]
        signs = {int(np.sign(self._steps(a, b))) for a, b in zip(self.paired[0], self.paired[column], strict=True)}
        if signs == {0}:
            return Difference("level")
        if len(signs) > 1:
            return Difference("close", lenses_disagree=True)
        sizes = [abs(c) for c in changes]
        return Difference("more" if signs == {1} else "less", min(sizes), max(sizes))

    def _steps(self, before: float, after: float) -> int:
        """The steps between two figures, as options are compared; none between two that are told alike."""
        return 0 if self.tell(before) == self.tell(after) else steps_between(before, after, self.step)

    def amount(self, found: Difference) -> str:
        """How much a sure difference is, without its direction: '£3m', '£3m to £8m'."""
        low, high = self.apart(found.low), self.apart(found.high)
        return low if low == high else f"{low} to {high}"

    def difference_words(self, column: int) -> str:
        """'£3m to £8m more', 'level', 'too close to call: the two sides’ figures disagree', 'not available'."""
        found = self.difference(column)
        match found.verdict:
            case "missing":
                return NONE
            case "level":
                return LEVEL
            case "close":
                return f"{CLOSE}: the two sides’ figures disagree" if found.lenses_disagree else CLOSE
            case "more" | "less":
                way = "more" if found.verdict == "more" else self.less
                return f"{self.amount(found)} {way}{self.signed(found.verdict)}"

    def signed(self, verdict: Verdict) -> str:
        """' (better)' or ' (worse)' after a difference of a kind that has a better way; '' after others."""
        if not self.good or verdict not in ("more", "less"):
            return ""
        return " (better)" if verdict == self.good else " (worse)"

    def verdict_words(self, column: int) -> str:
        """'better', 'worse', 'level', 'too close to call', 'not available'; 'more' where neither way is better."""
        found = self.difference(column)
        told = {"missing": NONE, "level": LEVEL, "close": CLOSE}.get(found.verdict)
        return told or self.signed(found.verdict).strip(" ()") or found.verdict


def exact(value: float | None) -> Estimate | None:
    """A figure without a range; None where it is missing or not finite."""
    if value is None or not math.isfinite(value):
        return None
    return Estimate(float(value), float(value), float(value))


def _pounds(value: float) -> str:
    return words.millions(value, plus=True)


def _apart(value: float) -> str:
    return words.millions(value)


def _points(value: float) -> str:
    return "under 1 point" if 0 < abs(value) < 0.005 else words.points(value).lstrip("+")


def _times(value: float) -> str:
    return words.number(value, 1)


def _gap(value: float) -> str:
    return words.number(value, 2)


def people(all_of: Sequence[Effects]) -> tuple[ComparedLine, ...]:
    """Councils and their size; residents are exact where no authority is divided, else estimated by ward."""
    sizes = [e.split.population[e.split.in_use] for e in all_of]

    def residents(name: str, pick: Callable[[np.ndarray], float]) -> ComparedLine:
        figures = tuple(exact(float(pick(s))) for s in sizes)
        return ComparedLine(name, figures, words.people, words.people, 1_000, less="fewer")

    return (
        ComparedLine("Councils", tuple(exact(len(s)) for s in sizes), words.number, words.number, 1, less="fewer"),
        residents("Residents of the smallest council", np.min),
        residents("Residents of the largest council", np.max),
        ComparedLine(
            "Largest council to smallest, times", tuple(exact(float(s.max() / s.min())) for s in sizes), _times,
            _times, 0.1, good="less",
        ),
        ComparedLine(
            "Directors of adult social services (and of children’s services)",
            tuple(exact(e.directors.after) for e in all_of), words.number, words.number, 1, less="fewer",
        ),
    )  # fmt: skip


def money(all_of: Sequence[Effects]) -> tuple[ComparedLine, ...]:
    """Net a year and over five years under each lens, one-off cost and break-even over the lenses; £m."""
    out = []
    for title, field in (("In the end, a year", "recurring_net"), ("Five years, net", "five_year_net")):
        held = [tuple(float(getattr(e.costs[x], field)) for x in LENSES) for e in all_of]
        for n, lens in enumerate(LENSES):
            moved = any(e.lens_words[lens].changed for e in all_of)
            called = LensWords(lens, moved)
            name = f"{title}, {called.after_comma if moved else called.short}"
            out.append(ComparedLine(name, tuple(exact(h[n]) for h in held), _pounds, _apart, 1, good="more"))
            if moved:
                plain = tuple(exact(float(getattr(e.costs_unchanged[lens], field))) for e in all_of)
                out.append(ComparedLine(f"{title}, {CHOSEN[lens]}, unchanged", plain, _pounds, _apart, 1, good="more"))
    out.append(_lenses("One-off cost", all_of, "one_off", words.millions, words.millions, 1, good="less"))
    out.append(_switching(all_of))
    return tuple(out)


def _switching(all_of: Sequence[Effects]) -> ComparedLine:
    held = []
    for e in all_of:
        values = [e.costs[x].switching_value for x in LENSES]
        held.append(tuple(v for v in values if v is not None))
    at = LENSES.index("middle")
    figures = tuple(Estimate(h[at], min(h), max(h)) if len(h) == len(LENSES) else None for h in held)

    def tell(value: float) -> str:
        return words.pounds(value, 1)

    name = "Break-even cost of dividing county services in two, £ a year for each county resident"
    return ComparedLine(name, figures, tell, tell, 0.5, tuple(held), "nothing is split", good="more")


def money_overall(all_of: Sequence[Effects], lens: LensId) -> ComparedLine:
    """Net a year over the three lenses: a difference only where all three agree on its sign."""
    return _lenses("In the end, a year", all_of, "recurring_net", _pounds, _apart, 1, lens, good="more")


def _lenses(
    name: str, all_of: Sequence[Effects], field: str, tell: Tell, apart: Tell, step: float, lens: LensId = "middle",
    *, good: Literal["more", "less"],
) -> ComparedLine:  # fmt: skip
    held = [tuple(float(getattr(e.costs[x], field)) for x in LENSES) for e in all_of]
    at = LENSES.index(lens)
    figures = tuple(Estimate(h[at], min(h), max(h)) for h in held)
    return ComparedLine(name, figures, tell, apart, step, tuple(held), good=good)


def crossing(all_of: Sequence[Effects]) -> tuple[ComparedLine, ...]:
    """What crosses the lines between councils, and what the lines cut."""
    out = []
    for kind, measure in (("commuting 2021", BY_KEY["commuting_crossing"]), ("moves 2021", BY_KEY["moves_crossing"])):
        found = [e.boundary.crossing.get(kind) for e in all_of]
        figures = tuple(exact(c.share) if c is not None else None for c in found)
        out.append(ComparedLine(measure.name, figures, words.percent, _points, measure.step, good="less"))
    after = [e.boundary.after for e in all_of]
    out.append(
        ComparedLine("Borders between authorities cut", tuple(exact(a.cuts.borders) for a in after), words.number,
             words.number, 1, less="fewer", good="less")
    )  # fmt: skip
    out.append(
        ComparedLine(
            "New border on land, km", tuple(exact(a.cuts.km) for a in after), words.number, words.number, 5, good="less"
        )
    )
    for kind, name in (("icb", "NHS board"), ("police", "police force"), ("fire", "fire service")):
        pairs = tuple(exact(a.partners[kind].pairs) if kind in a.partners else None for a in after)
        if any(p is not None for p in pairs):
            out.append(
                ComparedLine(
                    f"Pairs of council and {name}", pairs, words.number, words.number, 1, less="fewer", good="less"
                )
            )
    return tuple(out)


def care(all_of: Sequence[Effects]) -> tuple[ComparedLine, ...]:
    """How unevenly need falls on councils, with the ranges of the estimates."""
    out = []
    for outcome, name in ((OUTCOMES[0], "adults in long-term support"), (OUTCOMES[1], "looked-after children")):
        figures = tuple(_highest(e, OUTCOMES.index(outcome)) for e in all_of)
        out.append(
            ComparedLine(
                f"Highest rate of {name}, against the area’s (1 is even)", figures, _gap, _gap, 0.01, good="less"
            )
        )
    loads = tuple(
        exact(1.0) if len(e.split.in_use) == 1 else e.care_load.weakest.load if e.care_load.weakest else None
        for e in all_of
    )
    out.append(
        ComparedLine(
            "Share of care spend to share of tax base, most burdened council", loads, _gap, _gap, LOAD_STEP, good="less"
        )
    )
    return tuple(out)


def _highest(effects: Effects, outcome: int) -> Estimate | None:
    value, low, high = (table[effects.split.in_use, outcome] for table in effects.services.balance)
    if np.isnan(value).any():
        return None
    at = int(np.argmax(value))
    return Estimate(float(value[at]), float(min(low[at], value[at])), float(max(high[at], value[at])))


def tax(all_of: Sequence[Effects]) -> tuple[ComparedLine, ...]:
    """What bringing council tax together would mean."""
    gaps = tuple(exact(max((apart(c) for c in e.tax.councils), default=math.nan)) if e.tax else None for e in all_of)
    lost = tuple(exact(e.tax.forgone) if e.tax else None for e in all_of)
    return (
        ComparedLine("Widest gap of Band D inside a council", gaps, words.pounds, words.pounds, 5, good="less"),
        ComparedLine(
            "Forgone a year if all move to the lowest tax", lost, words.millions, words.millions, 1, good="less"
        ),
    )
