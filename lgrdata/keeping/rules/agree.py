"""Rules that hold figures against each other: sums, parts of a whole, steps from year to year, outliers."""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from lgrdata.care.spending_lines import LINES
from lgrdata.keeping.rules.base import NEWEST, Rule, number, sql
from lgrdata.reading.vintage import RESIDENTS_YEAR

_COUNCILS = 40
"""As many councils must have a figure before one of them can stand out."""


def _odd(conn: sqlite3.Connection) -> Iterator[str]:
    """Newest figures three times beyond all others of their tier, counts and money per resident.

    Only where the others are alike, within eightfold: measures that truly vary more say nothing of a slip.
    """
    people = dict(
        conn.execute(
            f"""SELECT authority_code, sum(residents) FROM resident WHERE year = {RESIDENTS_YEAR} GROUP BY 1 UNION ALL
               SELECT county_code, sum(residents) FROM resident JOIN authority USING (authority_code)
               WHERE year = {RESIDENTS_YEAR} AND county_code IS NOT NULL GROUP BY 1"""
        ).fetchall()
    )
    newest = dict(conn.execute(NEWEST).fetchall())
    groups: dict[tuple[str, bool], list[tuple[float, str, float]]] = defaultdict(list)
    query = """SELECT place_code, measure_code, period, value, measure.kind, place.kind = 'district' FROM figure
               JOIN measure USING (measure_code) JOIN place USING (place_code)
               WHERE value > 0 AND measure.kind <> 'rank' AND place.kind IN ('district', 'unitary', 'county')"""
    for place, measure, period, value, kind, district in conn.execute(query):
        each = people.get(place, 0) if kind in ("count", "money") else 1
        if period == newest[measure] and each and (each == 1 or value >= 100):
            groups[measure, district].append((value / each, place, value))
    for (measure, _), held in groups.items():
        if len(held) < _COUNCILS:
            continue
        held.sort()
        for odd, near, far in ((held[-1], held[-2], held[0]), (held[0], held[1], held[-1])):
            alike = 1 / 8 <= near[0] / far[0] <= 8
            if alike and math.isfinite(odd[0]) and not 1 / 3 <= odd[0] / near[0] <= 3:
                yield f"{odd[1]} {measure} {newest[measure]} {number(odd[2])}"


