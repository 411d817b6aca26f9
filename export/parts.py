"""Which views make a snapshot, in the order of thought: place, split, what it does, what could be done, notes."""

from __future__ import annotations

from dataclasses import dataclass

from export import annex
from lgrdata import maps
from lgrdata.dataset import Dataset
from lgrdata.models import Source
from lgrdata.scenario import Scenario
from lgrdata.scenario_effects import effects_of
from lgrdata.views import redraw
from lgrdata.views.base import Rich, Section


@dataclass(frozen=True)
class Part:
    """A part of a snapshot under its own heading; a lone section of the same title stands without one."""

    anchor: str
    title: str
    sections: tuple[Section, ...]
    lede: tuple[Rich, ...] = ()
    caveats: tuple[Rich, ...] = ()


def parts_of(dataset: Dataset, scenario: Scenario) -> tuple[tuple[Part, ...], tuple[Source, ...]]:
    """The parts of a snapshot, the opening sentences with the first, and the sources that they name."""
    effects = effects_of(dataset, scenario)
    picture = maps.split_map(dataset, scenario.split)
    lede = (redraw.headline(effects), redraw.opening(effects, scenario.lens))
    found = [
        Part("map", "The map", (Section("map", "The map", "", (picture,)),), lede),
        Part("money", "Money", (Section("money", "Money", "", (redraw.money_table(effects),)),)),
        Part("councils", "Councils", (Section("councils", "Councils", "", (redraw.council_table(effects),)),)),
    ]
    for section in (
        annex.proposed(dataset, scenario),
        annex.notes(dataset, scenario),
        annex.assumptions(dataset, scenario),
    ):
        if section is not None:
            found.append(Part(section.anchor, section.title, (section,)))
    return tuple(found), effects.sources
