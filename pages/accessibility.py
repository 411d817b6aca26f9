"""Accessibility statement."""

from lgrdata.ui.frame import page
from lgrdata.ui.show import show
from lgrdata.views import accessibility

dataset, desk = page()
show(accessibility.view())
