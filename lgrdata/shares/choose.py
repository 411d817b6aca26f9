"""Bases that a user names for lines, `LINE=BASIS`: understood, or every fault of them at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from lgrdata.core.share_facts import Basis, ShareFacts, ShareLine
from lgrdata.core.text import one_line
from lgrdata.reading.tables import Faults
from lgrdata.shares.share import ShareOut


def choices(given: ShareFacts, texts: Sequence[str]) -> dict[str, str]:
    """Basis by line key, from texts such as `highways=land_hectares`. Faults, one line each, where one is wrong.

    A line is named by its key, its name in the outturn or its plain name; a basis by its key or its plain name.
    """
    bases = _by_name(given.bases.values())
    found: dict[str, str] = {}
    faults = []
    for text in texts:
        line_name, equals, basis_name = text.rpartition("=")
        line, basis = given.by_name.get(_plain(line_name)), bases.get(_plain(basis_name))
        if not equals:
            faults.append(f"--basis {one_line(text, 60)}: write LINE=BASIS, as in highways=land_hectares")
        elif line is None:
            near = _near(line_name, given.by_name, [x.key for x in given.lines])
            faults.append(f"--basis {one_line(text, 60)}: no line '{one_line(line_name, 60)}'; {near}")
        elif basis is None:
            near = _near(basis_name, bases, _own(line))
            faults.append(f"--basis {one_line(text, 60)}: no basis '{one_line(basis_name, 60)}'; {near}")
        elif found.get(line.key, basis.key) != basis.key:
            faults.append(f"--basis {one_line(text, 60)}: {line.key} was given {found[line.key]} before; keep one")
        else:
            found[line.key] = basis.key
    if faults:
        raise Faults(faults)
    return found


def refuse_unusable(shared: ShareOut, chosen: dict[str, str]) -> None:
    """Faults where a basis that was named cannot be used for a council that the split divides."""
    faults = []
    for s in shared.divided:
        wanted = chosen.get(s.line.key, s.basis)
        if wanted != s.basis:
            can = ", ".join(k for k in s.by if s.line.use(k))
            why = s.unknown.get(wanted, "it is not held here")
            faults.append(f"--basis {s.line.key}={wanted}: cannot be used here, {why}; {s.line.key} can go by {can}")
    if faults:
        raise Faults(list(dict.fromkeys(faults)))


def unlisted(given: ShareFacts, chosen: dict[str, str]) -> list[str]:
    """Sentences on bases that were named for a line whose list does not have them."""
    lines = {line.key: line for line in given.lines}
    return [
        f"{lines[key].name} goes by {given.bases[basis].name}, as you chose; it is not among the bases listed for it"
        for key, basis in chosen.items()
        if lines[key].use(basis) is None
    ]


def _plain(name: str) -> str:
    return " ".join(name.split()).lower()


def _by_name(bases: Iterable[Basis]) -> dict[str, Basis]:
    return {name.lower(): b for b in bases for name in (b.name, b.key)}


def _own(line: ShareLine) -> list[str]:
    return [u.basis for u in line.uses]


def _near(given: str, known: Iterable[str], keys: Sequence[str]) -> str:
    close = difflib.get_close_matches(_plain(given)[:100], list(known), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(keys)}"
