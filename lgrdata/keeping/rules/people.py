"""Rules about residents, the census, projections and flows."""

from __future__ import annotations

from lgrdata.keeping.rules.base import Rule, sql
from lgrdata.keeping.rules.totals import MEMBER as _MEMBER
from lgrdata.reading.vintage import RESIDENTS_YEAR

_AGES = "('age 0-15', 'age 16-24', 'age 25-34', 'age 35-49', 'age 50-64', 'age 65+')"

RULES: tuple[Rule, ...] = (
    sql(
        "former-parts",
        "A former county has two parts or more, all under one kind, and each part runs social care today.",
        """SELECT county, count(*), 'parts of', count(DISTINCT kind), 'kinds' FROM former_county GROUP BY county
           HAVING count(*) < 2 OR count(DISTINCT kind) > 1
           UNION ALL SELECT f.county, f.place_code, name, place.kind, ''
           FROM former_county f JOIN place USING (place_code)
           WHERE place.kind NOT IN ('unitary', 'county', 'other authority')""",
    ),
    sql(
        "former-counts",
        "Every part of a former county has looked-after children, children in need and plans published, all but"
        " metropolitan ones adults in long-term support too.",
        """SELECT county, place_code, measure FROM former_county
           JOIN (SELECT 'children_looked_after' AS measure UNION SELECT 'children_in_need' UNION SELECT 'ehc_plans'
                 UNION SELECT 'adults_long_term_support')
           WHERE NOT (kind = 'metropolitan' AND measure = 'adults_long_term_support') AND place_code NOT IN
           (SELECT place_code FROM figure WHERE measure_code = measure AND value > 0)""",
    ),
    sql(
        "residents-ages",
        "Residents of each authority and year are given for every age, 0 to 90.",
        """SELECT authority_code, year, count(*), 'ages' FROM resident GROUP BY authority_code, year
           HAVING count(*) <> 91""",
    ),
    sql(
        "residents-each",
        "Every authority has residents of every year that is held of any.",
        """SELECT authority_code, name, year FROM authority, (SELECT DISTINCT year FROM resident)
           WHERE (authority_code, year) NOT IN (SELECT authority_code, year FROM resident WHERE age = 0)""",
    ),
    sql(
        "residents-spread",
        "No single age holds more than 8% of an authority's residents (90 and over: 4%).",
        """SELECT authority_code, year, 'age', age, residents FROM resident r WHERE residents >
           CASE age WHEN 90 THEN 0.04 ELSE 0.08 END * (SELECT sum(residents) FROM resident s
           WHERE s.authority_code = r.authority_code AND s.year = r.year)""",
    ),
    sql(
        "residents-size",
        "An authority has 20,000 to 1,500,000 residents.",
        """SELECT authority_code, year, sum(residents) FROM resident GROUP BY authority_code, year
           HAVING sum(residents) NOT BETWEEN 20000 AND 1500000""",
    ),
    sql(
        "census-items",
        "Every ward with census counts has all of them.",
        """SELECT ward_code, 'has', count(*), 'of', (SELECT count(DISTINCT item) FROM ward_census) FROM ward_census
           GROUP BY ward_code HAVING count(*) <> (SELECT count(DISTINCT item) FROM ward_census)""",
    ),
    sql(
        "census-wards",
        "Every ward of the invited areas has census counts.",
        f"""SELECT ward_code, name FROM ward WHERE authority_code IN {_MEMBER}
            AND ward_code NOT IN (SELECT ward_code FROM ward_census)""",
    ),
    sql(
        "census-parts",
        "Disabled and income-deprived residents of a ward are fewer than its residents.",
        f"""SELECT ward_code, item, people FROM ward_census c
            WHERE item IN ('disabled', 'income deprived', 'income deprived children', 'income deprived older people')
            AND people > 1 + (SELECT sum(people) FROM ward_census a WHERE a.ward_code = c.ward_code
                              AND a.item IN {_AGES})""",
    ),
    sql(
        "census-near",
        "Wards' census residents add to their authority's residents of today within 15%.",
        f"""SELECT authority_code, 'census', c.people, 'today', r.people FROM
            (SELECT authority_code, sum(people) AS people FROM ward_census JOIN ward USING (ward_code)
             WHERE item IN {_AGES} GROUP BY 1) c
            JOIN (SELECT authority_code, sum(residents) AS people FROM resident WHERE year = {RESIDENTS_YEAR}
              GROUP BY 1) r USING (authority_code) WHERE abs(c.people / r.people - 1) > 0.15""",
    ),
    sql(
        "census-figure",
        "Wards' census residents add to their authority's published census residents within 1%.",
        f"""SELECT authority_code, 'wards', c.people, 'published', value FROM
            (SELECT authority_code, sum(people) AS people FROM ward_census JOIN ward USING (ward_code)
             WHERE item IN {_AGES} GROUP BY 1) c
            JOIN figure ON place_code = authority_code AND measure_code = 'census_residents'
            WHERE abs(c.people / value - 1) > 0.01""",
    ),
    sql(
        "projection-whole",
        "Projections are held for the same years and every band for each authority of the invited areas.",
        f"""WITH span AS (SELECT min(year) AS first, max(year) AS last, 5 * (max(year) - min(year) + 1) AS whole
              FROM projection)
            SELECT authority_code, count(p.year), 'rows of', span.whole FROM authority JOIN span
            LEFT JOIN projection p USING (authority_code) WHERE authority_code IN {_MEMBER}
            GROUP BY 1 HAVING count(p.year) <> span.whole OR min(p.year) <> first OR max(p.year) <> last""",
    ),
    sql(
        "projection-bands",
        "Projected bands add to all residents, within 5, and those aged 85 and over are part of those aged 65.",
        """SELECT authority_code, year FROM projection GROUP BY authority_code, year
           HAVING abs(sum(residents * (band IN ('0-19', '20-64', '65+'))) - sum(residents * (band = 'all'))) > 5
           OR sum(residents * (band = '85+')) > sum(residents * (band = '65+'))""",
    ),
    sql(
        "projection-steps",
        "No projected band changes by more than a seventh in one year.",
        """SELECT n.authority_code, n.band, n.year, p.residents, 'to', n.residents FROM projection n
           JOIN projection p ON p.authority_code = n.authority_code AND p.band = n.band AND p.year = n.year - 1
           WHERE n.residents > p.residents * 8 / 7 OR n.residents < p.residents * 6 / 7""",
    ),
    sql(
        "flow-places",
        "People move between authorities, countries and elsewhere, not counties or wards.",
        """SELECT DISTINCT place_code, name, kind FROM place WHERE kind IN ('county', 'ward') AND place_code IN
           (SELECT from_code FROM flow UNION SELECT to_code FROM flow)""",
    ),
    sql(
        "flow-each",
        "Every authority of the invited areas has commuters of 2021 and 2011 and movers, within it and out of it.",
        f"""SELECT authority_code, k.kind FROM authority
            JOIN (SELECT 'commuting 2021' AS kind UNION SELECT 'commuting 2011' UNION SELECT 'moves 2021') k
            WHERE authority_code IN {_MEMBER} AND (NOT EXISTS (SELECT 1 FROM flow f WHERE f.kind = k.kind
            AND from_code = authority_code AND to_code = authority_code) OR NOT EXISTS (SELECT 1 FROM flow f
            WHERE f.kind = k.kind AND from_code = authority_code AND to_code <> authority_code))""",
    ),
    sql(
        "flow-size",
        "Fewer people commute or move from an authority than live there.",
        f"""SELECT from_code, f.kind, f.people, 'of', r.people FROM
           (SELECT from_code, kind, sum(people) AS people FROM flow GROUP BY 1, 2) f
           JOIN (SELECT authority_code, sum(residents) AS people FROM resident WHERE year = {RESIDENTS_YEAR}
             GROUP BY 1) r ON authority_code = from_code WHERE f.people > 0.75 * r.people""",
    ),
    sql(
        "pupil-places",
        "Pupils move between upper-tier councils.",
        """SELECT from_code, to_code, phase FROM pupil_flow JOIN place a ON a.place_code = from_code
           JOIN place b ON b.place_code = to_code
           WHERE a.kind IN ('district', 'ward') OR b.kind IN ('district', 'ward')""",
    ),
)
