"""Evidence: what each side says, and what every figure rests on."""

from lgrdata.ui.anchor import go_to_anchor
from lgrdata.ui.evidence import downloads
from lgrdata.ui.frame import page
from lgrdata.ui.parts import choose_part
from lgrdata.ui.show import show
from lgrdata.views import evidence

dataset, desk = page()
part = choose_part("Part of the evidence", evidence.PARTS, "evidence")
show(evidence.view(dataset, part, desk.scenario))
if part == "downloads":
    downloads(dataset)
go_to_anchor()
