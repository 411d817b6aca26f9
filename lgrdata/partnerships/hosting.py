"""Hosting and exit: who runs each partnership for whom, how its cost is shared, until when, and what comes back then.

It is the board's own data: a plan has a row for each partnership that the board counts. What a plan has forgotten is
found here; its words are the view's.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from lgrdata.core.models import Source
from lgrdata.core.share_facts import EQUAL
from lgrdata.dataset.dataset import Dataset
from lgrdata.partnerships.board import Board, BoardRow, ChosenPartnership
from lgrdata.partnerships.day_one import Register, register
from lgrdata.reading.day_one import duties
from lgrdata.reading.delivery import Fact, record
from lgrdata.reading.evidence import Step, steps
from lgrdata.shares.of_scenario import Shared
from lgrdata.shares.position import positions
from lgrdata.shares.share import ShareOut
from lgrdata.splits.plans import Hosting, key_of

NO_HOST = frozenset({"data_sharing", "strategic_alliance", "workforce_alliance"})
"""Models in which no council runs a service for another: they need no host, and share no cost of one."""

AT_ONCE = 5
"""So many services that end in one month are told."""

Kind = Literal[
    "no host", "host outside", "no end", "too soon", "no share", "no return", "weakest host", "many at once", "no owner"
]


@dataclass(frozen=True, eq=False)
class Hosted:
    """One partnership with what is said of it. Money in £ thousand of the outturn's year."""

    chosen: ChosenPartnership
    said: Hosting
    costs: Mapping[int, float]
    """Part of the cost that each member bears by the basis named, adding to 1; empty where none is named or known."""
    spent: Mapping[int, float]
    """Each member's part of the line that stands nearest to the service; empty where it has none."""
    months: int | None
    """From vesting day to the end; None where no end is set."""

    @property
    def name(self) -> str:
        """The service."""
        return self.chosen.service.name

    @property
    def needs_host(self) -> bool:
        """Whether one council runs the service for the others."""
        return self.chosen.model.model_id not in NO_HOST

    @property
    def returning(self) -> dict[int, float]:
        """By member, what of the line it takes on itself when the host stops; empty where there is no host or line."""
        return {c: v for c, v in self.spent.items() if c != self.said.host} if self.said.host is not None else {}


@dataclass(frozen=True)
class Omission:
    """One thing that a plan has forgotten, of the services it concerns; `council` or `day` where one is meant."""

    kind: Kind
    services: tuple[str, ...]
    council: int | None = None
    day: str = ""


@dataclass(frozen=True, eq=False)
class HostingPlan:
    """A scenario's hosting and first day, with what happened elsewhere."""

    board: Board
    rows: tuple[Hosted, ...]
    apart: tuple[BoardRow, ...]
    """Services that each council runs alone from vesting day."""
    forgotten: tuple[Omission, ...]
    register: Register
    vesting: str
    year: str
    """Of the spending."""
    bases: Mapping[str, str]
    """Names of the bases by which cost could be shared here, by key."""
    record: tuple[Fact, ...]
    steps: tuple[Step, ...]
    """Dated steps of the area."""


def plan_of(dataset: Dataset, board: Board, shared: Shared) -> HostingPlan:
    """The plan of a scenario whose board and share-out are worked out."""
    vesting = shared.plain.vesting
    held = register(dataset.read(duties), board.scenario, vesting)
    rows = plan(board, shared.out, vesting) if board.is_split else ()
    hosted = {h.chosen.service.service_id for h in rows}
    apart = tuple(r for r in board.rows if r.service.service_id not in hosted) if board.is_split else ()
    found = forgotten(rows, vesting, weakest(shared.out), held.unowned)
    return HostingPlan(
        board=board,
        rows=rows,
        apart=apart,
        forgotten=found,
        register=held,
        vesting=vesting,
        year=shared.plain.year,
        bases={k: shared.given.bases[k].name for k in bases_for_costs(shared.out) if k in shared.given.bases},
        record=dataset.read(_elsewhere),
        steps=steps(dataset.conn, board.scenario.area_id),
    )


def sources_of(plan: HostingPlan) -> tuple[Source, ...]:
    """Every source that the plan and its register rest on."""
    wanted = {f.source_id for f in plan.record} | {o.duty.source_id for o in plan.register.rows}
    held = plan.board.effects.facts.sources
    return tuple(held[w] for w in sorted(wanted) if w in held)


def _elsewhere(conn: sqlite3.Connection) -> tuple[Fact, ...]:
    return record(conn, "hosting", "exit")


