"""Privacy."""

from lgrdata.ui.frame.frame import page
from lgrdata.ui.frame.show import show
from lgrdata.views import privacy

dataset, desk = page()
show(privacy.view())
