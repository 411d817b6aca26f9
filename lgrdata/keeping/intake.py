"""A publisher's file → rows of the dataset: read by a recipe of releases/, or refused with what to do."""

from __future__ import annotations

import itertools
import sqlite3
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lgrdata.core import periods
from lgrdata.core.models import LgrError
from lgrdata.core.text import number_in
from lgrdata.keeping import board_intake, outturn_intake, resident_intake
from lgrdata.keeping.estimates import FIGURES, derive_fits
from lgrdata.keeping.sheets import tables
from lgrdata.reading.queries import AUTHORITY_MEASURES, UPPER_MEASURES
from lgrdata.reading.tables import Faults

LEARNT = frozenset(FIGURES)
"""Measures that estimates of people in care are learnt from."""
PRICED = LEARNT | {*AUTHORITY_MEASURES, *UPPER_MEASURES}
"""Measures that a proposal's costs, or its weakest council, may rest on."""
FOLDER = Path(__file__).with_name("releases")
SHOWN = 8


@dataclass(frozen=True)
class Figure:
    """A figure as the file gives it; without a value, `status` and `note` say why."""

    place: str
    measure: str
    period: str
    value: float | None
    note: str
    status: str = "published"


@dataclass(frozen=True)
class Intake:
    """What a file brings: figures of councils that the dataset holds, and what was left out."""

    series: str
    recipe: Mapping[str, Any]
    figures: tuple[Figure, ...]
    left_out: tuple[str, ...]
    ages: Mapping[str, list[int]] | None = None
    """Residents by code and single year of age, where the release brings them."""
    outturn: outturn_intake.Outturn | None = None
    boards: board_intake.Boards | None = None
    board_codes: Mapping[str, str] = field(default_factory=dict)
    year: str = ""
    """Of outturn or boards."""

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods of the figures, or the year of outturn or boards."""
        return (self.year,) if self.year else tuple(sorted({f.period for f in self.figures}, key=periods.order))

    @property
    def relearns(self) -> bool:
        """Whether estimates of people in care rest on what the file brings."""
        return self.ages is not None or any(f.measure in LEARNT for f in self.figures)

    @property
    def reprices(self) -> bool:
        """Whether a proposal's cost or weakest council rests on what the file brings."""
        return self.relearns or self.outturn is not None or any(f.measure in PRICED for f in self.figures)


