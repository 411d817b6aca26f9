"""An area's card: where it stands in a sentence, how many days are left, and its proposals as small maps to open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lgrdata.core import words
from lgrdata.core.models import Area, LgrError, Proposal
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Link, Rich, Stat
from lgrdata.reading import councils
from lgrdata.splits.split import Split

MOST = 6
"""Small maps on a card; every proposal stands in the table below."""


@dataclass(frozen=True)
class ProposalCard:
    """A proposal with a map: the split, its title in few words, who put it forward, its size, what became of it."""

    proposal: Proposal
    split: Split
    title: str
    proposers: str
    sizes: str
    """How many people its smallest council has."""
    outcome: str
    chosen: bool


def standing(dataset: Dataset, area: Area, proposals: list[Proposal]) -> Rich:
    """Where an area stands, in a sentence with its source: what was chosen when, or what is not known."""
    vesting = dataset.read(councils.vesting_day, area.area_id)
    chosen = [p for p in proposals if p.status == "selected"]
    on = f" on {words.day(area.stage_date)}" if area.stage_date else ""
    sure = area.stage_confidence == "documented"
    more = ""
    begins = f", to begin on {words.day(vesting.date)}" if vesting is not None else ""
    if area.stage == "awaiting":
        said = "No decision has been found"
    elif area.stage == "decided" and len({p.councils for p in chosen}) == 1:
        count = words.counted(chosen[0].councils, "council")
        doubted = not sure or chosen[0].confidence != "documented"
        who = "overnment is understood to have chosen" if doubted else "overnment chose"
        said = f"On {words.day(area.stage_date)} g{who} {count}{begins}" if on else f"G{who} {count}{begins}"
    elif area.stage == "decided":
        said = f"Government decided{on}{'' if sure else ', as is understood'}"
    elif on:
        said, more = f"A decision was announced{on}", f"; {decisions.NO_CHOICE}"
    else:
        said = words.capital(decisions.NO_DECISION)
    source = dataset.sources.get(decisions.outcome_source(dataset, area))
    if source is None:
        return f"{said}{more}."
    return (f"{said} (", Link("source", "source", source.source_id), f"){more}.")


def challenged(dataset: Dataset, area: Area) -> Rich:
    """That the decision is challenged in court, leading to the steps below; '' where it is not."""
    if not decisions.challenged(dataset, area.area_id):
        return ""
    return (Link("The decision is challenged in court", "anchor", "events"), ".")


def figures(
    dataset: Dataset, area: Area, today_count: int, residents: int, period: str, proposals: list[Proposal], now: date
) -> tuple[Stat, ...]:
    """Councils before and after, people, days to the first day."""
    chosen = {p.councils for p in proposals if p.status == "selected"} if area.stage == "decided" else set()
    after = f" → {chosen.pop()}" if len(chosen) == 1 else ""
    out = [
        Stat("councils" if after else "councils today", f"{today_count}{after}"),
        Stat(f"people, {period}", _many(residents)),
    ]
    left = days_left(dataset, area.area_id, now)
    if left is not None and left > 0:
        out.append(Stat("to the new councils’ first day", words.counted(left, "day")))
    return tuple(out)


def days_left(dataset: Dataset, area_id: str, now: date) -> int | None:
    """Days until the new councils take over, 0 or less once they have; None where no day is held."""
    vesting = dataset.read(councils.vesting_day, area_id)
    return None if vesting is None else (date.fromisoformat(vesting.date) - now).days


def _many(residents: int) -> str:
    return f"{residents / 1e6:.1f} million" if residents >= 1_000_000 else words.people(residents)


def cards(dataset: Dataset, areas: dict[str, Area], proposals: list[Proposal]) -> tuple[ProposalCard, ...]:
    """The proposals that government had before it and whose map is known: the chosen first, then fewer councils first.

    Where none was put forward as a final proposal, the earlier ones.
    """
    final = [p for p in proposals if p.stage in decisions.SUBMITTED]
    ordered = sorted(final or proposals, key=lambda p: (p.status != "selected", p.councils, p.proposal_id))
    drawn = [(p, split) for p in ordered if (split := _map(dataset, p)) is not None][:MOST]
    twice = [p.councils for p, _ in drawn]
    return tuple(
        ProposalCard(
            p,
            split,
            p.title if twice.count(p.councils) > 1 else words.capital(words.counted(p.councils, "council")),
            _by(p),
            _sizes(split),
            _outcome(areas[p.area_id], p),
            p.status == "selected",
        )
        for p, split in drawn
    )


def undrawn(dataset: Dataset, proposals: list[Proposal]) -> str:
    """Which final proposals have no small map, since their map is not known; '' where every one has."""
    gone = [f"“{p.title}”" for p in proposals if p.stage in decisions.SUBMITTED and _map(dataset, p) is None]
    return f"Also put forward, but no map of it is known: {words.joined(gone)}." if gone else ""


def own_place(split: Split, code: str) -> str:
    """Where the split on the map puts the reader's own council of today, which is outlined there."""
    i = split.facts.authority_index[code]
    name = split.facts.authorities[i].name
    joins = [split.names[c] for c in range(split.count) if split.share[i, c] > 0]
    if not joins:
        return f"{name}, outlined, is in none of these councils."
    return f"{name}, outlined, would be {'parted between' if len(joins) > 1 else 'in'} {words.joined(joins)}."


def _map(dataset: Dataset, p: Proposal) -> Split | None:
    try:
        return dataset.split(p.area_id, p.proposal_id)
    except LgrError:
        return None  # its map is not known


def _outcome(area: Area, p: Proposal) -> str:
    if p.status == "selected":
        return "Chosen" if p.confidence == "documented" else "Understood to be chosen"
    if p.status == "rejected":
        return "Not taken forward"
    told = {"awaiting": "Decision awaited", "decided": "Another is understood to be chosen"}
    return told.get(area.stage, "Not known if chosen")


def _by(p: Proposal) -> str:
    """Who put a proposal forward, so that a council's name is not read as the new council's."""
    named = p.proposers.replace("One or more", "one or more", 1)
    return "by: not known" if named == "Not known" else f"by {named}"


def _sizes(split: Split) -> str:
    held = [int(split.population[c]) for c in split.in_use]
    return f"{_many(held[0])} people" if len(held) == 1 else f"smallest: {_many(min(held))}"
