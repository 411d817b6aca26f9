"""Case studies: who has worked together, split or merged before, and how it went."""

from lgrdata.ui import cases
from lgrdata.ui.frame import page

dataset, desk = page()
cases.draw(dataset)