def recipes() -> tuple[str, ...]:
    """The releases that can be loaded."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def recipe(series: str) -> dict[str, Any]:
    """The recipe of a release; LgrError where there is none."""
    if series not in recipes():
        raise LgrError(f"no release '{series[:40]}'; known: {', '.join(recipes())}; tidy takes any in its plain form")
    return tomllib.loads((FOLDER / f"{series}.toml").read_text(encoding="utf-8"))


def read(conn: sqlite3.Connection, series: str, paths: Path | Sequence[Path], period: str = "") -> Intake:
    """Read a file by the recipe of its release; LgrError or Faults say what is wrong with it and what to do."""
    how = recipe(series)
    path, *more = [paths] if isinstance(paths, Path) else paths
    if how.get("fills") == "spend":
        year, outturn, wrong = outturn_intake.read(conn, [path, *more], how, _former(conn))
        _refuse(wrong)
        return Intake(series, how, (), (), outturn=outturn, year=year)
    if more:
        raise LgrError(f"{series}: is one file, and {1 + len(more)} were given")
    if how.get("fills") == "boards":
        year, codes, boards, wrong = board_intake.read(conn, path, how, _former(conn))
        _refuse(wrong)
        return Intake(series, how, (), (), boards=boards, board_codes=codes, year=year)
    if how.get("fills") == "residents":
        return _residents(conn, series, path, how, period)
    rows = list(_records(path, how))
    known, former = {row[0] for row in conn.execute("SELECT place_code FROM place")}, _former(conn)
    figures, strange = [], set()
    faults: list[str] = []
    totals: dict[tuple[str, str], float] = {}
    for line, row in rows:
        country: Mapping[str, str] = how.get("country", {})
        is_country = bool(country) and _matches(row, country)
        if not is_country and not _matches(row, how.get("where", {})):
            continue
        place = row[how["code"]].strip()
        place = place if place in known else former.get(place, place)
        when = _period(how, row, period, path)
        for measure, column in how["values"].items():
            name = row[how["measure"]].strip() if "measure" in how else measure
            text, symbols = row[column].strip(), how["symbols"]
            value, fault = _value(text, symbols)
            if fault:
                faults.append(f"{path.name} line {line}: {column} is {fault}")
            elif is_country:
                totals[name, when] = value or 0.0
            elif place in known:
                figures.append(Figure(place, name, when, value, **symbols.get(text, {"note": ""})))
            elif place[:3] in ("E06", "E07", "E08", "E09", "E10"):
                strange.add(place)
    faults += _faults(conn, series, path, how, figures, strange, totals)
    _refuse(faults)
    return Intake(series, how, tuple(figures), tuple(sorted(strange)))


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise Faults([*faults[:SHOWN], *([f"and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else [])])


def _residents(conn: sqlite3.Connection, series: str, path: Path, how: Mapping[str, Any], given: str) -> Intake:
    if not given:
        raise LgrError(f"{path.name}: the file does not say its year in a column; add --period, e.g. 'mid-2025'")
    period = periods.read(given).words
    ages, faults = resident_intake.ages_of(_records(path, how), path, _former(conn))
    faults += resident_intake.faults_of(conn, path, ages, period)
    _refuse(faults)
    figures = tuple(Figure(p, m, period, n, "") for p, m, n in resident_intake.figures_of(conn, path, ages))
    return Intake(series, how, figures, (), ages)


def _former(conn: sqlite3.Connection) -> dict[str, str]:
    """Codes that a council of today had before, and its code now."""
    query = "SELECT former, authority_code FROM place_history WHERE kind = 'code' AND part = ''"
    return dict(conn.execute(query).fetchall())


def _records(path: Path, how: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, str]]]:
    wanted = _columns(how)
    near: list[str] = []
    for lines in tables(path):
        for number, head in enumerate(lines[:20], start=1):
            names = [cell.strip() for cell in head]
            if wanted <= set(names):
                yield from _below(path, names, lines, number)
                return
            if len(wanted & set(names)) > len(wanted & set(near)) or not near:
                near = names
    missing = ", ".join(f"'{name}'" for name in sorted(wanted - set(near)))
    raise LgrError(
        f"{path.name}: no column {missing}; the file has {', '.join(near)[:300]}. If the publisher changed a name,"
        f" change it in lgrdata/keeping/releases; if it is another table, take the one that its recipe names"
    )


def _below(path: Path, names: list[str], lines: list[list[str]], head: int) -> Iterator[tuple[int, dict[str, str]]]:
    for line, record in enumerate(lines[head:], start=head + 1):
        if any(record):
            if len(record) < len(names):
                raise LgrError(f"{path.name} line {line}: {len(record)} fields of {len(names)}; the file is cut")
            yield line, dict(zip(names, record, strict=False))


def _columns(how: Mapping[str, Any]) -> set[str]:
    names = {how["code"], *how["values"].values(), *how.get("where", {}), *how.get("country", {})}
    return names | ({how["measure"]} if "measure" in how else set()) | {p["column"] for p in [how.get("period")] if p}


def _matches(row: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(row[column].strip() == text for column, text in wanted.items())


def _period(how: Mapping[str, Any], row: Mapping[str, str], given: str, path: Path) -> str:
    if "period" in how:
        return periods.read(how["period"]["words"].format(row[how["period"]["column"]].strip())).words
    if not given:
        raise LgrError(f"{path.name}: the file does not say its period in a column; add --period, e.g. '2026 Q1'")
    return periods.read(given).words


def _value(text: str, symbols: Mapping[str, Mapping[str, str]]) -> tuple[float | None, str]:
    if text in symbols:
        return None, ""
    value = number_in(text)
    if value is None:
        return None, f"'{text[:40]}', neither a number nor one of {' '.join(symbols)}"
    return (value, "") if abs(value) < 1e15 else (None, f"'{text[:40]}', which is no count")


def _faults(
    conn: sqlite3.Connection,
    series: str,
    path: Path,
    how: Mapping[str, Any],
    figures: list[Figure],
    strange: set[str],
    totals: Mapping[tuple[str, str], float],
) -> Iterator[str]:
    if not figures:
        yield f"{path.name}: no row is of a council that the dataset holds; is it another table of the release?"
        return
    held = _newest(conn)
    groups: dict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.place in groups[figure.measure, figure.period]:
            yield f"{path.name}: {figure.place} {figure.measure} {figure.period} is given twice"
        groups[figure.measure, figure.period][figure.place] = figure
    for measure in sorted({measure for measure, _ in groups} - set(held)):
        yield f"{path.name}: no measure '{measure}'; add it to the table measure first"
    for (measure, period), found in sorted(groups.items()):
        if measure not in held or period != periods.newest(p for m, p in groups if m == measure):
            continue
        newest = held[measure]
        if periods.order(period) < periods.order(newest):
            yield f"{path.name}: {measure} is of {period}, and {newest} is held; take the newer edition"
            continue
        following = periods.read(newest).following.words
        if period not in (newest, following):
            yield f"{path.name}: {measure} is of {period}, where {following} follows {newest}; load that first"
        had = {row[0] for row in conn.execute(_HELD, (measure, newest))}
        lost = sorted(had - set(found))
        if lost and strange:
            yield (
                f"{path.name}: codes of another vintage: {', '.join(sorted(strange)[:SHOWN])} are not in the table"
                f" place, and {', '.join(lost[:SHOWN])} are not in the file; take the edition on today's councils"
            )
        elif lost:
            yield (
                f"{path.name}: {measure} {period} lacks {len(lost)} of {len(had)} councils held: "
                f"{', '.join(lost[:SHOWN])}; is the file cut? A council without a figure needs a row that says why"
            )
        total, within = totals.get((measure, period)), float(how.get("within", 0))
        added = sum(f.value or 0.0 for f in found.values())
        whole = len(found) >= 150 and not strange and all(f.value is not None for f in found.values())
        if total and whole and abs(added / total - 1) > within:
            yield f"{path.name}: councils add to {added:,.0f}, and the file's total for England is {total:,.0f}"


_HELD = """SELECT place_code FROM figure JOIN place USING (place_code)
           WHERE measure_code = ? AND period = ? AND kind <> 'country'"""


def _newest(conn: sqlite3.Connection) -> dict[str, str]:
    held: dict[str, list[str]] = defaultdict(list)
    for measure, period in conn.execute("SELECT DISTINCT measure_code, period FROM figure"):
        held[measure].append(period)
    return {measure: periods.newest(of) for measure, of in held.items()}


def changes(conn: sqlite3.Connection, intake: Intake) -> list[tuple[str, str, str, float | None, float | None]]:
    """By figure of the newest period: place, measure, its newest held period, the value then and the value now.

    Of outturn: net by service of the summary; of boards: the share of an authority in each.
    """
    names = dict(conn.execute("SELECT place_code, name FROM place").fetchall())
    if intake.outturn is not None or intake.boards is not None:
        return _other_changes(conn, intake, names)
    held = _newest(conn)
    last = periods.newest(intake.periods)
    before = {
        (measure, place): value
        for measure in {f.measure for f in intake.figures}
        for place, value in conn.execute(
            "SELECT place_code, value FROM figure WHERE measure_code = ? AND period = ?", (measure, held[measure])
        )
    }
    return [
        (names[f.place], f.measure, held[f.measure], before.get((f.measure, f.place)), f.value)
        for f in intake.figures
        if f.period == last
    ]


def _other_changes(
    conn: sqlite3.Connection, intake: Intake, names: Mapping[str, str]
) -> list[tuple[str, str, str, float | None, float | None]]:
    was = board_intake.held(conn)
    now: dict[tuple[str, str], float | None] = {}
    for code, of in (intake.boards or {}).items():
        now |= {(code, board): share for board, share in of.items()}
    if intake.outturn is not None:
        was = outturn_intake.held(conn)
        net = ((key, of) for key, of in intake.outturn.items() if key[1] == "RSX" and key[3] == outturn_intake.NET)
        now = {(place, service): value for (place, _, service, _), (value, _) in net}
    keys = sorted(was.keys() | now.keys())
    return [(names[code], what, intake.year, was.get((code, what)), now.get((code, what))) for code, what in keys]


def copy(conn: sqlite3.Connection) -> sqlite3.Connection:
    """A dataset of one's own in memory, to try a change on."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    conn.backup(made)
    return made


