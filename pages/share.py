"""Share out: who gets what of a county's spending, and how far the choice of bases moves it."""

from lgrdata.ui.frame.frame import page
from lgrdata.ui.share_out.page import draw

dataset, desk = page()
draw(dataset, desk)
