"""A share-out as plain JSON values: the `share --json` contract. £ thousand as published; shares as fractions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from lgrdata.care.people import directors, holders_of_posts
from lgrdata.core.models import Source
from lgrdata.core.share_facts import CARE, GROUPS
from lgrdata.core.words import sentence
from lgrdata.shares.position import NOT_KNOWN_HERE, Position, StockShare, positions, stocks
from lgrdata.shares.sentences import nothing_divided, of, told
from lgrdata.shares.share import LineShare, ShareOut, Total
from lgrdata.splits import splitcode

TOTALS = {
    **{group.replace(" ", "_"): (group,) for group in GROUPS},
    "care": CARE,
    "all": GROUPS,
}


def document(shared: ShareOut, minded: Sequence[str] = ()) -> dict[str, Any]:
    """The contract's document; `minded` is added to its warnings."""
    split, given = shared.split, shared.given
    posts = directors(split)
    stock = stocks(shared)
    return {
        "area": given.facts.area.area_id,
        "split": {
            "code": splitcode.encode(split),
            "proposal": split.proposal if split.proposal not in ("today", "single") else None,
            "basis": split.basis,
        },
        "year": shared.given.year,
        "vesting_day": given.vesting or None,
        "divides": not nothing_divided(shared),
        "lines": [_line(shared, s) for s in shared.listed],
        "argument": [s.line.service for s in shared.argument],
        "totals": {name: _total(shared, shared.total(groups)) for name, groups in TOTALS.items()},
        "position": [_position(shared, p, stock) for p in positions(shared)],
        "directors": {"today": posts.today, "after": posts.after},
        "grant_rule": [rule.words for rule in given.grant_rules],
        "not_known": [sentence(w) for w in NOT_KNOWN_HERE],
        "warnings": [sentence(w) for w in (*told(shared), *minded)],
        "sources": [
            {"id": s.source_id, "title": s.title, "publisher": s.publisher, "released": s.released, "link": s.link}
            for s in sources_of(shared, stock)
        ],
    }


def _line(shared: ShareOut, s: LineShare) -> dict[str, Any]:
    names = shared.split.names
    whose = of(shared, s)
    return {
        "line": s.line.service,
        "key": s.line.key,
        "name": s.line.name,
        "form": s.line.form,
        "group": s.line.group,
        **({"of": whose} if whose else {}),
        "thousand": s.thousand(s.total),
        "basis": s.basis,
        "councils": [
            {
                "name": names[c],
                "thousand": s.thousand(s.parts[c]),
                "low": s.thousand(s.low[c]),
                "high": s.thousand(s.high[c]),
                "by_residents": s.thousand(s.by["residents"][c]),
                "estimate": None
                if s.estimate is None
                else {"low": round(float(s.estimate[0][c]), 1), "high": round(float(s.estimate[1][c]), 1)},
            }
            for c in s.holders
        ],
        "moves": s.thousand(s.moves),
        "bases": _bases(shared, s),
    }


def _bases(shared: ShareOut, s: LineShare) -> list[dict[str, Any]]:
    bases = shared.given.bases
    rows: list[dict[str, Any]] = [
        {
            "key": u.basis,
            "words": bases[u.basis].name,
            "recommended": u.standing == "recommended",
            "standing": u.standing,
            "own_counts": _own(shared, u.basis),
            "reason": u.reason,
            "precedent": u.precedent or None,
            "source": u.source_id,
            "unavailable": s.unknown.get(u.basis),
        }
        for u in s.line.uses
    ]
    if s.line.use(s.basis) is None:
        rows.append(
            {
                "key": s.basis,
                "words": bases[s.basis].name,
                "recommended": False,
                "standing": "yours",
                "own_counts": _own(shared, s.basis),
                "reason": "It is not among the bases listed for this line.",
                "precedent": None,
                "source": bases[s.basis].source_id,
                "unavailable": None,
            }
        )
    return rows


def _own(shared: ShareOut, key: str) -> bool:
    measure = shared.given.measures.get(key)
    return measure is not None and bool(measure.own)


def _total(shared: ShareOut, t: Total) -> dict[str, Any]:
    return {
        "thousand": t.thousand,
        "councils": [
            {
                "name": shared.split.names[c],
                "thousand": t.parts[c],
                "low": t.low[c],
                "high": t.high[c],
                "by_residents": t.by_residents[c],
            }
            for c in sorted({c for s in shared.lines_in_play for c in s.holders})
        ],
    }


def _number(value: float, decimals: int) -> float | None:
    return round(value, decimals) if math.isfinite(value) else None


def _position(shared: ShareOut, p: Position, stock: Sequence[StockShare]) -> dict[str, Any]:
    sources = shared.given.facts.sources
    return {
        "name": p.name,
        "residents": p.residents,
        "care_thousand": _number(p.care, 2),
        "low": _number(p.low, 2),
        "high": _number(p.high, 2),
        "by_residents": _number(p.by_residents, 2),
        "care_per_resident": _number(p.per_resident, 2),
        "care_share": _number(p.care_share, 4),
        "care_share_low": _number(p.low_share, 4),
        "care_share_high": _number(p.high_share, 4),
        "tax_base": _number(p.tax_base, 1),
        "tax_base_share": _number(p.tax_base_share, 4),
        "load": _number(p.load, 3),
        "stocks": {s.line.key: _stock(s, p.council) for s in stock},
        "debts": [
            {"words": d.words, "billions": d.billions, "date": d.date, "source": sources[d.source_id].title}
            for d in p.debts
            if d.source_id in sources
        ],
        "reserves": None,
        "directors": _directors(shared, p.council),
    }


def _directors(shared: ShareOut, council: int) -> dict[str, Any]:
    """One of each kind that law asks for, and whose directors serve its places today."""
    names = shared.given.facts.upper_names
    whole, parts = holders_of_posts(shared.split)[council]
    return {
        "adults": 1,
        "children": 1,
        "today_whole": [names[u] for u in whole],
        "today_part": [names[u] for u in parts],
    }


def _stock(s: StockShare, c: int) -> dict[str, Any]:
    if not s.by:
        return {"value": None, "unit": s.line.unit, "missing": list(s.missing)}
    low, high = s.range(c)
    return {
        "value": _number(s.by[s.basis][c], 2),
        "low": _number(low, 2),
        "high": _number(high, 2),
        "by": {key: _number(amounts[c], 2) for key, amounts in s.by.items()},
        "estimate": None
        if s.estimate is None or math.isnan(low)
        else {"low": round(s.estimate[0][c], 1), "high": round(s.estimate[1][c], 1)},
        "unit": s.line.unit,
        "period": s.period,
        "note": s.note or None,
        "missing": list(s.missing),
    }


def sources_of(shared: ShareOut, stock: Iterable[StockShare]) -> list[Source]:
    """Every source that a share-out rests on, by its id."""
    given = shared.given
    wanted = {s.line.source_id for s in shared.listed} | {s.source_id for s in stock}
    wanted |= {u.source_id for s in shared.listed for u in s.line.uses}
    wanted |= {given.bases[k].source_id for s in shared.listed for k in s.by}
    wanted |= {rule.source_id for rule in given.grant_rules} | {d.source_id for d in given.debts}
    held = given.facts.sources
    return [held[w] for w in sorted(wanted) if w in held]
