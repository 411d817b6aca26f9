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
    """A proposal with a map: the split, what to call it in few words, who put it forward, what became of it."""

    proposal: Proposal
    split: Split
    title: str
    proposers: str
    outcome: str
    chosen: bool


def standing(dataset: Dataset, area: Area, today_count: int, proposals: list[Proposal]) -> Rich:
    """Where an area stands, in a sentence with its source: what was chosen when, or what is not known."""
    vesting = dataset.read(councils.vesting_day, area.area_id)
    chosen = [p for p in proposals if p.status == "selected"]
    on = f" on {words.day(area.stage_date)}" if area.stage_date else ""
    sure = area.stage_confidence == "documented"
    begins = f" in place of {words.small_number(today_count)}"
    if vesting is not None:
        begins += f", to begin on {words.day(vesting.date)}"
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
        said = f"A decision was announced{on}; which proposal was chosen is not known here"
    else:
        said = "What was decided is not known here"
    source = dataset.sources.get(decisions.outcome_source(dataset, area))
    if source is None:
        return f"{said}."
    return (f"{said} (", Link("source", "source", source.source_id), ").")


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
            p.proposers,
            _outcome(areas[p.area_id], p),
            p.status == "selected",
        )
        for p, split in drawn
    )


def undrawn(dataset: Dataset, proposals: list[Proposal]) -> str:
    """Which final proposals have no small map, since their map is not known; '' where every one has."""
    gone = [f"“{p.title}”" for p in proposals if p.stage in decisions.SUBMITTED and _map(dataset, p) is None]
    return f"No map is known of {words.joined(gone)}, also put forward." if gone else ""


def _map(dataset: Dataset, p: Proposal) -> Split | None:
    try:
        return dataset.split(p.area_id, p.proposal_id)
    except LgrError:
        return None  # its map is not known


def _outcome(area: Area, p: Proposal) -> str:
    if p.status == "selected":
        return "Chosen" if p.confidence == "documented" else "Understood to be chosen"
    return "Decision awaited" if area.stage == "awaiting" and p.status == "unknown" else SHORT[p.status]


SHORT = {"selected": "Chosen", "rejected": "Not taken forward", "unknown": "Outcome not known here"}
