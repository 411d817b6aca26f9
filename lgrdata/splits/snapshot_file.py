"""Snapshots as files that can be opened again: the scenario inside one, and the sum that shows a change.

A snapshot is one HTML file. The scenario rides in an inert `<template>` as escaped JSON. The checksum covers every byte
of the file, what people read and what machines read; line ends may change on the way, as mail does to them.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from lgrdata.core.models import LgrError
from lgrdata.splits.scenario import MAX_BYTES as SCENARIO_BYTES
from lgrdata.splits.scenario import Scenario, as_dict, checksum, parse_document

MAX_BYTES = 20_000_000
BLANK = "0" * 64
"""Stands where the checksum goes while the file is made and while it is checked."""

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
    digest = _digest(data)
    return data.replace(META.format(BLANK).encode(), META.format(digest).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def looks_like_snapshot(data: bytes) -> bool:
    """True for what seems an HTML file, so that an upload can be told from a scenario's JSON."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))


def scenario_document(data: bytes, what: str = "the file", which: int = 1) -> dict[str, Any]:
    """The scenario document inside a snapshot, as `scenario.restore` takes it; `which` of a comparison's.

    LgrError where the file is too large, no snapshot, changed or cut since it was made, or holds no such scenario.
    """
    if len(data) > MAX_BYTES:
        raise LgrError(f"{what} is {len(data) / 1e6:.0f} MB; a snapshot is under {MAX_BYTES // 1_000_000} MB")
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    named = _META.findall(data)
    if not looks_like_snapshot(data) or len(named) != 1:
        raise LgrError(f"{what} is not a snapshot of this tool, or was cut short or saved anew by a browser")
    if _digest(data.replace(named[0], BLANK.encode())).encode() != named[0]:
        raise LgrError(f"{what} was changed or cut after it was made: its checksum does not match")
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
