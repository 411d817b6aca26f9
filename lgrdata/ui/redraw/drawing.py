"""Drawing on the desk: what the painted map shows, and what a reader's acts on it do."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import streamlit as st

from lgrdata.all_effects.effects import Effects, work_out
from lgrdata.core.models import MAX_COUNCILS, LgrError
from lgrdata.core.words import joined, sentence
from lgrdata.dataset.cache import Given, recent
from lgrdata.dataset.dataset import Dataset
from lgrdata.engine import sheet
from lgrdata.pictures.maps.geometry import Geometry, area_geometry
from lgrdata.pictures.maps.ground import arcs_of
from lgrdata.splits import edits
from lgrdata.splits.split import Split
from lgrdata.ui.frame import watch
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.redraw.paint import Action, PaintCouncil, PaintEvent, PaintState, paint_map
from lgrdata.views import desk
from lgrdata.views.desk_document import DeskDocument, DeskOffer

MAP = "painted"
ABOVE = 124
"""Pixels of menu, choosers and air over the map."""
MOST_PAINTED = 60
"""Maps kept: which authorities are shown by wards is chosen by visitors, so there is no end of maps."""


@dataclass
class DrawingState:
    """How a visitor draws: the council in hand, colours, which authorities are opened by wards."""

    area_id: str
    selected: int = 0
    opened: frozenset[str] = frozenset()
    colours: dict[str, int] = field(default_factory=dict)
    """Colour index by council name, where it is not its number."""
    offer: tuple[int, str] = (0, "")
    """The offer that the map is to outline, and how often one was asked for."""
    previews: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    previews_of: Hashable = None
    """The key of the scenario that the previews belong to."""
    considered: int = 0
    """How many splits chosen over a drawing were outlined."""
    disagreed: bool = False
    """Whether the browser has told that figures of its own were not the server's."""


def pencil(here: Open) -> DrawingState:
    """This visitor's pencil; a new one for another area."""
    area_id = here.scenario.area_id
    held = st.session_state.get("pencil")
    if not isinstance(held, DrawingState) or held.area_id != area_id:
        held = DrawingState(area_id)
        st.session_state["pencil"] = held
    held.selected = min(held.selected, here.scenario.split.count - 1)
    return held


def outline(tool: DrawingState, offer: str) -> None:
    """Outline a change on the map, to accept or dismiss."""
    tool.offer = (tool.offer[0] + 1, offer)


def draw_map(here: Open, effects: Effects, height: int = 560) -> None:
    """The painted map of the split on the desk, and what it does; acts are applied before the page is drawn."""
    split, tool = here.scenario.split, pencil(here)
    locks = here.desk.locks
    if here.desk.considered[0] != tool.considered:
        tool.considered = here.desk.considered[0]
        outline(tool, "open")
    geometry = geometry_of(here.dataset, split, tool.opened)
    asked = tool.previews.values() if tool.previews_of == here.scenario.key else ()
    state = PaintState(
        assignment=assignment(split, geometry),
        councils=tuple(
            PaintCouncil(name, colour(tool, split, c), name in locks.councils) for c, name in enumerate(split.names)
        ),
        locked=locks.blocks,
        selected=tool.selected,
        revision=here.desk.revision,
        can_add=split.count < MAX_COUNCILS,
        can_undo=bool(here.desk.past),
        can_open=True,
        document=document(here, effects).as_json(),
        offer=tool.offer,
        ask_previews=True,
        previews=tuple(asked),
    )
    paint_map(MAP, geometry, state, height=height, above=ABOVE, on_event=_receiver(here), sheet=_sheet(here))


def _sheet(here: Open) -> str:
    """What the browser needs to answer before the server does; '' where partnerships or changed assumptions count."""
    if here.scenario.partnerships or here.scenario.assumptions:
        return ""
    area_id = here.scenario.area_id
    return here.dataset.keep(
        ("engine sheet", area_id), lambda: sheet.text(sheet.sheet(here.dataset, area_id, wards=True, ranks=False))
    )


def document(here: Open, effects: Effects) -> DeskDocument:
    """What the desk answers about the drawing that stands."""
    made = desk.document(here.dataset, here.scenario, effects, _before(here, effects), start_of(here))
    standing, better = desk.placed(here.dataset, here.scenario, effects, here.desk.locks)
    offers = (*made.offers, *((better,) if better else ()), *_considered(here))
    return replace(made, standing=standing, offers=offers)


def _considered(here: Open) -> tuple[DeskOffer, ...]:
    """The split that was chosen over this drawing, until the drawing changes."""
    _, revision, start = here.desk.considered
    if not start or revision != here.desk.revision:
        return ()
    try:
        return desk.opening(
            here.scenario.split, here.dataset.split(here.area_id, start), titles(here).get(start, start)
        )
    except LgrError:
        return ()


def _before(here: Open, effects: Effects) -> Effects | None:
    """What stood before the last move; None where what stands was opened and not drawn."""
    past = here.desk.past
    if not past or past[-1].area_id != here.area_id or past[-1].split == effects.split:
        return None
    if here.desk.opened or past[-1].start != here.scenario.start:
        return None
    return beside(effects, past[-1].split)


