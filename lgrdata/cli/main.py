"""The commands: `python -m lgrdata COMMAND`. Exit 0 done, 1 the data or the input is wrong, 2 wrong usage."""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import sqlite3
import sys
from collections.abc import Sequence

from lgrdata.cli.common import prepare_streams, print_faults, program
from lgrdata.core.models import LgrError
from lgrdata.core.outputs import advice
from lgrdata.reading import db
from lgrdata.reading.tables import Faults

# Each module adds its commands: `register(subparsers)`, see `cli_common.add_command`.
MODULES = (
    "lgrdata.cli.keep",
    "lgrdata.cli.load",
    "lgrdata.cli.lists",
    "lgrdata.cli.effects",
    "lgrdata.cli.options",
    "lgrdata.cli.forecast",
    "lgrdata.cli.calibrate",
    "lgrdata.cli.share",
    "lgrdata.cli.hindcast",
)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    name = program("lgrdata", "lgr")
    top = argparse.ArgumentParser(prog=name, description="Councils redrawn: data, effects, options.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in MODULES:
        importlib.import_module(module).register(commands)
    return top


def _build_first(args: argparse.Namespace) -> None:
    """An installed copy builds its dataset before the first command that reads it."""
    if args.command == "build" or getattr(args, "db", None) is not None:
        return
    from lgrdata.keeping import fresh  # here, since in a checkout nothing waits for it

    fresh.ready(lambda line: print_faults([line]))


def main(argv: Sequence[str] | None = None, commands: argparse.ArgumentParser | None = None) -> int:
    """Run a command, of this command line or another; returns the exit code (2, wrong usage, leaves by SystemExit)."""
    args = (commands or parser()).parse_args(argv)
    try:
        prepare_streams()
        if db.INSTALLED:
            _build_first(args)
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except Faults as error:
        print_faults(error.faults)
    except LgrError as error:
        print_faults([str(error)])
    except BrokenPipeError:
        # The reader (head, less) went away: nothing more to say, and nothing to say it to at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print_faults(["stopped"])
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            print_faults([f"the dataset: {advice(OSError(errno.ENOSPC, ''))}"])
            return 1
        print_faults([f"the dataset cannot be read: {error}; `python -m lgrdata build` makes it anew"])
    except OSError as error:
        print_faults([f"{error.filename or 'the output'}: {advice(error)}"])
    return 1
