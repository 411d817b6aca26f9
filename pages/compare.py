"""Compare: two to four splits of one area side by side."""

from lgrdata.ui.compare_page import draw
from lgrdata.ui.frame import page

dataset, desk = page()
draw(dataset, desk)
