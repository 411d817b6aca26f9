"""What the painted map is given and what it gives back. Plain objects: nothing here knows Streamlit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, Literal

ActionType = Literal["paint", "lock", "lock_council", "open", "close", "undo", "redo", "add", "accept"]
ACTIONS: frozenset[str] = frozenset(("paint", "lock", "lock_council", "open", "close", "undo", "redo", "add", "accept"))


@dataclass(frozen=True)
class Block:
    """What the map lets a reader move: an authority, or a ward of one.

    `path` is SVG path data made of M, L, H, V and Z (either case). Where two blocks touch, their paths hold the same
    points, as paths cut from one topology do: council borders are found from that. `label` is a point well inside.
    """

    code: str
    name: str
    path: str
    label: tuple[float, float]
    short: str = ""
    """A shorter name for where the full one does not fit."""
    residents: int | None = None
    kind: Literal["authority", "ward"] = "authority"
    authority: str = ""
    """Code of the authority a ward lies in."""
    authority_name: str = ""


@dataclass(frozen=True)
class ContextShape:
    """A place outside the area, drawn grey and not to be painted."""

    name: str
    path: str
    label: tuple[float, float] | None = None


@dataclass(frozen=True)
class Geometry:
    """Everything about the map that painting does not change. Build it once and keep it (`st.cache_resource`)."""

    title: str
    """Names the map for screen readers: 'Surrey'."""
    blocks: tuple[Block, ...]
    view: tuple[float, float, float, float]
    """x, y, width, height of what is shown at first, in the paths' units, y downwards."""
    context: tuple[ContextShape, ...] = ()
    metres_per_unit: float | None = None
    """For the scale bar; None draws none."""

    @cached_property
    def place(self) -> dict[str, int]:
        """Position of each block by its code."""
        return {b.code: i for i, b in enumerate(self.blocks)}

    @cached_property
    def authorities(self) -> frozenset[str]:
        """Codes of the authorities whose wards are among the blocks."""
        return frozenset(b.authority for b in self.blocks if b.authority)

    @cached_property
    def text(self) -> str:
        """The geometry as compact JSON, as the browser reads it."""
        rows = [
            [b.code, b.name, b.short, b.residents, b.kind[0], b.authority, b.authority_name, *b.label, b.path]
            for b in self.blocks
        ]
        around = [[s.name, list(s.label) if s.label else None, s.path] for s in self.context]
        whole = {
            "title": self.title,
            "view": self.view,
            "metres": self.metres_per_unit,
            "blocks": rows,
            "context": around,
        }
        return json.dumps(whole, separators=(",", ":"), ensure_ascii=False)

    @cached_property
    def digest(self) -> str:
        """Names this geometry: the same shapes always have the same one."""
        return blake2b(self.text.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class PaintCouncil:
    name: str
    colour: int
    """Index into `lgrdata.core.palette`, 0 to 7; it sets the pattern too."""
    locked: bool = False


@dataclass(frozen=True)
class PaintState:
    """What stands now."""

    assignment: Mapping[str, int]
    """Council number (0-based) of each block by code; −1 or missing: nobody's."""
    councils: tuple[PaintCouncil, ...]
    locked: frozenset[str] = frozenset()
    selected: int = 0
    """The council to paint with. The reader's own later choice holds until this value changes."""
    revision: int = 0
    can_add: bool = False
    """Show a button that asks for another council."""
    can_open: bool = True
    """Offer to divide authorities by wards."""
    document: Mapping[str, Any] | None = None
    """What the desk answers, as `lgrdata.views.desk_document` has it in JSON; None draws the map alone."""
    offer: tuple[int, str] = (0, "")
    """The id of an offer to outline, and a number that is another each time it is asked for."""
    ask_previews: bool = False
    """Ask, when a reader rests on a block, for what giving it to the selected council would do."""
    previews: tuple[Mapping[str, Any], ...] = ()
    """What pending moves would do, each a `DeskPreview` in JSON, shown with its block. They belong to this state."""


@dataclass(frozen=True)
class Action:
    """One thing the reader did; see `component` for the types."""

    type: ActionType
    codes: tuple[str, ...] = ()
    council: int | None = None
    locked: bool = False
    seq: int = 0
    offer: str = ""
    """The id of the offer that is accepted."""
    offered: tuple[tuple[str, int], ...] | None = None
    """Code and council of each of its changes as the reader saw them outlined."""


@dataclass(frozen=True)
class PaintEvent:
    """What the reader did since the last event, in order."""

    actions: tuple[Action, ...]
    selected: int | None = None
    """The council the reader paints with."""
    asks: tuple[str, int] | None = None
    """(block code, council number) the reader wants previewed."""
