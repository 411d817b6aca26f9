"""GeoJSON of councils' or blocks' polygons, as a split: each place goes to the council that holds its ground.

A district that lies in one council but for 0.2% of what is covered goes there whole; another is looked at ward by ward,
each ward going to the council that holds most of it. A place of which less than half is covered is in no council. Areas
are worked out from the boundaries held here, along lines of latitude (`geo.overlap`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import MAX_COUNCILS, LgrError
from lgrdata.core.text import each_once, one_line
from lgrdata.core.words import counted, joined, percent
from lgrdata.geo.arcs import Arcs, Shape
from lgrdata.geo.overlap import Rings
from lgrdata.splits.assignment.columns import ColumnError, Layout, council_column, title
from lgrdata.splits.assignment.decode import MAX_COLUMNS, MAX_ROWS, FileLine, plain, too_large
from lgrdata.splits.assignment.places import Places, alike
from lgrdata.splits.assignment.reader import PLAIN, Choices, FileFinding, Reading, finished
from lgrdata.splits.assignment.understood import TableFinding, understood

Floats = NDArray[np.float64]

WHOLE, CLEAR, COVERED, TWICE, REACHED = 0.998, 0.9, 0.5, 1.2, 0.005
KINDS = ("FeatureCollection", "Feature", "GeometryCollection", "Polygon", "MultiPolygon", "Topology")
_PREFERRED = ("newcouncil", "council", "newunitary", "unitary", "councilname", "name")
_DEGREES = ("WGS84", "EPSG4326", "GCSWGS1984", "ETRS89")
"""Other names of longitude and latitude."""
CONVERT = (
    "save it in longitude and latitude (WGS 84, EPSG:4326), as with “Save Features As” in QGIS, or with"
    " ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson"
)
MEND = "mend it first, as with “Fix geometries” in QGIS"


class GeoFeature(NamedTuple):
    """A feature of a file: its number there, its properties, and the rings of its polygons."""

    number: int
    properties: dict[str, Any]
    rings: tuple[Floats, ...]


def geojson_of(data: bytes, what: str = "the file") -> dict[str, Any] | None:
    """The document of a file that is GeoJSON, or TopoJSON; None for anything else. LgrError where it is too large."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"{":
        return None
    too_large(data, what)
    try:
        held = json.loads(data.decode("utf-8-sig"), object_pairs_hook=lambda pairs: each_once(pairs, what))
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) and held.get("type") in KINDS else None


def read(
    facts: AreaFacts, arcs: Arcs, document: dict[str, Any], what: str = "the file", choices: Choices = PLAIN
) -> Reading:
    """The split that polygons show. LgrError, or FileFaults with a line for each fault, where they show none."""
    _check_reference(document, what)
    features = tuple(_features(document, what))
    rings = Rings([f.rings for f in features])
    try:
        if twisted := rings.twisted():
            named = joined([str(features[i].number) for i in sorted(twisted)[:6]])
            many = "an outline that crosses itself" if len(twisted) == 1 else "outlines that cross themselves"
            raise LgrError(f"{what}, feature {named}: {many}, so nobody can say what lies inside; {MEND}")
        ground = Ground(facts, arcs, rings)
    except LgrError as fault:
        raise fault if str(fault).startswith(what) else LgrError(f"{what}: {fault}") from None
    used = np.flatnonzero((ground.authorities >= REACHED).any(axis=0))
    if len(used) == 0:
        raise LgrError(
            f"{what} holds no polygon over {facts.area.name}; are longitude and latitude the wrong way round?"
        )
    places, found = Places(facts), FileFinding(what)
    names, said, table = _names([features[i] for i in used], places, what, choices.column)
    _take_up(ground, dict(zip(used.tolist(), names, strict=True)), features, places, found)
    left = len(features) - len(used)
    notes = [f"{counted(len(used), 'polygon')} laid over today’s districts: {said}"]
    if left:
        notes.append(
            f"{counted(left, 'polygon')} left out: none of {facts.area.name} lies in {'it' if left == 1 else 'them'}"
        )
    reading = finished(places, found, -1, what, choices, notes)
    notes = [*reading.notes, *ground.notes]
    warnings = (*reading.warnings, *ground.warnings)
    return replace(reading, notes=tuple(notes), warnings=warnings, table=table, former=tuple(notes))


