"""The commands: `python -m export COMMAND`. Exit 0 done, 1 the data or the input is wrong, 2 wrong usage."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from lgrdata.cli import main as cli
from lgrdata.cli.common import (
    Subparsers,
    add_command,
    add_file_options,
    count,
    db_path,
    file_choices,
    find_area,
    print_faults,
    print_json,
    program,
)
from lgrdata.cli.effects import open_named
from lgrdata.core.models import LgrError
from lgrdata.core.outputs import checked_output, write_output
from lgrdata.core.text import one_line, whole_number
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.splits.assignment.reader import PLAIN, Choices
from lgrdata.splits.scenario import Scenario, restore
from lgrdata.splits.snapshot_file import MAX_BYTES, scenario_document

SPLIT_HELP = (
    "a proposal, today, single, a split code, a file of places and councils, a scenario (.json) or a snapshot (.html)"
)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    name = program("export", "lgr-export")
    top = argparse.ArgumentParser(prog=name, description="Scenarios and the whole site as files.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    one = add_command(commands, "snapshot", "one scenario, one self-contained file", snapshot)
    one.add_argument("area", metavar="AREA")
    one.add_argument("split", metavar="SPLIT", help=SPLIT_HELP)
    _options(one)
    _print_options(one)
    together = add_command(commands, "pack", "one scenario as files for a committee, in one zip", pack)
    together.add_argument("area", metavar="AREA")
    together.add_argument("split", metavar="SPLIT", help=SPLIT_HELP)
    _options(together, "FILE.zip")
    _print_options(together)
    several = add_command(commands, "compare", "two to four scenarios side by side in one file", compare)
    several.add_argument("area", metavar="AREA")
    several.add_argument("splits", metavar="SPLIT", nargs="+", help=SPLIT_HELP)
    _options(several)
    drawn = add_command(commands, "explorer", "the map to redraw with no server and no network, in one file", explorer)
    drawn.add_argument("area", metavar="AREA")
    drawn.add_argument("--wards", action="store_true", help="with its wards, which authorities may be divided by")
    drawn.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.html")
    drawn.add_argument(
        "--base", default="", metavar="URL", help="the app's web address, for a link that opens it there"
    )
    drawn.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="date shown (default today)")
    again = add_command(commands, "open", "print the scenario inside a snapshot, as a scenario file", reopen)
    again.add_argument("file", type=Path, metavar="FILE.html")
    again.add_argument("--which", type=count, default=1, metavar="N", help="of a comparison's scenarios (default 1)")
    _site(commands)
    return top


def _print_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--short", action="store_true", help="the decision sheet alone, without an annex")
    command.add_argument(
        "--parts", default="", metavar="NAMES",
        help="annex sections, by commas, or all (default: what the split does, and what was filled)",
    )  # fmt: skip
    command.add_argument("--large", action="store_true", help="large print")


def _options(command: argparse.ArgumentParser, file: str = "FILE.html") -> None:
    add_file_options(command)
    command.add_argument("-o", "--output", type=Path, required=True, metavar=file)
    command.add_argument("--base", default="", metavar="URL", help="the app's web address, for a full link")
    command.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="date shown (default today)")


def _site(commands: Subparsers) -> None:
    command = add_command(commands, "site", "the whole static site: areas, proposals, evidence, data", site)
    command.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    command.add_argument("--area", default="", metavar="AREA", help="the site of this one area, for its own address")
    command.add_argument("--base", default="", metavar="URL", help="the site's web address, for sitemap.xml")
    command.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="date shown (default today)")
    command.add_argument(
        "--jobs", type=count, default=0, metavar="N", help="processes (default: one a core, at most 4)"
    )


def day(text: str) -> date:
    """A date as typed; ArgumentTypeError otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: give a date as 2026-05-31") from None


def made_on(args: argparse.Namespace) -> date:
    """The date to show: --date, else SOURCE_DATE_EPOCH of the environment, else today."""
    if args.date is not None:
        chosen: date = args.date
        return chosen
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return date.today()
    seconds = whole_number(epoch)
    try:
        if seconds is None:
            raise ValueError
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        raise LgrError(f"SOURCE_DATE_EPOCH is {one_line(epoch, 30)}, which is not a number of seconds") from None


