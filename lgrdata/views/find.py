"""Finding an area by what a person would type: a council, a ward, a former or short name, a proposed council."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from lgrdata.core.models import Area
from lgrdata.core.text import folded as folded
from lgrdata.core.words import counted, joined
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Fold, Items, Link
from lgrdata.reading import councils
from lgrdata.reading.councils import NamedPlace

SHORTEST = 4
"""Letters of a name that may be found inside what was typed: 'Medway' in 'Medway towns'."""
ALIKE = 0.8
"""How like a name a slip of the pen is: 'Swayle' to Swale, where Faversham is not Fareham."""
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?(\s*[0-9]([A-Z]{2})?)?", re.IGNORECASE)


@dataclass(frozen=True)
class AreaFound:
    """An area that answers a search, and what it was found by, in words ('' where by its own name)."""

    area: Area
    by: str
    council: str = ""
    """The council of today that was meant by it; '' where it may be several, or none."""


def find(dataset: Dataset, text: str) -> tuple[AreaFound, ...]:
    """Areas that a name leads to, those found by the nearest kind of name first; every area where the text is empty."""
    wanted = folded(text)
    if not wanted:
        return tuple(AreaFound(area, "") for area in dataset.areas)
    coded = councils.coded_places(dataset.conn, text.strip().upper()[:20])
    if coded:
        areas = {a.area_id: a for a in dataset.areas}
        return tuple(AreaFound(areas[p.area_id], p.name, _council([p], wanted)) for p in coded if p.area_id in areas)
    own = [a for a in dataset.areas if any(_fits(n, wanted) for n in _names(a))]
    by: dict[str, list[NamedPlace]] = {}
    for name, place in _places(dataset):
        if _fits(name, wanted, whole=place.kind not in ("proposed", "ward")):
            by.setdefault(place.area_id, []).append(place)
    areas = {a.area_id: a for a in dataset.areas}
    out = [AreaFound(a, "") for a in own]
    rest = [k for k in by if k not in {a.area_id for a in own} and k in areas]
    rest.sort(key=lambda k: (KINDS.index(by[k][0].kind), areas[k].name))
    return tuple(out + [AreaFound(areas[k], _told(by[k], wanted), _council(by[k], wanted)) for k in rest])


def _council(found: list[NamedPlace], wanted: str) -> str:
    """The one council of today that an area was found by; '' for several."""
    same = [p for p in found if p.kind == found[0].kind]
    exact = [p for p in same if folded(p.name) == wanted] or same
    meant = {p.now or p.name for p in exact}
    return meant.pop() if len(meant) == 1 and found[0].kind not in ("county", "proposed") else ""


KINDS = ("council", "county", "former", "spelling", "proposed", "ward")


def near(dataset: Dataset, text: str) -> list[str]:
    """Names of councils, old and new, that what was typed is a slip of: they begin with the same letter."""
    wanted = folded(text)
    known = {name: place.name for name, place in _places(dataset) if place.kind != "ward"}
    known |= {name: area.name for area in dataset.areas for name in _names(area)}
    same = [name for name in known if name[:1] == wanted[:1]]
    found = difflib.get_close_matches(wanted, same, n=3, cutoff=ALIKE)
    return list(dict.fromkeys(known[name] for name in found))


def answer(dataset: Dataset, text: str, found: int) -> str:
    """What is said of a search: how many areas it led to, or what to type instead."""
    if found:
        return f"{counted(found, 'area').capitalize()} found."
    instead = "type the council on your council tax bill, or choose your area below"
    if _POSTCODE.fullmatch(text.strip()):
        return f"Postcodes are not looked up: {instead}."
    like = near(dataset, text)
    meant = f" Did you mean {joined(like, 'or')}?" if like else ""
    return (
        f"No council, ward or area here is called “{text.strip()}”.{meant} Towns and villages are known only where a"
        f" ward bears their name: {instead}. Not asked to change, so not listed: London, the metropolitan boroughs and"
        " counties that already had one council."
    )


def councils_by_area(dataset: Dataset) -> Fold:
    """Every council of today under its area, for who knows the council by sight."""
    held: dict[str, list[str]] = {}
    for _, place in _places(dataset):
        if place.kind in ("council", "county"):
            names = held.setdefault(place.area_id, [])
            names += [place.name] if place.name not in names else []
    areas = [a for a in dataset.areas if a.kind == "invited" and a.area_id in held]
    items = tuple((Link(a.name, "area", a.area_id), f": {joined(sorted(held[a.area_id]))}.") for a in areas)
    return Fold("Every council of today, by area", (Items(items),))


def _names(area: Area) -> tuple[str, ...]:
    return folded(area.name), folded(area.full_name), folded(area.area_id)


def _places(dataset: Dataset) -> list[tuple[str, NamedPlace]]:
    return dataset.keep("places as typed", lambda: [(folded(p.name), p) for p in councils.named_places(dataset.conn)])


def _fits(name: str, wanted: str, whole: bool = True) -> bool:
    """Whether a name holds what was typed from the start of a word or, with `whole`, is itself held in it."""
    return f" {wanted}" in f" {name}" or (whole and len(name) >= SHORTEST and f" {name} " in f" {wanted} ")


def _told(found: list[NamedPlace], wanted: str) -> str:
    """What an area was found by: the nearest kind, and of that the name that is most like what was typed."""
    kind = found[0].kind
    same = [p for p in found if p.kind == kind]
    first = min(same, key=lambda p: (folded(p.name) != wanted, not folded(p.name).startswith(wanted), p.name))
    more = " and others" if len({(p.name, p.now) for p in same}) > 1 else ""
    match kind:
        case "former":
            return f"{first.name}, now {first.now}"
        case "spelling":
            return first.now
        case "proposed":
            return f"{first.name}, a council that was proposed"
        case "ward":
            return f"{first.name}, a ward of {first.now}{more}"
        case _:
            return first.name
