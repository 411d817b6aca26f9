"""Names, ranges and notes that the parts of the effects page share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from lgrdata.all_effects.effects import Effects
from lgrdata.core.lens_words import NAMES
from lgrdata.core.models import OUTCOMES, SIDES, Estimate, LensId
from lgrdata.core.words import NOT_KNOWN, NOTHING, OUTCOME_NAMES, counted, day, joined, millions, number, people
from lgrdata.costs.price import LensCost, inputs
from lgrdata.page.blocks import Link, Rich
from lgrdata.splits.split import Split

COUNTY: LensId = "county"
DISTRICT: LensId = "district"
NOT_PUBLISHED = {
    "suppressed": "suppressed: too few to publish",
    "not returned": "not returned by the council",
    "not available": "not available, as its publisher says",
    "not applicable": "not applicable, as its publisher says",
}


def unchanged_beside(effects: Effects, lens: LensId, tell: Callable[[LensCost], str]) -> str:
    """' (£8m unchanged)': after a figure under changed assumptions, what it is without them; '' after others."""
    return f" ({tell(effects.costs_unchanged[lens])} unchanged)" if effects.lens_words[lens].changed else ""


def before_partnerships(effects: Effects) -> str:
    """', before any partnership' beside money where some are chosen: no headline counts them; '' elsewhere."""
    return ", before any partnership" if effects.terms else ""


def titled(effects: Effects, title: str) -> str:
    """A title of a split, and that partnerships were chosen for it."""
    return f"{title}, with {counted(len(effects.terms), 'partnership')}" if effects.terms else title


def partnerships_add(effects: Effects) -> str:
    """What the partnerships chosen avoid on either side's figures, by assumption, and what is not counted; or ''.

    The one wording of it: a sum that partnerships avoid is never told without what it leaves out and who differs.
    """
    if not effects.terms:
        return ""
    gains = [effects.costs_with_partnerships[x].recurring_net - effects.costs[x].recurring_net for x in SIDES]
    told = joined(list(dict.fromkeys(millions(g) for g in gains)), "or")
    avoid = f"avoid {told} a year" if min(gains) >= 0 else f"change that by {told} a year"
    if max(map(abs, gains)) < NOTHING:
        avoid = "avoid nothing that is counted"
    elif len(set(map(millions, gains))) > 1:
        avoid += " (counties’ or districts’)"
    many = counted(len(effects.terms), "partnership")
    return (
        f"By assumption the {many} chosen would {avoid}; running them is not counted, and a report for counties has a"
        " shared body cost more than it saves"
    )


def lens_columns(effects: Effects) -> tuple[tuple[str, LensCost], ...]:
    """Head and costs of each column of a table by lens: the unchanged ones stand after the changed ones."""
    return _columns(effects, effects.costs, effects.costs_unchanged)


def partnered_columns(effects: Effects) -> tuple[tuple[str, LensCost], ...]:
    """The same columns, with the partnerships chosen."""
    return _columns(effects, effects.costs_with_partnerships, effects.unchanged_with_partnerships)


def _columns(
    effects: Effects, costs: Mapping[LensId, LensCost], unchanged: Mapping[LensId, LensCost]
) -> tuple[tuple[str, LensCost], ...]:
    out = []
    for lens, cost in costs.items():
        called = effects.lens_words[lens]
        out.append((called.name, cost))
        if called.changed:
            out.append((f"{NAMES[lens]}, unchanged", unchanged[lens]))
    return tuple(out)


def council(split: Split, number: int) -> str:
    """'2 West Surrey': a council by its number on the map and its name."""
    return f"{number + 1} {split.names[number]}"


def numbered(split: Split) -> str:
    """'1 East Surrey, 2 West Surrey': the key of a chart whose marks are numbers."""
    return ", ".join(council(split, c) for c in councils_of(split))


def ranged(estimate: Estimate) -> str:
    """'4,100 (3,700 to 4,500)', or the value alone where nothing was estimated."""
    if estimate.low == estimate.high:
        return number(estimate.value)
    return f"{people(estimate.value)} ({people(estimate.low)} to {people(estimate.high)})"


def count_of(effects: Effects, c: int, outcome: str) -> str:
    """People of an outcome in a council with their range, or why they are not known."""
    found = effects.services.estimate(c, outcome)
    return ranged(found) if found is not None else why_missing(effects, c, outcome)


def why_missing(effects: Effects, c: int, outcome: str) -> str:
    """Why a count is not available, in words."""
    reason = missing_reason(effects, c, outcome)
    return f"{NOT_KNOWN}: {reason}" if reason else NOT_KNOWN


def missing_reason(effects: Effects, c: int, outcome: str) -> str:
    """Whose count is missing and why; '' where nobody's is."""
    facts, o = effects.facts, OUTCOMES.index(outcome)
    column = facts.upper_columns.get(outcome)
    held = effects.services.held.holds[:, c]
    for u, name in enumerate(facts.upper_names):
        if held[u] and math.isnan(facts.published[u, o]):
            status = column.status[u] if column is not None else ""
            return f"{name}, {NOT_PUBLISHED.get(status, 'no figure held')}"
    return ""


