"""Privacy."""

from lgrdata.ui.frame.frame import page
from lgrdata.ui.frame.last_visit import forget_button
from lgrdata.ui.frame.show import show
from lgrdata.views import privacy

dataset, desk = page()
show(privacy.view())
forget_button()
