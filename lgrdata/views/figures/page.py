"""One published figure of one place: how it went, the area's other councils, and each council of the split."""

from __future__ import annotations

from lgrdata.core.palette import Theme
from lgrdata.core.words import capital, joined
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.figures import CouncilFigure, by_council, newest_of
from lgrdata.page.blocks import Block, Callout, Chart, Link, Para, Rich, Section, Table, View
from lgrdata.pictures import charts
from lgrdata.reading import figures as reading
from lgrdata.reading.figures import FigureMeasure, PlaceToday, PublishedFigure
from lgrdata.splits.split import Split
from lgrdata.views.figures.words import missing, of, said, when

FIRST = ("children_looked_after", "residents", "homelessness_duties_owed")
"""Measures that the page opens on: the first that the place has."""

NAMED = 3
"""Members without a figure that are named; more are counted."""

COMPARED = ("count", "money", "rate")
"""Kinds whose steps over the years mean something; scores and ranks of two editions are not comparable."""


def first_measure(held: frozenset[str], measures: tuple[FigureMeasure, ...]) -> str:
    """The measure to open on for a place that has these; '' where it has none."""
    return next((code for code in FIRST if code in held), next((m.code for m in measures if m.code in held), ""))


def view(
    dataset: Dataset,
    area_id: str,
    place: PlaceToday,
    measure: FigureMeasure,
    split: Split | None,
    theme: Theme = "light",
) -> View:
    """The page of a place and a measure. Without a split, the section of new councils is left out."""
    near = dataset.read(reading.places, area_id)
    every = dataset.read(reading.of_measure, measure.code, tuple(p.code for p in near))
    own = tuple(f for f in every if f.place == place.code)
    sections = [Section("series", "Over time", "", _series(dataset, place, measure, own, theme))]
    sections += [_others(area_id, near, place, measure, every)]
    if split is not None:
        sections.append(_councils(split, measure, every))
    sections.append(_cite(dataset, place, measure, own))
    ids = dict.fromkeys(f.source_id for f in reversed(own))
    return View(
        f"{measure.name}: {place.name}",
        _lede(measure, own),
        sections=tuple(sections),
        sources=tuple(dataset.sources[s] for s in ids if s in dataset.sources),
        key={"area": area_id, "place": place.code, "measure": measure.code},
    )


def _lede(measure: FigureMeasure, own: tuple[PublishedFigure, ...]) -> tuple[Rich, ...]:
    if not own:
        return (f"{measure.definition} No figure of this place is held: it may be another council’s duty.",)
    last = own[-1]
    if last.value is None:
        return (f"{measure.definition} The newest figure, {when(last.period)}, is {missing(last)}.",)
    status = "" if last.status == "published" else f" ({last.status})"
    told = f"{capital(said(measure, last.value))} {when(last.period)}{status}."
    held = [f for f in own[:-1] if f.value is not None]
    if held and measure.kind in COMPARED:
        first = held[0]
        told += f" It was {said(measure, first.value or 0.0, unit=False)} {when(first.period)}."
    return (told, measure.definition)


def _series(
    dataset: Dataset, place: PlaceToday, measure: FigureMeasure, own: tuple[PublishedFigure, ...], theme: Theme
) -> tuple[Block, ...]:
    table = Table(
        "series",
        f"{measure.name}, {place.name}",
        ("Period", capital(measure.unit), "Status"),
        tuple((f.period, of(measure, f), capital(f.status + (f": {f.note}" if f.note else ""))) for f in own),
        frozenset({1}),
    )
    values = [f for f in own if f.value is not None]
    if len(values) < 2:
        return (table,) if own else (Callout("unknown", "No figure of this measure is held for this place."),)
    runs, run = [], 0
    for f in own:
        run += f.value is None
        shown = of(measure, f, unit=True)
        runs.append(
            {
                "period": f.period, "value": f.value, "run": run, "last": f is values[-1],
                "said": of(measure, f), "tip": f"{f.period}: {shown}",
            }
        )  # fmt: skip
    most, least = (pick(values, key=lambda f: f.value or 0.0) for pick in (max, min))
    title = f"Highest {of(measure, most)} {when(most.period)}, lowest {of(measure, least)} {when(least.period)}"
    if most.value == least.value:
        title = f"{of(measure, most)} each time"
    alt = f"A line over {len(own)} periods. {title}."
    return (Chart("series", title, capital(measure.unit), charts.series(runs, theme), alt, table),)


