"""Where an area and its proposals stand: what was decided and when, what is not known, what is challenged in court.

Told from the stage of the area, the status of the proposal and the kinds of its events, so that no note can disagree.
"""

from __future__ import annotations

from lgrdata.core import words
from lgrdata.core.models import Area, Proposal
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading import catalogue, evidence
from lgrdata.reading.evidence import Step

STATUS = {"selected": "Chosen by government", "rejected": "Not taken forward", "unknown": "Not known here"}
CONFIDENCE = {
    "documented": "Documented",
    "uncertain": "Uncertain: part of it is inferred, or known at second hand",
    "unverified": "Unverified: no document at hand",
}
NO_CHOICE = "this tool has no source that names the choice"
NO_DECISION = "this tool has no source that says what was decided"
SUBMITTED = ("final", "decided")
"""Stages of a proposal that government had before it."""


def steps(dataset: Dataset, area_id: str) -> tuple[Step, ...]:
    """The steps of an area that have a kind, oldest first."""
    return dataset.read(evidence.steps, area_id)


def decided(dataset: Dataset, area: Area) -> Step | None:
    """The step that dates the area's decision; None where no date is known."""
    found = [s for s in steps(dataset, area.area_id) if s.kind == "decision" and s.date == area.stage_date]
    return found[-1] if found else None


def outcome_source(dataset: Dataset, area: Area) -> str:
    """The id of the source that the area's outcome rests on; '' where none is held.

    The decision's own, but for one that is inferred or told at second hand: what it is told from.
    """
    made = decided(dataset, area)
    inferred = area.stage == "decided" and area.stage_confidence != "documented"
    told_from = dataset.read(catalogue.area_source, area.area_id)
    if made is not None and not (inferred and told_from in dataset.sources):
        return made.source_id
    return told_from if told_from in dataset.sources else ""


def challenges(dataset: Dataset, area_id: str) -> tuple[Step, ...]:
    """Challenges in court to the area's decision, and judgments on them, oldest first."""
    return tuple(s for s in steps(dataset, area_id) if s.kind in ("challenge", "judgment"))


def challenged(dataset: Dataset, area_id: str) -> bool:
    """Whether the decision is challenged in court with no judgment since."""
    found = challenges(dataset, area_id)
    return bool(found) and found[-1].kind == "challenge"


def challenge_words(dataset: Dataset, area_id: str) -> str:
    """The challenges with their dates, and that no judgment is known where none is; '' where there is none."""
    told = " ".join(f"{words.day(s.date)}: {s.words}" for s in challenges(dataset, area_id))
    if not challenged(dataset, area_id):
        return told
    return f"The decision is challenged in court. {told} No judgment is known here."


def stage_words(dataset: Dataset, area: Area) -> str:
    """The stage of one area in a few words, for a tooltip or a list; a challenge in court stands beside it."""
    when = f" on {words.day(area.stage_date)}" if area.stage_date else ""
    doubt = "" if area.stage_confidence == "documented" else ", as is understood"
    court = ", challenged in court" if challenged(dataset, area.area_id) else ""
    match area.stage:
        case "decided":
            return f"decided{when}{doubt}{court}"
        case "awaiting":
            return "decision awaited"
        case _:
            return f"decided{when}{doubt}; {NO_CHOICE}" if when else NO_DECISION


def area_words(area: Area) -> str:
    """What was decided and when, or what is not known, in sentences."""
    match area.stage:
        case "unknown":
            more = f"{words.capital(NO_CHOICE if area.stage_date else NO_DECISION)}."
        case "awaiting":
            more = "No decision has been found."
        case _:
            more = "" if area.stage_confidence == "documented" else f"This is {area.stage_confidence}."
    return " ".join(said for said in (area.stage_note, more) if said)


def source_ids(dataset: Dataset, proposal: Proposal) -> tuple[str, ...]:
    """What a proposal's record rests on: its own source, and those of the area's decision and of challenges to it."""
    area = next(a for a in dataset.areas if a.area_id == proposal.area_id)
    made = decided(dataset, area)
    told = ((made,) if made is not None else ()) + challenges(dataset, area.area_id)
    outcome_of = (outcome_source(dataset, area),) if made is not None else ()
    return tuple(dict.fromkeys((proposal.source_id, *outcome_of, *(s.source_id for s in told))))


def outcome(area: Area, proposal: Proposal) -> str:
    """What became of a proposal, in a few words with the date of the decision."""
    when = f" on {words.day(area.stage_date)}" if area.stage_date else ""
    if proposal.status == "selected":
        return f"{STATUS['selected']}{when}" + ("" if proposal.confidence == "documented" else ", it is inferred")
    if proposal.status == "rejected" and proposal.stage in SUBMITTED and area.stage == "decided" and when:
        return f"{STATUS['rejected']}: decided{when}"
    if proposal.status == "unknown":
        return {"awaiting": "Decision awaited", "decided": "Not certain: another is understood to be chosen"}.get(
            area.stage, f"Decided{when}; no source names the choice" if when else "No source says what was decided"
        )
    return STATUS[proposal.status]


def not_known(area: Area, proposal: Proposal) -> str:
    """Why the outcome of a proposal is not known, in a sentence; '' where it is known."""
    if proposal.status != "unknown":
        return ""
    day = words.day(area.stage_date)
    match area.stage:
        case "decided":
            return (
                f"The decision of {day} is {area.stage_confidence} for {area.name}, so the outcome of this proposal is"
                " not certain."
            )
        case "awaiting":
            return "No decision has been found."
        case _ if area.stage_date:
            return f"A decision was announced on {day}; {NO_CHOICE}."
        case _:
            return f"{words.capital(NO_DECISION)}."
