"""What stands on the painted map and what it gives back. Plain objects: nothing here knows Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from lgrdata.core.models import LENSES
from lgrdata.views.desk_document import DeskMoney

WRONG = frozenset(
    {"sheet", "engine", "residents", "adults", "crossing", "warnings"}
    | {f"{lens} {figure.name}" for lens in LENSES for figure in fields(DeskMoney)}
)
"""What a browser may say of its own figures: that it has none (its sheet or its engine failed), or which differed."""

ActionType = Literal["paint", "lock", "lock_council", "open", "close", "undo", "redo", "add", "accept"]
ACTIONS: frozenset[str] = frozenset(("paint", "lock", "lock_council", "open", "close", "undo", "redo", "add", "accept"))


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
    can_undo: bool = False
    """Whether there is a step to take back; its button stands on the map of a narrow screen."""
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
    """One thing that the reader did or asks."""

    action: Action | None
    selected: int | None = None
    """The council the reader paints with."""
    asks: tuple[str, int] | None = None
    """(block code, council number) the reader wants previewed."""
    wrong: tuple[str, ...] = ()
    """Figures that the browser had worked out otherwise than the server; see `WRONG`."""
