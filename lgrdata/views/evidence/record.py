"""The track record: former counties split as if only their totals were known, beside what their parts publish."""

from __future__ import annotations

import math

from lgrdata.care import hindcast
from lgrdata.care.hindcast import KINDS, Part, Summary
from lgrdata.core.models import NOMINAL, NOMINAL_WORDS, OUTCOMES
from lgrdata.core.words import OUTCOME_NAMES, capital, counted, joined, number, people, percent
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Callout, Fold, Link, Para, Rich, Section, Table, View
from lgrdata.pictures.maps.record import county_map
from lgrdata.reading.record import care_record

COVERAGE_WORDS = f"{percent(hindcast.COVERAGE[0])} to {percent(hindcast.COVERAGE[1])}"


def view(dataset: Dataset) -> View:
    """What the tool would have said of each former county, with its range, and what its parts publish."""
    parts, summaries = hindcast.people(dataset.read(care_record))
    counties = list(dict.fromkeys((p.kind, p.county) for p in parts))
    kinds = [k for k in KINDS if any(c[0] == k for c in counties)]
    return View(
        title="Track record",
        lede=(
            "Some counties really are several councils today. Each is taken here as one county of which only the total"
            " is known, and split between its parts by a way chosen and found without it.",
            "Then what the parts publish says how far off this tool would have been.",
        ),
        sections=(_summary(summaries), *(_kind(dataset, kind, parts) for kind in kinds)),
        caveats=(
            "These councils have run their own care for years, many for decades. Parts of a county that has only"
            " just been divided may differ less.",
            "The choice is made without the county it is tried on, but the list of what to try was drawn up by people"
            " who knew these counties: the record may flatter a little.",
            "Counts are of the newest year, not of the year in which a county was divided.",
        ),
    )


def _summary(summaries: list[Summary]) -> Section:
    known = [s for s in summaries if s.parts]
    shires = [s for s in known if s.kind == "shire"]
    better = [s for s in shires if not s.worse]
    rows = tuple(_row(s) for s in summaries)
    warnings = [w for s in summaries for w in s.warnings]
    lede = (
        f"Inside former shire counties, as this tool splits them, {_all_of(len(better), len(shires))} estimated at"
        " least as closely as a plain share of residents would."
        if shires
        else "No former shire county is held."
    )  # fmt: skip
    blocks: list[Block] = [
        Table(
            "record",
            "Error of the estimates, as a share of what each part publishes",
            (
                "Counties and count", "Parts", "Half within", "9 in 10 within", "Plain share: half within",
                "Plain share: 9 in 10 within", "Inside the range",
            ),
            rows,
            frozenset(range(1, 7)),
            note=f"The range is made to hold {NOMINAL_WORDS}; whether a count lies inside is judged before its ends are"
            " rounded outward to whole people. Plain share: the better of all residents and of the age"
            " band concerned. Adults in long-term support are not published for parts of metropolitan counties.",
        ),
        *(Callout("warning", f"{w}.") for w in warnings),
        *_chance(known),
        Para(("How the estimates are made: ", Link("people in care", "part", "fits"), ".")),
    ]  # fmt: skip
    return Section("record", "How close the estimates come", lede, tuple(blocks))


def _all_of(n: int, all_of: int) -> str:
    if n == all_of:
        return f"all {counted(n, 'count')} are"
    return f"{counted(n, 'count')} of {number(all_of)} {'is' if n == 1 else 'are'}"


def _chance(known: list[Summary]) -> list[Block]:
    if not known:
        return []
    fewest = min(s.parts for s in known)
    points = 100 * math.sqrt(NOMINAL * (1 - NOMINAL) / fewest)
    return [
        Para(
            f"With {fewest} parts in the smallest class, chance alone moves the share inside the range by about"
            f" {points:.0f} points, and more where parts of one county go together. Outside {COVERAGE_WORDS} it is told"
            " here and by the command check."
        )
    ]


def _row(s: Summary) -> tuple[Rich, ...]:
    name = f"{capital(KINDS[s.kind])}: {OUTCOME_NAMES[s.outcome][:1].lower()}{OUTCOME_NAMES[s.outcome][1:]}"
    if not s.parts:
        return (name, "0", *["not published"] * 5)
    figures = (s.median_error, s.p90_error, s.median_error_population_share, s.p90_error_population_share)
    return (name, str(s.parts), *(percent(f, 1) for f in figures), percent(s.coverage))


def _kind(dataset: Dataset, kind: str, parts: list[Part]) -> Section:
    counties = sorted({p.county for p in parts if p.kind == kind})
    blocks = tuple(_county(dataset, c, [p for p in parts if (p.kind, p.county) == (kind, c)]) for c in counties)
    known = [p.inside for p in parts if p.kind == kind and p.inside is not None]
    lede = f"{number(sum(known))} of {number(len(known))} published counts lie inside the range."
    return Section(f"record-{kind}", capital(KINDS[kind]), lede, blocks)


def _county(dataset: Dataset, county: str, parts: list[Part]) -> Fold:
    names = list(dict.fromkeys(p.name for p in parts))
    rows: list[tuple[Rich, ...]] = []
    for outcome in OUTCOMES:
        for p in (p for p in parts if p.outcome == outcome):
            rows.append((f"{OUTCOME_NAMES[outcome]}: {p.name}", *_said(p)))
    slug = "-".join(county.lower().split())
    inside = [p.inside for p in parts if p.inside is not None]
    told = f"{county}: {joined(names) if len(names) <= 4 else counted(len(names), 'council')}"
    picture = county_map(dataset, county, tuple(dict.fromkeys((p.code, p.name) for p in parts)))
    table = Table(
        f"record-{slug}",
        f"{county}, taken as one county: what this tool would have said of its parts, and what they publish",
        (
            "Count and part",
            f"Estimated ({NOMINAL_WORDS} range)",
            "Published",
            "Estimate against it",
            "Plain share",
            "Inside",
        ),
        tuple(rows),
        frozenset({1, 2, 3, 4}),
    )
    summary = f"{told}. {sum(inside)} of {len(inside)} counts inside the range"
    return Fold(summary, (picture, table) if picture is not None else (table,))


def _said(p: Part) -> tuple[str, ...]:
    if p.published is None or p.predicted is None or p.low is None or p.high is None or p.population_share is None:
        return ("not published for every part",) * 2 + ("–",) * 3
    off = p.predicted / p.published - 1
    return (
        f"{people(p.predicted)} ({people(p.low)} to {people(p.high)})",
        number(p.published),
        f"{'+' if round(off * 100) > 0 else ''}{percent(off)}",
        people(p.population_share),
        "yes" if p.inside else "no",
    )
