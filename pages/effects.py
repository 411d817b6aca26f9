"""What a split does: services, cost, boundary and forecast, each council's fact sheet."""

from lgrdata.ui.effects.page import draw
from lgrdata.ui.frame.frame import page

dataset, desk = page()
draw(dataset, desk)
