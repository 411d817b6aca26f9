"""A file that was brought, before it takes the place of what is drawn: how it was read, and what it holds."""

from __future__ import annotations

from lgrdata.core.words import capital, counted, joined, number
from lgrdata.page.blocks import Block, Fold, Items, Table
from lgrdata.splits.assignment.understood import ColumnFinding, TableFinding
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split

MOST_LISTED = 40


def council_table(split: Split) -> Table:
    """Each council of a file with how much of what today has lies in it, and its residents."""
    facts = split.facts
    rows = []
    for c in split.in_use:
        whole = int((split.authority == c).sum())
        part = int((split.divided & (split.share[:, c] > 0)).sum())
        held = [number(whole)] if whole else []
        held += [f"part of {number(part)}"] if part else []
        rows.append((split.names[c], joined(held), number(int(split.population[c]))))
    if split.left_out:
        lone = len(split.left_out)
        rows.append((f"In no council yet: {counted(lone, 'place')}", "–", "–"))
    return Table(
        "incoming-councils", "The councils of the file",
        ("Council", "Districts", "Residents"), tuple(rows), frozenset({1, 2}),
        f"Unitary councils of today count as districts; residents of {facts.vintage.period}.",
    )  # fmt: skip


def how_read(table: TableFinding, area: str) -> tuple[Block, ...]:
    """Which columns were taken for what, and why; then the rows that were left out."""
    lines = [*_places(table, area), *_council(table)]
    used = {*table.places, table.council}
    if table.council >= 0:
        spare = [f"“{c.title}”" for i, c in enumerate(table.columns) if i not in used and c.filled]
        if spare:
            lines.append(f"Not used: {joined(spare[:8])}{f' and {len(spare) - 8} more' if len(spare) > 8 else ''}.")
    if table.more:
        lines.append(f"Columns were told apart by their first {number(table.rows)} rows; every row is read.")
    blocks: list[Block] = [Items(tuple(lines))]
    if table.left:
        rows = [f"line {r.line}, {r.kind}: {r.text}" if r.text else f"line {r.line}, {r.kind}" for r in table.left]
        more = [f"and {number(len(rows) - MOST_LISTED)} more"] if len(rows) > MOST_LISTED else []
        left = f"{capital(counted(len(rows), 'row'))} of the file left out"
        blocks.append(Fold(left, (Items((*map(capital, rows[:MOST_LISTED]), *more)),)))
    return tuple(blocks)


def _places(table: TableFinding, area: str) -> list[str]:
    if table.form == "a column a council":
        return [f"Each of {counted(len(table.places), 'column')} is a new council, its heading the name; below it"
                " stand its places."]  # fmt: skip
    out = []
    for n, i in enumerate(table.places):
        c = table.columns[i]
        if table.form == "a row a council":
            out.append(f"Places: column “{c.title}”. Each row is a new council, and this column lists its places.")
        else:
            finer = "also column" if n else "column"
            out.append(f"Places: {finer} “{c.title}”. {_named(c)} of {area}{_coded(c)}.")
    return out


def _named(c: ColumnFinding) -> str:
    if c.places == c.filled:
        return f"{'All its entries name' if c.filled > 1 else 'Its entry names'} a district or ward"
    names = "names" if c.places == 1 else "name"
    return f"{number(c.places)} of its {number(c.filled)} entries {names} a district or ward"


def _coded(c: ColumnFinding) -> str:
    if not c.coded:
        return " by its name"
    return " by its code" if c.coded == c.places else ", by code or by name"


def _council(table: TableFinding) -> list[str]:
    if table.council < 0 or table.council >= len(table.columns):
        return []
    c = table.columns[table.council]
    first = joined([f"“{v}”" for v in c.first], "and") if c.first else ""
    said = f" {first}" if c.different <= len(c.first) else f", such as {first}"
    return [f"New council: column “{c.title}”. It holds {counted(c.different, 'different name')}"
            f"{':' if c.different <= len(c.first) else ''}{said}."]  # fmt: skip


def holds(scenario: Scenario) -> tuple[str, ...]:
    """What a scenario brings beside its split, in a few words each."""
    answered = sum(1 for a in scenario.answers.values() if a.done or a.note)
    measures = sum(len(v) for v in scenario.counts.values())
    found = (
        ("a note" if scenario.note.strip() else ""),
        _some(len(scenario.partnerships), "partnership"),
        _some(len(scenario.assumptions), "changed assumption"),
        _some(answered, "consideration answered", "considerations answered"),
        _some(len(scenario.bases) + len(scenario.against), "line shared by a basis of its own",
              "lines shared by a basis of their own"),
        _some(len(scenario.hosting), "partnership with a host or an end", "partnerships with a host or an end"),
        _some(len(scenario.register), "duty of the first day", "duties of the first day"),
        _some(measures, "count of your own", "counts of your own"),
    )  # fmt: skip
    return tuple(text for text in found if text)


def _some(n: int, one: str, many: str | None = None) -> str:
    return counted(n, one, many) if n else ""


def beside(before: Split, after: Split) -> str:
    """How a split stands to the one that is open, where that is said in a sentence; '' else."""
    if before.facts.area.area_id != after.facts.area.area_id:
        return f"It is of {after.facts.area.full_name}; what you have open is of {before.facts.area.full_name}."
    if before == after:
        same = dict(before.block_assignment()) == dict(after.block_assignment())
        return "It divides the area as what you have open does" + ("." if same else ", under other names.")
    return ""
