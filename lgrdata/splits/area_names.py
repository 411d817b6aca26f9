"""Which area a text means by any name or code of it or of a place in it: today's, a former one, a common one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from lgrdata.core.models import LgrError
from lgrdata.core.text import folded, one_line
from lgrdata.core.words import joined
from lgrdata.reading import catalogue, councils

LONGEST = 100
SHORTEST = 3


class AreaError(LgrError):
    """A text is in more than one area; it names them."""


def area_meant(conn: sqlite3.Connection, text: str) -> tuple[str, str]:
    """The slug of the one area that a text means, and by what; '' where it names the area itself by its slug.

    LgrError where it means none, naming near ones; AreaError where several, naming them.
    """
    areas = {a.area_id: a for a in catalogue.areas(conn, combined=True)}
    plain = text.strip().lower()
    if plain in areas:
        return plain, ""
    wanted = _close(text[:LONGEST])
    if len(wanted) < SHORTEST:
        raise _none(conn, text)
    invited = {a.area_id for a in catalogue.areas(conn)}

    def one(found: Iterable[str]) -> str:
        """The one area of several, where all but one are combined of others; '' for none."""
        held = list(dict.fromkeys(found))
        held = [k for k in held if k in invited] or held
        if len(held) > 1:
            named = joined([f"{areas[k].name} ({k})" for k in sorted(held)[:6]])
            raise AreaError(f"“{one_line(text, 60)}” is in more than one area: {named}")
        return held[0] if held else ""

    own = one(k for k, a in areas.items() if wanted in {_close(n) for n in (a.name, a.full_name, k)})
    if own:
        return own, areas[own].full_name
    places = [p for p in councils.named_places(conn) if _close(p.name) == wanted]
    places += councils.coded_places(conn, text.strip().upper()[:20])
    if places:
        kind = places[0].kind
        area = one(p.area_id for p in places if p.kind == kind)
        p = next(p for p in places if p.area_id == area)
        now = f"{p.now}, " if p.now and _close(p.now) != wanted else ""
        return area, f"{areas[area].name} ({_BY[kind].format(name=p.name, now=now).strip(', ')})"
    part = one(k for k, a in areas.items() if any(wanted in _runs(n) for n in (a.name, a.full_name, k)))
    if part:
        return part, areas[part].name
    raise _none(conn, text)


_BY = {
    "council": "{name} is a council of it",
    "county": "{name} is a county of it",
    "former": "{name} is now {now}a council of it",
    "spelling": "{now}a council of it",
    "proposed": "{name} is a council proposed for it",
    "ward": "{name} is a ward of {now}",
    "code": "the code of {name}",
    "former code": "a former code of {name}",
}


def _close(name: str) -> str:
    """A name without the blanks that mail and hands take out of it."""
    return folded(name).replace(" ", "")


def _runs(name: str) -> set[str]:
    """Each run of a name's words, written together: 'Hampshire and the Isle of Wight' holds 'isleofwight'."""
    words = folded(name).split()
    return {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)} - {"and", "the", "of"}


def _none(conn: sqlite3.Connection, text: str) -> LgrError:
    try:
        catalogue.area(conn, text.strip().lower())
    except LgrError as fault:
        return fault
    return LgrError(f"no area is called “{one_line(text, 60)}”")
