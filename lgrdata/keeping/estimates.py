"""Estimates of people in care below council level: learnt, tried and stored when the dataset is built.

Published counts stop at the upper-tier council. How a council's count is split between its districts and wards is
learnt from upper-tier councils that touch (`fits_split`), chosen and tried on former counties that are several
councils today (`fits_record`), and scaled so that the authorities of a county add to its published count and the wards
of an authority to the authority. What a count grows with in forecasts is another fit (`fits_model`).
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from lgrdata.care.fit import DRIVERS, RECIPES, Recipe, choose
from lgrdata.care.splitting import CANDIDATES, SHARES, Candidate, Councils, age_power, learner, log_share
from lgrdata.care.trial import FEWEST_SHIRES, Former, Record, record
from lgrdata.core import periods
from lgrdata.core.facts import Floats, Ints
from lgrdata.core.models import NOMINAL_WORDS, OUTCOMES, LgrError
from lgrdata.core.words import joined, percent

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


@dataclass(frozen=True)
class Weight:
    """A driver of the split in use: a share of SHARES to a power, kept between what councils of England have."""

    driver: str
    power: float
    age_power: float
    least: float
    most: float

    def of(self, people: Mapping[str, float]) -> float:
        """Logarithm of what a place with these people (by name of DRIVERS) is weighed by."""
        share = log_share(SHARES[self.driver], people, self.age_power)
        return self.power * min(max(share, self.least), self.most)


@dataclass(frozen=True)
class Way:
    """How a county's count is split, with what was found: residents, weighed."""

    residents: str
    weights: tuple[Weight, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Names of DRIVERS that a place must have."""
        shares = [SHARES[w.driver] for w in self.weights]
        names = {self.residents, *(n for s in shares for n in (s.people, s.among))}
        names |= {"residents 65+", "residents 18+"} if any(s.for_age for s in shares) else set()
        return tuple(sorted(names))

    def expected(self, people: Mapping[str, float]) -> float:
        """Expected count of a place, before it is scaled."""
        return people[self.residents] * math.exp(sum(w.of(people) for w in self.weights))


def derive_fits(conn: sqlite3.Connection) -> None:
    """Fill fit, fit_driver, fit_coefficient, care_record and block_estimate from the loaded tables.

    An outcome known for too few councils (fewer than FEWEST, none that touch, fewer than FEWEST_SHIRES former shire
    counties) is not fitted, and nothing is estimated for it. LgrError where a county has a published count but its
    parts lack residents or drivers.
    """
    figures = read_figures(conn)
    touching = neighbours(conn, set(figures))
    blocks = read_blocks(conn)
    drivers = {code: upper_drivers(values) for code, values in sorted(figures.items())}
    formers = read_formers(conn)
    slope = _age_power(drivers, touching)
    for outcome in OUTCOMES:
        recipe = RECIPES[outcome]
        codes = [c for c in drivers if _usable(recipe, figures[c], drivers[c]) and c not in DISTORTING]
        index = {c: i for i, c in enumerate(codes)}
        known = {
            n: Former(k, np.array([index[p] for p in ps])) for (n, k), ps in formers.items() if index.keys() >= set(ps)
        }
        pairs = _pairs(codes, touching)
        shires = sum(f.kind == "shire" for f in known.values())
        if len(codes) < FEWEST or not len(pairs) or shires < FEWEST_SHIRES:
            _keep_record(conn, outcome, formers, codes, None)
            continue
        counts = np.array([figures[c][outcome] for c in codes])
        councils = _councils(counts, [drivers[c] for c in codes], pairs, slope)
        found = record(councils, CANDIDATES[outcome], list(known.values()))
        way = _way(councils, found.way, slope)
        _keep(conn, outcome, found, way, (len(codes), len(pairs)))
        _keep_record(conn, outcome, formers, codes, found)
        columns = {n: np.array([drivers[c][n] for c in codes]) for n in (recipe.population, *recipe.candidates)}
        grows = choose(recipe, counts, columns)
        rows = [(outcome, n, _digits(float(c))) for n, c in zip(grows.drivers, grows.coefficients, strict=True)]
        conn.executemany("INSERT INTO fit_coefficient VALUES (?, ?, ?)", rows)
        estimated = block_estimates(outcome, way, blocks, figures, drivers)
        conn.executemany("INSERT INTO block_estimate VALUES (?, ?, ?)", estimated)


def read_formers(conn: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """Parts of each former county as it is today, by its name and kind."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for county, kind, code in conn.execute("SELECT county, kind, place_code FROM former_county ORDER BY 1, 2, 3"):
        found[county, kind].append(code)
    return {k: tuple(codes) for k, codes in found.items() if len(codes) > 1}


def _councils(counts: Floats, people: list[dict[str, float]], pairs: Ints, slope: float) -> Councils:
    residents = {n: np.array([p[n] for p in people]) for n in DRIVERS if DRIVERS[n].census_item == ""}
    logs = {n: np.array([log_share(share, p, slope) for p in people]) for n, share in SHARES.items()}
    return Councils(counts, residents, logs, pairs)


def _age_power(drivers: Mapping[str, dict[str, float]], touching: list[tuple[str, str]]) -> float:
    """What of disability goes with age, over all councils whose drivers are known."""
    codes = [c for c, d in drivers.items() if c not in DISTORTING and all(x > 0 for x in d.values())]
    logs = {
        n: np.array([log_share(SHARES[n], drivers[c], 0.0) for c in codes])
        for n in ("disabled residents", "older residents", "income deprived children")
    }
    pairs = _pairs(codes, touching)
    disabled, older, deprived = logs.values()
    return _digits(age_power(disabled, older, deprived, pairs)) if len(pairs) else 0.0


def _way(councils: Councils, chosen: Candidate, slope: float) -> Way:
    weights = []
    for driver, power in zip(chosen.drivers, learner(councils, chosen).powers(), strict=True):
        logs, of_age = councils.logs[driver], slope if SHARES[driver].for_age else 0.0
        if power > 0:
            ends = (_digits(float(logs.min())), _digits(float(logs.max())))
            weights.append(Weight(driver, _digits(float(power)), of_age, *ends))
    return Way(chosen.residents, tuple(weights))


def read_figures(conn: sqlite3.Connection) -> Figures:
    """Newest value of each measure of FIGURES for every upper-tier council, by code. Missing ones are left out."""
    marks = ", ".join("?" * len(FIGURES))
    sql = f"""SELECT place_code, measure_code, period, value FROM figure JOIN place USING (place_code)
              WHERE measure_code IN ({marks}) AND kind IN ('county', 'unitary', 'other authority')
              ORDER BY place_code, measure_code"""
    rows = conn.execute(sql, FIGURES).fetchall()
    held: dict[str, set[str]] = defaultdict(set)
    for _, measure, period, _ in rows:
        held[measure].add(period)
    newest = {measure: periods.newest(of) for measure, of in held.items()}
    figures: Figures = defaultdict(dict)
    for place, measure, period, value in rows:
        if period == newest[measure] and value is not None:
            figures[place][measure] = float(value)
    return dict(figures)


def upper_drivers(f: Mapping[str, float]) -> dict[str, float]:
    """Drivers of an upper-tier council from its figures, NaN where a figure is missing."""
    g = defaultdict(lambda: math.nan, f)
    older = g["population_65_74"] + g["population_75_84"] + g["population_85_plus"]
    return {
        "residents": g["population_0_17"] + g["population_18_64"] + older,
        "residents 0-17": g["population_0_17"],
        "residents 18-24": g["population_0_24"] - g["population_0_17"],
        "residents 18-64": g["population_18_64"],
        "residents 65-74": g["population_65_74"],
        "residents 75-84": g["population_75_84"],
        "residents 85+": g["population_85_plus"],
        "residents 65+": older,
        "residents 18+": g["population_18_64"] + older,
        "residents 0-24": g["population_0_24"],
        "disabled residents": g["disabled_residents"],
        "income deprived children": g["idaci"] * g["population_0_17"],
        "income deprived older people": g["idaopi"] * older,
    }


def _usable(recipe: Recipe, figures: Mapping[str, float], drivers: Mapping[str, float]) -> bool:
    ways = CANDIDATES[recipe.outcome]
    needed = {recipe.population, *recipe.candidates, *(w.residents for w in ways), "residents 65+", "residents 18+"}
    for share in (SHARES[d] for w in ways for d in w.drivers):
        needed |= {share.people, share.among}
    return figures.get(recipe.outcome, 0.0) > 0 and all(drivers[n] > 0 for n in needed)


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


def _pairs(codes: list[str], touching: list[tuple[str, str]]) -> Ints:
    index = {c: i for i, c in enumerate(codes)}
    kept = [(index[a], index[b]) for a, b in touching if a in index and b in index]
    return np.array(kept, dtype=np.int64).reshape(-1, 2)


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
    outcome: str, way: Way, blocks: Blocks, figures: Figures, drivers: Mapping[str, Mapping[str, float]]
) -> list[tuple[str, str, float]]:
    """(block, outcome, people) of every authority and ward whose upper tier has a published count."""

    def expected(block: str, upper: str) -> float:
        return way.expected({n: blocks.driver(block, n, upper, drivers[upper][n]) for n in way.people})

    members: dict[str, list[str]] = defaultdict(list)
    for authority, upper in blocks.upper.items():
        members[upper].append(authority)
    rows: list[tuple[str, str, float]] = []
    for upper, authorities in sorted(members.items()):
        published = figures.get(upper, {}).get(outcome)
        if published is None:
            continue
        # A council that runs its own care has its published count: nothing is estimated.
        values = {a: 1.0 if a == upper else expected(a, upper) for a in authorities}
        whole = sum(values.values())
        if not whole > 0:
            raise LgrError(
                f"{upper}: no residents by age are held for its authorities, so {outcome} cannot be shared out"
            )
        for authority, value in values.items():
            here = published * value / whole
            rows.append((authority, outcome, round(here, 6)))
            parts = {w: expected(w, upper) for w in blocks.wards.get(authority, [])}
            total = sum(parts.values())
            rows += [(w, outcome, round(here * v / total, 6)) for w, v in parts.items() if total > 0]
    return sorted(rows)


