"""The first page: the areas of England by what was decided, finding one, and an area's own card."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lgrdata.core import words
from lgrdata.core.models import Area, Proposal, Source
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Callout, Fold, Link, Para, Rich, Section, Stat, Table, View
from lgrdata.reading import catalogue, councils, evidence
from lgrdata.views import area_card, map_note

STEP = {
    "interim": "Interim plan",
    "considered": "Considered, not submitted",
    "final": "Final proposal",
    "decided": "Final proposal",
}
COMBINED = {"east-sussex-brighton": "sussex", "west-sussex": "sussex"}
"""Areas that are also part of a combined one."""


@dataclass(frozen=True)
class Group:
    """The areas at one stage, under a heading that says what is and is not known."""

    stage: str
    title: str
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class CouncilsToday:
    """The councils of today in an area: counties, districts and unitaries by name, and residents of the newest year."""

    counties: tuple[str, ...]
    districts: tuple[str, ...]
    unitaries: tuple[str, ...]
    residents: int
    source_id: str
    period: str


def groups(dataset: Dataset) -> tuple[Group, ...]:
    """The 21 invited areas by what is known: decided, understood to be, awaited, the choice or all of it not known."""
    invited = [a for a in dataset.areas if a.kind == "invited"]
    held: dict[tuple[str, str], list[Area]] = {}
    for a in invited:
        held.setdefault((a.stage, _heading(a)), []).append(a)
    order = sorted(
        held,
        key=lambda k: (
            ("decided", "awaiting", "unknown").index(k[0]),
            k[1] == words.capital(decisions.NO_DECISION),
            len(k[1]),
        ),
    )
    return tuple(Group(stage, title, tuple(held[stage, title])) for stage, title in order)


def _heading(area: Area) -> str:
    """Under which heading an area stands."""
    if area.stage == "decided":
        return "Decided" if area.stage_confidence == "documented" else "Decided, as is understood"
    if area.stage == "awaiting":
        return "Decision awaited"
    if not area.stage_date:
        return words.capital(decisions.NO_DECISION)
    return f"Decided on {words.day(area.stage_date)}; {decisions.NO_CHOICE}"


def stage_words(dataset: Dataset, area: Area) -> str:
    """The stage of one area in a few words, for a tooltip or a list; a challenge in court stands beside it."""
    return decisions.stage_words(dataset, area)


def short_name(area: Area) -> str:
    """A name for a tight place: the first of the places an area is named after."""
    return area.name.split(" and ")[0].split(",")[0]


def councils_today(dataset: Dataset, area_id: str) -> CouncilsToday:
    """Today's councils of an area and its residents; authorities that it may take in are left out."""
    held, people = dataset.read(councils.of_area, area_id), dataset.read(councils.residents_of_area, area_id)
    return CouncilsToday(
        tuple(sorted({c.county for c in held if c.county})),
        tuple(c.name for c in held if c.tier == "district"),
        tuple(c.name for c in held if c.tier == "unitary"),
        people.residents,
        people.source_id,
        people.period,
    )


def view(dataset: Dataset, area_id: str | None = None) -> View:
    """The page with nothing chosen, or an area's card. LgrError where the area is not known."""
    return _opening(dataset) if area_id is None else _card(dataset, catalogue.area(dataset.conn, area_id))


def _opening(dataset: Dataset) -> View:
    invited = sum(len(g.areas) for g in groups(dataset))
    return View(
        title="New councils, and what they would do to social care",
        lede=(
            f"Government asked {invited} areas of England to replace county and district councils with single ones."
            " Choose yours: see what was proposed, redraw it, and see what it would do to care.",
        ),
        sections=(_about(),),
        key={"page": "start"},
    )


def _about() -> Section:
    return Section(
        "about",
        "What this is, and what it is not",
        blocks=(
            Para(
                "This is a tool for thinking. It takes official figures, every proposal we could find and the evidence"
                " of all sides, and shows what a split does to people, money and boundaries, with ranges and sources."
            ),
            Para(
                (
                    "It does not recommend a split, predict a council’s budget or rate care. Counts of people in care"
                    " below county level are estimates. Where something is ",
                    Link("not known", "part", "unknown"),
                    ", it says so. It is not a government service, and nothing you draw is sent to anyone.",
                )
            ),
        ),
    )