def derive_again(conn: sqlite3.Connection) -> None:
    """Learn the estimates anew from the figures as they stand."""
    conn.execute("BEGIN")
    for table in ("fit_driver", "fit_coefficient", "care_record", "block_estimate", "fit"):
        conn.execute(f"DELETE FROM {table}")
    derive_fits(conn)
    conn.execute("COMMIT")


def _free_id(conn: sqlite3.Connection, wanted: str, today: date) -> str:
    """The id of a source; of an edition revised since, with the day and, from the second of a day, a number."""
    taken = {row[0] for row in conn.execute("SELECT source_id FROM source")}
    revised = f"{wanted}-revised-{today.isoformat()}"
    names = itertools.chain((wanted, revised), (f"{revised}-{n}" for n in itertools.count(2)))
    return next(name for name in names if name not in taken)


def take_in(conn: sqlite3.Connection, intake: Intake, source: Mapping[str, str], today: date) -> None:
    """Put the figures into an open dataset, with their source, release, periods, and a line in `data_change`."""
    last = periods.read(periods.newest(intake.periods))
    source = {**source, "source_id": _free_id(conn, source["source_id"], today)}
    columns = ("source_id", "title", "publisher", "release", "released", "licence", "link", "note")
    marks = ", ".join("?" * len(columns))
    conn.execute(f"INSERT INTO source VALUES ({marks})", tuple(source.get(c, "") for c in columns))
    for words in intake.periods:
        period = periods.read(words)
        days = (period.words, period.starts.isoformat(), period.ends.isoformat())
        conn.execute("INSERT OR IGNORE INTO period VALUES (?, ?, ?)", days)
    series = source["series"]
    older = conn.execute(
        "SELECT source_id FROM release WHERE series = ? ORDER BY ends DESC LIMIT 1", (series,)
    ).fetchone()
    conn.execute(
        "INSERT INTO release VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(source["source_id"], series, last.starts.isoformat(), last.ends.isoformat()),
            *(intake.recipe["geography"], older[0] if older else None),
        ),
    )
    for f in intake.figures:
        conn.execute(
            "INSERT OR REPLACE INTO figure VALUES (?, ?, ?, ?, ?, ?, ?)",
            (f.place, f.measure, f.period, f.value, f.status, source["source_id"], f.note),
        )
    measures = sorted({f.measure for f in intake.figures})
    for measure in measures:
        conn.execute(
            "UPDATE share_basis SET period = ?, source_id = ? WHERE basis_key = ? AND kind = 'people in care'",
            (last.words, source["source_id"], measure),
        )
    if intake.ages is not None:
        resident_intake.move(conn, dict(intake.ages), last.words, source["source_id"])
    if intake.outturn is not None:
        outturn_intake.move(conn, intake.outturn, intake.year, source["source_id"])
    if intake.boards is not None:
        board_intake.move(conn, intake.board_codes, intake.boards, intake.year, source["source_id"])
    conn.execute(
        "INSERT INTO data_change SELECT coalesce(max(change_id), 0) + 1, ?, ? FROM data_change",
        (today.isoformat(), f"{source['title']}: {source['release']}."),
    )
