"""From what people type to a split: a proposal id, `today`, `single`, a split code, or a file.

See the contract's "Naming a split". A proposal is opened by its best map: exact, then by wards, then the nearest
whole-authority one.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from pathlib import Path

from lgrdata import blockfile, splitcode
from lgrdata.catalogue import drawings, proposal, proposals
from lgrdata.facts import AreaFacts
from lgrdata.models import Drawing, LgrError
from lgrdata.split import Split, make, single, today
from lgrdata.usertext import text_field

MAX_TEXT = 6000


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
        raise LgrError(f"the map of {proposal_id} is not known, so nothing can be worked out for it")
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


def resolve_file(conn: sqlite3.Connection, facts: AreaFacts, path: Path) -> Split:
    """The split in a block assignment file. LgrError where it cannot be read or is wrong."""
    return block_assignment(conn, facts, read_bytes(path, blockfile.MAX_BYTES), path.name)


def block_assignment(conn: sqlite3.Connection, facts: AreaFacts, data: bytes, name: str) -> Split:
    """The split in a block assignment file's bytes, marked as the proposal that it equals. LgrError likewise."""
    given = blockfile.read(facts, data, name)
    known = recognise(conn, facts, given)
    # A file's order of rows says nothing of the order of councils: under the same names, the proposal's own stands.
    same_names = dict(known.block_assignment()) == dict(given.block_assignment())
    return known if same_names else under_own_names(given, known)


def under_own_names(given: Split, known: Split) -> Split:
    """A split that was given with names for its councils, marked as the known one that it equals."""
    return known if known.names == given.names else replace(given, proposal=known.proposal, basis=known.basis)


def read_bytes(path: Path, most: int) -> bytes:
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
        raise LgrError(f"{path.name} is {size / 1e6:.1f} MB; a file of this kind is under {most / 1e6:.0f} MB")
    return data


def recognise(conn: sqlite3.Connection, facts: AreaFacts, split: Split) -> Split:
    """The same split with the names and origin of the proposal, or `single`, that it equals, or as it was given.

    Never `today`: a drawing of today's map proposes new councils in it, which is not the same as leaving all as it is.
    """
    for candidate in proposals(conn, facts.area.area_id):
        for drawing in drawings(conn, candidate.proposal_id):
            known = split_of_drawing(facts, drawing)
            if split == known:
                return known
    whole = single(facts)
    return whole if split == whole else split
