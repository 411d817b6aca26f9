"""The keepers' commands: build, check, dump."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from lgrdata import db
from lgrdata.cli_common import Subparsers, add_command, db_path, print_faults, print_json


def data_dir(args: argparse.Namespace) -> Path:
    """The folder of tables: --data, else the folder of the dataset where that holds tables, else this project's."""
    if args.data is not None:
        return Path(args.data)
    beside = db_path(args).parent
    return beside if (beside / "tables").is_dir() else db.ROOT / "data"


def run_build(args: argparse.Namespace) -> int:
    """`build`."""
    from lgrdata.build import build  # here, since the other commands need not wait for it

    start = time.perf_counter()
    report = build(data_dir(args), db_path(args), partial=args.partial, discard_edits=args.discard_edits)
    seconds = time.perf_counter() - start
    print_faults(f"warning: {warning}" for warning in report.warnings)
    if args.json:
        print_json(
            {
                "path": str(report.path),
                "bytes": report.bytes,
                "rows": report.rows,
                "tables_hash": report.tables_hash,
                "data_version": report.data_version,
                "warnings": report.warnings,
            }
        )
    else:
        rows = sum(report.rows.values())
        print(f"{report.path}: {rows:,} rows, {report.bytes / 1e6:.1f} MB, version {report.data_version}, {seconds:.1f} s")
    return 0


def register(subparsers: Subparsers) -> None:
    """Add the commands."""
    command = add_command(subparsers, "build", "build data/lgr.db from the tables of data/", run_build)
    command.add_argument("--partial", action="store_true", help="leave missing tables empty, and say so")
    command.add_argument("--discard-edits", action="store_true", help="replace a database that holds edits not dumped")
    command.add_argument("--data", type=Path, metavar="DIR", help="folder of tables (default: the dataset's own)")
