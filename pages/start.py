"""Start: choose an area on the map or in the list, see its card, go on."""

from lgrdata.ui.frame.frame import page
from lgrdata.ui.start.page import card, choose
from lgrdata.views import start

dataset, desk = page()
area_id = desk.scenario.area_id if desk.scenario else None
view = start.view(dataset, area_id)
choose(dataset, desk, view)
card(view)