class Ground:
    """How much of each authority lies in each polygon, and of each ward where that is asked."""

    def __init__(self, facts: AreaFacts, arcs: Arcs, rings: Rings) -> None:
        self.facts, self._arcs, self._rings = facts, arcs, rings
        self._shapes = {s.code: s for held in arcs.objects.values() for s in held}
        self.authorities: Floats = np.array([self.share(a.code) for a in facts.authorities])
        self.notes: list[str] = []
        self.warnings: list[str] = []

    def share(self, code: str) -> Floats:
        """[polygons] the share of a place inside each; noughts where its boundary is not held."""
        shape = self._shapes.get(code)
        return np.zeros(self._rings.polygons) if shape is None else self._rings.inside(rings_of(self._arcs, shape))


def rings_of(arcs: Arcs, shape: Shape) -> Rings:
    """A shape as rings in degrees."""

    def line(n: int) -> Floats:
        k = n if n >= 0 else ~n
        points = arcs.lonlat[arcs.start[k] : arcs.start[k + 1]]
        return points if n >= 0 else points[::-1]

    return Rings([[np.concatenate([line(n)[:-1] for n in ring]) for ring in shape.rings]])


def _take_up(
    ground: Ground, named: dict[int, str], features: Sequence[GeoFeature], places: Places, found: FileFinding
) -> None:
    """Give each place to the council that holds it; a fault where two lie over each other."""
    facts = ground.facts
    councils = list(dict.fromkeys(alike(name) for name in named.values()))
    column = {i: councils.index(alike(name)) for i, name in named.items()}
    first = {councils.index(alike(name)): (name, features[i].number) for i, name in reversed(named.items())}

    def held(shares: Floats) -> Floats:
        out = np.zeros(len(councils))
        for i, c in column.items():
            out[c] += shares[i]
        return out

    def give(code: str, shares: Floats) -> float:
        """The share of what is covered that goes with the place; nought where it is in no council."""
        covered = float(shares.sum())
        if covered < COVERED:
            return 0.0
        best = int(shares.argmax())
        if covered > TWICE:
            over = joined([first[int(c)][0] for c in np.flatnonzero(shares > 0.02)])
            found.fault(0, f"{over} lie over one another in {places.names[code]}")
        name, number = first[best]
        found.rows[code] = (name, number, "")
        return float(shares[best]) / covered

    by_wards = []
    for i, authority in enumerate(facts.authorities):
        shares = held(ground.authorities[i])
        covered = float(shares.sum())
        whole = float(shares.max()) >= WHOLE * covered or not facts.wards_counted[i]
        if whole or (covered < COVERED and facts.is_extra[i]):
            sure = give(authority.code, shares)
            if 0 < sure < CLEAR:
                ground.warnings.append(_divided(authority.name, authority.code, found, sure))
            continue
        wards = [facts.wards[w] for w in facts.wards_of[i]]
        parts = {w.code: give(w.code, held(ground.share(w.code))) for w in wards}
        if len({found.rows[code][0] if sure else "" for code, sure in parts.items()}) > 1:
            by_wards.append(authority.name)
        for ward in wards:
            if 0 < parts[ward.code] < CLEAR:
                called = f"{ward.name} in {authority.name}"
                ground.warnings.append(_divided(called, ward.code, found, parts[ward.code]))
    if by_wards:
        ground.notes.append(f"{joined(by_wards)} divided by wards, each ward in the council that holds most of it")


def _divided(name: str, code: str, found: FileFinding, sure: float) -> str:
    return f"{name} is read as in {found.rows[code][0]}, which holds {percent(sure)} of it"


