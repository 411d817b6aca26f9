"""`effects AREA SPLIT`: everything a split does."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from lgrdata.all_effects import as_json
from lgrdata.all_effects.effects import Effects
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.cli.common import (
    Subparsers,
    add_command,
    add_file_options,
    db_path,
    file_choices,
    find_area,
    print_faults,
    print_json,
    print_table,
)
from lgrdata.core.facts import AreaFacts
from lgrdata.core.lens_words import CHOSEN
from lgrdata.core.models import LENSES, NOMINAL_WORDS, OUTCOMES
from lgrdata.core.words import capital, counted, millions, number, percent, pounds
from lgrdata.costs.price import LensCost
from lgrdata.dataset.dataset import Dataset
from lgrdata.partnerships.sentences import told
from lgrdata.splits.assignment.reader import PLAIN, Choices, Reading
from lgrdata.splits.naming import (
    block_assignment,
    gives_places,
    is_assignment,
    own_names_note,
    read_bytes,
    resolve,
    resolve_file,
)
from lgrdata.splits.scenario import MAX_BYTES, Scenario, parse_document, restore
from lgrdata.views.effects.words import partnerships_add


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    command = add_command(subparsers, "effects", "everything a split does", run)
    command.add_argument("area", metavar="AREA")
    command.add_argument(
        "split",
        metavar="SPLIT",
        help="a proposal, today, single, a split code, a file of places and councils, a scenario (.json)",
    )
    add_file_options(command)


def run(args: argparse.Namespace) -> int:
    """Print the effects as tables, or with --json as the contract's document."""
    data = Dataset(db_path(args))
    try:
        facts = data.facts(find_area(data.conn, args.area))
        scenario, given, reading = open_read(data.conn, facts, args.split, file_choices(args))
        effects = effects_of(data, scenario)
        minded = [*(reading.warnings if reading else ()), *told(data, scenario, effects)]
        read = [*(reading.notes if reading else ()), *filter(None, [own_names_note(data.conn, scenario.split)])]
    finally:
        data.close()
    if args.json:
        print_json(as_json.document(effects, scenario if given else None, minded, read))
    else:
        _print(effects, minded, read)
    return 0


def open_named(conn: sqlite3.Connection, facts: AreaFacts, text: str, chosen: Choices = PLAIN) -> tuple[Scenario, bool]:
    """The scenario that a command's SPLIT names, and whether it came from a scenario file.

    How a file of places was read is said on stderr.
    """
    scenario, given, reading = open_read(conn, facts, text, chosen)
    if reading:
        print_faults(f"{capital(line)}." for line in (*reading.warnings, *reading.notes))
    return scenario, given


def open_read(
    conn: sqlite3.Connection, facts: AreaFacts, text: str, chosen: Choices
) -> tuple[Scenario, bool, Reading | None]:
    """The scenario that a command's SPLIT names, whether it is a scenario file's, and how a file of places was read."""
    path = Path(text)
    if is_assignment(text):
        reading = resolve_file(conn, facts, path, chosen)
        return Scenario(reading.split), False, reading
    if path.suffix.lower() == ".json":
        data = read_bytes(path, MAX_BYTES)
        if gives_places(data, path.name):
            reading = block_assignment(conn, facts, data, path.name, chosen)
            return Scenario(reading.split), False, reading
        return restore(conn, facts, parse_document(data, path.name), path.name), True, None
    return Scenario(resolve(conn, facts, text)), False, None


def _print(effects: Effects, minded: Sequence[str] = (), read: Sequence[str] = ()) -> None:
    split, services = effects.split, effects.services
    print(f"{effects.facts.area.name}: {counted(len(split.in_use), 'council')}")
    for warning in (*effects.warnings, *minded):
        print(f"  ! {capital(warning)}.")
    for note in read:
        print(f"  {capital(note)}.")
    rows = []
    for c in (int(c) for c in split.in_use):
        row = [split.names[c], number(float(split.population[c]))]
        for outcome in OUTCOMES:
            e = services.estimate(c, outcome)
            shown = "not available" if e is None else number(e.value)
            ranged = e is not None and e.low < e.high
            row.append(f"{shown} ({number(e.low)} to {number(e.high)})" if e is not None and ranged else shown)
        rows.append(row)
    print(f"\nPeople in care are estimated wherever a range is shown; ranges are made to hold {NOMINAL_WORDS}.")
    print_table(rows, ["council", "residents", "adults in long-term support", "looked after", "in need", "EHC plans"])
    print()
    rows = []
    for lens in LENSES:
        called = effects.lens_words[lens]
        rows.append(_money_row(called.word, effects.costs[lens]))
        if called.changed:
            rows.append(_money_row(f"{CHOSEN[lens]}, unchanged", effects.costs_unchanged[lens]))
    print_table(
        rows, ["evidence", "in the end, a year", "one-off", "five years", "pays back", "break-even of dividing in two"]
    )
    if effects.terms:
        print(f"\nThese costs count no partnership. {partnerships_add(effects)}.")
    crossing = effects.boundary.crossing.get("commuting 2021")
    if crossing is not None:
        print(
            f"\nCommuting (Census 2021) that crosses: {percent(crossing.share, 1)}, today {percent(crossing.today, 1)};"
            f" borders cut: {effects.boundary.after.cuts.borders}, {number(effects.boundary.after.cuts.km)} km"
        )


def _money_row(name: str, cost: LensCost) -> list[str]:
    never = "nothing is spent" if cost.one_off <= 0 else "not within 30 years"
    payback = never if cost.payback_years is None else f"year {cost.payback_years}"
    switch = "-" if cost.switching_value is None else pounds(cost.switching_value, 1)
    return [name, *(millions(v) for v in (cost.recurring_net, cost.one_off, cost.five_year_net)), payback, switch]