def provisional(effects: Effects, outcome: str) -> bool:
    """Whether the published counts of an outcome are provisional."""
    column = effects.facts.upper_columns.get(outcome)
    return column is not None and "provisional" in column.status


def dated(effects: Effects, outcomes: Sequence[str] = OUTCOMES) -> str:
    """'Published counts: adults in long-term support, 31 Mar 2026 (provisional); children in need, 31 Mar 2025.'"""
    of: dict[str, list[str]] = {}
    for outcome in outcomes:
        if (column := effects.facts.upper_columns.get(outcome)) is not None:
            when = f"{column.period}{' (provisional)' if provisional(effects, outcome) else ''}"
            name = OUTCOME_NAMES[outcome]
            of.setdefault(when, []).append(name[:1].lower() + name[1:])
    told = "; ".join(f"{joined(names)}, {when}" for when, names in of.items())
    return f"Published counts: {told}." if told else ""


def spread(values: Iterable[float], *, plus: bool = False) -> str:
    """The least and the most of some £m: '£2m to £18m', or one where they round alike."""
    found = sorted(values)
    low, high = millions(found[0], plus=plus), millions(found[-1], plus=plus)
    return low if low == high else f"{low} to {high}"


def sources(effects: Effects, ids: Iterable[str], before: str = "") -> Rich:
    """A note that names sources, each leading to its row on the evidence page."""
    held = effects.facts.sources
    named = [held[i] for i in dict.fromkeys(ids) if i in held]
    if not named:
        return before
    out: list[str | Link] = [f"{before} " if before else "", "Source: " if len(named) == 1 else "Sources: "]
    for k, source in enumerate(named):
        released = f", {day(source.released)}" if source.released else ""
        out += ["; " if k else "", Link(source.title, "source", source.source_id), f" ({source.publisher}{released})"]
    return (*(part for part in out if part), ".")


def councils_of(split: Split) -> list[int]:
    """Numbers of the councils that hold anything."""
    return [int(c) for c in split.in_use]


def members(split: Split, c: int) -> list[str]:
    """Names of a council's members, parts marked."""
    f = split.facts
    return [
        f"part of {f.authorities[i].name}" if split.divided[i] else f.authorities[i].name
        for i in range(len(f.authorities))
        if split.share[i, c] > 0
    ]


def uppers(effects: Effects) -> list[str]:
    """Names of today's social care councils that the split takes in."""
    held = np.asarray(effects.services.held.holds.any(axis=1))
    return [effects.facts.upper_names[u] for u in np.flatnonzero(held)]


def unchanged(effects: Effects) -> bool:
    """True where the split is today's councils, as it is priced; not where the money of a change comes to none."""
    return inputs(effects.facts, effects.split).unchanged


def listed(names: list[str], most: int = 4) -> str:
    """'A, B and C', or 'A, B, C, D and three more'."""
    if len(names) <= most:
        return joined(names)
    return f"{', '.join(names[:most])} and {counted(len(names) - most, 'more', 'more')}"


def possessive(name: str) -> str:
    """Surrey’s; East Sussex’s; Counties’."""
    return f"{name}’s"
