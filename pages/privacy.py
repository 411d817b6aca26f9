"""Privacy."""

from lgrdata.ui.frame import page
from lgrdata.ui.show import show
from lgrdata.views import privacy

dataset, desk = page()
show(privacy.view())
