"""The parts a snapshot adds to the app's own views: what was proposed, notes, changed assumptions, sources."""

from __future__ import annotations

from typing import cast

from lgrdata.all_effects.of_scenario import assumptions_of
from lgrdata.core import words
from lgrdata.core.lens_words import CHOSEN
from lgrdata.core.models import LensId, Proposal, Source
from lgrdata.costs.rates import bounds, outside_published
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import library
from lgrdata.page.blocks import Block, Callout, Link, Para, Rich, Section, Table
from lgrdata.splits.scenario import Scenario
from lgrdata.views import start

PUT_FORWARD = {
    "interim": "Interim plan",
    "considered": "Considered, not submitted",
    "final": "Submitted",
    "decided": "Submitted",
}
"""What the date of a proposal is the date of; that of a decision is the area's."""


def title_of(dataset: Dataset, scenario: Scenario) -> str:
    """The scenario's own name, else its proposal's, else what it is."""
    if scenario.name.strip():
        return scenario.name.strip()
    found = proposal_of(dataset, scenario)
    if found is not None:
        return found.title
    if scenario.split.proposal == "today":
        return "Today’s councils"
    return f"{scenario.split.facts.area.name} as {words.counted(len(scenario.split.in_use), 'council')}"


def proposal_of(dataset: Dataset, scenario: Scenario) -> Proposal | None:
    """The proposal whose map the scenario shows, if it is one."""
    return next((p for p in dataset.proposals(scenario.area_id) if p.proposal_id == scenario.split.proposal), None)


def proposed(dataset: Dataset, scenario: Scenario) -> Section | None:
    """Who put the split forward, what became of it, and how sure that is; None for a drawing."""
    p = proposal_of(dataset, scenario)
    return None if p is None else proposal_section(dataset, p)


def proposal_section(dataset: Dataset, p: Proposal) -> Section:
    """A proposal's facts and what became of it, each date with the source it stands on."""
    area = next(a for a in dataset.areas if a.area_id == p.area_id)
    said: list[tuple[Rich, ...]] = [
        ("Proposal", p.title),
        ("Put forward by", p.proposers),
        (PUT_FORWARD[p.stage], words.day(p.date)),
        ("What became of it", decisions.outcome(area, p)),
    ]
    made, court = decisions.decided(dataset, area), start.challenge(dataset, area.area_id)
    if made is not None:
        said.append(("Source of the decision", _source(dataset, made.source_id)))
    if court:
        said.append(("In court", court))
    said.append(("How sure this is", decisions.CONFIDENCE.get(p.confidence, p.confidence)))
    if p.boundary_change:
        said.append(("What moves, as proposed", p.boundary_change))
    note = " ".join(t for t in (p.note, decisions.not_known(area, p)) if t)
    if note:
        said.append(("Note", note))
    said.append(("Source of the proposal", _source(dataset, p.source_id)))
    return Section(
        "proposal", "What was proposed", "",
        (Table("proposal", "The proposal", ("Part", "As recorded"), tuple(said)),),
    )  # fmt: skip


def _source(dataset: Dataset, source_id: str) -> Rich:
    source = dataset.sources.get(source_id)
    return Link(source.title, "source", source_id) if source else "not recorded"


def notes(dataset: Dataset, scenario: Scenario) -> Section | None:
    """The user's own notes and ticks, in the order of paragraphs and criteria; None where there are none."""
    blocks: list[Block] = []
    if scenario.note.strip():
        blocks.append(Para(scenario.note.strip()))
    lib = library(dataset)
    rows = []
    for key, answer in sorted(scenario.answers.items()):
        criterion = lib.criteria.get(key.removeprefix("criterion "))
        paragraph = lib.considerations.get(key)
        about = paragraph.title if paragraph else criterion.title if criterion else ""
        if answer.done or answer.note.strip():
            rows.append((key, about, "done" if answer.done else "open", answer.note.strip() or "–"))
    if rows:
        blocks.append(
            Table(
                "notes", "Considerations and criteria answered by the maker of this scenario",
                ("Paragraph", "About", "State", "Note"), tuple(rows),
            )
        )  # fmt: skip
    if not blocks:
        return None
    return Section("notes", "Notes", "Written by the maker of this scenario, not by the tool.", tuple(blocks))


