"""Redraw: paint a split on the map and see what it does."""

from lgrdata.ui.frame import page
from lgrdata.ui.redraw_page import draw

draw(*page())
