"""Rules about sharing a county out: leaf lines that add up, bases with reasons, vesting days, facts from elsewhere."""

from __future__ import annotations

from lgrdata.keeping.rules.base import Rule, sql

# Published cells carry up to two decimals; sums of them may be off by a little.
_CLOSE = 1

_LEAVES = """SELECT place_code, year, service_group, form, sum(thousand) AS thousand FROM spend
             JOIN share_line USING (form, service) WHERE line = 'Net Current Expenditure' GROUP BY 1, 2, 3, 4"""


def _adds_to(key: str, words: str, group: str, total: str, summary: str) -> Rule:
    """Leaves of a care service add to its RO3 total, and that is the summary's line."""
    return sql(
        key,
        f"A council's lines of {words} add to its total, which is the line of its summary.",
        f"""SELECT l.place_code, l.year, 'lines', l.thousand, 'total', t.thousand, 'summary', s.thousand
            FROM ({_LEAVES}) l
            JOIN spend t USING (place_code, year) JOIN spend s USING (place_code, year)
            WHERE l.service_group = '{group}' AND l.form = 'RO3'
            AND t.form = 'RO3' AND t.service = '{total}' AND t.line = 'Net Current Expenditure'
            AND s.form = 'RSX' AND s.service = '{summary}' AND s.line = 'Net Current Expenditure'
            AND (abs(l.thousand - t.thousand) >= {_CLOSE} OR abs(t.thousand - s.thousand) >= {_CLOSE})""",
    )