def beside(effects: Effects, split: Split) -> Effects:
    """What another split of the area does under the same assumptions and partnerships: to be held against `effects`."""
    return work_out(effects.facts, split, effects.assumptions, effects.terms, effects.terms_unchanged)


def start_of(here: Open) -> tuple[Split, str] | None:
    """The split that drawing began with, and what it is called; None where it cannot be had."""
    start = here.scenario.start or "today"
    try:
        return here.dataset.split(here.area_id, start), titles(here).get(start, "the start")
    except LgrError:
        return None


def titles(here: Open) -> dict[str, str]:
    """What splits that can be begun with are called."""
    named = {"today": "today’s councils", "single": "one council for the whole area"}
    return named | {p.proposal_id: p.title for p in here.dataset.proposals(here.area_id)}


def colour(tool: DrawingState, split: Split, council: int) -> int:
    """Colour index of a council: the one chosen for it, else its number."""
    return tool.colours.get(split.names[council], council) % MAX_COUNCILS


def geometry_of(dataset: Dataset, split: Split, opened: frozenset[str]) -> Geometry:
    """The blocks to show: wards of divided and opened authorities, other authorities whole."""
    facts = split.facts
    divided = {facts.authorities[i].code for i in np.flatnonzero(split.divided)}
    by_ward = frozenset(divided | (opened & set(facts.authority_index)))
    extras = tuple(a.code for i, a in enumerate(facts.authorities) if facts.is_extra[i])
    area_id = facts.area.area_id
    return recent(
        dataset,
        "painted",
        Given((area_id, by_ward)),
        None,
        lambda: area_geometry(facts, arcs_of(dataset, area_id), by_ward, arcs_of(dataset, "england"), extras),
        MOST_PAINTED,
    )


def assignment(split: Split, geometry: Geometry) -> dict[str, int]:
    """Council number of each block shown."""
    facts = split.facts
    out = {}
    for block in geometry.blocks:
        if block.kind == "ward":
            out[block.code] = int(split.ward[facts.ward_index[block.code]])
        else:
            out[block.code] = int(split.authority[facts.authority_index[block.code]])
    return out


def _receiver(here: Open) -> Callable[[PaintEvent], None]:
    def receive(event: PaintEvent) -> None:
        if here.desk.scenario is None:
            return
        tool = pencil(here)
        if event.selected is not None:
            tool.selected = event.selected
        if event.action is not None:
            try:
                act(here, tool, event.action)
            except LgrError as fault:
                here.desk.say(sentence(fault.on_screen))
        if event.asks is not None:
            answer(here, tool, *event.asks)
        if event.wrong and not tool.disagreed:
            tool.disagreed = True
            watch.disagreement(here.area_id, here.dataset.version, event.wrong)

    return receive


def act(here: Open, tool: DrawingState, action: Action) -> None:
    """One act of the reader on the map. LgrError in words where it cannot be done."""
    split = here.scenario.split
    if action.council is not None and action.council >= split.count:
        raise LgrError("that council is no longer there")  # gone by an act that was told with this one
    if action.type == "paint" and action.council is not None:
        into = split.names[action.council] if action.council >= 0 else ""
        free = [c for c in action.codes if into not in here.desk.locks.councils and not here.desk.locks.holds(split, c)]
        here.desk.change_split(edits.give(split, free, action.council))
    elif action.type == "undo":
        step_back(here)
    elif action.type == "redo":
        step_back(here, forward=True)
    elif action.type == "lock":
        for code in action.codes[:1]:
            here.desk.locks = here.desk.locks.block(code, bool(action.locked))
    elif action.type == "lock_council" and action.council is not None and action.council >= 0:
        here.desk.locks = here.desk.locks.council(split.names[action.council], bool(action.locked))
    elif action.type == "open":
        tool.opened |= frozenset(action.codes[:1])
    elif action.type == "close":
        close(here, tool, action.codes[0], action.council)
    elif action.type == "add":
        add(here, tool)
    elif action.type == "accept":
        accept(here, action.offer, action.offered)


def step_back(here: Open, *, forward: bool = False) -> None:
    """Undo or redo; where that leaves what was begun with for another, what is opened instead is said."""
    before = here.desk.scenario
    if forward:
        here.desk.redo()
    else:
        here.desk.undo()
    now = here.desk.scenario
    if before is None or now is None or (before.area_id, before.start) == (now.area_id, now.start):
        return
    if before.area_id != now.area_id:
        where = now.split.facts.area.name
    else:
        where = titles(here).get(now.start, "what stood before")
    here.desk.say(f"{'Redo' if forward else 'Undo'} went past your moves: {where} is open again.")


