"""What each side says about splitting a county's care: statements beside each other, with who paid for them."""

from __future__ import annotations

from lgrdata.core.words import capital
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import (
    Callout,
    Columns,
    Entries,
    Entry,
    Fold,
    Items,
    Link,
    Para,
    Rich,
    Section,
    Table,
    View,
)
from lgrdata.reading import evidence
from lgrdata.reading.evidence import Claim
from lgrdata.reading.library import service_names
from lgrdata.views.evidence.parameters import label

COUNTY, DISTRICT = "county-commissioned", "district-commissioned"
SIDES = {
    COUNTY: "Paid for by counties",
    DISTRICT: "Paid for by districts",
    "government": "Government",
    "academic": "Academic research",
    "independent": "Paid for by neither side alone",
    "unitary-experience": "Councils that have been through it",
    "unitary-city": "Paid for by a city council",
}
STATUS = {
    "forecast": "a forecast",
    "opinion": "an opinion",
    "outturn": "what happened",
    "published finding": "a published finding",
    "survey": "a survey",
}


THEMES: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "cost",
        "The cost of splitting care",
        "Counties’ consultants find a large yearly cost that grows with the number of councils; districts find a small"
        " one, or none. Cases made by both together find one too. Nobody’s total is a measured result: most are"
        " percentages applied to budgets.",
        "A large cost each year, which grows with the number of councils",
        "A small cost, or none",
    ),
    (
        "quality and scale",
        "Quality and size",
        "Work for counties finds larger authorities better graded once other things are allowed for; work for"
        " districts, sorting unitaries by size, sees little link. No study found tests what splitting a county does.",
        "Larger councils are better graded, once other things are allowed for",
        "Size and grades have little to do with each other",
    ),
    (
        "workforce",
        "Staff and leadership",
        "Counties count the extra directors and senior posts, in a field that is short of people. Districts answer that"
        " posts can be shared or hosted at first. Children’s directors say that splitting and merging both carry risk.",
        "More directors and senior posts, in a field that is short of people",
        "Posts can be shared or hosted at first",
    ),
    (
        "health boundaries",
        "NHS boundaries",
        "Counties expect more councils for each NHS board. The boards themselves are merging, so today’s count will"
        " change whatever is chosen. No work paid for by districts was found on this.",
        "More councils for each NHS board to deal with",
        "No work found",
    ),
    (
        "transition and outturn",
        "Change, and what came of it",
        "Some divided counties found posts doubled and budgets that grew; some undivided ones missed their savings."
        " So neither splitting nor keeping whole is a guarantee.",
        "No work found",
        "Savings that were promised often did not come, in large councils too",
    ),
    (
        "partnership",
        "Working together after a split",
        "Government sees partnerships as needed for problems wider than one council, but not as a cure for every risk."
        " Experience is mixed: some lasted, some ended, and one council that left disputed the benefit.",
        "A body shared by new councils costs more than it saves",
        "A hub or shared service can hold care together at first",
    ),
    ("other", "Other statements", "On single councils, size and what can be gained.", "", ""),
)
"""Key, title, what is found in all, and what each side says in short; '' where a theme has no two sides."""

SURVEY = ("newton-6pct-confident", "newton-survey-size", "newton-chart-shares")


def claims(dataset: Dataset) -> dict[str, Claim]:
    """Every statement of the dataset by its id, with what contests it and what it bears on; read once."""
    return dataset.read(evidence.claims)


def view(dataset: Dataset) -> View:
    """Statements by theme: counties and districts side by side, then everyone else."""
    known = claims(dataset)
    themes = [theme for theme in THEMES if any(c.theme == theme[0] for c in known.values())]
    return View(
        title="What each side says",
        lede=(
            "The evidence disagrees, and mostly along the line of who paid for it. How many statements stand on a side"
            " says nothing of which is right.",
        ),
        sections=(
            _digest(themes),
            *(_theme(dataset, known, *theme[:3]) for theme in themes),
            _by_service(dataset, known),
            _survey(known),
            _agreed(),
        ),
    )


def _digest(themes: list[tuple[str, str, str, str, str]]) -> Section:
    """What each side says in short: a row a theme, which leads to its statements."""
    rows: tuple[tuple[Rich, ...], ...] = tuple(
        (Link(title, "anchor", _anchor(theme)), county, district)
        for theme, title, _, county, district in themes
        if county or district
    )
    table = Table(
        "both-sides", "Both sides in short: this project’s words", ("On", SIDES[COUNTY], SIDES[DISTRICT]), rows,
        note="More work for counties is public than for districts.",
    )  # fmt: skip
    return Section("both-sides", "In short", "", (table,))


def _anchor(theme: str) -> str:
    return f"theme-{theme.replace(' ', '-')}"


