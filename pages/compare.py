"""Compare: two to four splits of one area side by side."""

from lgrdata.ui.compare.page import draw
from lgrdata.ui.frame.frame import page

dataset, desk = page()
draw(dataset, desk)
