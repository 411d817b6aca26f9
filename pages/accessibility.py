"""Accessibility statement."""

from lgrdata.ui.frame.frame import page
from lgrdata.ui.frame.show import show
from lgrdata.views import accessibility

dataset, desk = page()
show(accessibility.view())
