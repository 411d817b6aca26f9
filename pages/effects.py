"""What a split does: services, cost, boundary and forecast, each council's fact sheet."""

from lgrdata.scenario_effects import effects_of
from lgrdata.ui.assumptions import assumptions_editor
from lgrdata.ui.compare_basket import add_button
from lgrdata.ui.effects_page import show_effects
from lgrdata.ui.empty import need_area
from lgrdata.ui.frame import page
from lgrdata.ui.theme import theme_now
from lgrdata.views import effects

dataset, desk = page()
if desk.scenario is None:
    need_area(dataset, "What it does", "effects", "Then see what a split of it would do to care, cost and boundaries.")
else:
    found = effects.view(dataset, desk.scenario, effects_of(dataset, desk.scenario), theme=theme_now())

    def tools() -> None:
        add_button(dataset, desk)
        assumptions_editor(dataset, desk)

    show_effects(found, effects.contents(found), tools)
