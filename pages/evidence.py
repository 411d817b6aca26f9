"""Evidence: what each side says, and what every figure rests on."""

from lgrdata.ui.evidence.downloads import downloads
from lgrdata.ui.frame.frame import page
from lgrdata.ui.frame.parts import choose_part
from lgrdata.ui.frame.show import show
from lgrdata.views.evidence import page as evidence

dataset, desk = page()
part = choose_part("Part of the evidence", evidence.PARTS, "evidence")
show(evidence.view(dataset, part, desk.scenario))
if part == "downloads":
    downloads(dataset)
