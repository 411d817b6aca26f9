"""What every command shares: its options, JSON on stdout, one line a fault on stderr."""

from __future__ import annotations

import argparse
import difflib
import io
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LgrError
from lgrdata.core.text import one_line, text_field, whole_number
from lgrdata.core.words import capital
from lgrdata.reading import catalogue, db
from lgrdata.splits.area_names import AreaError, area_meant
from lgrdata.splits.assignment.reader import Choices
from lgrdata.splits.naming import is_assignment, resolve, resolve_file
from lgrdata.splits.split import Split

Subparsers = Any  # argparse keeps the type private
Run = Callable[[argparse.Namespace], int]


def add_command(subparsers: Subparsers, name: str, help_text: str, run: Run) -> argparse.ArgumentParser:
    """A command with --json and --db; `run(args)` returns the exit code, or raises LgrError for exit 1."""
    parser: argparse.ArgumentParser = subparsers.add_parser(name, help=help_text, description=help_text)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--db", type=Path, metavar="PATH", help="another dataset (default: $LGR_DB, or the tool's own)")
    parser.set_defaults(run=run)
    return parser


def add_file_options(command: argparse.ArgumentParser) -> None:
    """What may be said with a SPLIT that is a file."""
    command.add_argument("--column", default="", metavar="NAME", help="the column of the file that is the new council")
    command.add_argument("--places", default="", metavar="NAME", help="the column of the file that names the places")
    command.add_argument(
        "--nobody", choices=["marked", "none"], default="marked",
        help="none: a 0, NA, TBC … in the file is a council, not a place in no council yet",
    )  # fmt: skip


def file_choices(args: argparse.Namespace) -> Choices:
    """What was said with a file."""
    column, place = text_field(args.column, 200), text_field(args.places, 200)
    return Choices(column=column, nobody=args.nobody != "none", place=place)


def split_named(conn: sqlite3.Connection, facts: AreaFacts, text: str, args: argparse.Namespace) -> Split:
    """The split that a command's SPLIT names; how a file was read is said on stderr."""
    if not is_assignment(text):
        return resolve(conn, facts, text)
    reading = resolve_file(conn, facts, Path(text), file_choices(args))
    print_faults(f"{capital(line)}." for line in (*reading.warnings, *reading.notes))
    return reading.split


def count(text: str) -> int:
    """A whole number as typed, for an option; ArgumentTypeError otherwise."""
    number = whole_number(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"{one_line(text, 60)}: give a whole number in digits, such as 3")
    return number


def program(module: str, command: str) -> str:
    """The name to show in a usage line: the installed command where that was run, else `python -m MODULE`."""
    ran = os.path.basename(sys.argv[0]).removesuffix(".exe")
    return command if ran == command else f"python -m {module}"


def db_path(args: argparse.Namespace) -> Path:
    """The dataset a command is to use."""
    named: Path | None = args.db
    return named if named is not None else db.default_path()


@contextmanager
def dataset(args: argparse.Namespace) -> Iterator[sqlite3.Connection]:
    """The dataset of a command, opened read-only and closed after; LgrError when it cannot be."""
    conn = db.connect(db_path(args))
    try:
        yield conn
    finally:
        conn.close()


def json_text(document: Any) -> str:
    """A document as commands print it."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)


def print_json(document: Any) -> None:
    """One JSON document on stdout, in plain ASCII where the terminal or pipe takes no more."""
    text = json_text(document)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(document, indent=1, allow_nan=False)
    sys.stdout.write(f"{text}\n")


def prepare_streams() -> None:
    """Let plain text reach a terminal that lacks some characters, escaped; LgrError where there is no output at all."""
    if sys.stdout is None:
        raise LgrError("the output is closed, so there is nowhere to print to")
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors in ("strict", "surrogateescape"):
        sys.stdout.reconfigure(errors="backslashreplace")


def print_faults(faults: Iterable[str]) -> None:
    """Faults on stderr, one line each."""
    for fault in faults if sys.stderr is not None else ():
        print(" ".join(text_field(fault, 10_000).split()), file=sys.stderr)


def print_table(rows: Sequence[Sequence[str]], header: Sequence[str]) -> None:
    """Rows in columns as wide as their longest cell; the last column runs on."""
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    for row in [header, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def unknown(what: str, given: str, known: Mapping[str, str] | Iterable[str]) -> LgrError:
    """An LgrError for a name that is not known, with the near ones; `known` may map ids to plain names."""
    names = dict(known) if isinstance(known, Mapping) else dict.fromkeys(known, "")
    wanted = given.strip().lower()
    by_word = {name.lower(): name for name in names} | {plain.lower(): name for name, plain in names.items() if plain}
    close = [by_word[word] for word in difflib.get_close_matches(wanted[:100], by_word, n=5, cutoff=0.6)]
    close += [name for word, name in by_word.items() if wanted and wanted in word]
    near = list(dict.fromkeys(close))[:5]
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(list(names)[:30])}"
    return LgrError(f"no {what} '{one_line(given, 60)}'; {hint}")


def find_area(conn: sqlite3.Connection, given: str) -> str:
    """The area_id for an id, or a name or code of the area or a place in it. LgrError for none, and for several."""
    names = catalogue.area_names(conn)
    wanted = given.strip().lower()
    for area_id, name in names.items():
        if wanted in (area_id, name.lower()):
            return area_id
    try:
        area_id, meant = area_meant(conn, given)
    except AreaError:
        raise
    except LgrError as fault:
        raise unknown("area", given, names) from fault
    print_faults([f"{one_line(given, 60)} is read as {meant}."])
    return area_id
