"""Lists of the evidence page: sources, measures, words, what is not known, and the data with its changes."""

from __future__ import annotations

from lgrdata.core.words import capital, counted, day, joined, number
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Callout, Entries, Entry, Fold, Items, Link, Para, Rich, Section, Table, View
from lgrdata.reading import catalogue, evidence
from lgrdata.reading.vintage import projections

TOPICS = {
    "adult_care": "Adult care",
    "children": "Children’s services",
    "children_detail": "Children’s services in detail",
    "children_indicators": "Children’s services: rates",
    "children_spend": "Children’s services: spending",
    "children_workforce": "Children’s social workers",
    "childrens_providers": "Children’s homes and agencies",
    "council_tax": "Council tax",
    "deprivation": "Deprivation",
    "economy": "Work and pay",
    "homelessness": "Homelessness",
    "housing": "Housing",
    "need": "Need",
    "population": "Residents",
    "population_history": "Residents in earlier years",
    "send": "Special educational needs and disabilities",
}


def topic_name(topic: str) -> str:
    """A topic of measures, in words."""
    return TOPICS.get(topic, capital(topic.replace("_", " ")))


def slug(term: str) -> str:
    """A glossary term as the key of a link to it."""
    return "-".join("".join(c if c.isalnum() else " " for c in term.lower()).split())


def sources(dataset: Dataset) -> View:
    """Every source with its release, date, licence and page."""
    listed = sorted(dataset.sources.values(), key=lambda s: (s.publisher.lower(), s.title.lower()))
    rows: list[tuple[Rich, ...]] = []
    for s in listed:
        title: str | Link = Link(s.title, "url", s.link) if s.link else s.title
        released = capital(day(s.released)) if s.released else "Date not known"
        note = s.note or ("" if s.link else "No page is known.")
        named: Rich = (title, f". {note}") if note else title
        rows.append((named, s.publisher, s.release or "Not named", released, s.licence))
    return View(
        title="Sources",
        lede=(
            f"Everything here comes from {number(len(listed))} sources. Official figures are Crown copyright under the"
            " Open Government Licence; from other pages facts are cited, not text.",
        ),
        sections=(
            Section(
                "every-source",
                "Every source",
                blocks=(
                    Table(
                        "sources",
                        "Every source, by publisher",
                        ("Title", "Publisher", "Edition", "Released", "Licence"),
                        tuple(rows),
                        row_ids=tuple(f"source-{s.source_id}" for s in listed),
                    ),
                ),
            ),
        ),
    )  # fmt: skip


def measures(dataset: Dataset) -> View:
    """What each figure of the dataset measures, by topic."""
    by_topic: dict[str, list[evidence.PublishedMeasure]] = {}
    for measure in dataset.read(evidence.measures):
        by_topic.setdefault(measure.topic, []).append(measure)
    return View(
        title="What each figure measures",
        lede=("The dataset holds published figures by council. Counts and money add up across places; rates do not.",),
        sections=tuple(
            Section(
                f"topic-{topic.replace('_', '-')}",
                topic_name(topic),
                blocks=(
                    Table(
                        f"measures-{topic.replace('_', '-')}",
                        f"{topic_name(topic)}: measures",
                        ("Measure", "Unit", "Meaning"),
                        tuple((Link(m.name, "figure", m.code), m.unit, m.definition) for m in found),
                        row_ids=tuple(f"measure-{m.code}" for m in found),
                    ),
                ),
            )
            for topic, found in by_topic.items()
        ),
    )


def glossary(dataset: Dataset) -> View:
    """Words with a meaning of their own here."""
    rows = dataset.read(evidence.glossary)
    return View(
        title="Words",
        lede=("What each word means in this tool.",),
        sections=(
            Section(
                "words",
                "From A to Z",
                blocks=(Entries(tuple(Entry(f"term-{slug(term)}", f"{term}: {meaning}") for term, meaning in rows)),),
            ),
        ),
    )


def unknown(dataset: Dataset) -> View:
    """What no source settles, and what this dataset lacks."""
    ahead = dataset.read(projections)
    return View(
        title="What is not known",
        lede=("A tool that hides its gaps cannot be trusted. These are the ones we know of.",),
        sections=(
            Section(
                "unknown",
                "What nobody knows",
                "No source settles these. Where the tool needs a value, it is an assumption that you can change.",
                (
                    Items(
                        (
                            "What splitting a county’s care has cost: no account of it was found for Cumbria,"
                            " Northamptonshire, Bedfordshire or Cheshire.",
                            "Whether the quality of care changed because of a split.",
                            "How much a partnership saves: no rate is published.",
                            "The coefficient behind the counties’ figure for dearer care places, and the model behind"
                            " the districts’ care savings: neither is published.",
                            "Why government judged some splits acceptable.",
                            "What it costs to split homelessness services, or support for special educational needs:"
                            " both sides have views, neither has a costed figure.",
                        )
                    ),
                    Para(("What each side does say: ", Link("the evidence", "part", "claims"), ".")),
                ),
            ),
            _decisions(dataset),
            _maps(dataset),
            _missing(dataset),
            Section(
                "unknown-limits",
                "What the official figures cannot say",
                blocks=(
                    Items(
                        (
                            "People in care below county level: not published, so estimated.",
                            "Parish boundaries: none are held, so moves of parishes are drawn by whole wards.",
                            "Travel to work: Census 2021 fell in lockdown.",
                            *(
                                f"Residents to {last}: the projections are {based}; only their growth is used."
                                for based, last in ahead
                            ),
                            "Documents that could not be read: full tables of the consultants’ reports to counties.",
                        )
                    ),
                ),
            ),
        ),
    )


