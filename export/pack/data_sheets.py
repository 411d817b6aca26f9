"""Sheets of figures in the dataset's own units: share-out, hosting, first day and groupings, a row each."""

from __future__ import annotations

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.data_table import DataTable
from lgrdata.partnerships.board import Board, board
from lgrdata.partnerships.hosting import plan_of
from lgrdata.partnerships.together import ways_together
from lgrdata.shares.of_scenario import shared_of
from lgrdata.shares.share import ShareOut
from lgrdata.splits.scenario import Scenario
from lgrdata.views.partnerships.groupings import grouping_table
from lgrdata.views.share import tables


def data_tables(dataset: Dataset, scenario: Scenario) -> tuple[DataTable, ...]:
    """The tables that have rows: lines where a council is divided, hosting and groupings where one is chosen."""
    shared, made = shared_of(dataset, scenario), board(dataset, effects_of(dataset, scenario), scenario)
    plan = plan_of(dataset, made, shared)
    found = [tables.lines(shared.out)] if shared.out is not None else []
    found.append(tables.hosted(plan))
    if made.is_split:
        found.append(tables.duties(plan))
    if shared.out is not None:
        found.append(_groupings(dataset, made, shared.out))
    return tuple(t for t in found if t.rows)


def _groupings(dataset: Dataset, made: Board, out: ShareOut) -> DataTable:
    """Every grouping for the services that are run together, by the ways chosen for them."""
    ways = dict.fromkeys((c.service.service_id, c.model.model_id) for c in made.counted)
    rows = [(made.row(service), made.library.models[model]) for service, model in ways]
    return grouping_table(made, [(row, way, ways_together(dataset, made, out, row, way)) for row, way in rows])
