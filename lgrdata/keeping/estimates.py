"""Estimates of people in care below council level: fitted, tested and stored when the dataset is built.

Published counts stop at the upper-tier council. Each is fitted over the upper-tier councils of England
(`fits_model`), predicted for every authority and ward of the areas, and scaled so that the authorities of a county
add to its published count and the wards of an authority to the authority. The range comes from councils that touch:
two neighbours are taken for one county whose total is known, and the split between them is predicted without either.
That is the nearest test that published figures allow; errors inside a county are not observed.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from lgrdata.care.fit import DRIVERS, RECIPES, Choice, Recipe, choose
from lgrdata.core.facts import Floats, Ints
from lgrdata.core.models import OUTCOMES, LgrError

DISTORTING = ("E09000001", "E06000053")
"""City of London and Isles of Scilly: a few thousand residents each; left out of every fit."""

FEWEST = 20
"""Councils that a fit needs at the least."""

FIGURES = (
    *OUTCOMES,
    "population_0_17",
    "population_0_24",
    "population_18_64",
    "population_65_74",
    "population_75_84",
    "population_85_plus",
    "idaci",
    "idaopi",
    "disabled_residents",
)
Figures = dict[str, dict[str, float]]


@dataclass(frozen=True, eq=False)
class Blocks:
    """Every authority and ward of the areas with its upper tier and what drives need in it.

    `people`: by block, residents by band and the census items of `Driver.census_item`.
    """

    upper: dict[str, str]  # authority -> upper tier
    wards: dict[str, list[str]]  # authority -> wards
    people: dict[str, dict[str, float]]

    def driver(self, block: str, name: str, upper: str, upper_total: float) -> float:
        """The driver's people in a block; what the census spreads is scaled to the upper tier's `upper_total`."""
        driver = DRIVERS[name]
        here = self.people[block]
        if not driver.census_item:
            return sum(here.get(band, 0.0) for band in driver.follows)
        whole = self.people[upper].get(driver.census_item, 0.0)
        if not whole > 0 or math.isnan(upper_total):
            raise LgrError(
                f"{upper}: {driver.words} are not known for it or its wards, so its parts cannot be estimated"
            )
        return upper_total * here.get(driver.census_item, 0.0) / whole


def derive_fits(conn: sqlite3.Connection) -> None:
    """Fill fit, fit_coefficient, fit_residual and block_estimate from the loaded tables.

    An outcome known for too few councils (fewer than FEWEST, or none that touch) is not fitted, and nothing is
    estimated for it. LgrError where a county has a published count but its parts lack residents or drivers.
    """
    figures = read_figures(conn)
    touching = neighbours(conn, set(figures))
    blocks = read_blocks(conn)
    for outcome in OUTCOMES:
        recipe = RECIPES[outcome]
        drivers = {code: upper_drivers(values) for code, values in sorted(figures.items())}
        codes = [c for c in drivers if _usable(recipe, figures[c], drivers[c]) and c not in DISTORTING]
        a, b = _pairs(codes, touching)
        if len(codes) < FEWEST or not len(a):
            continue
        counts = np.array([figures[c][outcome] for c in codes])
        columns = {n: np.array([drivers[c][n] for c in codes]) for n in (recipe.population, *recipe.candidates)}
        choice = choose(recipe, counts, columns, a, b)
        _store(conn, codes, counts, choice)
        rows = block_estimates(choice, blocks, figures, drivers)
        conn.executemany("INSERT INTO block_estimate VALUES (?, ?, ?)", rows)


def read_figures(conn: sqlite3.Connection) -> Figures:
    """Newest value of each measure of FIGURES for every upper-tier council, by code. Missing ones are left out."""
    found: dict[tuple[str, str], tuple[tuple[int, str], float | None]] = {}
    marks = ", ".join("?" * len(FIGURES))
    sql = f"""SELECT place_code, measure_code, period, value FROM figure JOIN place USING (place_code)
              WHERE measure_code IN ({marks}) AND kind IN ('county', 'unitary', 'other authority')"""
    newest: dict[str, tuple[int, str]] = {}
    rows = conn.execute(sql, FIGURES).fetchall()
    for _, measure, period, _ in rows:
        newest[measure] = max(newest.get(measure, (0, "")), _age(period))
    for place, measure, period, value in rows:
        if _age(period) == newest[measure]:
            found[place, measure] = (_age(period), value)
    figures: Figures = defaultdict(dict)
    for (place, measure), (_, value) in sorted(found.items()):
        if value is not None:
            figures[place][measure] = float(value)
    return dict(figures)


def _age(period: str) -> tuple[int, str]:
    """Key that sorts periods by the last year they name."""
    return max((int(y) for y in re.findall(r"\d{4}", period)), default=0), period


def upper_drivers(f: Mapping[str, float]) -> dict[str, float]:
    """Drivers of an upper-tier council from its figures, NaN where a figure is missing."""
    g = defaultdict(lambda: math.nan, f)
    older = g["population_65_74"] + g["population_75_84"] + g["population_85_plus"]
    return {
        "residents 0-17": g["population_0_17"],
        "residents 18-24": g["population_0_24"] - g["population_0_17"],
        "residents 18-64": g["population_18_64"],
        "residents 65-74": g["population_65_74"],
        "residents 75-84": g["population_75_84"],
        "residents 85+": g["population_85_plus"],
        "residents 18+": g["population_18_64"] + older,
        "residents 0-24": g["population_0_24"],
        "disabled residents": g["disabled_residents"],
        "income deprived children": g["idaci"] * g["population_0_17"],
        "income deprived older people": g["idaopi"] * older,
    }


def _usable(recipe: Recipe, figures: Mapping[str, float], drivers: Mapping[str, float]) -> bool:
    needed = (drivers[n] for n in (recipe.population, *recipe.candidates))
    return figures.get(recipe.outcome, 0.0) > 0 and all(x > 0 for x in needed)


def neighbours(conn: sqlite3.Connection, known: Container[str]) -> list[tuple[str, str]]:
    """Upper-tier councils that touch, from the shared arcs of the map of England; districts stand for their county.

    A code of the map that is not among the councils `known` (Barnsley and Sheffield were given new ones) is matched
    by name. None where that map is not held.
    """
    row = conn.execute("SELECT topojson FROM topology WHERE topology_id = 'england'").fetchone()
    if row is None:
        return []
    county = dict(conn.execute("SELECT authority_code, county_code FROM authority WHERE county_code IS NOT NULL"))
    places = conn.execute("SELECT name, place_code FROM place WHERE kind IN ('unitary', 'other authority')")
    by_name = {name: code for name, code in places if code in known}
    owners: dict[int, set[str]] = defaultdict(set)
    for shape in json.loads(row[0])["objects"]["authorities"]["geometries"]:
        code = county.get(shape["id"], shape["id"])
        if code not in known:
            code = by_name.get(shape.get("properties", {}).get("name", ""), code)
        for arc in _arcs(shape["arcs"]):
            owners[arc].add(code)
    return sorted({(min(o), max(o)) for o in owners.values() if len(o) == 2})


def _arcs(nested: list[object]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, list):
            yield from _arcs(item)
        elif isinstance(item, int):
            yield item if item >= 0 else ~item


def _pairs(codes: list[str], touching: list[tuple[str, str]]) -> tuple[Ints, Ints]:
    index = {c: i for i, c in enumerate(codes)}
    kept = [(index[a], index[b]) for a, b in touching if a in index and b in index]
    pairs = np.array(kept, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def read_blocks(conn: sqlite3.Connection) -> Blocks:
    """Residents by band and census items of every authority, ward and upper tier of the areas."""
    upper = {a: c or a for a, c in conn.execute("SELECT authority_code, county_code FROM authority ORDER BY 1")}
    wards: dict[str, list[str]] = defaultdict(list)
    home: dict[str, str] = {}
    for ward, authority in conn.execute("SELECT ward_code, authority_code FROM ward ORDER BY 2, 1"):
        wards[authority].append(ward)
        home[ward] = authority
    people: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for block, band, residents in conn.execute("SELECT block_code, band, residents FROM block_resident ORDER BY 1, 2"):
        people[block][band] = residents
        if block in upper and upper[block] != block:
            people[upper[block]][band] += residents
    items = sorted({d.census_item for d in DRIVERS.values() if d.census_item})
    marks = ", ".join("?" * len(items))
    sql = f"SELECT ward_code, item, people FROM ward_census WHERE item IN ({marks}) ORDER BY 1, 2"
    for ward, item, count in conn.execute(sql, items):
        people[ward][item] = count
        authority = home[ward]
        people[authority][item] += count
        if upper[authority] != authority:
            people[upper[authority]][item] += count
    # West Berkshire: wards are known by name only, so no figure can be given for them.
    counted = {a: [w for w in ws if people[w]] for a, ws in wards.items()}
    return Blocks(upper, counted, people)


def block_estimates(
    choice: Choice, blocks: Blocks, figures: Figures, drivers: Mapping[str, Mapping[str, float]]
) -> list[tuple[str, str, float]]:
    """(block, outcome, people) of every authority and ward whose upper tier has a published count."""
    outcome = choice.recipe.outcome
    coefficients = dict(zip(choice.chosen.drivers, (float(c) for c in choice.chosen.coefficients), strict=True))

    def raw(block: str, upper: str) -> float:
        return sum(c * blocks.driver(block, n, upper, drivers[upper][n]) for n, c in sorted(coefficients.items()))

    members: dict[str, list[str]] = defaultdict(list)
    for authority, upper in blocks.upper.items():
        members[upper].append(authority)
    rows: list[tuple[str, str, float]] = []
    for upper, authorities in sorted(members.items()):
        published = figures.get(upper, {}).get(outcome)
        if published is None:
            continue
        # A council that runs its own care has its published count: nothing is estimated.
        values = {a: 1.0 if a == upper else raw(a, upper) for a in authorities}
        whole = sum(values.values())
        if not whole > 0:
            raise LgrError(
                f"{upper}: no residents by age are held for its authorities, so {outcome} cannot be shared out"
            )
        for authority, value in values.items():
            here = published * value / whole
            rows.append((authority, outcome, round(here, 6)))
            parts = {w: raw(w, upper) for w in blocks.wards.get(authority, [])}
            total = sum(parts.values())
            rows += [(w, outcome, round(here * v / total, 6)) for w, v in parts.items() if total > 0]
    return sorted(rows)


def _store(conn: sqlite3.Connection, codes: list[str], counts: Floats, choice: Choice) -> None:
    outcome, chosen = choice.recipe.outcome, choice.chosen
    factor = math.exp(choice.share_error)
    method = "drivers" if choice.uses_drivers else "population share"
    numbers = (choice.error, choice.baseline_error, 1 / factor, factor)
    row = (outcome, method, len(codes), *(_digits(x) for x in numbers), words(choice, len(codes)))
    conn.execute("INSERT INTO fit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    pairs = zip(chosen.drivers, chosen.coefficients, strict=True)
    rows = [(outcome, n, _digits(float(c))) for n, c in pairs]
    conn.executemany("INSERT INTO fit_coefficient VALUES (?, ?, ?)", rows)
    each = zip(codes, counts, chosen.predicted, choice.baseline.predicted, strict=True)
    residuals = [(outcome, c, float(y), _digits(float(p)), _digits(float(q))) for c, y, p, q in each]
    conn.executemany("INSERT INTO fit_residual VALUES (?, ?, ?, ?, ?)", residuals)


def _digits(x: float) -> float:
    """Six significant digits: enough, and the same on every run."""
    return float(f"{x:.6g}")


def words(choice: Choice, councils: int) -> str:
    """The choice and its errors in plain sentences."""
    people = DRIVERS[choice.recipe.population].words
    errors = f"a typical error of {choice.error:.0%} in a council's rate when that council is left out"
    if choice.uses_drivers:
        names = [DRIVERS[n].words for n in choice.chosen.drivers]
        what = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        how = f"From {what}: {errors}, against {choice.baseline_error:.0%} for a plain share of {people}."
    else:
        how = f"By plain share of {people}, because no set of drivers did better: {errors}."
    spread = math.expm1(choice.share_error)
    return (
        f"{how} Fitted on the {councils} upper-tier councils of England with figures; City of London and Isles of "
        f"Scilly are left out. The range comes from {choice.pairs} pairs of neighbouring councils taken as one: in "
        f"four of five the rate of one against the other was predicted to within a factor of {1 + spread:.2f}. "
        "Errors inside a county cannot be seen in published figures; neighbouring councils stand in for them."
    )
