"""Every figure of one place: the newest of each measure beside the oldest, by topic."""

from __future__ import annotations

from lgrdata.core.models import Area
from lgrdata.core.words import capital, counted
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Link, Rich, Section, Table, View
from lgrdata.reading import figures as reading
from lgrdata.reading.figures import FigureMeasure, PlaceToday, PublishedFigure
from lgrdata.views.evidence.lists import topic_name
from lgrdata.views.figures.words import of


def view(dataset: Dataset, area: Area, place: PlaceToday) -> View:
    """The page of a council of today: a table a topic, a row a measure."""
    held = dataset.read(reading.of_place, place.code)
    by_topic: dict[str, list[FigureMeasure]] = {}
    for measure in dataset.read(reading.measures):
        if measure.code in held:
            by_topic.setdefault(measure.topic, []).append(measure)
    sections = tuple(
        Section(
            f"topic-{topic.replace('_', '-')}",
            topic_name(topic),
            "",
            (
                Table(
                    f"figures-{topic.replace('_', '-')}",
                    f"{topic_name(topic)}: {place.name}",
                    ("Measure", "Newest", "Earliest held"),
                    tuple(_row(m, held[m.code]) for m in found),
                ),
            ),
        )
        for topic, found in by_topic.items()
    )
    ids = dict.fromkeys(f.source_id for rows in held.values() for f in rows)
    return View(
        f"Every figure: {place.name}",
        (
            (f"{capital(counted(len(held), 'published measure'))} of this {place.kind} in ",
             Link(area.name, "area", area.area_id), ". Years between are in the tables under ",
             Link("Downloads", "part", "downloads"), "."),
        ),
        sections=sections,
        sources=tuple(sorted((dataset.sources[s] for s in ids if s in dataset.sources), key=lambda s: s.title)),
    )  # fmt: skip


def _row(measure: FigureMeasure, figures: tuple[PublishedFigure, ...]) -> tuple[Rich, ...]:
    last, first = figures[-1], figures[0]
    plain = measure.unit in ("£", "%") or measure.unit.casefold() in measure.name.casefold()
    name = measure.name if plain else f"{measure.name} ({measure.unit})"
    newest, earliest = (f"{of(measure, f)}, {f.period}" for f in (last, first))
    return (name, newest, earliest if last.period != first.period else "–")