def accept(here: Open, offer_id: str, seen: tuple[tuple[str, int], ...] | None = None) -> None:
    """Make a change that was offered, where it is still offered as it was `seen` and nothing of it is locked."""
    split = here.scenario.split
    offers = {o.id: o for o in document(here, here.effects()).offers}
    offer = offers.get(offer_id)
    if offer is None or (seen is not None and sorted(seen) != sorted((c.code, c.after) for c in offer.changes)):
        raise LgrError("what was offered no longer fits the drawing")
    if offer.kind == "open":
        start = here.desk.considered[2]
        here.desk.open_split(here.dataset.split(here.area_id, start), start)
        return
    if offer.kind == "reset":
        began = start_of(here)
        if began is not None:
            change(here, began[0])
        return
    found = edits.warnings(split)
    n = next((n for n in range(len(found)) if offer.id == f"repair-{n}"), None)
    if n is not None and (mend := found[n].mend) is not None and mend.remove is not None:
        remove(here, pencil(here), mend.remove)
        return
    after = split
    for move in offer.changes:
        after = edits.give(after, [move.code], move.after)
    change(here, after)


def change(here: Open, after: Split) -> None:
    """Another split in place of the one that stands. LgrError where something that is locked would not stay."""
    held = here.desk.locks.broken(here.scenario.split, after)
    if held:
        named = [*held[:3], *([f"{len(held) - 3} more"] if len(held) > 3 else [])]
        raise LgrError(f"{joined(named)} {'is' if len(held) == 1 else 'are'} locked, so nothing was changed")
    here.desk.change_split(after)


def give(here: Open, code: str, name: str, council: int) -> None:
    """A block given in the table; one that is locked stays, and that is said."""
    split = here.scenario.split
    held = here.desk.locks.holds(split, code)
    if held or (council >= 0 and split.names[council] in here.desk.locks.councils):
        why = name if held else split.names[council]
        here.desk.say(f"{why} is locked, so {'it' if held else name} stays where it is.")
        here.desk.revision += 1  # the table begins anew
    else:
        here.desk.change_split(edits.give(split, [code], council))


def close(here: Open, tool: DrawingState, code: str, wanted: int | None = None) -> None:
    """Show an authority whole again; one that is divided is given to the council in hand, `wanted`, where that has a
    part of it, else to the one that has most.

    Where something locked would move, it stays by wards, and that is said.
    """
    if code in here.scenario.split.facts.authority_index:
        try:
            change(here, edits.make_whole(here.scenario.split, code, wanted))
        except LgrError as fault:
            here.desk.say(sentence(fault.on_screen))
            here.desk.revision += 1  # the chooser of districts begins anew
            return
    tool.opened -= {code}


def add(here: Open, tool: DrawingState) -> None:
    """Another council, taken in hand."""
    here.desk.change_split(edits.add_council(here.scenario.split))
    tool.selected = here.scenario.split.count - 1
    # The lock of a council that went under this name is not the new one's.
    here.desk.locks = here.desk.locks.council(here.scenario.split.names[tool.selected], False)
    used = {colour(tool, here.scenario.split, c) for c in range(tool.selected)}
    free = [c for c in range(MAX_COUNCILS) if c not in used]
    if free and tool.selected in used:
        tool.colours[here.scenario.split.names[tool.selected]] = free[0]


def remove(here: Open, tool: DrawingState, council: int) -> None:
    """A council gone, and its lock; the others keep their colours. LgrError where something locked would not stay."""
    split = here.scenario.split
    shades = {split.names[c]: colour(tool, split, c) for c in range(council + 1, split.count)}
    change(here, edits.remove_council(split, council))
    here.desk.locks = here.desk.locks.council(split.names[council], False)
    tool.colours.update(shades)
    tool.selected = 0


def rename(here: Open, tool: DrawingState, council: int, name: str) -> None:
    """A council under another name; its colour, locks and partnerships with their hosts stay."""
    split = here.scenario.split
    old, shade = split.names[council], colour(tool, split, council)
    renamed = edits.rename(split, council, name)
    if renamed.names == split.names:
        return
    tool.colours[renamed.names[council]] = shade
    here.desk.locks = here.desk.locks.renamed(old, renamed.names[council])
    partnerships, hosting = here.scenario.partnerships, here.scenario.hosting
    here.desk.change_split(renamed)
    here.desk.scenario = replace(here.scenario, partnerships=partnerships, hosting=hosting)


def recolour(here: Open, tool: DrawingState, council: int, shade: int) -> None:
    """A council in another colour; one that had it takes the old one."""
    split = here.scenario.split
    old = colour(tool, split, council)
    for c, name in enumerate(split.names):
        if c != council and colour(tool, split, c) == shade:
            tool.colours[name] = old
    tool.colours[split.names[council]] = shade


def answer(here: Open, tool: DrawingState, code: str, council: int) -> None:
    """Work out what giving a block to a council would do, for the hint beside it."""
    scenario = here.scenario
    if tool.previews_of != scenario.key:
        tool.previews, tool.previews_of = {}, scenario.key
    try:
        now = here.effects()
        tool.previews[(code, council)] = asdict(desk.preview(now, code, council))
    except LgrError as fault:
        here.desk.say(sentence(fault.on_screen))
