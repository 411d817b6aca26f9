"""Which views make a snapshot, in the order of thought: place, split, what it does, what could be done, notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress

from export import annex
from export.pack.figures import tables_in
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import LgrError, Source
from lgrdata.core.words import joined
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Entries, Fold, Para, Rich, Section, Stat, Table, View
from lgrdata.partnerships.board import board
from lgrdata.partnerships.hosting import plan_of, sources_of
from lgrdata.shares.of_scenario import shared_of
from lgrdata.splits.scenario import Scenario
from lgrdata.views.effects import page as effects_view
from lgrdata.views.partnerships import page as partnerships_view
from lgrdata.views.share import day_one as day_one_view
from lgrdata.views.share import hosting as hosting_view
from lgrdata.views.share import page as share_view


@dataclass(frozen=True)
class SnapshotPart:
    """A part of a page under its own heading. Where it has one section, that section's heading stands for both."""

    anchor: str
    title: str
    sections: tuple[Section, ...]
    lede: tuple[Rich, ...] = ()
    stats: tuple[Stat, ...] = ()
    caveats: tuple[Rich, ...] = ()
    sheets: bool = False
    """Each section begins a page when printed."""
    letter: str = ""
    """Of an annex."""


@dataclass(frozen=True)
class SnapshotParts:
    """Everything a snapshot shows between its title and its sources."""

    lede: tuple[Rich, ...]
    stats: tuple[Stat, ...]
    warnings: tuple[str, ...]
    parts: tuple[SnapshotPart, ...]
    sources: tuple[Source, ...]
    views: tuple[View, ...]
    """The app's own views that it is made of."""

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(s for part in self.parts for s in part.sections)


EVERYTHING = ("all",)
NAMES = (
    *("services", "cost", "boundary", "forecast", "share", "share-hosting", "first-day", "districts", "fact-sheets"),
    *("partnerships", "notes", "assumptions"),
)
"""Annex sections that can be asked for by name."""
_OF_THE_SPLIT = ("services", "cost", "boundary", "forecast")
BEHIND = frozenset(("people-in-care", "size", "three-lenses", "tornado", "published-cases", "crossing"))
"""Tables that the decision sheet's figures and sentences stand on: an annex opens the folds that hold them."""
_EVERY_LINE = Para(
    "Every line with its bases, their reasons, precedents and sources is in the workbook of the committee pack. A page"
    " holds them where a basis was chosen, or where the part “share” is asked for."
)
_WORKINGS = ("board", "services", "day-one")
"""Sections on partnerships that list all that could be chosen, whether or not it was."""
_WHOLE_BOARD = Section(
    "whole-board", "What is left out here", "",
    (Para("Each service with its people, spending and other ways to run it, the law and costs of each way, and the"
          " considerations and criteria without a tick or note stand on the Partnerships page of the tool; the command"
          " line prints them with “--parts all”."),),
)  # fmt: skip
_WHEN_ASKED = ("map", "proposal", "money", "districts", "fact-sheets", "not-told", "partnerships", "assumptions")
"""Parts that an annex holds only when they are asked for; the last two also where the scenario fills them."""


def chosen(found: SnapshotParts, scenario: Scenario, asked: tuple[str, ...] = ()) -> tuple[SnapshotPart, ...]:
    """The parts of an annex, lettered: what the split does, and what was filled; or those asked for by name.

    `asked`: names of NAMES, or EVERYTHING. LgrError for another name.
    """
    known = {*NAMES, *EVERYTHING, *(p.anchor for p in found.parts)}
    if unknown := [name for name in asked if name not in known]:
        raise LgrError(f"{unknown[0]} is no part of a snapshot; there are all, {joined(list(NAMES))}")
    filled = {
        "partnerships": bool(scenario.partnerships or scenario.answers),
        "assumptions": bool(scenario.assumptions),
    }
    if asked == EVERYTHING:
        kept = list(found.parts)
    elif asked:
        kept = [p for p in found.parts if p.anchor in asked]
    else:
        kept = [p for p in found.parts if p.anchor not in _WHEN_ASKED or filled.get(p.anchor)]
        short = _OF_THE_SPLIT if scenario.bases or scenario.against or scenario.counts else (*_OF_THE_SPLIT, "share")
        kept = [_in_short(p) if p.anchor in short else p for p in kept]
        kept = [_decided(p, scenario) if p.anchor == "partnerships" else p for p in kept]
    return tuple(_lettered(p, chr(ord("A") + n)) for n, p in enumerate(kept))