def _decisions(dataset: Dataset) -> Section:
    areas = [a for a in dataset.areas if a.kind == "invited"]
    open_ = [a for a in areas if a.stage == "unknown"]
    awaiting = [a for a in areas if a.stage == "awaiting"]
    doubtful = [a for a in areas if a.stage == "decided" and a.stage_confidence != "documented"]
    blocks: list[Block] = []
    if open_:
        for date in sorted({a.stage_date for a in open_}, reverse=True):
            on = f" on {day(date)}" if date else ""
            names = joined([a.name for a in open_ if a.stage_date == date])
            blocks.append(Callout("unknown", f"What was decided{on} for {names}."))
        said = [a for a in open_ if not a.stage_date]
        blocks.append(Items(tuple((Link(a.name, "area", a.area_id), f": {a.stage_note}") for a in said)))
    if awaiting:
        blocks.append(Para(f"No decision has been found for {joined([a.name for a in awaiting])}."))
    if doubtful:
        blocks.append(Para("Decided, but part of the record is inferred:"))
        blocks.append(Items(tuple((Link(a.name, "area", a.area_id), f": {a.stage_note}") for a in doubtful)))
    court = [a for a in areas if decisions.challenged(dataset, a.area_id)]
    if court:
        blocks.append(Para("Decided and challenged in court, with no judgment known here:"))
        told = ((Link(a.name, "area", a.area_id), f": {decisions.challenge_words(dataset, a.area_id)}") for a in court)
        blocks.append(Items(tuple(told)))
    lede = f"For {number(len(open_))} of {number(len(areas))} areas the outcome is not known here." if open_ else ""
    return Section("unknown-decisions", "Decisions", lede, tuple(blocks))


def _maps(dataset: Dataset) -> Section:
    proposals = dataset.proposals()
    drawn = dataset.read(catalogue.drawn_proposals)
    exact = dataset.read(catalogue.drawn_proposals, "exact")
    without = [p for p in proposals if p.proposal_id not in drawn]
    rough = [p for p in proposals if p.proposal_id in drawn and p.proposal_id not in exact]
    doubtful = [p for p in proposals if p.confidence != "documented"]
    names = {a.area_id: a.name for a in dataset.areas}
    blocks: list[Block] = []
    if without:
        told = joined([f"{names[p.area_id]}: {p.title}" for p in without])
        blocks.append(Callout("unknown", f"The map of {told}."))
    if rough:
        items: tuple[Rich, ...] = tuple(
            (
                Link(f"{names[p.area_id]}: {p.title}", "proposal", f"{p.area_id}/{p.proposal_id}"),
                f". {p.boundary_change}",
            )
            for p in rough
        )
        blocks.append(
            Fold(f"{capital(counted(len(rough), 'proposal'))} drawn by whole wards or districts only", (Items(items),))
        )
    if doubtful:
        more: tuple[Rich, ...] = tuple(
            f"{names[p.area_id]}: {p.title} ({p.confidence}). {p.note}".rstrip() for p in doubtful
        )
        blocks.append(
            Fold(f"{capital(counted(len(doubtful), 'proposal'))} partly inferred or unverified", (Items(more),))
        )
    return Section(
        "unknown-maps", "Maps and proposals", "Some lines on our maps are not the proposers’ own.", tuple(blocks)
    )


def _missing(dataset: Dataset) -> Section:
    gaps, returns = dataset.read(evidence.gaps), dataset.read(evidence.missing_returns)
    blocks: list[Block] = []
    if returns:
        years = joined(sorted({r.year for r in returns}))
        blocks.append(Para(f"No return of spending for {years} from {joined([r.name for r in returns])}."))
    if gaps:
        table = Table(
            "missing-figures",
            "Figures that are not published",
            ("Measure", "Period", "Why", "Councils"),
            tuple((g.measure, g.period, capital(g.status), number(g.councils)) for g in gaps),
            frozenset({3}),
        )
        blocks.append(Fold("Every gap, by measure", (table,)))
    total = sum(g.councils for g in gaps)
    lede = f"{number(total)} figures are not published; each measure says why. No gap is made a zero."
    return Section("unknown-figures", "Missing figures", lede if gaps else "No figure is missing.", tuple(blocks))


def downloads(dataset: Dataset) -> View:
    """What changed in the dataset; the app adds the files to take away."""
    table = Table(
        "changes",
        "Changes of the dataset, newest first",
        ("Date", "What changed"),
        tuple((day(c.date), c.change) for c in dataset.read(evidence.changes)),
    )
    return View(
        title="Data and changes",
        lede=(
            f"This is data version {dataset.version}. Every table can be taken away as a CSV file, which any"
            " spreadsheet opens.",
        ),
        sections=(Section("changes", "What changed", blocks=(table,)),),
    )