def months_after(vesting: str, ends: str) -> int:
    """Whole months from vesting day to the last day of hosting, that day included; negative before vesting day."""
    start, end = date.fromisoformat(vesting), date.fromordinal(date.fromisoformat(ends).toordinal() + 1)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def plan(board: Board, shared: ShareOut | None, vesting: str) -> tuple[Hosted, ...]:
    """Every partnership that counts, in the order of the services."""
    found = []
    for row in board.rows:
        for c in row.chosen:
            if c.counted:
                said = board.scenario.hosting.get(key_of(c.partnership), Hosting())
                months = months_after(vesting, said.ends) if said.ends and vesting else None
                found.append(Hosted(c, said, _costs(shared, said.shared_by, c.members), _spent(shared, c), months))
    return tuple(found)


def bases_for_costs(shared: ShareOut | None) -> tuple[str, ...]:
    """Bases by which members could share a host's cost: counts that are known of every council that is divided."""
    if shared is None:
        return ()
    known = [k for k in shared.given.measures if _amounts(shared, k) is not None]
    return (*known, EQUAL)


def _costs(shared: ShareOut | None, basis: str, members: Sequence[int]) -> dict[int, float]:
    if basis == EQUAL and members:
        return {m: 1 / len(members) for m in members}
    amounts = None if shared is None or not basis else _amounts(shared, basis)
    whole = 0.0 if amounts is None else sum(amounts[m] for m in members)
    return {m: amounts[m] / whole for m in members} if amounts is not None and whole > 0 else {}


def _amounts(shared: ShareOut, basis: str) -> list[float] | None:
    """[N] how much of a count lies in each council, of the councils of today that are divided; None where unknown."""
    held, measure = shared.held.share.get(basis), shared.given.measures.get(basis)
    if held is None or measure is None:
        return None
    facts, total = shared.split.facts, np.zeros(shared.split.count)
    for u in (u for u, state in enumerate(shared.state) if state == "divided"):
        if u in shared.held.unknown.get(basis, {}):
            return None
        total += held[u] * float(measure.by_authority[facts.authority_upper == u].sum())
    return [float(v) for v in total] if total.sum() > 0 else None


def _spent(shared: ShareOut | None, c: ChosenPartnership) -> dict[int, float]:
    if shared is None:
        return {}
    line = (c.service.spend_form, c.service.spend_service)
    mine = [s for s in shared.divided if (s.line.form, s.line.service) == line]
    return {m: sum(s.thousand(s.parts[m]) for s in mine) for m in c.members} if mine else {}


def weakest(shared: ShareOut | None) -> int | None:
    """The council with most care to pay for its tax base; None where that is not known of all, or is even."""
    found = positions(shared) if shared is not None else ()
    loads = {p.council: p.load for p in found}
    if len(loads) < 2 or any(not np.isfinite(v) for v in loads.values()):
        return None
    most = max(loads, key=loads.__getitem__)
    return most if loads[most] > 1 else None


def forgotten(
    hosted: Sequence[Hosted], vesting: str, weak: int | None = None, unowned: Sequence[str] = ()
) -> tuple[Omission, ...]:
    """What is wrong or forgotten, gravest first. `unowned`: duties of the first day without a post."""
    found: list[Omission] = []

    def add(kind: Kind, mine: Sequence[Hosted], council: int | None = None, day: str = "") -> None:
        if mine:
            found.append(Omission(kind, tuple(h.name for h in mine), council, day))

    needs = [h for h in hosted if h.needs_host]
    for ends in sorted({h.said.ends for h in hosted if h.said.ends and h.said.ends < vesting}):
        add("too soon", [h for h in hosted if h.said.ends == ends], day=ends)
    if unowned:
        found.append(Omission("no owner", tuple(unowned)))
    for c in sorted({h.said.host for h in needs if h.said.host is not None}):
        mine = [h for h in needs if h.said.host == c]
        add("host outside", [h for h in mine if c not in h.chosen.members], c)
        add("weakest host", [h for h in mine if c == weak], c)
    add("no host", [h for h in needs if h.said.host is None])
    add("no end", [h for h in needs if not h.said.ends])
    add("no share", [h for h in needs if not h.costs])
    add("no return", [h for h in needs if h.said.ends and not h.said.returns.strip()])
    for month, n in sorted(Counter(h.said.ends[:7] for h in hosted if h.said.ends >= vesting).items()):
        if n >= AT_ONCE:
            add("many at once", [h for h in hosted if h.said.ends[:7] == month], day=month)
    return tuple(found)