def _keep(conn: sqlite3.Connection, outcome: str, found: Record, way: Way, known: tuple[int, int]) -> None:
    shire = found.factor("shire")
    city = shire if math.isnan(found.factor("city")) else found.factor("city")
    error, plain = found.medians("shire")
    councils, pairs = known
    row = (
        outcome, "drivers" if way.weights else "population share", councils, *map(_digits, (error, plain)),
        *map(_digits, (1 / shire, shire)), words(found, way, pairs), way.residents, pairs,
        *map(_digits, (1 / city, city)),
    )  # fmt: skip
    marks = ", ".join("?" * len(row))
    conn.execute(f"INSERT INTO fit VALUES ({marks})", row)
    rows = [(outcome, w.driver, w.power, w.age_power, w.least, w.most) for w in way.weights]
    conn.executemany("INSERT INTO fit_driver VALUES (?, ?, ?, ?, ?, ?)", rows)


def _keep_record(
    conn: sqlite3.Connection,
    outcome: str,
    formers: Mapping[tuple[str, str], tuple[str, ...]],
    codes: list[str],
    found: Record | None,
) -> None:
    rows: dict[str, tuple[float | None, ...]] = {p: (None,) * 6 for parts in formers.values() for p in parts}
    for scored in found.scored if found else ():
        figures = (scored.counts, scored.predicted, scored.low, scored.high, *scored.plain)
        for i, part in enumerate(scored.former.parts.tolist()):
            rows[codes[part]] = tuple(_digits(float(f[i])) for f in figures)
    kept = [(outcome, part, *figures) for part, figures in sorted(rows.items())]
    conn.executemany("INSERT INTO care_record VALUES (?, ?, ?, ?, ?, ?, ?, ?)", kept)