def _steps(conn: sqlite3.Connection) -> Iterator[str]:
    """Newest steps over twice as large as any other council's, where those are small."""
    newest = dict(conn.execute(NEWEST).fetchall())
    steps: dict[tuple[str, str, str], list[tuple[float, str, float, float]]] = defaultdict(list)
    query = """SELECT place_code, measure_code, period, value FROM figure JOIN measure USING (measure_code)
               JOIN period USING (period)
               WHERE measure.kind IN ('count', 'rate') AND value >= 100 ORDER BY 1, 2, ends, starts"""
    before: tuple[str, str, str, float] | None = None
    for row in conn.execute(query):
        if before and before[:2] == row[:2] and row[2] == newest[row[1]] and math.isfinite(row[3] + before[3]):
            steps[row[1], before[2], row[2]].append((math.log(row[3] / before[3]), row[0], before[3], row[3]))
        before = row
    for (measure, old, new), held in steps.items():
        if len(held) < _COUNCILS:
            continue
        usual = sorted(step for step, *_ in held)[len(held) // 2]
        sizes = sorted(((abs(step - usual), place, was, now) for step, place, was, now in held), reverse=True)
        if sizes[1][0] < 0.3 and sizes[0][0] > 2 * sizes[1][0] + 0.1:
            _, place, was, now = sizes[0]
            yield f"{place} {measure} {number(was)} ({old}) to {number(now)} ({new})"


_CARE = "('adults_long_term_support', 'children_looked_after', 'children_in_need', 'ehc_plans')"
_BANDS = """(SELECT 'population_0_17' AS measure_code, 0 AS low, 17 AS high UNION ALL
            SELECT 'population_0_24', 0, 24 UNION ALL SELECT 'population_18_64', 18, 64 UNION ALL
            SELECT 'population_65_74', 65, 74 UNION ALL SELECT 'population_75_84', 75, 84 UNION ALL
            SELECT 'population_85_plus', 85, 90)"""
_UPPER = """(place.kind = 'county' OR place_code IN (SELECT authority_code FROM authority JOIN area_authority
             USING (authority_code) WHERE tier = 'unitary' AND role = 'member'))"""


def _lines_add_up(conn: sqlite3.Connection) -> Iterator[str]:
    """Care totals that their lines miss, by council."""
    for service, lines in LINES.items():
        marks = ", ".join("?" * len(lines))
        yield from (
            f"{name} {year} {service}: {number(total)} total, {number(added)} in {held} lines"
            for name, year, total, added, held in conn.execute(
                f"""SELECT p.name, t.year, t.thousand, total(l.thousand), count(l.thousand) FROM spend t
                    JOIN place p USING (place_code) JOIN spend l ON l.place_code = t.place_code AND l.year = t.year
                      AND l.form = 'RO3' AND l.line = t.line AND l.service IN ({marks})
                    WHERE t.form = 'RSX' AND t.line = 'Net Current Expenditure' AND t.service = ?
                    GROUP BY t.place_code, t.year HAVING abs(total(l.thousand) - t.thousand) > 1
                      OR count(l.thousand) <> ?""",
                (*lines, service, len(lines)),
            )
        )


RULES: tuple[Rule, ...] = (
    Rule(
        "spend-lines",
        "The lines of adults’ and of children’s social care add to the council’s total, to £1,000.",
        _lines_add_up,
        england=True,
    ),
    Rule("odd-figure", "Where councils are alike in a newest figure, none lies three times beyond the others.", _odd),
    Rule("odd-step", "Where no other council's newest count or rate is far from the one before, none leaps.", _steps),
    sql(
        "residents-bands",
        "A unitary's residents by age add to its published bands, of each year held.",
        f"""SELECT f.place_code, m.measure_code, f.value, 'by age', sum(r.residents) FROM {_BANDS} m
            JOIN figure f ON f.measure_code = m.measure_code
            JOIN resident r ON r.authority_code = f.place_code AND f.period = 'mid-' || r.year
              AND r.age BETWEEN m.low AND m.high
            GROUP BY f.place_code, m.measure_code, f.period HAVING sum(r.residents) <> f.value""",
    ),
    sql(
        "residents-smooth",
        "From 24 to 85, residents of one age are within a third of the mean of the ages beside it.",
        """SELECT authority_code, 'age', age, residents, 'between', below, 'and', above FROM
           (SELECT authority_code, year, age, residents,
              lag(residents) OVER by_age AS below, lead(residents) OVER by_age AS above FROM resident
            WINDOW by_age AS (PARTITION BY authority_code, year ORDER BY age))
           WHERE age BETWEEN 24 AND 85 AND abs(2.0 * residents / (below + above) - 1) > 0.33""",
        england=True,
    ),
    sql(
        "residents-history",
        "An authority has residents of every year of the history, each within 6% of the year before.",
        """SELECT place_code, count(*), 'years of ' || (SELECT count(DISTINCT period) FROM figure
             WHERE measure_code = 'residents') AS years, NULL FROM figure WHERE measure_code = 'residents'
           GROUP BY place_code HAVING count(*) <>
             (SELECT count(DISTINCT period) FROM figure WHERE measure_code = 'residents')
           UNION ALL SELECT place_code, value, period || ', then', sum(residents) FROM figure JOIN resident
           ON authority_code = place_code AND period = 'mid-' || (year - 1) WHERE measure_code = 'residents'
           GROUP BY place_code, year HAVING abs(sum(residents) / value - 1) > 0.06
           UNION ALL SELECT authority_code, before, 'before mid-' || year || ':', n FROM (SELECT authority_code, year,
             sum(residents) AS n, lag(sum(residents)) OVER (PARTITION BY authority_code ORDER BY year) AS before
             FROM resident GROUP BY 1, 2) WHERE abs(1.0 * n / before - 1) > 0.06
           UNION ALL SELECT place_code, before, 'before ' || period || ':', value FROM (SELECT place_code, period,
             value, lag(value) OVER (PARTITION BY place_code ORDER BY period) AS before FROM figure
             WHERE measure_code = 'residents') WHERE abs(value / before - 1) > 0.06""",
        england=True,
    ),
    sql(
        "census-exact",
        "Wards' census residents, and disabled ones, add to their authority's published counts within 0.05%.",
        """SELECT place_code, measure_code, value, 'wards', n FROM figure JOIN
           (SELECT authority_code, CASE item WHEN 'disabled' THEN 'disabled_residents' ELSE 'census_residents' END
              AS measure, sum(people) AS n FROM ward_census JOIN ward USING (ward_code)
            WHERE item = 'disabled' OR item LIKE 'age %' GROUP BY 1, 2)
           ON authority_code = place_code AND measure = measure_code WHERE abs(n / value - 1) > 0.0005""",
        england=True,
    ),
    sql(
        "census-deprived",
        "Income-deprived children and older people of a ward are no more than all its income-deprived residents.",
        """SELECT ward_code, sum(people * (item <> 'income deprived')), 'of', sum(people * (item = 'income deprived'))
           FROM ward_census WHERE item LIKE 'income deprived%' GROUP BY ward_code
           HAVING sum(people * (item <> 'income deprived')) > sum(people * (item = 'income deprived')) + 1""",
    ),
    sql(
        "projection-base",
        "Projections start within 15% of the residents of their first year.",
        """SELECT authority_code, 'projected', residents, 'published', value FROM projection JOIN figure
           ON place_code = authority_code AND measure_code = 'residents' AND period = 'mid-' || year
           WHERE year = (SELECT min(year) FROM projection) AND band = 'all' AND abs(residents / value - 1) > 0.15""",
    ),
    sql(
        "projection-smooth",
        "A projected band is within 4% of the mean of the years before and after.",
        """SELECT authority_code, band, year || ':', residents, 'between', below, 'and', above FROM
           (SELECT *, lag(residents) OVER w AS below, lead(residents) OVER w AS above FROM projection
            WINDOW w AS (PARTITION BY authority_code, band ORDER BY year))
           WHERE below + above > 0 AND abs(2.0 * residents / (below + above) - 1) > 0.04""",
    ),
    sql(
        "flow-source",
        "All flows of a kind are from one source, and none is of nobody.",
        """SELECT kind, 'from', group_concat(source_id, ' and ') FROM (SELECT DISTINCT kind, source_id FROM flow)
           GROUP BY kind HAVING count(*) > 1 UNION ALL SELECT kind, from_code, to_code FROM flow WHERE people = 0""",
    ),
    sql(
        "flow-in",
        "Somebody commutes between any two authorities of the areas that share a land border.",
        """SELECT 'commuting 2021', n.a, n.b FROM neighbour n JOIN area_authority x ON x.authority_code = n.a
             AND x.role = 'member' JOIN area_authority y ON y.authority_code = n.b AND y.role = 'member'
             WHERE n.kind = 'land' AND NOT EXISTS (SELECT 1 FROM flow f WHERE f.kind = 'commuting 2021'
             AND f.from_code = n.a AND f.to_code = n.b)""",
        england=True,
    ),
    sql(
        "pupils-each",
        "Pupils come from and go to every county and unitary of the areas.",
        f"""SELECT place_code, name FROM place WHERE {_UPPER} AND (place_code NOT IN
            (SELECT from_code FROM pupil_flow) OR place_code NOT IN (SELECT to_code FROM pupil_flow))""",
        england=True,
    ),
    sql(
        "care-tier",
        "Counts of people in care are published for counties and unitaries only, never below.",
        f"""SELECT place_code, measure_code, period FROM figure JOIN place USING (place_code)
            WHERE measure_code IN {_CARE} AND place.kind IN ('district', 'ward', 'elsewhere')""",
    ),
    sql(
        "figure-place",
        "A figure is of an authority, a county or the country, not of a ward or a place elsewhere.",
        """SELECT place_code, name, place.kind FROM place WHERE place.kind IN ('ward', 'elsewhere')
           AND place_code IN (SELECT place_code FROM figure)""",
    ),
    sql(
        "figure-why",
        "A figure that is missing or estimated says why or how in its note.",
        """SELECT place_code, measure_code, period, status FROM figure
           WHERE (value IS NULL OR status = 'estimated') AND note = ''""",
    ),
    sql(
        "figure-note",
        "A figure with a value has no note that says it has none.",
        """SELECT place_code, measure_code, period, value, '''' || note || '''' FROM figure WHERE value IS NOT NULL
           AND (note LIKE 'Not published%' OR note LIKE 'Too few%' OR note LIKE 'Withheld%'
                OR note LIKE 'Not available%' OR note LIKE '%made no return%')""",
    ),
    sql(
        "figure-status",
        "Where a source gives figures of a measure and period as provisional, it gives them all so.",
        """SELECT measure_code, period, group_concat(CASE WHEN status <> 'provisional' THEN place_code END, ', ')
           FROM figure WHERE value IS NOT NULL GROUP BY measure_code, period, source_id
           HAVING sum(status = 'provisional') > 20 AND sum(status <> 'provisional') > 0""",
    ),
    sql(
        "figure-source",
        "A source gives more than two figures of a measure and period, where another gives the rest.",
        """WITH held AS (SELECT measure_code, period, source_id, count(*) AS n, min(place_code) AS place
             FROM figure WHERE measure_code NOT LIKE 'children_placed_%' GROUP BY 1, 2, 3)
           SELECT measure_code, period, source_id, 'for', place FROM held WHERE n < 3 AND EXISTS (SELECT 1 FROM held h
             WHERE h.measure_code = held.measure_code AND h.period = held.period AND h.n > 20)""",
    ),
    sql(
        "score-range",
        "A score lies from -5 to 100, and one of deprived children, older people, income or employment from 0 to 1.",
        """SELECT place_code, measure_code, period, value FROM figure JOIN measure USING (measure_code)
           WHERE kind = 'score' AND (value NOT BETWEEN -5 AND 100 OR (value NOT BETWEEN 0 AND 1
           AND measure_code IN ('idaci', 'idaopi', 'income_score', 'employment_score')))""",
    ),
    sql(
        "rank-once",
        "No two authorities have the same rank.",
        """SELECT measure_code, period, value, group_concat(place_code, ' = ') FROM figure
           JOIN measure USING (measure_code) WHERE measure.kind = 'rank' AND value IS NOT NULL
           GROUP BY 1, 2, 3 HAVING count(*) > 1""",
        england=True,
    ),
    sql(
        "dwellings-add",
        "Dwellings of bands A to H add to all dwellings, within 50.",
        """SELECT place_code, period, sum(value * (measure_code = 'dwellings')), 'bands',
             sum(value * (measure_code <> 'dwellings')) FROM figure
           WHERE measure_code = 'dwellings' OR measure_code LIKE 'dwellings_band__' GROUP BY place_code, period
           HAVING count(*) = 9 AND abs(sum(value * CASE measure_code WHEN 'dwellings' THEN 1 ELSE -1 END)) > 50""",
    ),
    sql(
        "money-size",
        "A Dedicated Schools Grant balance is in £, so nothing or over £100,000 (given in thousands?).",
        """SELECT place_code, measure_code, period, value FROM figure
           WHERE measure_code = 'dsg_balance' AND value <> 0 AND abs(value) < 100000""",
        england=True,
    ),
    sql(
        "measure-headline",
        "Measures that the sums rest on keep their unit and kind.",
        """WITH known(code, unit, kind) AS (VALUES ('adults_long_term_support', 'people', 'count'),
             ('children_looked_after', 'children', 'count'), ('children_in_need', 'children', 'count'),
             ('ehc_plans', 'plans', 'count'), ('dsg_balance', '£', 'money'), ('residents', 'people', 'count'),
             ('council_tax_base', 'Band D equivalents', 'count'), ('band_d_all_precepts', '£', 'rate'),
             ('band_d_own', '£', 'rate'), ('census_residents', 'people', 'count'),
             ('disabled_residents', 'people', 'count'), ('idaci', 'score', 'score'), ('idaopi', 'score', 'score'),
             ('imd', 'score', 'score'))
           SELECT measure_code, measure.unit, measure.kind, 'not', known.unit, known.kind FROM measure
           JOIN known ON code = measure_code WHERE measure.unit <> known.unit OR measure.kind <> known.kind""",
        england=True,
    ),
    sql(
        "spend-whole",
        "A council's outturn has every service and line that other councils' has.",
        """WITH held AS (SELECT place_code, form, year, count(*) AS n FROM spend WHERE status = 'published'
             GROUP BY 1, 2, 3), whole AS (SELECT form, year, max(n) AS most FROM held GROUP BY 1, 2)
           SELECT place_code, form, year, 'has', n, 'rows of', most FROM held JOIN whole USING (form, year)
           WHERE n <> most""",
        england=True,
    ),
    sql(
        "spend-care",
        "Every county and unitary of the areas has social care detail (RO3) of a year that has a summary (RSX).",
        f"""SELECT place_code, name FROM place WHERE {_UPPER}
            AND NOT EXISTS (SELECT 1 FROM spend d JOIN spend s ON s.place_code = d.place_code AND s.year = d.year
              AND s.form = 'RSX' WHERE d.place_code = place.place_code AND d.form = 'RO3')""",
        england=True,
    ),
    sql(
        "spend-size",
        "A council's net spending is £30 to £4,000 a resident, and no line of its care detail exceeds its total.",
        f"""SELECT place_code, year, thousand, 'thousand for', n, 'residents', NULL FROM spend JOIN
             (SELECT authority_code AS code, sum(residents) AS n FROM resident WHERE year = {RESIDENTS_YEAR}
                GROUP BY 1 UNION ALL
              SELECT county_code, sum(residents) FROM resident JOIN authority USING (authority_code)
              WHERE year = {RESIDENTS_YEAR} AND county_code IS NOT NULL GROUP BY 1) ON code = place_code
           WHERE form = 'RSX' AND service = 'Total Service Expenditure' AND line = 'Net Current Expenditure'
           AND thousand * 1000 / n NOT BETWEEN 30 AND 4000
           UNION ALL SELECT d.place_code, d.year, d.service, d.line, d.thousand, 'of', t.thousand FROM spend d
           JOIN spend t ON t.place_code = d.place_code AND t.year = d.year AND t.form = 'RSX'
             AND t.service = 'Total Service Expenditure' AND t.line = 'Total Expenditure'
           WHERE d.form = 'RO3' AND d.line NOT LIKE 'agency%' AND d.thousand > t.thousand""",
        england=True,
    ),
    sql(
        "inspected-each",
        "Every county and unitary of the areas has been inspected.",
        f"""SELECT place_code, name FROM place WHERE {_UPPER}
            AND place_code NOT IN (SELECT place_code FROM inspection)""",
        england=True,
    ),
)
