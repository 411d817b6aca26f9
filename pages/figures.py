"""Every figure: one published measure of one council of today, over the years and beside its neighbours."""

from lgrdata.ui.figures import page as figures
from lgrdata.ui.frame.frame import page

dataset, desk = page()
figures.draw(dataset, desk)
