"""A page as PDF by a browser of this machine, where there is one: tagged, bookmarked, its contents with pages."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from export.snapshot import ANNEX

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
SECONDS = 60
_CONTENTS = re.compile(rb'<nav class="contents".*?</nav>', re.DOTALL)
_LISTED = re.compile(rb'href="#([\w-]+)"')
_LINE = (
    ".contents ul{column-gap:12mm}"
    ".contents a{display:flex;justify-content:space-between;gap:6pt;border-bottom:.5pt dotted #6f777b}"
    ".contents a::after{flex:none;white-space:nowrap}"
)
"""An entry with its number at the end of its line, and what leads the eye there."""


def browser() -> str | None:
    """The program that prints pages, or None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def printed(page: bytes) -> bytes | None:
    """The page as PDF, its contents with the pages where its parts begin; None as for `_print`.

    No browser knows those pages before it has printed: the page is printed to learn them, then with them. Should the
    numbers themselves move a part, it is printed once more; should they never agree, the print without them stands.
    """
    first, anchors = _print(page), listed(page)
    if first is None or not anchors:
        return first
    found = found_in(first, anchors)
    for _ in range(2):
        again = _print(with_pages(page, found)) if found else None
        if again is None or (now := found_in(again, anchors)) == found:
            return again or first
        found = now
    return first


def listed(page: bytes) -> tuple[str, ...]:
    """The places that the contents of a page lead to, in order; none where it has no annex."""
    contents = _CONTENTS.search(page)
    return tuple(anchor.decode() for anchor in _LISTED.findall(contents[0])) if contents else ()


class PageFinding(NamedTuple):
    """The page on which each place begins, from 1; how many pages the annex has."""

    pages: tuple[tuple[str, int], ...]
    annex: int


def found_in(pdf: bytes, anchors: tuple[str, ...]) -> PageFinding | None:
    """Where each place begins in a print; None where the print does not tell it of every one."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        held = PdfReader(io.BytesIO(pdf))
        places = held.named_destinations
        numbers = [held.get_destination_page_number(places[f"/{anchor}"]) for anchor in (ANNEX, *anchors)]
    except (PyPdfError, KeyError):
        return None
    start, *pages = [n for n in numbers if n is not None]
    if len(pages) < len(anchors):
        return None
    return PageFinding(tuple((a, n + 1) for a, n in zip(anchors, pages, strict=True)), len(held.pages) - start)


def with_pages(page: bytes, found: PageFinding) -> bytes:
    """The page to print, its numbers written by style, so that nothing else of it changes."""
    rules = "".join(f'.contents a[href="#{anchor}"]::after{{content:"{n}"}}' for anchor, n in found.pages)
    rules += f'.about a[href="#{ANNEX}"]::after{{content:" of {found.annex} pages"}}'
    return page.replace(b"</head>", f"<style>@media print{{{_LINE}{rules}}}</style></head>".encode(), 1)


def _print(page: bytes) -> bytes | None:
    """A print of the page; None where no browser is at hand, or it gives none."""
    program = browser()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="lgr-print-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_bytes(page)
        command = [
            *(program, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions"),
            *("--disable-background-networking", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"),
            *("--generate-pdf-document-outline", f"--print-to-pdf={target}"),
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # which no browser offers to the administrator; the page runs no script
        try:
            subprocess.run([*command, source.as_uri()], capture_output=True, timeout=SECONDS, check=True)
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None