def _theme(dataset: Dataset, known: dict[str, Claim], theme: str, title: str, lede: str) -> Section:
    labels = {key: f"“{label(p)}”" for key, p in dataset.assumptions.parameters.items()}
    ours = [c for c in known.values() if c.theme == theme]
    by_side = {side: [c for c in ours if c.side == side] for side in SIDES}
    columns = tuple(
        (SIDES[side], (_entries(known, by_side[side], labels) if by_side[side] else Para("No statement found."),))
        for side in (COUNTY, DISTRICT)
    )
    rest = tuple(
        (SIDES[side], (_entries(known, found, labels),))
        for side, found in by_side.items()
        if found and side not in (COUNTY, DISTRICT)
    )
    others = (Columns(rest),) if rest else ()
    return Section(_anchor(theme), title, lede, (Fold(f"{title}: who says what", (Columns(columns), *others)),))


def _entries(known: dict[str, Claim], found: list[Claim], labels: dict[str, str]) -> Entries:
    return Entries(tuple(_entry(known, c, labels) for c in found))


def _entry(known: dict[str, Claim], claim: Claim, labels: dict[str, str]) -> Entry:
    text = f"{claim.text} {claim.figure}." if claim.figure else claim.text
    year = f", {claim.year}" if claim.year else ", year not known"
    title: str | Link = Link(claim.title, "url", claim.link) if claim.link else claim.title
    paid = "not stated" if claim.paid_by.lower() == "not stated" else claim.paid_by
    lines: list[Rich] = [
        (title, f". {claim.author}{year}. Paid for by: {paid}. About: {claim.geography}."),
        f"It is {STATUS.get(claim.status, claim.status)}. How sure we are of the record: {claim.confidence}.",
    ]
    if claim.contested_by:
        parts: list[str | Link] = ["Contested by: "]
        for n, other in enumerate(claim.contested_by):
            parts.append("; " if n else "")
            parts.append(Link(_short(known[other]), "claim", other) if other in known else other)
        lines.append((*parts, "."))
    tied: list[str | Link] = []
    for kind, target in claim.bears_on:
        if kind == "parameter":
            tied += [", " if tied else "", Link(labels.get(target, "an assumption"), "parameter", target)]
        elif kind == "case study":
            tied += [", " if tied else "", Link("a case study", "case", target)]
        else:
            tied += [", " if tied else "", Link(f"paragraph {target} of government’s note", "paragraph", target)]
    if tied:
        lines.append(("Bears on ", *tied, "."))
    for spoken in claim.services:
        lines.append(("Bears on the service ", Link(spoken.name, "service", spoken.service_id), f". {spoken.why}"))
    return Entry(f"claim-{claim.claim_id}", text, tuple(lines), capital(paid))


def _short(claim: Claim) -> str:
    return f"{claim.author}{f' ({claim.year})' if claim.year else ''}, {claim.title}"


def of_service(known: dict[str, Claim], service_id: str) -> tuple[tuple[Link | str, ...], ...]:
    """Statements whose words name a care service, each with its author and who paid."""
    return tuple(
        (
            Link(c.text, "claim", c.claim_id),
            f" {c.author}{f', {c.year}' if c.year else ''}. {SIDES.get(c.side, c.side)}.",
        )
        for c in known.values()
        if any(s.service_id == service_id for s in c.services)
    )


def _by_service(dataset: Dataset, known: dict[str, Claim]) -> Section:
    entries = []
    for service_id, name in dataset.read(service_names).items():
        found = of_service(known, service_id)
        title = Link(name, "service", service_id)
        entries.append(Entry("", (title, "" if found else ": no statement here names it"), found))
    return Section(
        "services",
        "Statements by care service",
        "A statement is listed where its own words name the service, not where it might matter to it.",
        (Fold("Services, and the statements that name them", (Entries(tuple(entries)),)),),
    )


def _survey(known: dict[str, Claim]) -> Section:
    found = [known[c] for c in SURVEY if c in known]
    items: tuple[Rich, ...] = tuple(
        (f"{c.text} {capital(c.figure)}. ", Link("The statement", "claim", c.claim_id)) for c in found
    )
    return Section(
        "survey",
        "The survey behind the confidence figure",
        "A share of officers is often quoted. It rests on few answers, all from counties.",
        (Fold("The answers", (Items(items),)),)
        if items
        else (Callout("unknown", "The survey is not in this dataset."),),
    )


def _agreed() -> Section:
    return Section(
        "agreed",
        "Where the sides agree",
        blocks=(
            Items(
                (
                    "Merging district councils saves money.",
                    "One council for housing and care can join them up, and help to prevent homelessness.",
                    "Change itself is risky for people in care.",
                    "Specialist care and out-of-hours teams need a wider footprint than a small council.",
                    "Leaders and staff decide whether any of it works.",
                )
            ),
            Fold("Where this list comes from", (Para("It is our reading of the statements above from both sides."),)),
            Para(("What no source settles: ", Link("what is not known", "part", "unknown"), ".")),
        ),
    )
