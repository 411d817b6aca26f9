"""The painted map of the Redraw page."""

from lgrdata.ui.redraw.paint.component import paint_map
from lgrdata.ui.redraw.paint.model import Action, PaintCouncil, PaintEvent, PaintState

__all__ = ["Action", "PaintCouncil", "PaintEvent", "PaintState", "paint_map"]
