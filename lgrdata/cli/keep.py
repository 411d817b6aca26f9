"""The keepers' commands: build, check, totals, dump."""

from __future__ import annotations

import argparse
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from lgrdata.cli.common import Subparsers, add_command, dataset, db_path, print_faults, print_json, print_table
from lgrdata.core.models import LgrError
from lgrdata.reading import db
from lgrdata.reading.tables import Faults


def data_dir(args: argparse.Namespace) -> Path:
    """The folder of tables: --data, else the folder of the dataset where that holds tables, else this project's."""
    if args.data is not None:
        return Path(args.data)
    beside = db_path(args).parent
    return beside if (beside / "tables").is_dir() else db.DATA


def run_build(args: argparse.Namespace) -> int:
    """`build`."""
    from lgrdata.keeping.build import build  # here, since the other commands need not wait for it

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
        size = f"{rows:,} rows, {report.bytes / 1e6:.1f} MB"
        print(f"{report.path}: {size}, version {report.data_version}, {seconds:.1f} s")
    return 0


def run_check(args: argparse.Namespace) -> int:
    """`check`."""
    from lgrdata.keeping.check import check, notes, rules_for

    with dataset(args) as conn:
        rules = rules_for(conn)
        faults = check(conn, rules)
        noted = notes(conn)
    print_faults(str(fault) for fault in faults)
    if args.json:
        told = [{"rule": fault.rule.key, "sentence": fault.rule.sentence, "rows": fault.rows} for fault in faults]
        print_json({"path": str(db_path(args)), "rules": len(rules), "faults": told, "notes": noted})
    else:
        for note in noted:
            print(f"Note: {note}.")
        print(f"{len(faults)} of {len(rules)} rules are broken." if faults else f"{len(rules)} rules, no fault.")
    return 1 if faults else 0


def run_totals(args: argparse.Namespace) -> int:
    """`totals`: which agreed totals the dataset no longer adds up to; with --take, put what is held in their place."""
    from lgrdata.keeping.rules.totals import missed, settle

    if args.take and not args.why.strip():
        raise LgrError("--take needs --why: a sentence for the note of each total, such as 'With Newshire.'")
    with dataset(args) as conn:
        rows = missed(conn)
    if args.take:
        with closing(sqlite3.connect(db_path(args))) as conn, conn:
            rows = settle(conn, args.take, args.why.strip())
    if args.json:
        told = [{"total_id": r.total_id, "item": r.what, "wanted": r.wanted, "held": r.held} for r in rows]
        print_json({"path": str(db_path(args)), "taken": bool(args.take), "totals": told})
    elif rows:
        print_table([(r.total_id, r.what, r.wanted, r.has) for r in rows], ("total_id", "item", "was agreed", "held"))
        print("\nTaken, with the note." if args.take else "\n`--take total_id … --why` (or `--take all`) writes these.")
    else:
        print("Every total holds.")
    return 0


def run_dump(args: argparse.Namespace) -> int:
    """`dump`: check, write the tables, then build anew so that derived tables follow."""
    from lgrdata.keeping.build import build
    from lgrdata.keeping.check import check
    from lgrdata.keeping.dump import dump, refuse_newer_tables

    path, data = db_path(args), data_dir(args)
    if db.INSTALLED and data == db.DATA:
        raise LgrError("an installed copy has no tables to edit: dump in a checkout, or name a folder with --data")
    with dataset(args) as conn:
        if not args.force:
            refuse_newer_tables(conn, data)
            faults = [str(fault) for fault in check(conn)]
            if faults:
                raise Faults([*faults, "Nothing was dumped: mend the faults, or dump all the same with --force."])
        report = dump(conn, path, data)
    if not args.no_build:
        build(data, path)
    if args.json:
        print_json({"path": str(data), "written": report.written, "removed": report.removed})
        return 0
    for name in report.written:
        print(f"{data / name}")
    for name in report.removed:
        print(f"{data / name}: removed")
    if not report.written and not report.removed:
        print("Nothing to dump: the tables hold all that the database holds.")
    return 0


def register(subparsers: Subparsers) -> None:
    """Add the commands."""
    command = add_command(subparsers, "build", "build data/lgr.db from the tables of data/", run_build)
    command.add_argument("--partial", action="store_true", help="leave missing tables empty, and say so")
    command.add_argument("--discard-edits", action="store_true", help="replace a database that holds edits not dumped")
    command.add_argument("--data", type=Path, metavar="DIR", help="folder of tables (default: the dataset's own)")
    add_command(subparsers, "check", "check every rule of the dataset, and list every fault", run_check)
    command = add_command(subparsers, "totals", "agreed totals that no longer hold; --take agrees new ones", run_totals)
    command.add_argument("--take", nargs="+", default=[], metavar="ID", help="total_id of a row of total, or all")
    command.add_argument("--why", default="", metavar="SENTENCE", help="the note that each gets")
    command = add_command(subparsers, "dump", "write the database back to the tables, and build anew", run_dump)
    command.add_argument("--force", action="store_true", help="dump even where rules are broken or tables have changed")
    command.add_argument("--no-build", action="store_true", help="leave the database as it is")
    command.add_argument("--data", type=Path, metavar="DIR", help="folder of tables (default: the dataset's own)")