def assumptions(dataset: Dataset, scenario: Scenario) -> Section:
    """Which assumptions the maker changed, beside the published low, central and high."""
    if not scenario.assumptions:
        return Section("assumptions", "Assumptions changed", "None: every assumption is the dataset’s own.")
    held = assumptions_of(dataset, scenario)
    rows: list[tuple[Rich, ...]] = []
    for key, value in sorted(held.changed.items()):
        bound = bounds(held, key)
        lens, dot, symbol = key.partition(".")
        central = (
            next((v.values.get(symbol) for k, v in held.lenses.items() if k == lens), None) if dot else bound.central
        )
        rows.append(
            (
                f"{bound.label}, {CHOSEN[cast(LensId, lens)]} figures" if dot else bound.label,
                _exact(value),
                "–" if central is None else _exact(central),
                "not stated"
                if bound.low is None or bound.high is None
                else f"{_exact(bound.low)} to {_exact(bound.high)}",
                bound.unit,
                "outside the published range" if outside_published(held, {key: value}) else "",
            )
        )
    return Section(
        "assumptions",
        "Assumptions changed",
        f"{words.capital(words.counted(len(rows), 'assumption was', 'assumptions were'))} changed by the maker of this"
        " scenario; every figure that rests on them follows.",
        (
            Table(
                "assumptions", "Changed assumptions",
                ("Assumption", "Used here", "As published (central)", "Published range", "Unit", "Mind"),
                tuple(rows), frozenset({1, 2, 3}),
            ),
        ),
    )  # fmt: skip


def _exact(value: float) -> str:
    """A number with the decimals it has: 8.4, 0.25, −1, 1,000,000."""
    decimals = next((d for d in range(6) if abs(round(value, d) - value) < 1e-9), 6)
    return words.number(value, decimals)


def source_table(sources: tuple[Source, ...]) -> Table:
    """Sources with publisher, edition, date and licence; each row is the target of links to it."""
    return Table(
        "sources", "Where the figures come from", ("Source", "Publisher", "Edition", "Released", "Licence"),
        tuple(
            (
                Link(s.title, "url", s.link) if s.link else s.title, s.publisher, s.release,
                words.day(s.released), s.licence,
            )
            for s in sources
        ),
        row_ids=tuple(f"source-{s.source_id}" for s in sources),
    )  # fmt: skip


OPEN = "Open Government Licence v3.0"


def source_list(sources: tuple[Source, ...]) -> Table:
    """The same in three columns, for print: the licence is named where it is not the usual one."""

    def edition(s: Source) -> str:
        said = ", ".join(t for t in (s.publisher, s.release) if t)
        return said if s.licence == OPEN else f"{said}. Licence: {s.licence}"

    return Table(
        "sources", "Where the figures come from", ("Source", "Publisher and edition", "Released"),
        tuple(
            (Link(s.title, "url", s.link) if s.link else s.title, edition(s), words.day(s.released)) for s in sources
        ),
        note=f"Licence, where none is named: {OPEN}.",
        row_ids=tuple(f"source-{s.source_id}" for s in sources),
    )  # fmt: skip


def estimated() -> Callout:
    """What on the page is estimated, for its top."""
    return Callout(
        "estimated",
        "Counts of people in care are published for today’s counties and unitary councils only. Below that they are"
        " estimated, with a range that 4 in 5 such estimates keep to. Costs are a model’s, told by whose"
        " evidence: it differs with who paid for it. What is not known is said to be so, and never counted as zero.",
    )