def _others(
    area_id: str,
    near: tuple[PlaceToday, ...],
    place: PlaceToday,
    measure: FigureMeasure,
    every: tuple[PublishedFigure, ...],
) -> Section:
    now, title = newest_of(every), "The area’s councils"
    held = [p for p in near if p.code in now]
    if not held:
        return Section("others", title, "No council of this area has a figure of this measure.")
    if [p.code for p in held] == [place.code]:
        return Section("others", title, f"{place.name} is the only council of this area with a figure of this measure.")
    told: dict[str, list[Rich]] = {
        "Council": [p.name if p is place else Link(p.name, "figure", f"{p.code}/{measure.code}") for p in held],
        "Kind": [p.kind for p in held],
        capital(measure.unit): [of(measure, now[p.code]) for p in held],
        "Status": [capital(now[p.code].status) for p in held],
    }
    notes = [] if measure.adds else ["Rates, scores and ranks never add up across places."]
    for alike in ("Kind", "Status"):  # a column that says one thing is a sentence
        if len(set(told[alike])) == 1:
            (said_once,) = set(told.pop(alike))
            notes += [f"All are {str(said_once).lower()}."] if alike == "Status" else []
    period = next(iter(now.values())).period
    numeric = frozenset({list(told).index(capital(measure.unit))})
    rows = tuple(zip(*told.values(), strict=True))
    table = Table("others", f"{measure.name} {when(period)}", tuple(told), rows, numeric, " ".join(notes))
    return Section("others", title, "", (table,))


def _councils(split: Split, measure: FigureMeasure, every: tuple[PublishedFigure, ...]) -> Section:
    title, now = "Each council of this split", newest_of(every)
    if not measure.adds:
        return Section("councils", title, "This measure does not add up, so new councils have no figure of it.")
    codes = {a.code for a in split.facts.authorities}
    held = {f.place: f.value for f in now.values() if f.place in codes}
    found = by_council(split, held)
    districts = {a.code for a in split.facts.authorities if a.tier == "district"}
    if not districts & held.keys() and all(f.value is None for f in found):
        return Section(
            "councils", title, "Published for counties and unitaries only, so a part of a county has no figure.",
            (Para(("What the tool estimates for new councils: ", Link("What it does", "page", "effects"), ".")),),
        )  # fmt: skip
    rows = tuple((split.names[f.council], _added(measure, f)) for f in found)
    whole = all(f.value is not None for f in found)
    table = Table(
        "councils",
        f"{measure.name} {when(next(iter(now.values())).period)}, members added up",
        ("New council", capital(measure.unit)),
        rows,
        frozenset({1}),
        "" if whole else "A council has a figure only where each member is whole and has one.",
    )
    return Section("councils", title, "", (table,))


def _added(measure: FigureMeasure, f: CouncilFigure) -> str:
    if f.value is not None:
        return said(measure, f.value, unit=False)
    why = [f"divided: {joined(list(f.divided))}"] if f.divided else []
    if f.lacking:
        few = len(f.lacking) <= NAMED
        why.append(f"not held: {joined(list(f.lacking))}" if few else f"{len(f.lacking)} members have no figure")
    return f"not known ({'; '.join(why)})"


def _cite(dataset: Dataset, place: PlaceToday, measure: FigureMeasure, own: tuple[PublishedFigure, ...]) -> Section:
    if not own or own[-1].source_id not in dataset.sources:
        return Section("cite", "How to cite it", "There is no figure to cite.")
    source = dataset.sources[own[-1].source_id]
    released = f" ({source.released[:4]})" if source.released else ""
    text = (
        f"{source.publisher}{released}: ",
        Link(source.title, "source", source.source_id),
        f", {measure.name}, {place.name}, {own[-1].period}. Taken from the LGR scenario explorer, data version"
        f" {dataset.version}.",
    )
    return Section("cite", "How to cite it", "", (Para(text),))
