"""What a split does: services, cost, boundary and forecast, each council's fact sheet; and taking it away."""

from export.snapshot import for_app
from lgrdata.ui.effects_page import draw
from lgrdata.ui.frame import page
from lgrdata.ui.share import share_buttons

dataset, desk = page()
draw(dataset, desk)
share_buttons(dataset, desk, for_app)
