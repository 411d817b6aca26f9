"""The jobs of a site: pages and downloads, each made by one process from the dataset alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from export.site import data, lists, open_data
from export.site import pages as site_pages
from export.site.plan import Page, plan
from export.site.tree import SiteFile, entry_of
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.page.html import escape
from lgrdata.reading.evidence import last_change

PAGES_TOGETHER = 4
"""Pages that one task makes: enough to share what they read, few enough to show progress and to lose little."""

TABLES, BLOCKS, DATABASE = "downloads/tables/README.txt", "downloads/blocks/README.txt", "downloads/lgr.db.zip"


@dataclass(frozen=True)
class SiteJob:
    """A page, or a set of downloads; `path` is its file, or the one of its files that stands for all."""

    path: str
    page: Page | None = None
    only: str = ""
    """The one area that downloads are of; '' for all."""


@dataclass(frozen=True)
class Work:
    """Every job in groups for one process each."""

    groups: tuple[tuple[SiteJob, ...], ...]

    @property
    def jobs(self) -> tuple[SiteJob, ...]:
        return tuple(job for group in self.groups for job in group)


def work(dataset: Dataset, only: str = "", base: str = "") -> Work:
    """Everything to be made, but for the closing files; `only`: the one area that the site is of."""
    groups: list[tuple[SiteJob, ...]] = [(SiteJob(DATABASE),), (SiteJob(TABLES),)]
    groups += [(SiteJob(path, only=only),) for path in (open_data.README, BLOCKS)]
    for pages in plan(dataset, only, base):
        jobs = [SiteJob(page.path, page, only) for page in pages]
        groups += [tuple(jobs[i : i + PAGES_TOGETHER]) for i in range(0, len(jobs), PAGES_TOGETHER)]
    return Work(tuple(groups))


_dataset: list[Dataset] = []


def begin(path: str) -> None:
    """Open the dataset in a process that makes pages."""
    _dataset[:] = [current(Path(path))]


def render(group: tuple[SiteJob, ...], folder: str, keys: Mapping[str, str]) -> dict[str, SiteFile]:
    """Make the files of a group in a folder; what was written, by path."""
    out = {}
    for job in group:
        for path, content in files(_dataset[0], job).items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)  # in a folder that nobody reads yet; made durable when it is published
            out[path] = entry_of(content, keys[job.path])
    return out


def files(dataset: Dataset, job: SiteJob) -> dict[str, bytes]:
    """The files of a job by path."""
    if job.page is not None:
        return {job.path: site_pages.page(dataset, job.page)}
    if job.path == DATABASE:
        return {DATABASE: data.zipped("lgr.db", dataset.path.read_bytes())}
    if job.path == open_data.README:
        return {open_data.README: open_data.README_TEXT.encode(), **dict(open_data.files(dataset, job.only))}
    if job.path == TABLES:
        return {TABLES: data.TABLES_README.encode(), **dict(data.table_files(dataset))}
    return {BLOCKS: data.BLOCKS_README.encode(), **dict(data.block_files(dataset, job.only))}


def closing(dataset: Dataset, entries: Mapping[str, SiteFile], base: str, only: str = "") -> dict[str, bytes]:
    """The files that name all others: the page of downloads and the site map."""
    pages = sorted([p for p in entries if p.endswith(".html")] + ["downloads.html"])
    return {
        "downloads.html": lists.downloads(dataset, {p: e.bytes for p, e in entries.items()}, only),
        "sitemap.xml": sitemap(pages, base, changed(dataset)),
        "robots.txt": open_data.robots(base),
        "favicon.ico": open_data.favicon(),
        "404.html": open_data.not_found(base),
    }


def changed(dataset: Dataset) -> str:
    """The date of the dataset's last change, as far as it is written down."""
    return dataset.read(last_change)


def sitemap(pages: list[str], base: str, when: str) -> bytes:
    """sitemap.xml: whole addresses where the site's own is known, else paths from it."""
    root = f"{base.rstrip('/')}/" if base else ""
    dated = f"<lastmod>{escape(when)}</lastmod>" if len(when) == 10 else ""
    urls = "".join(f"<url><loc>{escape(root + quote(p))}</loc>{dated}</url>\n" for p in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    ).encode()


def check_base(base: str) -> None:
    """LgrError where a site's address is none."""
    if base and (not base.startswith(("https://", "http://")) or any(c.isspace() or c in "\"'<>?#" for c in base)):
        raise LgrError(
            f"--base {' '.join(base.split())[:80]}: give the site's web address, e.g. https://example.gov.uk/lgr"
        )
