"""The sheet: everything a browser needs to know of an area to say what a split of it does, as one compact document.

Python decides what is true: each number is read from the same `AreaFacts` and the same rates that `effects` uses, and a
test holds what the engine makes of them to `effects`. The part for wards may be left out: then authorities stay whole.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np

from lgrdata.all_effects.effects import work_out
from lgrdata.boundary.flows import CROSSING_KINDS
from lgrdata.boundary.partners import TRUST_SHARE
from lgrdata.care.people import CITY_MOST
from lgrdata.care.spending import TAX_BASES
from lgrdata.core.facts import AreaFacts, Floats, Footprints, Links, Outlines
from lgrdata.core.models import BANDS, MAX_COUNCILS, NOMINAL, OUTCOMES, Fit, LensId, LgrError
from lgrdata.costs.council_tax import bills
from lgrdata.costs.rates import rates
from lgrdata.dataset.dataset import Dataset
from lgrdata.engine.known import drawn, published
from lgrdata.engine.ladders import ladders
from lgrdata.splits.made_with import made_with
from lgrdata.splits.pieces import LEAST
from lgrdata.splits.split import today
from lgrdata.splits.splitcode import blocks_hash

FORMAT, VERSION = "lgr-sheet", 1
"""Raised where a sheet is read otherwise; an engine refuses one of another version."""

WATER_METRES = 1000.0
"""What a tidal border counts as where borders are weighed (see `splits.edits.neighbour_councils`)."""

FOOTPRINT_KINDS = ("icb", "trust")
"""Partners named in `effects --json`; of the others it is only asked whether any is held."""

Rows = dict[str, Any]


def sheet(dataset: Dataset, area_id: str, *, wards: bool = False, ranks: bool = True) -> Rows:
    """The sheet of an area as plain JSON values; `ranks` False leaves out what tells where a split stands.

    LgrError where the area is not known or lacks figures.
    """
    facts = dataset.facts(area_id)
    out: Rows = {
        "format": FORMAT,
        "version": VERSION,
        "area": {"id": facts.area.area_id, "name": facts.area.name, "full_name": facts.area.full_name},
        "made_with": made_with(facts),
        "data_date": facts.dataset.partition(" ")[2] or facts.dataset,
        "vintage": facts.vintage.period,
        "blocks_hash": blocks_hash(facts),
        "most_councils": MAX_COUNCILS,
        "bands": BANDS,
        "outcomes": OUTCOMES,
        "nominal": NOMINAL,
        "least": LEAST,
        "trust_share": TRUST_SHARE,
        "city_most": CITY_MOST,
        "prices": dataset.assumptions.prices,
        "ward_count": len(facts.wards),
        "authorities": _authorities(facts),
        "uppers": {
            "code": facts.upper_codes,
            "name": facts.upper_names,
            "county": _flags(facts.upper_is_county),
            "published": _numbers(facts.published),
            "provisional": [_is_provisional(facts, outcome) for outcome in OUTCOMES],
        },
        "flows": {
            kind: {
                "inside": _numbers(facts.flows[kind].inside),
                "out": _numbers(facts.flows[kind].out_total),
                "into": _numbers(facts.flows[kind].in_total),
            }
            for kind in CROSSING_KINDS
            if kind in facts.flows
        },
        "footprints": {kind: _footprint(facts, kind) for kind in facts.footprints},
        "fits": [_fit(facts.fits.get(outcome)) for outcome in OUTCOMES],
        "rates": {side: _rates(dataset, side) for side in ("county", "district")},
        "drawings": drawn(dataset, area_id, wards=wards),
        "cases": published(dataset, area_id),
        **(ladders(dataset, area_id) if ranks else {"options": {}, "ladders": []}),
        **_sources(dataset, facts),
    }
    if wards:
        out["wards"] = _wards(facts)
    return out


def text(document: Rows) -> str:
    """A sheet as compact JSON; the same sheet gives the same text."""
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _is_provisional(facts: AreaFacts, outcome: str) -> bool:
    column = facts.upper_columns.get(outcome)
    return column is not None and "provisional" in column.status


def _authorities(facts: AreaFacts) -> Rows:
    columns = facts.columns
    duties = columns.get("homelessness_duties_owed")
    try:
        taxes: list[list[Any] | None] = [_numbers(values) for values in bills(facts)[:2]]
    except LgrError:  # council tax by tier is not held for every area
        taxes = [None, None]
    return {
        "code": [a.code for a in facts.authorities],
        "name": [a.name for a in facts.authorities],
        "upper": facts.authority_upper.tolist(),
        "extra": _flags(facts.is_extra),
        "unitary": [int(a.tier == "unitary") for a in facts.authorities],
        "urban": [int(a.urban) for a in facts.authorities],
        "counted": _flags(facts.wards_counted),
        "residents": facts.residents.tolist(),
        "estimates": _numbers(facts.estimates),
        "duties": None if duties is None else _numbers(duties.values),
        "bills": taxes[0],
        "bases": taxes[1],
        "tax_bases": [_numbers(columns[m].values) for m in TAX_BASES if m in columns],
        "links": _links(facts.links),
        "outlines": _outlines(facts.outlines),
        "meeting": _meeting(facts),
    }


def _wards(facts: AreaFacts) -> Rows:
    return {
        "code": [w.code for w in facts.wards],
        "name": [w.name for w in facts.wards],
        "authority": facts.ward_authority.tolist(),
        "residents": facts.ward_residents.tolist(),
        "estimates": _numbers(facts.ward_estimates),
        "links": _links(facts.ward_links),
        "outlines": _outlines(facts.ward_outlines),
    }


def _meeting(facts: AreaFacts) -> Rows:
    """Border between authorities as their wards have it: land by length, tidal water as a kilometre, sea not at all."""
    weight: dict[tuple[int, int], float] = defaultdict(float)
    links = facts.ward_links
    for a, b, kind, metres in zip(links.a, links.b, links.kind, links.metres, strict=True):
        x, y = sorted((int(facts.ward_authority[a]), int(facts.ward_authority[b])))
        if kind != "sea" and x != y:
            weight[x, y] += float(metres) if kind == "land" else WATER_METRES
    pairs = sorted(weight)
    return {"a": [a for a, _ in pairs], "b": [b for _, b in pairs], "weight": [_number(weight[p]) for p in pairs]}


def _links(links: Links) -> Rows:
    return {
        "a": links.a.tolist(),
        "b": links.b.tolist(),
        "kind": "".join(kind[0] for kind in links.kind),
        "metres": _numbers(links.metres),
    }


def _outlines(outlines: Outlines) -> Rows:
    return {
        "area": _numbers(outlines.area_m2),
        "perimeter": _numbers(outlines.perimeter_m),
        "a": outlines.a.tolist(),
        "b": outlines.b.tolist(),
        "shared": _numbers(outlines.shared_m),
    }


def _footprint(facts: AreaFacts, kind: str) -> Rows:
    """Who is in which partner's area; by name only where `effects` names them."""
    held: Footprints = facts.footprints[kind]
    if kind not in FOOTPRINT_KINDS:
        inside = np.flatnonzero(held.share.sum(axis=1) > 0).tolist()
        return {"names": [], "share": [[i, 0, 1] for i in inside]}
    where = [(int(i), int(f)) for i, f in zip(*np.nonzero(held.share), strict=True)]
    return {"names": held.names, "share": [[i, f, _number(float(held.share[i, f]))] for i, f in where]}


