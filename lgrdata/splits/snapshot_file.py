"""Snapshots as files that can be opened again: the scenario inside one, and the sums that show a change.

A snapshot is one HTML file. The scenario rides in an inert `<template>` as escaped JSON. Two seals (SHA-256) are in
its head. The checksum covers every byte of the file; line ends may change on the way, as mail does to them. The other
covers what people read and see in `<main>` and the scenarios, however it is written down: a browser that saves the page
anew, a mail gateway that puts a banner above it and an editor that changes its encoding leave it as it was. Neither
seal is a signature: whoever knows how they are worked out can make both anew.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any

from lgrdata.core.models import LgrError
from lgrdata.splits.scenario import MAX_BYTES as SCENARIO_BYTES
from lgrdata.splits.scenario import Scenario, as_dict, checksum, parse_document

MAX_BYTES = 20_000_000
BLANK = "0" * 64
"""Stands where the checksum goes while the file is made and while it is checked."""

CONTENT = '<meta name="lgr-content" content="{}">'
_CONTENT = re.compile(rb'<meta name="lgr-content" content="([0-9a-f]{64})"')
ALTERED = "the page around it was altered; the scenario is whole"
MOST_REREAD = 3_000_000
"""Bytes of a page whose content is looked at where its checksum does not match; one of this tool's has a tenth."""
META = '<meta name="lgr-checksum" content="{}">'
_META = re.compile(rb'<meta name="lgr-checksum" content="([0-9a-f]{64})">')
_SCENARIO = re.compile(rb'<template id="lgr-scenario-(\d{1,2})">')


def embedded(scenarios: tuple[Scenario, ...], figures: Sequence[Mapping[str, Mapping[str, float]]] = ()) -> str:
    """The scenarios as inert elements of a page, in order, each with the figures it is to keep."""
    out = []
    for number, scenario in enumerate(scenarios, start=1):
        document = as_dict(scenario, figures[number - 1] if figures else None)
        text = json.dumps({**document, "checksum": checksum(document)}, ensure_ascii=True, separators=(",", ":"))
        out.append(f'<template id="lgr-scenario-{number}">{html.escape(text)}</template>')
    return "".join(out)


def sealed(page: str) -> bytes:
    """A page with its checksum in META, which held BLANK; the page must hold `META.format(BLANK)` once.

    Only there: a user's text may hold as many noughts.
    """
    data = page.encode("utf-8")
    if len(_META.findall(data)) != 1:
        raise ValueError("a snapshot names its checksum once")
    blank = META.format(BLANK).encode()
    data = data.replace(blank, blank + CONTENT.format(content_digest(page)).encode())
    digest = _digest(data)
    return data.replace(META.format(BLANK).encode(), META.format(digest).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


class _Content(HTMLParser):
    """What people read and see in `<main>`, and the texts of templates, without blanks between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._depth = 0
        self._template = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._depth += 1
        elif tag == "template":
            self._template = True
        if self._depth:
            told = _SHAPE if tag in _DRAWN else _WORDS
            self.said += [f"{tag} {name} {value}" for name, value in sorted(attrs) if name in told and value]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._depth -= 1
        elif tag == "template":
            self._template = False

    def handle_data(self, data: str) -> None:
        if self._depth or self._template:
            self.said.append(data)


_DRAWN = frozenset(("path", "rect", "circle", "line", "use", "g", "text"))
_WORDS = frozenset(("aria-label", "alt"))
_SHAPE = frozenset(("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "transform", "fill"))
"""What a drawing's marks are made of."""


def content_digest(page: str) -> str:
    """The seal of a page's content: texts and marks in order, all blanks left out; '' for one that cannot be read."""
    reader = _Content()
    try:
        reader.feed(page)
        reader.close()
    except ValueError:  # a numbered sign of more digits than Python turns into a number
        return ""
    return hashlib.sha256("".join("".join(reader.said).split()).encode("utf-8", "surrogatepass")).hexdigest()


def _decoded(data: bytes) -> str:
    """A page's text in whichever of the usual encodings it was saved."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        with suppress(UnicodeError):
            return data.decode(encoding)
    return ""


def looks_like_snapshot(data: bytes) -> bool:
    """True for what seems an HTML file, so that an upload can be told from a scenario's JSON."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))


def scenario_document(
    data: bytes, what: str = "the file", which: int = 1, told: Callable[[str], object] = len
) -> dict[str, Any]:
    """The scenario document inside a snapshot, as `scenario.restore` takes it; `which` of a comparison's.

    `told` is given ALTERED where only what stands round the content was changed. LgrError where the file is too large,
    no snapshot, changed or cut since it was made, or holds no such scenario.
    """
    if len(data) > MAX_BYTES:
        raise LgrError(f"{what} is {len(data) / 1e6:.0f} MB; a snapshot is under {MAX_BYTES // 1_000_000} MB")
    whole = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    named = _META.findall(whole)
    if looks_like_snapshot(whole) and len(named) == 1 and _is_sealed(whole, named[0]):
        data = whole
    else:
        data = _unwrapped(data, what)
        told(f"{what}: {ALTERED}")
    held = _templates(data)
    if which not in held:
        raise LgrError(f"{what} holds {len(held) or 'no'} scenario{'' if len(held) == 1 else 's'}; there is no {which}")
    if len(held[which]) > 6 * SCENARIO_BYTES:  # escaped, a character takes up to six
        raise LgrError(f"{what} holds a scenario that is too large to be one of this tool's")
    try:
        text = html.unescape(held[which].decode("utf-8")).encode("utf-8")
    except ValueError:
        raise LgrError(f"{what} holds a scenario that is not readable text") from None
    return parse_document(text, what)


def _is_sealed(data: bytes, seal: bytes) -> bool:
    return _digest(data.replace(seal, BLANK.encode())).encode() == seal


def _unwrapped(data: bytes, what: str) -> bytes:
    """A page whose checksum does not match, where its content is as it was made; LgrError for any other."""
    page = _decoded(data) if len(data) <= MOST_REREAD else ""
    plain = page.encode("utf-8", "replace")
    named = _CONTENT.findall(plain)
    if "<html" not in page[:2000].lower() or len(named) != 1:
        raise LgrError(f"{what} is not a snapshot of this tool, or was cut short")
    if content_digest(page).encode() != named[0]:
        raise LgrError(f"{what} was changed or cut after it was made: its checksum does not match")
    return plain


def _templates(data: bytes) -> dict[int, bytes]:
    """Scenarios by number; each byte is looked at once, however many openings a hostile file has."""
    held: dict[int, bytes] = {}
    at = 0
    while (opening := _SCENARIO.search(data, at)) is not None:
        end = data.find(b"</template>", opening.end())
        if end < 0:
            break
        held[int(opening[1])] = data[opening.end() : end]
        at = end
    return held
