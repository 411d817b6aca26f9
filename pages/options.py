"""Every option: all connected splits of the area, and where the one on the desk stands."""

from lgrdata.ui.frame.frame import page
from lgrdata.ui.options.page import draw

dataset, desk = page()
draw(dataset, desk)
