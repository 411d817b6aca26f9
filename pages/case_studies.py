"""Case studies: who has worked together, split or merged before, and how it went."""

from lgrdata.ui.case_studies import page as cases
from lgrdata.ui.frame.frame import page

dataset, desk = page()
cases.draw(dataset)