def _in_short(part: SnapshotPart) -> SnapshotPart:
    """A part without what a page folds away, but for what the decision sheet stands on."""
    kept = tuple(replace(s, blocks=tuple(b for b in s.blocks if not _folded_away(b))) for s in part.sections)
    lines = tuple(replace(s, blocks=s.blocks or (_EVERY_LINE,)) if s.anchor == share_view.LINES else s for s in kept)
    return replace(part, sections=lines)


def _decided(part: SnapshotPart, scenario: Scenario) -> SnapshotPart:
    """The partnerships part with what was chosen, ticked or noted; the rest, of many pages, is there for the asking."""
    found = [_answered(s, scenario) for s in _in_short(part).sections if s.anchor not in _WORKINGS]
    return replace(part, sections=(*(s for s in found if s is not None), _WHOLE_BOARD))


def _answered(section: Section, scenario: Scenario) -> Section | None:
    """Considerations and criteria that the user ticked or noted; other sections as they are. None where none was."""
    blocks: list[Block] = []
    for block in section.blocks:
        if section.anchor == "checklist" and isinstance(block, Entries):
            mine = tuple(e for e in block.items if e.anchor.removeprefix("paragraph-") in scenario.answers)
            blocks += [replace(block, items=mine)] if mine else []
        elif section.anchor == "criteria" and isinstance(block, Table):
            mark = [i.replace("-", " ", 1) in scenario.answers for i in block.row_ids]
            rows, ids = tuple(compress(block.rows, mark)), tuple(compress(block.row_ids, mark))
            blocks += [replace(block, rows=rows, row_ids=ids)] if rows else []
        elif section.anchor not in ("checklist", "criteria"):
            blocks.append(block)
    return replace(section, blocks=tuple(blocks)) if blocks else None


def _folded_away(block: Block) -> bool:
    return isinstance(block, Fold) and not any(t.name in BEHIND for t in tables_in(block.blocks))


def _lettered(part: SnapshotPart, letter: str) -> SnapshotPart:
    """A part headed 'Annex B: Cost'; where its one section bears its title, that section too."""
    title = f"Annex {letter}: {part.title}"
    alone = len(part.sections) == 1 and part.sections[0].title == part.title
    sections = (replace(part.sections[0], title=title),) if alone else part.sections
    return replace(part, title=title, sections=sections, letter=letter)


def parts_of(dataset: Dataset, scenario: Scenario, *, share: bool = False) -> SnapshotParts:
    """The parts of a snapshot. LgrError where the scenario names an assumption or partnership that is not known.

    With `share` the share-out is among them where the split divides a council, though nothing of it was chosen.
    """
    effects = effects_of(dataset, scenario)
    does = effects_view.view(dataset, scenario, effects)
    together = partnerships_view.view(dataset, scenario, effects)
    sheets = tuple(s for s in does.sections if s.anchor.startswith("council-"))
    found = [SnapshotPart(s.anchor, s.title, (s,)) for s in does.sections if s not in sheets]
    proposed = annex.proposed(dataset, scenario)
    if proposed is not None:
        found.insert(1, SnapshotPart(proposed.anchor, proposed.title, (proposed,)))
    asked: tuple[View, ...] = ()
    dealt = shared_of(dataset, scenario)
    divided = dealt.out is not None and bool(dealt.out.divided)
    if scenario.bases or scenario.against or scenario.counts or (share and divided):
        asked = (share_view.view(dealt),)
        found.append(SnapshotPart("share", share_view.TITLE, share_view.sections(dealt), caveats=asked[0].caveats))
    said = hosting_view.said(scenario)
    if said:
        plan = plan_of(dataset, board(dataset, effects, scenario), dealt)
        made = {"hosting": hosting_view.hosting, "day_one": day_one_view.day_one}
        found += [SnapshotPart(s.anchor, s.title, (s,)) for s in (made[key](plan) for key in said)]
    if sheets:
        found.append(SnapshotPart("fact-sheets", "Each council", sheets, sheets=True))
    found.append(
        SnapshotPart(
            "partnerships", "Partnerships and considerations", together.sections, together.lede, together.stats,
            together.caveats,
        )
    )  # fmt: skip
    for section in (annex.notes(dataset, scenario), annex.assumptions(dataset, scenario)):
        if section is not None:
            found.append(SnapshotPart(section.anchor, section.title, (section,)))
    found.append(SnapshotPart("not-told", "What this does not tell you", (), caveats=does.caveats))
    named = {s.source_id: s for v in (does, *asked, together) for s in v.sources}
    if said:
        named |= {s.source_id: s for s in sources_of(plan)}
    return SnapshotParts(
        does.lede,
        does.stats,
        tuple(dict.fromkeys((*does.warnings, *together.warnings))),
        tuple(found),
        tuple(named[k] for k in sorted(named)),
        (does, *asked, together),
    )
