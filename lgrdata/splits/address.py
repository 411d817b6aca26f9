"""The address of a scenario: the query part of a link that shows the same thing to whoever opens it.

Short enough for an e-mail. Carries area, split, lens, council names, partnerships, changed assumptions and what lines
of spending are shared by; what is locked is of the drawing in hand (`locked`, read by the desk); notes, ticks and
counts of one's own travel in the scenario file only. A bad value falls back, with a message, never an error; a damaged
link is mended (`damage`).
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LENSES, LgrError, Partnership
from lgrdata.core.text import one_line, whole_number
from lgrdata.core.words import sentence
from lgrdata.reading.catalogue import proposal, proposals
from lgrdata.splits import damage, splitcode
from lgrdata.splits.area_names import area_meant
from lgrdata.splits.naming import marked, resolve
from lgrdata.splits.scenario import MAX_NAME, Scenario
from lgrdata.splits.split import Split, today

KEYS = ("area", "split", "lens", "from", "councils", "order", "name", "with", "set", "basis", "against", "lock", "c")
"""Every query key this module reads or writes; others are left alone."""

_MAX_VALUE = 6000
_PARTING = "!~,+"
_BASIS = re.compile(r"([a-z0-9_]{1,60}):([a-z0-9_]{1,60})")
_REAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)


def to_query(scenario: Scenario, conn: sqlite3.Connection) -> dict[str, str]:
    """The query that shows this scenario, values not yet percent-encoded."""
    split = scenario.split
    query = {"area": scenario.area_id, "split": _split_text(conn, split)}
    if query["split"] == splitcode.encode(split):
        first = _first_appearance(split)
        plain = tuple(f"Council {i + 1}" for i in range(split.count))
        if split.names != plain:
            query["councils"] = "~".join(_guarded(n) for n in split.names)
        # Without either, a code that equals a proposal opens under that proposal's names.
        if split.names == plain or first != list(range(split.count)):
            query["order"] = "".join(str(c) for c in first)
    query["lens"] = scenario.lens
    if scenario.start and scenario.start != query["split"]:
        query["from"] = scenario.start
    if scenario.name:
        query["name"] = scenario.name
    if scenario.partnerships:
        query["with"] = ",".join(_partnership_text(p) for p in scenario.partnerships)
    if scenario.assumptions:
        query["set"] = ",".join(f"{k}:{_number(v)}" for k, v in sorted(scenario.assumptions.items()))
    for key, chosen in (("basis", scenario.bases), ("against", scenario.against)):
        # What no address can hold (a key made by hand in a file) stays in the file.
        texts = [text for k, v in sorted(chosen.items()) if _BASIS.fullmatch(text := f"{k}:{v}")]
        if texts:
            query[key] = ",".join(texts)
    return query


def from_query(
    conn: sqlite3.Connection, load: Callable[[str], AreaFacts], query: Mapping[str, str]
) -> tuple[Scenario | None, list[str]]:
    """The scenario a query shows, and a message for each value that was not understood.

    None where no area is named or it is not known. `load` gives an area's facts by its slug.
    """
    query, messages = damage.mended(query, KEYS)
    given = one_line(query.get("area"), 100)
    if not given:
        return None, messages
    try:
        area_id, meant = area_meant(conn, given)
    except LgrError as fault:
        return None, [sentence(f"the address names no area that can be shown: {fault.on_screen}")]
    facts = load(area_id)
    if meant:
        messages.append(f"“{given}” in the address is read as {meant}.")
    if any(len(v) > _MAX_VALUE for v in query.values()):
        return Scenario(split=default_split(conn, facts)), ["The address is too long to be one of this tool's."]
    split = _split(conn, facts, query, messages)
    lens = query.get("lens", "middle")
    if lens not in LENSES:
        named = one_line(lens, 30)
        messages.append(f"The address asks for “{named}”, which is nobody’s evidence; halfway is shown.")
        lens = "middle"
    scenario = Scenario(
        split=split,
        lens=lens,  # type: ignore[arg-type]  # checked against LENSES above
        name=one_line(query.get("name"), MAX_NAME),
        start=one_line(query.get("from"), MAX_NAME) or split.proposal or "today",
        assumptions=_assumptions(query.get("set", ""), messages),
        bases=_bases(query.get("basis", ""), messages),
        against=_bases(query.get("against", ""), messages),
    )
    return replace(scenario, partnerships=_partnerships(query.get("with", ""), split, messages)), messages


def default_split(conn: sqlite3.Connection, facts: AreaFacts) -> Split:
    """What an area opens with: the proposal chosen, else the first final one with a map, else today.

    One council for all divides nothing, so there is nothing to see of it or to draw on: only where it is asked for.
    """
    whole: Split | None = None
    for candidate in proposals(conn, facts.area.area_id):
        try:
            split = resolve(conn, facts, candidate.proposal_id)
        except LgrError:
            continue
        if len(split.in_use) > 1:
            return split
        whole = whole or split
    return whole or today(facts)


def _split_text(conn: sqlite3.Connection, split: Split) -> str:
    """The proposal's id where the split is exactly what that id opens, names too; else its code."""
    if split.proposal:
        try:
            opened = resolve(conn, split.facts, split.proposal)
        except LgrError:
            return splitcode.encode(split)
        if opened.key == split.key:
            return split.proposal
    return splitcode.encode(split)


