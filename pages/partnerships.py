"""Partnerships: what a split divides, and what could be done about it."""

from lgrdata.ui.frame.frame import page
from lgrdata.ui.partnerships import page as board

dataset, desk = page()
board.draw(dataset, desk)