def _fit(fit: Fit | None) -> Rows | None:
    if fit is None:
        return None
    ends = {"low": fit.low_factor, "high": fit.high_factor, "city_low": fit.city_low_factor,
            "city_high": fit.city_high_factor}  # fmt: skip
    return {name: _number(value) for name, value in ends.items()}


def _rates(dataset: Dataset, side: LensId) -> Rows:
    return dict(vars(rates(dataset.assumptions, side)))


def _sources(dataset: Dataset, facts: AreaFacts) -> Rows:
    """Sources of every split's figures, and those that a proposal adds."""
    base = {s.source_id for s in work_out(facts, replace(today(facts), proposal=None), dataset.assumptions).sources}
    own = {p: sorted(ids) for p, ids in sorted(facts.proposal_sources.items())}
    listed = sorted(base | {s for ids in own.values() for s in ids})
    rows = [facts.sources[s] for s in listed if s in facts.sources]
    return {
        "sources": [
            {"id": s.source_id, "title": s.title, "publisher": s.publisher, "released": s.released} for s in rows
        ],
        "base_sources": sorted(base),
        "proposal_sources": own,
    }


def _flags(values: Any) -> list[int]:
    return [int(v) for v in values]


def _number(value: float) -> float | int | None:
    """A number as JSON: whole ones without a point, NaN as null."""
    if np.isnan(value):
        return None
    return int(value) if value == int(value) else float(value)


def _numbers(values: Floats) -> list[Any]:
    if values.ndim > 1:
        return [_numbers(row) for row in values]
    return [_number(float(v)) for v in values]
