"""Partnerships: what a split divides, and what could be done about it."""

from lgrdata.ui import board
from lgrdata.ui.frame import page

dataset, desk = page()
board.draw(dataset, desk)