def _names(
    features: Sequence[GeoFeature], places: Places, what: str, column: str
) -> tuple[list[str], str, TableFinding | None]:
    """The council of each polygon, how it was known, and the properties as columns."""
    keys = list(dict.fromkeys(key for f in features for key in f.properties))[:MAX_COLUMNS]
    rows = [FileLine(f.number, tuple(_text(f.properties.get(key)) for key in keys)) for f in features]
    by_heading = sorted(range(len(keys)), key=lambda c: _rank(keys[c]))
    filled = [c for c in by_heading if any(row.cells[c] for row in rows)]

    def layout(council: int) -> Layout:
        return Layout("polygons", (), council, tuple(keys), 0, len(rows) - 1)

    if not filled:
        if len(features) > MAX_COUNCILS:
            raise LgrError(f"{what} says of none of its {len(features)} polygons which council it is: name it")
        given = [f"Council {n}" for n in range(1, len(features) + 1)]
        return given, "none says which council it is, so each is one", None
    named = next((c for c in filled if _rank(keys[c]) < len(_PREFERRED)), None)
    if named is not None and not column and len({row.cells[named] for row in rows} - {""}) == len(rows):
        chosen = named
    else:
        # Polygons of blocks name their blocks beside the council; those of councils may bear a district's name.
        apart = [c for c in filled if not all(places.find(row.cells[c]) for row in rows)]
        beside = [c for c in filled if c not in apart] if apart else []
        try:
            chosen, _ = council_column(places, rows, apart or filled, beside, tuple(keys), what, column)
        except ColumnError as asked:
            asked.table = understood(places, rows, layout(-1))
            raise
    told = f"{title(keys, chosen)} read as the new council"
    return [row.cells[chosen] for row in rows], told, understood(places, rows, layout(chosen))


def _rank(key: str) -> int:
    plain_key = alike(key)
    return _PREFERRED.index(plain_key) if plain_key in _PREFERRED else len(_PREFERRED)


def _text(value: object) -> str:
    if value is None or isinstance(value, list | dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(str(value))


def _check_reference(document: dict[str, Any], what: str) -> None:
    """LgrError for TopoJSON, and for coordinates that the file says are no longitudes and latitudes."""
    if document.get("type") == "Topology":
        raise LgrError(f"{what} is TopoJSON; save it as GeoJSON, as with mapshaper -o format=geojson new.geojson")
    given = document.get("crs")
    if given is None:
        return
    held = given.get("properties") if isinstance(given, dict) else None
    properties = held if isinstance(held, dict) else {}
    code = properties.get("code")  # as files before 2008 have it
    name = one_line(properties.get("name"), 60) or (f"EPSG:{code}" if isinstance(code, int) else "")
    plain_name = "".join(c for c in name.upper() if c.isalnum())
    if not name.upper().endswith(("CRS84", ":4326", ":4258")) and plain_name not in _DEGREES:
        raise LgrError(f"{what} is in {name or 'a reference system that it does not name'}; {CONVERT}")


def _features(document: dict[str, Any], what: str) -> Iterator[GeoFeature]:
    """The polygons of a document, each checked; points and lines are refused."""
    kind = document.get("type")
    held = document.get("features") if kind == "FeatureCollection" else [document]
    if not isinstance(held, list) or not held:
        raise LgrError(f"{what} holds no feature")
    if len(held) > MAX_ROWS:
        raise LgrError(f"{what} holds over {MAX_ROWS:,} features; a file of one area's places has fewer")
    for number, feature in enumerate(held, start=1):
        bare = not (isinstance(feature, dict) and feature.get("type") == "Feature")
        geometry = feature if bare else feature.get("geometry")
        properties = {} if bare else feature.get("properties")
        rings = tuple(_rings(geometry, f"{what}, feature {number}"))
        if not rings:
            raise LgrError(f"{what}, feature {number}: has no outline")
        yield GeoFeature(number, properties if isinstance(properties, dict) else {}, rings)


def _rings(geometry: Any, where: str) -> Iterable[Floats]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
        return [ring for one in geometry["geometries"] for ring in _rings(one, where)]
    if kind not in ("Polygon", "MultiPolygon"):
        named = one_line(kind, 30) or "nothing"
        raise LgrError(f"{where}: is {named}, where a Polygon or MultiPolygon is needed")
    polygons = [geometry.get("coordinates")] if kind == "Polygon" else geometry.get("coordinates")
    try:
        rings = [np.array([position[:2] for position in ring], dtype=float) for polygon in polygons for ring in polygon]
    except (TypeError, ValueError, IndexError, KeyError):
        raise LgrError(f"{where}: its coordinates are not lists of longitude and latitude") from None
    for ring in rings:
        if ring.ndim != 2 or ring.shape[1] != 2 or len(ring) < 4 or not np.isfinite(ring).all():
            raise LgrError(f"{where}: an outline is not a list of four or more longitudes and latitudes")
        if (np.abs(ring) > (180, 90)).any():
            raise LgrError(
                f"{where}: its coordinates are no longitudes and latitudes, but seem to be metres; {CONVERT}"
            )
    return rings