def _card(dataset: Dataset, area: Area) -> View:
    today, proposals = councils_today(dataset, area.area_id), proposals_of(dataset, area.area_id)
    final = [p for p in proposals if p.stage in ("final", "decided")]
    lede: list[Rich] = [area_card.standing(dataset, area, proposals)]
    court = area_card.challenged(dataset, area)
    if court:
        lede.append(court)
    if area.area_id in COMBINED:
        lede.append(
            (
                "One proposal spans both Sussex areas: see ",
                Link("Sussex as a whole", "area", COMBINED[area.area_id]),
                ".",
            )
        )
    return View(
        title=area.full_name if area.kind == "invited" else area.name,
        lede=tuple(lede),
        stats=(
            Stat("Councils today", words.number(count(today)), _kinds(today)),
            Stat("Residents", words.number(today.residents), today.period),
            Stat("Final proposals", words.number(len(final)), _sizes(final)),
            *_first_day(dataset, area),
        ),
        sections=(
            Section(
                "proposals", "What was proposed", _lede(final, proposals), _proposal_blocks(dataset, area, proposals)
            ),
            Section("today", "The councils of today", blocks=_today_blocks(today)),
            Section("events", "What happened, and when", decisions.area_words(area), _events(dataset, area)),
            replace(_about(), blocks=(Fold("What it shows, and what it does not", _about().blocks),)),
        ),
        sources=_sources(dataset, area, today),
        key={"page": "start", "area": area.area_id},
    )


def challenge(dataset: Dataset, area_id: str) -> Rich:
    """The challenges in court to an area's decision, with the sources that tell of them; '' where there is none."""
    said = decisions.challenge_words(dataset, area_id)
    if not said:
        return ""
    ids = dict.fromkeys(s.source_id for s in decisions.challenges(dataset, area_id))
    links = [part for i in ids for part in ("; ", source_link(dataset, i))][1:]
    return (f"{said} Source{'' if len(ids) == 1 else 's'}: ", *(p for p in links if isinstance(p, str | Link)), ".")


def count(today: CouncilsToday) -> int:
    """Every council of today: counties, districts and unitaries."""
    return len(today.counties) + len(today.districts) + len(today.unitaries)


def _first_day(dataset: Dataset, area: Area) -> tuple[Stat, ...]:
    vesting = dataset.read(councils.vesting_day, area.area_id)
    if vesting is None:
        return ()
    set_by = "set by an order of Parliament" if vesting.set_by == "order" else "by government’s timetable"
    return (Stat("The new councils’ first day", words.day(vesting.date), set_by),)


def _kinds(today: CouncilsToday) -> str:
    parts = []
    if today.counties:
        parts.append(words.counted(len(today.counties), "county", "counties"))
    if today.districts:
        parts.append(words.counted(len(today.districts), "district"))
    if today.unitaries:
        parts.append(words.counted(len(today.unitaries), "unitary", "unitaries"))
    return words.joined(parts)


def _sizes(proposals: list[Proposal]) -> str:
    sizes = sorted({p.councils for p in proposals})
    if not sizes:
        return "none found"
    if sizes == [1]:
        return "for one council"
    return f"for {words.joined([words.small_number(n) for n in sizes], 'or')} councils"


def _lede(final: list[Proposal], every: list[Proposal]) -> str:
    chosen = [p for p in every if p.status == "selected"]
    start = f"{words.capital(words.counted(len(final), 'final proposal'))} found"
    rest = len(every) - len(final)
    more = f", and {words.counted(rest, 'earlier option')}" if rest else ""
    which = ""
    if len(chosen) == 1:
        sure = chosen[0].confidence == "documented"
        which = f" Government {'chose' if sure else 'is inferred to have chosen'} “{chosen[0].title}”."
    return f"{start}{more}.{which}"


def proposals_of(dataset: Dataset, area_id: str) -> list[Proposal]:
    """The proposals of an area, and those of the area that spans it and its neighbour."""
    spanning = dataset.proposals(COMBINED[area_id]) if area_id in COMBINED else []
    return [*dataset.proposals(area_id), *spanning]