def _digits(x: float) -> float:
    """Six significant digits: enough, and the same on every run."""
    return float(f"{x:.6g}")


def words(found: Record, way: Way, pairs: int) -> str:
    """The way to split and its record, in plain sentences."""
    if way.weights:
        powers = joined([f"{SHARES[w.driver].words} (to the power {w.power:.2f})" for w in way.weights])
        how = (
            f"By {DRIVERS[way.residents].words}, weighed by {powers}, as found between {pairs} pairs of councils that"
            " touch."
        )
    else:
        how = f"By plain share of {DRIVERS[way.residents].words}, because nothing tried did better."
    told = [how]
    for kind, where in (("shire", "former shire counties"), ("city", "counties and the cities that left them")):
        own, plain = found.medians(kind)
        if not math.isnan(own):
            parts = len(found.errors(kind)[0])
            told.append(
                f"Tried on {where} ({parts} councils of today, each county left out): half of them were predicted to"
                f" within {percent(own)}, by plain share to within {percent(plain)}."
            )
    told.append(
        f"The range is nominally {NOMINAL_WORDS}: as far off as four in five of those trials were, by a factor of"
        f" {found.factor('shire'):.2f} in the rate of one part against the rest of its county"
        + (
            "."
            if math.isnan(found.factor("city"))
            else f", or {found.factor('city'):.2f} where a city is parted from the county around it."
        )
    )
    return " ".join(told)