RULES: tuple[Rule, ...] = (
    _adds_to("lines-adults", "adult care", "adults", "TOTAL ADULT SOCIAL CARE", "Adult Social Care"),
    _adds_to("lines-children", "children's care", "children", "TOTAL CHILDREN SOCIAL CARE", "Children Social Care"),
    sql(
        "lines-all",
        "All lines of a county or unitary add to its total service expenditure.",
        f"""SELECT place_code, year, 'lines', sum(l.thousand), 'total', t.thousand FROM ({_LEAVES}) l
            JOIN spend t USING (place_code, year) WHERE t.form = 'RSX' AND t.service = 'Total Service Expenditure'
            AND t.line = 'Net Current Expenditure' AND place_code IN (SELECT place_code FROM spend WHERE form = 'RO3')
            GROUP BY place_code, year HAVING abs(sum(l.thousand) - t.thousand) >= {_CLOSE}""",
    ),
    sql(
        "lines-looked-after",
        "The four parts of spending on looked-after children add to their subtotal.",
        f"""SELECT place_code, year, 'parts', sum(thousand * (service LIKE '% of which %')), 'subtotal',
              sum(thousand * (service NOT LIKE '% of which %')) FROM spend
            WHERE form = 'RO3' AND line = 'Net Current Expenditure'
            AND service LIKE 'Children''s social care - Children Looked After%' GROUP BY place_code, year
            HAVING count(*) > 4 AND abs(sum(thousand * CASE WHEN service LIKE '% of which %' THEN 1 ELSE -1 END))
              >= {_CLOSE}""",
    ),
    sql(
        "lines-leaves",
        "No line to be shared is a total, a subtotal, a memorandum item or an age subcategory.",
        """SELECT line_key, service FROM share_line WHERE service LIKE 'total%' OR service LIKE 'Subcategory:%'
           OR service LIKE '%included %within total%' OR service LIKE '%Support for carer - %'
           OR service LIKE '%Children Looked After'
           OR service IN ('Adult Social Care', 'Children Social Care', 'Police services')""",
    ),
    sql(
        "lines-count",
        "There are 39 lines of spending to share: 18 of adult care, 11 of children's, 10 of the summary.",
        """SELECT form, grouped, count(*) FROM (SELECT form, CASE form WHEN 'RO3' THEN service_group END AS grouped
             FROM share_line WHERE form <> 'stock') GROUP BY form, grouped
           HAVING count(*) <> CASE grouped WHEN 'adults' THEN 18 WHEN 'children' THEN 11 ELSE 10 END""",
    ),
    sql(
        "lines-held",
        "A line names a service of the outturn, each once, and a stock a measure that has figures, or none.",
        """SELECT line_key, form, service FROM share_line WHERE form <> 'stock' AND NOT EXISTS (SELECT 1 FROM spend
             WHERE spend.form = share_line.form AND spend.service = share_line.service)
           UNION ALL SELECT line_key, form, service FROM share_line WHERE form = 'stock' AND service <> ''
             AND service NOT IN (SELECT measure_code FROM figure)
           UNION ALL SELECT group_concat(line_key, ' = '), form, service FROM share_line WHERE service <> ''
             GROUP BY form, service HAVING count(*) > 1""",
        england=True,
    ),
    sql(
        "lines-order",
        "Positions of lines, of bases, and of bases within a line are 1, 2, 3 ...",
        """SELECT what, group_concat(position, ' ') FROM (SELECT 'lines' AS what, position FROM share_line UNION ALL
             SELECT 'bases', position FROM share_basis UNION ALL SELECT line_key, position FROM line_basis)
           GROUP BY what HAVING min(position) <> 1 OR max(position) <> count(*)
             OR count(DISTINCT position) <> count(*)""",
    ),
    sql(
        "line-recommended",
        "Each line has one recommended basis, its first.",
        """SELECT line_key, 'recommends', sum(standing = 'recommended') FROM share_line LEFT JOIN line_basis
           USING (line_key) GROUP BY line_key HAVING coalesce(sum(standing = 'recommended'), 0) <> 1
           OR min(CASE WHEN standing = 'recommended' THEN line_basis.position END) <> 1""",
    ),
    sql(
        "line-by-ward",
        "Each line has a basis that is held by ward, for areas where a council is divided.",
        """SELECT line_key FROM share_line WHERE line_key NOT IN (SELECT line_key FROM line_basis JOIN share_basis
           USING (basis_key) WHERE by_ward IN ('published', 'estimated'))""",
    ),
    sql(
        "basis-words",
        "What a basis counts, why it fits a line, and where it was used are sentences.",
        """SELECT 'share_basis', basis_key FROM share_basis WHERE measure NOT GLOB '[A-Z]*.'
           UNION ALL SELECT line_key, basis_key FROM line_basis WHERE reason NOT GLOB '[A-Z]*.'
             OR (precedent <> '' AND precedent NOT GLOB '[A-Z]*.')""",
    ),
    sql(
        "basis-precedent",
        "A basis that was used elsewhere says by whom, and one that is our own judgement says so.",
        """SELECT line_key, basis_key, source_id FROM line_basis
           WHERE (precedent = '') <> (source_id = 'project-assumption')""",
    ),
    sql(
        "vesting-each",
        "Every area has a vesting day, and its events agree.",
        """SELECT area_id, 'has no vesting day', NULL FROM area WHERE area_id NOT IN (SELECT area_id FROM vesting_day)
           UNION ALL SELECT area_id, vesting_day.date, 'but an event of ' || event.date FROM vesting_day
             JOIN event USING (area_id) WHERE event.event LIKE '%vesting day%' AND event.date <> vesting_day.date""",
        england=True,
    ),
    sql(
        "fact-words",
        "A fact from elsewhere is a sentence, and a debt is of an authority and in £bn.",
        """SELECT fact_id FROM delivery_fact WHERE fact NOT GLOB '[A-Z]*.' AND fact NOT GLOB '[A-Z]*.)'
           UNION ALL SELECT fact_id FROM delivery_fact WHERE authority_code IS NOT NULL
             AND (topic <> 'debt' OR unit <> '£bn')""",
    ),
    sql(
        "duty-words",
        "Duties of the first day are numbered 1, 2, 3 ..., and say in a sentence what happens if nothing is done.",
        """SELECT duty_id, if_nothing FROM day_one_duty WHERE if_nothing NOT GLOB '[A-Z]*.' OR name NOT GLOB '[A-Z]*'
           UNION ALL SELECT 'positions', group_concat(position, ' ') FROM day_one_duty
             HAVING min(position) <> 1 OR max(position) <> count(*) OR count(DISTINCT position) <> count(*)""",
    ),
    sql(
        "duty-law",
        "A duty that stands in an Act has that section as its source; one of practice has none.",
        """SELECT duty_id, law, title FROM day_one_duty JOIN source USING (source_id)
           WHERE (law <> '') <> (publisher = 'legislation.gov.uk') OR (law <> '' AND title <> law)""",
    ),
)