def open_scenario(dataset: Dataset, area: str, text: str, chosen: Choices = PLAIN) -> Scenario:
    """The scenario that AREA and SPLIT name: as the other commands take it, or a snapshot."""
    facts = dataset.facts(find_area(dataset.conn, area))
    if Path(text).suffix.lower() in (".html", ".htm"):
        name = Path(text).name
        return restore(dataset.conn, facts, scenario_document(_read(Path(text)), name, told=_tell), name)
    return open_named(dataset.conn, facts, text, chosen)[0]


def snapshot(args: argparse.Namespace) -> int:
    """Write a snapshot."""
    from export.snapshot import snapshot as draw

    return _one(args, draw)


def pack(args: argparse.Namespace) -> int:
    """Write a committee pack."""
    from export.pack.build import pack as draw

    return _one(args, draw)


def _one(args: argparse.Namespace, draw: Callable[..., bytes]) -> int:
    """Write one scenario as `draw` makes it."""
    from export.snapshot import PrintChoice

    names = tuple(name.strip() for name in args.parts.split(",") if name.strip())
    choice = PrintChoice(names, args.short, args.large)
    path = checked_output(args.output, read=_read_by(args, args.split))
    dataset = current(db_path(args))
    scenario = open_scenario(dataset, args.area, args.split, file_choices(args))
    made = made_on(args)
    return _finish(args, path, lambda: draw(dataset, scenario, made=made, base=args.base, choice=choice), (scenario,))


def compare(args: argparse.Namespace) -> int:
    """Write a comparison of two to four scenarios."""
    from export.compare import comparison

    path = checked_output(args.output, read=_read_by(args, *args.splits))
    if not 2 <= len(args.splits) <= 4:
        raise LgrError(f"a comparison takes two to four splits, not {len(args.splits)}")
    dataset = current(db_path(args))
    scenarios = tuple(open_scenario(dataset, args.area, text, file_choices(args)) for text in args.splits)
    return _finish(args, path, lambda: comparison(dataset, scenarios, made=made_on(args), base=args.base), scenarios)


def explorer(args: argparse.Namespace) -> int:
    """Write the explorer of an area."""
    from export.explorer.page import explorer as draw

    path = checked_output(args.output, read=[db_path(args)])
    dataset, began = current(db_path(args)), time.perf_counter()
    area_id = find_area(dataset.conn, args.area)
    page = draw(dataset, area_id, made=made_on(args), wards=args.wards, app=args.base)
    write_output(path, page)
    seconds = round(time.perf_counter() - began, 3)
    if args.json:
        told = {"file": str(path), "bytes": len(page), "area": area_id, "wards": args.wards}
        print_json({**told, "date": made_on(args).isoformat(), "seconds": seconds})
    else:
        print(f"{path}: {len(page) / 1000:,.0f} KB in {seconds:.1f} seconds")
    return 0


def _read_by(args: argparse.Namespace, *splits: str) -> list[Path]:
    """The dataset, and each split that is a file."""
    return [db_path(args), *(path for text in splits if (path := Path(text)).suffix)]


def _finish(args: argparse.Namespace, path: Path, draw, scenarios: tuple[Scenario, ...]) -> int:  # type: ignore[no-untyped-def]
    began = time.perf_counter()
    page: bytes = draw()
    write_output(path, page)
    seconds = time.perf_counter() - began
    if args.json:
        print_json(
            {
                "file": str(path),
                "bytes": len(page),
                "area": scenarios[0].area_id,
                "scenarios": len(scenarios),
                "date": made_on(args).isoformat(),
                "seconds": round(seconds, 3),
            }
        )
    else:
        print(f"{path}: {len(page) / 1000:,.0f} KB in {seconds:.1f} seconds")
    return 0


def reopen(args: argparse.Namespace) -> int:
    """Print the scenario inside a snapshot."""
    print_json(scenario_document(_read(args.file), args.file.name, args.which, _tell))
    return 0


def _tell(line: str) -> None:
    print_faults([f"{line}."])


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise LgrError(
                f"{path.name} is {path.stat().st_size / 1e6:.0f} MB; a snapshot is under {MAX_BYTES // 10**6} MB"
            )
        return path.read_bytes()
    except OSError as fault:
        raise LgrError(f"{path}: {fault.strerror}") from None


def site(args: argparse.Namespace) -> int:
    """Write the whole site."""
    from export.site.build import run

    return run(args, made_on(args))


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code (2, wrong usage, leaves through SystemExit)."""
    return cli.main(argv, parser())