def _proposal_blocks(dataset: Dataset, area: Area, proposals: list[Proposal]) -> tuple[Block, ...]:
    drawn = dataset.read(catalogue.drawn_proposals)
    of = {a.area_id: a for a in dataset.areas}
    rows: list[tuple[Rich, ...]] = []
    for p in proposals:
        title: Rich = p.title
        if p.proposal_id in drawn:
            title = Link(p.title, "proposal", f"{p.area_id}/{p.proposal_id}")
        else:
            title = f"{p.title} (its map is not known)"
        if p.area_id != area.area_id:
            title = (title, " (both Sussex areas)")
        rows.append(
            (
                title,
                p.proposers,
                words.number(p.councils),
                f"{STEP[p.stage]}, {words.day(p.date)}",
                decisions.outcome(of[p.area_id], p),
                decisions.CONFIDENCE[p.confidence],
            )
        )
    table = Table(
        f"proposals-{area.area_id}",
        "Proposals for this area. Each opens with what it does.",
        ("Proposal", "Put forward by", "Councils", "Kind, and when put forward", "Outcome", "How well known"),
        tuple(rows),
        frozenset({2}),
    )
    told = [(p.title, _sentences(of[p.area_id], p, _drawn(dataset, p))) for p in proposals]
    notes: tuple[Rich, ...] = tuple((f"{title}: ", said) for title, said in told if said)
    every = Fold("Every proposal in a table", (table,))
    more = Fold("What moves, and what we know of each", tuple(Para(n) for n in notes))
    return (every, more) if notes else (every,)


def _sentences(area: Area, p: Proposal, drawn: str) -> str:
    return " ".join(t for t in (p.boundary_change, drawn, p.note, decisions.not_known(area, p)) if t)


def _drawn(dataset: Dataset, p: Proposal) -> str:
    """How far the map here follows a proposal that parts an authority; '' where it has no map or parts none."""
    return "" if p.whole_authorities else map_note.of_proposal(dataset, p.proposal_id)


def _today_blocks(today: CouncilsToday) -> tuple[Block, ...]:
    out: list[Block] = []
    for title, names in (
        ("County council" if len(today.counties) == 1 else "County councils", today.counties),
        ("District and borough councils", today.districts),
        ("Unitary councils, which already run everything", today.unitaries),
    ):
        if names:
            out.append(Para(f"{title} ({len(names)}): {words.joined(names)}."))
    return tuple(out)


def _events(dataset: Dataset, area: Area) -> tuple[Block, ...]:
    ours, everywhere = dataset.read(evidence.events, area.area_id), dataset.read(evidence.events, None)
    out: list[Block] = []
    court = challenge(dataset, area.area_id)
    if court:
        out.append(Callout("note", court))
    if ours:
        steps = _event_table(dataset, f"events-{area.area_id}", "Steps in this area", ours)
        out.append(Fold(f"{words.capital(words.counted(len(ours), 'step'))} in this area", (steps,)))
    else:
        out.append(
            Callout(
                "unknown", "No dated step is recorded for this area alone. Those that hold for every area are below."
            )
        )
    if everywhere:
        out.append(
            Fold(
                "Steps for every area",
                (_event_table(dataset, "events-everywhere", "Steps for every area", everywhere),),
            )
        )
    return tuple(out)


def _event_table(dataset: Dataset, name: str, caption: str, events: tuple[evidence.Event, ...]) -> Table:
    return Table(
        name,
        caption,
        ("Date", "What happened", "How well known", "Source"),
        tuple(
            (words.day(e.date), e.event, decisions.CONFIDENCE[e.confidence], source_link(dataset, e.source_id))
            for e in events
        ),
    )


def source_link(dataset: Dataset, source_id: str) -> Rich:
    """A source's publisher, leading to its row on the evidence page."""
    source = dataset.sources.get(source_id)
    return Link(source.publisher, "source", source_id) if source else "not recorded"


def _sources(dataset: Dataset, area: Area, today: CouncilsToday) -> tuple[Source, ...]:
    vesting = dataset.read(councils.vesting_day, area.area_id)
    wanted = [today.source_id, dataset.read(catalogue.area_source, area.area_id)]
    wanted += [vesting.source_id] if vesting else []
    wanted += [s.source_id for s in decisions.steps(dataset, area.area_id)]
    wanted += [p.source_id for p in proposals_of(dataset, area.area_id)]
    return tuple(dataset.sources[s] for s in dict.fromkeys(wanted) if s in dataset.sources)
