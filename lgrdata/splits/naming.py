"""From what people type to a split: a proposal id, `today`, `single`, a split code, or a file.

See the contract's "Naming a split". A proposal is opened by its best map: exact, then by wards, then the nearest
whole-authority one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import Drawing, LgrError
from lgrdata.core.text import text_field
from lgrdata.core.words import joined
from lgrdata.geo.shapes import load_arcs
from lgrdata.reading.boundaries import topojson
from lgrdata.reading.catalogue import area, drawings, proposal, proposals
from lgrdata.splits import splitcode
from lgrdata.splits.assignment import polygons
from lgrdata.splits.assignment.decode import MAX_BYTES, SIMPLIFY, as_utf8, lines_of_mapping
from lgrdata.splits.assignment.places import Places
from lgrdata.splits.assignment.reader import PLAIN, Choices, Reading, read, tables
from lgrdata.splits.elsewhere import area_of_places
from lgrdata.splits.split import Split, make, single, today

MAX_TEXT = 6000
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".geojson")
"""Endings of the files that give places to councils."""


def split_of_drawing(facts: AreaFacts, drawing: Drawing) -> Split:
    """The split that a proposal's map shows, its councils in the proposal's order."""
    return make(facts, drawing.blocks, drawing.councils, proposal=drawing.proposal_id, basis=drawing.basis)


def proposed(conn: sqlite3.Connection, facts: AreaFacts, proposal_id: str, basis: str | None = None) -> Split:
    """A proposal of this area as a split, by its best map or the one of `basis`.

    LgrError where the proposal is not of this area, or its map is not known.
    """
    found = proposal(conn, proposal_id)
    if found.area_id != facts.area.area_id:
        raise LgrError(f"{proposal_id} is a proposal for {found.area_id}, not for {facts.area.area_id}")
    maps = [d for d in drawings(conn, proposal_id) if basis in (None, d.basis)]
    if not maps:
        raise LgrError(f"the map of “{found.title}” is not known, so nothing can be worked out for it")
    return split_of_drawing(facts, maps[0])


def resolve(conn: sqlite3.Connection, facts: AreaFacts, text: str) -> Split:
    """The split named by `text`, without files. LgrError saying what was not understood."""
    text = text_field(text, MAX_TEXT + 1).strip()
    if len(text) > MAX_TEXT:
        raise LgrError(f"the name of a split is over {MAX_TEXT:,} characters long; no name or code is")
    if text == "today":
        return today(facts)
    if text == "single":
        return single(facts)
    if splitcode.looks_like_code(text):
        return recognise(conn, facts, splitcode.decode(facts, text))
    return proposed(conn, facts, text)


def is_assignment(text: str) -> bool:
    """True for the name of a file that gives places to councils."""
    return Path(text).suffix.lower() in SUFFIXES


def gives_places(data: bytes, name: str) -> bool:
    """True for JSON that gives places to councils, as a mapping or as polygons; a scenario file does not."""
    data = as_utf8(data)
    return bool(lines_of_mapping(data, name)) or polygons.geojson_of(data, name) is not None


def resolve_file(conn: sqlite3.Connection, facts: AreaFacts, path: Path, choices: Choices = PLAIN) -> Reading:
    """The split in a file that gives places to councils. LgrError where it cannot be read or is wrong."""
    advice = SIMPLIFY if path.suffix.lower() == ".geojson" else ""
    return block_assignment(conn, facts, read_bytes(path, MAX_BYTES, advice), path.name, choices)


def block_assignment(
    conn: sqlite3.Connection, facts: AreaFacts, data: bytes, name: str, choices: Choices = PLAIN
) -> Reading:
    """The split in a file's bytes, marked as the proposal that it equals, with how it was read. LgrError likewise."""
    data = as_utf8(data)
    shown = polygons.geojson_of(data, name)
    if shown is None:
        try:
            reading = read(facts, data, name, choices)
        except LgrError:
            _refuse_elsewhere(conn, facts, data, name, choices)
            raise
    else:
        held = topojson(conn, facts.area.area_id)
        if held is None:
            raise LgrError(f"no boundaries of {facts.area.name} are held here, so {name} cannot be laid over them")
        reading = polygons.read(facts, load_arcs(held, f"boundaries of {facts.area.name}"), shown, name, choices)
    known = recognise(conn, facts, reading.split)
    # A file's order of rows says nothing of the order of councils: where each block has the same name, the known
    # one's own stands.
    split = known if named_alike(known, reading.split) else marked(reading.split, known)
    return replace(reading, split=split)


