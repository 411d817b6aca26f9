"""Reading exported pages: their links, anchors and numbers, by the standard library's parser."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

MADE = date(2026, 5, 31)
"""The date that test snapshots show."""

NUMBER = re.compile(r"[−-]?£?\d[\d,]*(?:\.\d+)?[%mk]?")


class PageReader(HTMLParser):
    """Ids, addresses, element names, attributes and visible words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "xlink:href"):
                (self.links if tag == "a" else self.fetched).append(value or "")
            elif name in ("src", "srcset", "action", "data", "poster", "background"):
                self.fetched.append(value or "")
            elif name.startswith("on"):
                self.handlers.append(name)
        if tag in ("style", "template", "title"):
            self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "template", "title"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def read(text: str) -> PageReader:
    """A page's text, parsed."""
    reader = PageReader()
    reader.feed(text)
    reader.close()
    return reader


def numbers(text: str) -> list[str]:
    """Every number of a text as it is printed, in order."""
    return NUMBER.findall(text)


def untaken(page: str) -> str:
    """A page without the folds that tell how to link to its tables, take and cite them: they do not print."""
    return re.sub(r'<details class="take">.*?</details>', "", page, flags=re.S)


def broken_links(root: Path) -> list[str]:
    """Every link of the pages under a folder that leads nowhere, as 'page -> address'."""
    pages = {p.relative_to(root).as_posix(): read(p.read_text(encoding="utf-8")) for p in sorted(root.rglob("*.html"))}
    out = []
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https") or link.startswith("data:text/csv;"):
                continue
            if parts.scheme or parts.netloc or parts.path.startswith("/"):
                out.append(f"{name} -> {link} (not relative)")
                continue
            target = (root / name).parent / unquote(parts.path) if parts.path else root / name
            if not target.is_file():
                out.append(f"{name} -> {link}")
                continue
            if parts.fragment:
                held = pages.get(target.resolve().relative_to(root.resolve()).as_posix())
                if held is None or unquote(parts.fragment) not in held.ids:
                    out.append(f"{name} -> {link} (no such place)")
    return out
