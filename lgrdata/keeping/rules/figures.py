"""Rules about measures and figures, spend, and inspections."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from lgrdata.core import periods
from lgrdata.core.models import LgrError
from lgrdata.keeping.rules.base import NEWEST, Rule, number, sql
from lgrdata.reading.vintage import RESIDENTS_YEAR


def _fits(period: str, starts: str, ends: str) -> bool:
    try:
        read = periods.read(period)
    except LgrError:
        return False
    return (read.starts.isoformat(), read.ends.isoformat()) == (starts, ends)


def _periods(conn: sqlite3.Connection) -> Iterator[str]:
    for period, starts, ends in conn.execute("SELECT period, starts, ends FROM period ORDER BY 1"):
        if not _fits(period, starts, ends):
            yield f"'{period}' from {starts} to {ends}"
    known = {row[0] for row in conn.execute("SELECT period FROM period")}
    query = "SELECT measure_code, period, count(*), min(place_code) FROM figure GROUP BY 1, 2"
    for measure, period, count, place in conn.execute(query):
        if period not in known:
            yield f"{measure} '{period}' ({count} figures, {place} the first)"
    for (year,) in conn.execute("SELECT DISTINCT year FROM spend"):
        if not re.fullmatch(r"\d{4}-\d\d", year, re.ASCII) or year not in known:
            yield f"spend '{year}'"


def _period_form(conn: sqlite3.Connection) -> Iterator[str]:
    forms: dict[str, dict[str, str]] = {}
    for measure, period in conn.execute("SELECT DISTINCT measure_code, period FROM figure ORDER BY 1, 2"):
        forms.setdefault(measure, {}).setdefault(re.sub(r"\d", "9", period), period)
    for measure, held in forms.items():
        if len(held) > 1:
            yield f"{measure}: {' and '.join(repr(period) for period in held.values())}"


def _jumps(conn: sqlite3.Connection) -> Iterator[str]:
    """Newest figures tenfold, or a tenth of, the one before, where the same step elsewhere does not explain it.

    Older figures do jump, as published; a slip comes with the newest.
    """
    newest = dict(conn.execute(NEWEST).fetchall())
    query = """SELECT place_code, measure_code, period, value FROM figure JOIN measure USING (measure_code)
               JOIN period USING (period)
               WHERE measure.kind IN ('count', 'money', 'rate') AND value > 0 ORDER BY 1, 2, ends, starts"""
    before: tuple[str, str, str, float] | None = None
    steps: dict[tuple[str, str, str], list[tuple[str, float, float]]] = {}
    for row in conn.execute(query):
        if before and before[:2] == row[:2] and row[2] == newest[row[1]]:
            steps.setdefault((row[1], before[2], row[2]), []).append((row[0], before[3], row[3]))
        before = row
    for (measure, old, new), found in steps.items():
        ratios = sorted(now / was for _, was, now in found)
        usual = ratios[len(ratios) // 2]
        for place, was, now in found:
            if max(was, now) >= 1000 and min(was, now) >= 20 and not 0.1 < now / was / usual < 10:
                yield f"{place} {measure} {number(was)} ({old}) to {number(now)} ({new})"


# Newest only: series at hand have gaps further back, and it is the newest that a maintainer loads.
_NEWEST = f"newest AS ({NEWEST})"

RULES: tuple[Rule, ...] = (
    sql(
        "measure-unit",
        "A measure's unit fits its kind: money in £, ranks in ranks, rates as %, per, for each, minutes or times.",
        """SELECT measure_code, kind, unit FROM measure WHERE
           (kind = 'money') <> (unit LIKE '£%' AND unit NOT LIKE '% a %' AND unit NOT LIKE '% per %' AND kind <> 'rate')
           OR (kind = 'rank') <> (unit = 'rank') OR (kind = 'score' AND unit NOT LIKE 'score%')
           OR (kind = 'count' AND (unit LIKE '%\\%%' ESCAPE '\\' OR unit LIKE 'per %' OR unit LIKE '£%'))""",
    ),
    sql(
        "measure-words",
        "A measure has a definition that ends with a full stop, and a code in snake_case.",
        """SELECT measure_code FROM measure WHERE definition NOT LIKE '%.' OR measure_code GLOB '*[^a-z0-9_]*'
           OR measure_code NOT GLOB '[a-z]*'""",
    ),
    sql(
        "measure-name",
        "No two measures have the same name.",
        "SELECT group_concat(measure_code, ' = ') FROM measure GROUP BY lower(name), unit HAVING count(*) > 1",
    ),
    sql(
        "measure-used",
        "Every measure has figures.",
        "SELECT measure_code FROM measure WHERE measure_code NOT IN (SELECT measure_code FROM figure)",
    ),
    Rule(
        "period",
        f"A period reads {periods.FORMS}, and is a row of the table period with its first and last day.",
        _periods,
    ),
    Rule("period-form", "All periods of a measure are written in the same way.", _period_form),
    sql(
        "percent",
        "A percentage lies from 0 to 100.",
        """SELECT place_code, measure_code, period, value FROM figure JOIN measure USING (measure_code)
           WHERE unit LIKE '\\%%' ESCAPE '\\' AND value NOT BETWEEN 0 AND 100""",
    ),
    sql(
        "share",
        "A share lies from 0 to 1.",
        """SELECT place_code, measure_code, period, value FROM figure JOIN measure USING (measure_code)
           WHERE unit = 'share' AND value NOT BETWEEN 0 AND 1""",
    ),
    sql(
        "count-sign",
        "Counts, rates, scores and ranks are never negative; a rank is a whole number from 1 to 400.",
        """SELECT place_code, measure_code, period, value FROM figure JOIN measure USING (measure_code)
           WHERE (kind IN ('count', 'rate') AND value < 0)
           OR (kind = 'rank' AND (value NOT BETWEEN 1 AND 400 OR value <> round(value)))""",
    ),
    sql(
        "count-whole",
        "Published counts of people, children, households, plans, homes, places and providers are whole.",
        """SELECT place_code, measure_code, period, value FROM figure JOIN measure USING (measure_code)
           WHERE kind = 'count' AND status = 'published' AND value <> round(value)
           AND unit IN ('people', 'children', 'households', 'plans', 'homes', 'places', 'providers', 'dwellings')""",
    ),
    sql(
        "count-size",
        "A count of people or children in one authority is below its residents.",
        f"""SELECT place_code, measure_code, period, value, 'of', residents FROM figure
           JOIN measure USING (measure_code) JOIN (SELECT authority_code, sum(residents) AS residents FROM resident
             WHERE year = {RESIDENTS_YEAR} GROUP BY 1)
           ON authority_code = place_code
           WHERE unit IN ('people', 'children') AND value > 1.1 * residents""",
    ),
    Rule("jump", "No newest figure is ten times, or a tenth of, the one before it (a slip of units?).", _jumps),
    sql(
        "left-out",
        "Where all but a few districts have a measure's newest figure, all do; a missing one is a row that says why.",
        f"""WITH {_NEWEST}, wanted(code) AS (SELECT authority_code FROM area_authority JOIN area USING (area_id)
             JOIN authority USING (authority_code) WHERE role = 'member' AND area.kind = 'invited'
             AND tier = 'district'),
           nearly AS (SELECT measure_code, period FROM figure JOIN newest USING (measure_code, period)
             WHERE place_code IN (SELECT code FROM wanted) GROUP BY 1, 2
             HAVING count(*) < (SELECT count(*) FROM wanted) AND count(*) >= 0.97 * (SELECT count(*) FROM wanted))
           SELECT measure_code, period, 'lacks', group_concat(code, ', ') FROM nearly, wanted
           WHERE NOT EXISTS (SELECT 1 FROM figure f WHERE f.place_code = code
             AND f.measure_code = nearly.measure_code AND f.period = nearly.period)
           GROUP BY measure_code, period""",
    ),
    sql(
        "left-out-since",
        "A council that had a measure's figure the time before has the newest, or a row that says why not.",
        # Rates may have nothing to divide by, and counts under ten come and go as they are suppressed.
        f"""WITH {_NEWEST}, before AS (SELECT measure_code, period FROM (SELECT measure_code, period,
               row_number() OVER (PARTITION BY measure_code ORDER BY ends DESC, starts DESC) AS place
               FROM (SELECT DISTINCT measure_code, period FROM figure) JOIN period USING (period))
             JOIN measure USING (measure_code) WHERE place = 2 AND measure.kind <> 'rate'),
           wanted(code) AS (SELECT county_code FROM county UNION
             SELECT authority_code FROM area_authority WHERE role = 'member')
           SELECT measure_code, newest.period, 'lacks', group_concat(place_code, ', ')
           FROM figure JOIN before USING (measure_code, period) JOIN newest USING (measure_code)
           WHERE place_code IN (SELECT code FROM wanted) AND coalesce(value, 10) >= 10
             AND NOT EXISTS (SELECT 1 FROM figure f WHERE f.place_code = figure.place_code
               AND f.measure_code = figure.measure_code AND f.period = newest.period)
           GROUP BY 1, 2""",
    ),
    sql(
        "status-words",
        "A figure that is not returned or suppressed says why in its note, or its source does.",
        """SELECT DISTINCT measure_code, period, figure.status FROM figure JOIN source USING (source_id)
           WHERE figure.status = 'not returned' AND figure.note = '' AND source.note = ''""",
    ),
    sql(
        "county-residents",
        "Districts' residents add to their county's published bands, of each year held.",
        """SELECT c.county_code, c.name, m.measure_code, f.value, 'districts', sum(a.n) FROM county c
           JOIN (SELECT 'population_0_17' AS measure_code, 0 AS low, 17 AS high UNION ALL
                 SELECT 'population_18_64', 18, 64 UNION ALL SELECT 'population_65_74', 65, 74 UNION ALL
                 SELECT 'population_75_84', 75, 84 UNION ALL SELECT 'population_85_plus', 85, 90) m
           JOIN figure f ON f.place_code = c.county_code AND f.measure_code = m.measure_code
           JOIN (SELECT county_code, year, age, sum(residents) AS n FROM resident JOIN authority USING (authority_code)
                 GROUP BY 1, 2, 3) a ON a.county_code = c.county_code AND f.period = 'mid-' || a.year
           WHERE a.age BETWEEN low AND high GROUP BY c.county_code, m.measure_code, a.year
           HAVING sum(a.n) <> f.value""",
    ),
    sql(
        "children-each",
        "Every county and unitary has the counts that are estimated below council level, or a row that says why.",
        """SELECT place_code, m.measure_code FROM place JOIN (SELECT 'children_looked_after' AS measure_code UNION ALL
             SELECT 'children_in_need' UNION ALL SELECT 'ehc_plans' UNION ALL SELECT 'adults_long_term_support') m
           WHERE (place_code IN (SELECT county_code FROM county) OR place_code IN
             (SELECT authority_code FROM authority JOIN area_authority USING (authority_code)
              WHERE tier = 'unitary' AND role = 'member'))
           AND NOT EXISTS (SELECT 1 FROM figure f WHERE f.place_code = place.place_code
             AND f.measure_code = m.measure_code)""",
        england=True,
    ),
    sql(
        "spend-each",
        "Every council of the areas has the newest revenue outturn, or a row that says it made no return.",
        """SELECT place_code, name FROM place WHERE place_code IN (SELECT county_code FROM county UNION
             SELECT authority_code FROM area_authority WHERE role = 'member')
           AND place_code NOT IN (SELECT place_code FROM spend WHERE form = 'RSX' AND year = (SELECT year FROM spend
             JOIN period ON period = year WHERE form = 'RSX' ORDER BY ends DESC LIMIT 1))""",
        england=True,
    ),
    sql(
        "spend-adds",
        "Employees and running expenses add to total expenditure, and less income make net, within £2 thousand.",
        """SELECT place_code, year, form, service FROM (SELECT place_code, year, form, service,
             sum(thousand * (line = 'Employees')) AS staff, sum(thousand * (line = 'Running Expenses')) AS running,
             sum(thousand * (line = 'Total Expenditure')) AS spent, sum(thousand * (line = 'Total Income')) AS income,
             sum(thousand * (line = 'Net Current Expenditure')) AS net,
             count(DISTINCT CASE WHEN thousand IS NOT NULL AND line IN ('Employees', 'Running Expenses',
               'Total Expenditure', 'Total Income', 'Net Current Expenditure') THEN line END) AS lines
             FROM spend GROUP BY 1, 2, 3, 4)
           WHERE lines = 5 AND (abs(staff + running - spent) > 2 OR abs(spent - income - net) > 2)""",
    ),
    sql(
        "spend-total",
        "Services of the summary add to total service expenditure, within £15 thousand.",
        """SELECT place_code, year, line, sum(CASE service WHEN 'Total Service Expenditure' THEN -thousand
             ELSE thousand END) FROM spend WHERE form = 'RSX' AND thousand IS NOT NULL GROUP BY 1, 2, 3
           HAVING sum(service = 'Total Service Expenditure') = 1 AND
           abs(sum(CASE service WHEN 'Total Service Expenditure' THEN -thousand ELSE thousand END)) > 15""",
    ),
    sql(
        "inspection-places",
        "Only counties, unitaries and other authorities are inspected.",
        """SELECT DISTINCT place_code, name FROM inspection JOIN place USING (place_code)
           WHERE place.kind NOT IN ('county', 'unitary', 'other authority')""",
    ),
    sql(
        "inspection-grade",
        "An inspection has a grade, a framework and a judgement.",
        "SELECT place_code, date FROM inspection WHERE grade = '' OR framework = '' OR judgement = ''",
    ),
)
