"""Redraw: paint a split on the map and see what it does."""

from lgrdata.ui.frame.frame import page
from lgrdata.ui.redraw.page import draw

draw(*page())
