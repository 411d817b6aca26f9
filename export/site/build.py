"""The whole site: plan, render in a few processes, publish in one step. Only what changed is made anew."""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Callable, Generator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

from export.site import work as site_work
from export.site.tree import SiteFile, Tree, entry_of, manifest_bytes
from lgrdata.cli.common import db_path, find_area, print_json
from lgrdata.core.models import LgrError
from lgrdata.core.outputs import CannotWrite, advice, checked_output
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.reading.db import ROOT
from lgrdata.views.privacy import report_address

MOST_JOBS = 4


@dataclass(frozen=True)
class Report:
    """What a run did: files of the site, how many were made anew, how many of those differ, bytes, seconds."""

    files: int
    made: int
    changed: int
    bytes: int
    seconds: float
    memory_mb: float


def run(args: argparse.Namespace, made: date) -> int:
    """The command."""
    root = checked_output(args.output, folder=True, read=[db_path(args)])
    jobs = args.jobs or min(MOST_JOBS, os.cpu_count() or 1)
    if not 1 <= jobs <= 64:
        raise LgrError(f"--jobs {args.jobs}: give a number of processes from 1 to 64")
    site_work.check_base(args.base)
    dataset = current(db_path(args))
    only = find_area(dataset.conn, args.area) if args.area else ""
    try:
        report = build(dataset, root, made=made, base=args.base, jobs=jobs, told=_bar(), only=only)
    finally:
        if sys.stderr.isatty():
            sys.stderr.write("\n")  # whatever is said next stands on a line of its own
    if args.json:
        print_json({"folder": str(root), **vars(report)})
    elif not report.changed:
        print(f"{root}: {report.files} files, nothing has changed ({report.seconds:.1f} seconds)")
    else:
        print(
            f"{root}: {report.files} files, {report.bytes / 1e6:.1f} MB, {report.changed} changed,"
            f" in {report.seconds:.0f} seconds"
        )
    return 0


def build(
    dataset: Dataset, root: Path, *, made: date, base: str = "", jobs: int = 2,
    told: Callable[[int, int, float], None] = lambda done, of, seconds: None, only: str = "",
) -> Report:  # fmt: skip
    """Make DIR hold the site of a dataset, or of its one area `only`. LgrError, DIR as it was, where that cannot be."""
    began = time.perf_counter()
    tree = Tree(root.resolve())
    try:
        with tree.locked():
            return _build(dataset, tree, made, base, jobs, told, began, only)
    except (OSError, CannotWrite) as fault:
        # What was begun is of no use to a full or read-only disk.
        shutil.rmtree(tree.building, ignore_errors=True)
        if isinstance(fault, CannotWrite):
            raise
        raise LgrError(f"{root}: cannot be written: {advice(fault)}") from None