def _first_appearance(split: Split) -> list[int]:
    """Council numbers in the order in which the code mentions them, then the empty ones."""
    out: list[int] = []
    for c in split.block_order():
        if c >= 0 and c not in out:
            out.append(c)
    return out + [c for c in range(split.count) if c not in out]


def _split(conn: sqlite3.Connection, facts: AreaFacts, query: Mapping[str, str], messages: list[str]) -> Split:
    text = query.get("split", "").strip()
    if not text:
        return default_split(conn, facts)
    try:
        split = resolve(conn, facts, text)
    except LgrError as fault:
        shown = default_split(conn, facts)
        title = f"“{proposal(conn, shown.proposal).title}” is" if shown.proposal else "Today’s councils are"
        messages.append(f"The address names a split that cannot be shown: {fault.on_screen}. {title} shown instead.")
        return shown
    names = [one_line(_unguarded(n), MAX_NAME) for n in query["councils"].split("~")] if "councils" in query else []
    order = query.get("order", "")
    if not names and not order:
        return split
    # A code names councils by first appearance: put back the drawer's own order and names.
    known, split = split, splitcode.decode(facts, splitcode.encode(split))
    count = max(len(names), split.count, len(order))
    if names and len(names) < split.count:
        messages.append(f"The address names {len(names)} of {split.count} councils: it may have been cut on its way.")
    digits = whole_number(order) is not None
    position = [int(c) for c in order] if digits else list(range(count))
    if (
        (order and not digits)
        or sorted(position) != list(range(len(position)))
        or len(position) < split.count
        or count > 8
    ):
        messages.append("The order of councils in the address was not understood; they are shown in another order.")
        position, count = list(range(split.count)), split.count
        names = names if len(names) == count else []
    names = names[:count]
    full = names + [f"Council {i + 1}" for i in range(len(names), count)]
    full = _distinct([n or f"Council {i + 1}" for i, n in enumerate(full)])
    split = split.renumbered(position, tuple(full))
    # Today's councils under other names would be new ones in their place, as `recognise` has it.
    return split if known.proposal == "today" else marked(split, known)


def _distinct(names: list[str]) -> list[str]:
    seen: set[str] = set()
    out = []
    for name in names:
        n, candidate = 2, name
        while candidate in seen:
            candidate, n = f"{name[: MAX_NAME - 4]} ({n})", n + 1
        seen.add(candidate)
        out.append(candidate)
    return out


def _partnership_text(p: Partnership) -> str:
    parts = [p.service_id, p.model_id, "".join(str(m) for m in p.members)]
    parts.append("" if p.effect is None else _number(p.effect))
    parts.append("" if p.coverage is None else _number(p.coverage))
    parts.append("+".join(_guarded(b) for b in p.beyond))
    return "~".join(parts).rstrip("~")


def _guarded(name: str) -> str:
    """A name without the characters that part names in an address."""
    return "".join(f"!{_PARTING.index(c)}" if c in _PARTING else c for c in name)


def _unguarded(text: str) -> str:
    return re.sub(f"!([0-{len(_PARTING) - 1}])", lambda m: _PARTING[int(m[1])], text)


def _number(value: float) -> str:
    """The shortest text that reads back as just this number."""
    short = f"{value:g}"
    return short if float(short) == value else repr(value)


def _partnerships(text: str, split: Split, messages: list[str]) -> tuple[Partnership, ...]:
    out = []
    for item in [t for t in text.split(",") if t][:60]:
        parts = [*item.split("~"), "", "", "", "", "", ""][:6]
        service, model, members, effect, coverage, beyond = parts
        numbers = [_fraction(effect), _fraction(coverage)]
        valid = whole_number(members) is not None and all(int(m) < split.count for m in members)
        if not service or not model or not valid or "bad" in numbers:
            messages.append(f"A partnership in the address was not understood: {one_line(item, 40)}.")
            continue
        out.append(
            Partnership(
                one_line(service, 60), one_line(model, 60), tuple(sorted({int(m) for m in members})),
                tuple(n for b in beyond.split("+")[:30] if (n := one_line(_unguarded(b), MAX_NAME))),
                *(n if isinstance(n, float) else None for n in numbers),
            )
        )  # fmt: skip
    return tuple(out)


def _bases(text: str, messages: list[str]) -> dict[str, str]:
    out = {}
    for item in [t for t in text.split(",") if t][:200]:
        found = _BASIS.fullmatch(item)
        if found is None:
            messages.append(f"A basis in the address was not understood, and is left out: “{one_line(item, 40)}”.")
        else:
            out[found[1]] = found[2]
    return out


def _fraction(text: str) -> float | str | None:
    if not text:
        return None
    value = _real(text)
    return value if 0 <= value <= 1 else "bad"


def _real(text: str) -> float:
    """A number as `_number` writes it; not a number where it is none."""
    return float(text) if len(text) <= 40 and _REAL.fullmatch(text) else math.nan


def _assumptions(text: str, messages: list[str]) -> dict[str, float]:
    out = {}
    for item in [t for t in text.split(",") if t][:80]:
        key, _, number = item.rpartition(":")
        key = one_line(key, 60)
        value = _real(number)
        if not key or not math.isfinite(value):
            messages.append(f"An assumption in the address was not understood: {one_line(item, 40)}.")
        else:
            out[key] = value
    return out
