"""Ten published lines of Lancashire divided by hand from the tables alone: no reading or sharing of ours."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

from lgrdata.core.share_facts import CARE
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading import db
from lgrdata.shares.of_scenario import facts_of
from lgrdata.shares.share import share_out

COUNTY, PROPOSAL, LINES = "E10000017", "lancs-4ua", 10


def rows(name: str) -> list[dict[str, str]]:
    with (db.ROOT / "data" / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as held:
        return list(csv.DictReader(held))


def by_hand(total: int, people: dict[str, int]) -> dict[str, int]:
    """A whole number of £1,000 in proportion to residents; what is left goes to the largest remainders."""
    exact = {c: Fraction(total * n, sum(people.values())) for c, n in people.items()}
    parts = {c: int(v // 1) for c, v in exact.items()}
    for c in sorted(exact, key=lambda c: exact[c] - parts[c], reverse=True)[: total - sum(parts.values())]:
        parts[c] += 1
    return parts


def test_ten_lines_are_the_outturns_and_go_by_residents_as_by_hand(real_db: Path) -> None:
    spent = {
        (r["form"], r["service"]): float(r["thousand"])
        for r in rows("spend")
        if r["place_code"] == COUNTY and r["line"] == "Net Current Expenditure"
    }
    districts = {r["authority_code"] for r in rows("authority") if r["county_code"] == COUNTY}
    council = {r["authority_code"]: r["council"] for r in rows("composition") if r["proposal_id"] == PROPOSAL}
    people: dict[str, int] = {}
    for r in rows("resident"):
        if r["authority_code"] in districts:
            name = council[r["authority_code"]]
            people[name] = people.get(name, 0) + int(r["residents"])
    data = Dataset(real_db)
    out = share_out(facts_of(data, "lancashire"), data.split("lancashire", PROPOSAL))
    data.close()
    shown = [s for s in out.divided if s.line.group in CARE][:LINES]
    for s in shown:
        published = spent[s.line.form, s.line.service]
        assert s.thousand(s.total) == published == sum(s.parts), s.line.key
        mine = by_hand(round(published), people)
        assert {out.split.names[c]: s.by["residents"][c] for c in s.holders} == mine, s.line.key
    assert len(shown) == LINES and len(people) == 4
    # Every leaf of the county together is the total that it published.
    assert (
        out.total(("adults", "children", "education", "public health", "other")).thousand
        == spent["RSX", "Total Service Expenditure"]
    )
