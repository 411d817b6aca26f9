"""Effects as plain JSON values: the `effects --json` contract. Money £m to two decimals, shares as fractions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import BANDS, NOMINAL, OUTCOMES, LensId
from lgrdata.core.words import capital, sentence
from lgrdata.costs.price import LensCost
from lgrdata.splits import splitcode
from lgrdata.splits.made_with import made_with
from lgrdata.splits.scenario import Scenario, as_dict
from lgrdata.splits.split import DIVIDED


def document(
    effects: Effects, scenario: Scenario | None = None, minded: Sequence[str] = (), read: Sequence[str] = ()
) -> dict[str, Any]:
    """The contract's document. With a scenario, its partnerships and assumptions are told and costs include them.

    `minded`: what to know of its partnerships (`partnerships_told.told`), added to the warnings. `read`: how what was
    given was understood; the field is there where there is something to say.
    """
    split, after = effects.split, effects.boundary.after
    priced = effects.costs_with_partnerships if scenario else effects.costs
    beside = effects.unchanged_with_partnerships if scenario else effects.costs_unchanged
    told = as_dict(scenario) if scenario else {}
    return {
        "area": effects.facts.area.area_id,
        "split": {
            "code": splitcode.encode(split),
            "proposal": split.proposal if split.proposal not in ("today", "single") else None,
            "basis": split.basis,
            "contiguous": after.contiguous,
            "joined_by_sea": after.joined_by_sea,
        },
        "councils": [_council(effects, c) for c in split.in_use],
        "costs": {lens: _lens(effects, lens, cost, beside) for lens, cost in priced.items()},
        "boundary": _boundary(effects),
        "made_with": made_with(effects.facts),
        "partnerships": told.get("partnerships", []),
        "assumptions": dict(sorted(effects.assumptions.changed.items())),
        "warnings": [sentence(w) for w in (*effects.warnings, *minded)],
        "sources": [
            {"id": s.source_id, "title": s.title, "publisher": s.publisher, "released": s.released}
            for s in effects.sources
        ],
        **({"read": [f"{capital(note)}." for note in read]} if read else {}),
    }


def _number(value: float | None, decimals: int) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    rounded = round(float(value), decimals)
    return rounded + 0.0  # −0.0 would print as such


def _council(effects: Effects, c: int) -> dict[str, Any]:
    split, services = effects.split, effects.services
    residents = dict(zip(BANDS, (int(n) for n in split.residents[c]), strict=True))
    duties = services.homelessness
    after = effects.boundary.after
    contained = after.self_containment.get("commuting 2021")
    icb = after.partners.get("icb")
    tax = next((t for t in effects.tax.councils if t.council == c), None) if effects.tax else None
    return {
        "name": split.names[c],
        "members": _members(effects, c),
        "population": int(split.population[c]),
        "population_0_17": residents["0-17"],
        "population_18_64": residents["18-24"] + residents["25-64"],
        "population_65_plus": residents["65-74"] + residents["75-84"] + residents["85+"],
        "population_85_plus": residents["85+"],
        "estimates": {o: _estimate(effects, c, o) for o in OUTCOMES},
        "homelessness_duties": _whole(float(duties.values[c])) if duties and not duties.missing[c] else None,
        "homelessness_missing": list(duties.missing[c]) if duties else [],
        "council_tax_base": _number(float(effects.care_load.tax_base[c]), 1),
        "band_d_low": _number(tax.low, 2) if tax else None,
        "band_d_high": _number(tax.high, 2) if tax else None,
        "commuting_self_containment": {
            "residents": _number(contained[c].residents, 4) if contained else None,
            "jobs": _number(contained[c].jobs, 4) if contained else None,
        },
        "compactness": _number(after.compactness[c], 4),
        "icbs": [p.name for p in icb.by_council[c]] if icb else [],
        "trusts": [p.name for p in after.trusts.by_council[c]] if after.trusts else [],
    }


def _members(effects: Effects, c: int) -> list[dict[str, Any]]:
    split, facts = effects.split, effects.facts
    out = []
    for i, authority in enumerate(facts.authorities):
        if int(split.authority[i]) == c:
            out.append({"code": authority.code, "name": authority.name, "part": "whole", "wards": []})
        elif split.authority[i] == DIVIDED:
            wards = [facts.wards[w].code for w in facts.wards_of[i] if int(split.ward[w]) == c]
            if wards:
                out.append({"code": authority.code, "name": authority.name, "part": "wards", "wards": wards})
    return out


def _estimate(effects: Effects, c: int, outcome: str) -> dict[str, Any]:
    found = effects.services.estimate(c, outcome)
    status = effects.services.status[c][OUTCOMES.index(outcome)]
    if found is None:
        return {"value": None, "low": None, "high": None, "nominal": NOMINAL, "status": status}
    return {
        "value": int(found.value),
        "low": int(found.low),
        "high": int(found.high),
        "nominal": NOMINAL,
        "status": status,
    }


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else round(value)


def _lens(effects: Effects, lens: LensId, cost: LensCost, beside: Mapping[LensId, LensCost]) -> dict[str, Any]:
    """A lens's costs; where they rest on a changed assumption that is said, with the unchanged ones beside them."""
    if not effects.lens_words[lens].changed:
        return _cost(cost)
    return {**_cost(cost), "changed": True, "unchanged": _cost(beside[lens])}


def _cost(cost: LensCost) -> dict[str, Any]:
    money = (
        "aggregation_saving",
        "disaggregation_cost",
        "purchasing_scale",
        "recurring_net",
        "one_off",
        "five_year_net",
        "npv_10",
    )
    return {
        **{name: _number(getattr(cost, name), 2) for name in money},
        "one_off_low": _number(cost.one_off_low, 2),
        "one_off_high": _number(cost.one_off_high, 2),
        "payback_years": cost.payback_years,
        "switching_value": _number(cost.switching_value, 2),
    }


def _boundary(effects: Effects) -> dict[str, Any]:
    b = effects.boundary
    commuting, earlier, moves = (b.crossing.get(k) for k in ("commuting 2021", "commuting 2011", "moves 2021"))
    icb, icb_today = b.after.partners.get("icb"), b.today.partners.get("icb")
    return {
        "pieces": b.after.county_pieces,
        "cut_borders": b.after.cuts.borders,
        "cut_border_km": _number(b.after.cuts.km, 1),
        "commuting_crossing_share": _number(commuting.share, 4) if commuting else None,
        "commuting_crossing_share_today": _number(commuting.today, 4) if commuting else None,
        "commuting_2011_crossing_share": _number(earlier.share, 4) if earlier else None,
        "commuting_2011_crossing_share_today": _number(earlier.today, 4) if earlier else None,
        "migration_crossing_share": _number(moves.share, 4) if moves else None,
        "migration_crossing_share_today": _number(moves.today, 4) if moves else None,
        "icb_pairs": icb.pairs if icb else None,
        "icb_pairs_today": icb_today.pairs if icb_today else None,
    }
