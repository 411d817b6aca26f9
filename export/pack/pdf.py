"""A page as PDF by a browser of this machine, where there is one: tagged, with headings as bookmarks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
SECONDS = 60


def browser() -> str | None:
    """The program that prints pages, or None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def printed(page: bytes) -> bytes | None:
    """The page as PDF; None where no browser is at hand, or it gives none."""
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