def _refuse_elsewhere(conn: sqlite3.Connection, facts: AreaFacts, data: bytes, name: str, choices: Choices) -> None:
    """LgrError naming the area that a file's places lie in, where that is another one."""
    lines = (line for table in tables(Places(facts), data, name) for line in table)
    other = area_of_places(conn, facts, (cell for line in lines for cell in line.cells))
    if other:
        there, here = area(conn, other).name, facts.area.name
        first = "choose that area first" if choices.unfinished else f"say {other} in place of {facts.area.area_id}"
        raise LgrError(f"{name} gives places of {there}, not of {here}: {first}, or bring a file of {here}")


def marked(given: Split, known: Split) -> Split:
    """A split as it was given, each name on its blocks, marked as the known one that it equals."""
    return replace(given, proposal=known.proposal, basis=known.basis)


def own_names(conn: sqlite3.Connection, split: Split) -> Split | None:
    """The split under the names of the proposal that it is marked as, in the proposal's order of councils.

    None where its blocks have those names already, or it is marked as none.
    """
    if split.proposal in (None, "today", "single"):
        return None
    known = proposed(conn, split.facts, str(split.proposal), split.basis)
    return None if known != split or named_alike(known, split) else known


def own_names_note(conn: sqlite3.Connection, split: Split) -> str:
    """That a split's lines are a proposal's, and what that calls its councils; '' where there is nothing to say."""
    known = own_names(conn, split)
    if known is None:
        return ""
    title = proposal(conn, str(known.proposal)).title
    called = joined([f"{known.names[c]} ({_places(known, int(c))})" for c in known.in_use])
    return (
        f"these are the lines of “{title}”, which names its councils otherwise: {called}; the names given here stay"
        " on the places they were given to"
    )


def _places(split: Split, council: int) -> str:
    """Where a council lies, in as few words as tell it from the others: its largest part and how many more."""
    held = split.share[:, council] * split.facts.population
    first = split.facts.authorities[int(held.argmax())].name
    more = int((held > 0).sum()) - 1
    return f"{first} and {more} more" if more else first


def named_alike(a: Split, b: Split) -> bool:
    """True where each block lies in a council of the same name in both."""
    return dict(a.block_assignment()) == dict(b.block_assignment())


def read_bytes(path: Path, most: int, advice: str = "") -> bytes:
    """A file that a user named; one over `most` bytes is not read whole. LgrError where it cannot be read."""
    try:
        if not path.is_file() and path.exists():
            raise LgrError(f"{path}: is not a file")
        with path.open("rb") as file:
            data = file.read(most + 1)
            size = os.fstat(file.fileno()).st_size
    except OSError as fault:
        raise LgrError(f"{path}: {fault.strerror}") from None
    except ValueError:
        raise LgrError("the name of the file holds a character that no file name can") from None
    if len(data) > most:
        raise LgrError(f"{path.name} is {size / 1e6:.1f} MB; a file of this kind is under {most / 1e6:.0f} MB{advice}")
    return data


def recognise(conn: sqlite3.Connection, facts: AreaFacts, split: Split) -> Split:
    """The same split with the names and origin of the proposal, or `single`, that it equals, or as it was given.

    Never `today`: a drawing of today's map proposes new councils in it, which is not the same as leaving all as it is.
    """
    return next((known for known in known_splits(conn, facts) if known == split), split)


def known_splits(conn: sqlite3.Connection, facts: AreaFacts) -> Iterator[Split]:
    """Every map of an area's proposals, then one council for the whole area."""
    for candidate in proposals(conn, facts.area.area_id):
        for drawing in drawings(conn, candidate.proposal_id):
            yield split_of_drawing(facts, drawing)
    yield single(facts)
