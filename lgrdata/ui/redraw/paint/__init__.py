"""The painted map of the Redraw page."""

from lgrdata.ui.redraw.paint.area import area_geometry
from lgrdata.ui.redraw.paint.component import paint_map
from lgrdata.ui.redraw.paint.model import Action, Block, ContextShape, Geometry, PaintCouncil, PaintEvent, PaintState

__all__ = [
    "Action",
    "Block",
    "ContextShape",
    "Geometry",
    "PaintCouncil",
    "PaintEvent",
    "PaintState",
    "area_geometry",
    "paint_map",
]