def _build(
    dataset: Dataset, tree: Tree, made: date, base: str, jobs: int,
    told: Callable[[int, int, float], None], began: float, only: str,
) -> Report:  # fmt: skip
    tree.recover()
    tree.check()
    work = site_work.work(dataset, only, base)
    stamp = f"{dataset_hash(dataset.path)} {code_hash()} {base} {report_address()} {only}"
    keys = {job.path: hashlib.sha256(f"{stamp} {job.path}".encode()).hexdigest() for job in work.jobs}
    old = tree.published()
    whole = [o for job in work.jobs if (o := old.get(job.path)) and o.key == keys[job.path]]
    expected = _files_of(old, keys)
    if len(whole) == len(work.jobs) and (tree.root / "manifest.json").is_file() and expected == len(old):
        manifest = (tree.root / "manifest.json").read_bytes()
        return Report(len(old) + 1, 0, 0, sum(e.bytes for e in old.values()) + len(manifest), _since(began), _memory())
    tree.building.mkdir(exist_ok=True)
    begun = tree.begun()
    entries: dict[str, SiteFile] = {}
    pending = []
    for group in work.groups:
        left = []
        for job in group:
            found = [(p, e) for p, e in {**old, **begun}.items() if e.key == keys[job.path]]
            if any(p == job.path for p, _ in found):
                entries.update(found)
                tree.adopt({p: e for p, e in found if p not in begun})
            else:
                left.append(job)
        if left:
            pending.append(tuple(left))
    made_anew = sum(len(g) for g in pending)
    total, done = len(work.jobs), len(work.jobs) - made_anew
    told(done, total, _since(began))
    # Closed where it is left early too: else processes would go on writing into a folder that is being removed.
    with closing(_rendered(dataset.path, tree.building, pending, keys, jobs)) as rendered:
        for result in rendered:
            fresh = {}
            for path, entry in result.items():
                fresh[path] = entry
                before = old.get(path)
                if before is not None and before.sha256 == entry.sha256:
                    tree.adopt({path: entry})  # the same bytes: keep the file, and its time, as they were
            entries.update(fresh)
            tree.note(fresh)
            done += len({e.key for e in fresh.values()})
            told(done, total, _since(began))
    for path, content in site_work.closing(dataset, entries, base, only).items():
        entries[path] = entry_of(content, "closing")
        (tree.building / path).write_bytes(content)
    changed = sum(path not in old or old[path].sha256 != e.sha256 for path, e in entries.items())
    changed += sum(path not in entries for path in old)
    manifest = manifest_bytes(
        entries, made=made.isoformat(), data_version=dataset.version, dataset=dataset_hash(dataset.path),
        code=code_hash(), base=base, area=only,
    )  # fmt: skip
    tree.publish(manifest, entries)
    size = sum(e.bytes for e in entries.values()) + len(manifest)
    return Report(len(entries) + 1, made_anew, changed, size, _since(began), _memory())


def _files_of(old: dict[str, SiteFile], keys: dict[str, str]) -> int:
    """How many of the files that stand belong to the site as it would be made now."""
    wanted = {*keys.values(), "closing"}
    return sum(e.key in wanted for e in old.values())


def _rendered(
    path: Path, folder: Path, groups: list[tuple[site_work.SiteJob, ...]], keys: dict[str, str], jobs: int
) -> Generator[dict[str, SiteFile], None, None]:  # fmt: skip
    """Finished files, group by group, as processes give them."""
    if not groups:
        return
    if jobs == 1:
        site_work.begin(str(path))
        for group in groups:
            yield site_work.render(group, str(folder), keys)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(groups)), context, site_work.begin, (str(path),)) as pool:
        waiting: set[Future[dict[str, SiteFile]]] = {
            pool.submit(site_work.render, group, str(folder), keys) for group in groups
        }
        try:
            while waiting:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
        except BrokenProcessPool:
            raise LgrError("a process that made pages was stopped; run the command again to go on") from None
        except BaseException:
            pool.shutdown(cancel_futures=True)  # waits for pages being written
            raise


def dataset_hash(path: Path) -> str:
    """SHA-256 of the dataset's file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_hash() -> str:
    """SHA-256 over what draws a page: the code of lgrdata and export without screens, and the libraries that draw."""
    digest = hashlib.sha256()
    for folder in ("export", "lgrdata"):
        for path in sorted((ROOT / folder).rglob("*")):
            shown = path.suffix in (".py", ".css") and "ui" not in path.relative_to(ROOT).parts[:2]
            if shown or path.suffix == ".js" or path.name == "paint.css":
                digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode() + path.read_bytes())
    for library in ("vl-convert-python", "altair", "numpy"):
        digest.update(f"{library} {version(library)} ".encode())
    digest.update(sys.version.encode())
    return digest.hexdigest()


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 2)


def _memory() -> float:
    """Most memory of this process and of its largest child, in MB."""
    import resource

    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round((own + child) / 1024, 0)


def _bar() -> Callable[[int, int, float], None]:
    """A progress bar on stderr; where that is no terminal, a line each tenth."""
    last = [0]

    def told(done: int, of: int, seconds: float) -> None:
        part = done / max(of, 1)
        if sys.stderr.isatty():
            filled = round(part * 30)
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done} of {of} pages, {seconds:.0f} s ")
            sys.stderr.flush()
        elif int(part * 10) > last[0]:
            last[0] = int(part * 10)
            print(f"{done} of {of} pages, {seconds:.0f} s", file=sys.stderr)

    return told
