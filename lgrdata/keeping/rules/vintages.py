"""Rules for what goes wrong when a new release is taken in: years left in part, councils left behind, years mixed."""

from __future__ import annotations

import calendar
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from lgrdata.core import periods
from lgrdata.keeping.rules.base import NEWEST, Rule, sql

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_CHOSEN_ON = re.compile(r"(?:were chosen|was chosen|was announced) on ([0-9]{1,2} [A-Z][a-z]+ [0-9]{4})")
_MONTHS = tuple(calendar.month_name)
_YEAR = re.compile(r"\b20[0-9][0-9]\b")
_MID = re.compile(r"\bmid-([0-9]{4})\b")


def _quarters(conn: sqlite3.Connection) -> Iterator[str]:
    """Measures by quarter whose newest four do not follow one another."""
    held: dict[str, set[str]] = defaultdict(set)
    for measure, period in conn.execute("SELECT DISTINCT measure_code, period FROM figure WHERE period LIKE '____ Q_'"):
        held[measure].add(period)
    for measure, quarters in sorted(held.items()):
        run = periods.last_year(quarters)
        if len(run) < 4:
            yield f"{measure} has {' and '.join(run)} in a row, of {', '.join(sorted(quarters))}"


def _labels(conn: sqlite3.Connection) -> Iterator[str]:
    """Labels of the dataset that name another year than the figures they stand on."""
    newest = dict(conn.execute(NEWEST).fetchall())
    row = conn.execute("SELECT period FROM vintage WHERE what = 'residents'").fetchone()
    residents = row[0] if row else ""
    for key, kind, period, measure in conn.execute("SELECT basis_key, kind, period, measure FROM share_basis"):
        wanted = period  # of other kinds, the words say which year
        if kind == "residents":
            wanted = residents
        elif kind == "people in care":
            wanted = newest.get(key, period)
        if period != wanted:
            yield f"share_basis {key} says {period}, and the figures are of {wanted}"
        for year in _MID.findall(measure):
            if f"mid-{year}" != residents:
                yield f"share_basis {key} names mid-{year}, and residents are of {residents}"
    for measure, name, definition in conn.execute("SELECT measure_code, name, definition FROM measure"):
        years = _YEAR.findall(f"{name} {definition}")
        if years and "Census" not in f"{name} {definition}" and " Act " not in definition:
            yield f"measure {measure} names {' and '.join(sorted(set(years)))}: a figure has its period beside it"
    for term, meaning in conn.execute("SELECT term, meaning FROM glossary"):
        for year in _MID.findall(meaning):
            if f"mid-{year}" != residents:
                yield f"glossary {term} names mid-{year}, and residents are of {residents}"


def _stage_words(conn: sqlite3.Connection) -> Iterator[str]:
    """Areas whose note tells another day, another number of councils or another stage than their row."""
    query = """SELECT area_id, stage, stage_date, stage_note, (SELECT min(councils) FROM proposal
               WHERE proposal.area_id = area.area_id AND status = 'selected') FROM area ORDER BY 1"""
    for area, stage, day, note, councils in conn.execute(query):
        said = _CHOSEN_ON.search(note)
        if said and stage == "decided" and _iso(said[1]) != day:
            yield f"{area} was decided on {day or 'no day'}, and its note says {said[1]}"
        chosen = re.search(r"\b(\w+) councils(?:, [^.]*,)? were chosen", note)
        if chosen and stage != "decided":
            yield f"{area} is '{stage}', and its note says that councils were chosen"
        number = chosen[1].lower() if chosen else ""
        if stage == "decided" and councils and number in _NUMBERS and _NUMBERS.index(number) + 1 != councils:
            yield f"{area} chose {councils} councils, and its note says {number}"
        if stage == "decided" and re.search(
            r"[Aa] decision is (awaited|expected)|[Cc]onsultation (is open|runs)", note
        ):
            yield f"{area} is decided, and its note awaits a decision"


def _iso(words: str) -> str:
    day, month, year = words.split()
    return date(int(year), _MONTHS.index(month), int(day)).isoformat() if month in _MONTHS else ""


_NEWEST_SPEND = """(SELECT form, year, ends FROM (SELECT form, year, ends, row_number() OVER (PARTITION BY form
  ORDER BY ends DESC) AS place FROM (SELECT DISTINCT form, year FROM spend) JOIN period ON period = year)
  WHERE place = {place})"""

RULES: tuple[Rule, ...] = (
    Rule("quarters", "The newest four quarters of a measure follow one another, so that they make a year.", _quarters),
    sql(
        "quarters-each",
        "A council with a quarter's figure has those of the year it ends, or rows that say why not.",
        """WITH held AS (SELECT DISTINCT measure_code, period, ends FROM figure JOIN period USING (period)
             WHERE period LIKE '____ Q_'), year AS (SELECT measure_code, period FROM (SELECT *, row_number() OVER
             (PARTITION BY measure_code ORDER BY ends DESC) AS place FROM held) WHERE place <= 4),
           wanted(code) AS (SELECT authority_code FROM area_authority WHERE role = 'member')
           SELECT year.measure_code, year.period, 'lacks', group_concat(DISTINCT f.place_code)
           FROM year JOIN figure f ON f.measure_code = year.measure_code
             AND f.period IN (SELECT period FROM year y WHERE y.measure_code = f.measure_code)
           WHERE f.place_code IN (SELECT code FROM wanted) AND NOT EXISTS (SELECT 1 FROM figure g
             WHERE g.place_code = f.place_code AND g.measure_code = f.measure_code AND g.period = year.period)
           GROUP BY 1, 2""",
    ),
    sql(
        "spend-since",
        "A council with outturn of the year before has that of the newest, or rows that say it made no return.",
        f"""SELECT DISTINCT b.form, n.year, 'lacks', s.place_code FROM {_NEWEST_SPEND.format(place=2)} b
            JOIN {_NEWEST_SPEND.format(place=1)} n USING (form) JOIN spend s ON s.form = b.form AND s.year = b.year
            WHERE NOT EXISTS (SELECT 1 FROM spend t WHERE t.place_code = s.place_code AND t.form = n.form
              AND t.year = n.year)""",
    ),
    sql(
        "spend-year",
        "The summary of outturn (RSX) and its care detail (RO3) are newest for one year.",
        f"""SELECT group_concat(form || ' ' || year, ' and ') FROM {_NEWEST_SPEND.format(place=1)}
            HAVING count(DISTINCT year) > 1""",
    ),
    sql(
        "fit-shrunk",
        "Estimates are learnt from no fewer councils than the table total asks for.",
        f"""SELECT total_id, newest.period, 'has', count(figure.value), 'councils of', total.value FROM total
            JOIN ({NEWEST}) newest ON total.item = 'fit ' || newest.measure_code
            LEFT JOIN figure ON figure.measure_code = newest.measure_code AND figure.period = newest.period
              AND place_code IN (SELECT place_code FROM place WHERE kind IN ('county', 'unitary', 'other authority'))
            GROUP BY total_id HAVING count(figure.value) < total.value""",
    ),
    sql(
        "fit-agreed",
        "The table total says of each estimate from how many councils it is learnt, and a smaller number says why.",
        """SELECT outcome, 'is learnt from', councils, 'councils, and total has no row of it' FROM fit
           WHERE NOT EXISTS (SELECT 1 FROM total WHERE item = 'fit ' || outcome)
           UNION ALL SELECT total_id, 'has', value, 'councils and no note of why' FROM total
           WHERE item LIKE 'fit %' AND note = ''""",
        england=True,
    ),
    sql(
        "vintage-each",
        "The table vintage names the year of residents, prices, wards and NHS boards.",
        """SELECT w.what FROM (SELECT 'residents' AS what UNION SELECT 'prices' UNION SELECT 'wards' UNION
             SELECT 'boards') w WHERE w.what NOT IN (SELECT what FROM vintage)""",
    ),
    sql(
        "vintage-residents",
        "Sums start from the newest residents held, and the bands of councils are of the same year and source.",
        f"""SELECT 'residents of', max(year), 'are held, and vintage says', v.period FROM resident, vintage v
            WHERE v.what = 'residents' GROUP BY v.period HAVING 'mid-' || max(year) <> v.period
            UNION ALL SELECT measure_code, newest.period, 'and vintage says', v.period FROM ({NEWEST}) newest, vintage v
            WHERE v.what = 'residents' AND measure_code LIKE 'population@_%' ESCAPE '@' AND newest.period <> v.period
            UNION ALL SELECT DISTINCT 'residents', v.period, 'are from ' || r.source_id, 'not ' || v.source_id
            FROM resident r, vintage v WHERE v.what = 'residents' AND 'mid-' || r.year = v.period
            AND r.source_id <> v.source_id""",
    ),
    sql(
        "vintage-wards",
        "Wards, their census counts and the boundaries are of the year of wards in vintage.",
        """SELECT DISTINCT topology_id, 'is from', t.source_id, 'and vintage says', v.period FROM topology t, vintage v
             LEFT JOIN release r ON r.source_id = t.source_id WHERE what = 'wards' AND topology_id <> 'england'
             AND (t.source_id <> v.source_id OR r.geography IS NOT 'wards of ' || v.period)
           UNION ALL SELECT DISTINCT 'ward_census', 'is of', geography, 'and vintage says', period
             FROM ward_census JOIN release USING (source_id), vintage
             WHERE what = 'wards' AND geography <> 'wards of ' || period""",
        england=True,
    ),
    sql(
        "vintage-boards",
        "The newest NHS boards held are those of the year in vintage.",
        """SELECT max(kind), 'and vintage says', v.period FROM footprint, vintage v WHERE kind LIKE 'icb %'
           AND v.what = 'boards' GROUP BY v.period HAVING max(kind) <> 'icb ' || v.period""",
    ),
    sql(
        "release-one",
        "The figures of a measure and period are from one edition of a release.",
        """SELECT measure_code, period, group_concat(source_id, ' and ') FROM (SELECT DISTINCT measure_code, period,
             source_id, series FROM figure JOIN release USING (source_id) ORDER BY source_id)
           GROUP BY measure_code, period, series HAVING count(*) > 1""",
    ),
    sql(
        "release-ends",
        "A release ends with the newest of its figures, outturn or residents.",
        """SELECT source_id, release.ends, 'not', max(held.ends) FROM release JOIN
             (SELECT source_id, ends FROM (SELECT DISTINCT source_id, period FROM figure) JOIN period USING (period)
              UNION ALL SELECT source_id, ends FROM (SELECT DISTINCT source_id, year FROM spend)
                JOIN period ON period = year
              UNION ALL SELECT source_id, year || '-06-30' FROM (SELECT DISTINCT source_id, year FROM resident)) held
           USING (source_id) GROUP BY source_id HAVING max(held.ends) <> release.ends""",
    ),
    sql(
        "release-listed",
        "Every source of figures, outturn or residents is a release.",
        """SELECT source_id FROM (SELECT source_id FROM figure UNION SELECT source_id FROM spend UNION
           SELECT source_id FROM resident) WHERE source_id NOT IN (SELECT source_id FROM release)""",
        england=True,
    ),
    sql(
        "release-after",
        "An edition that supersedes another is of the same release, and of a later day.",
        """SELECT n.source_id, n.series, n.ends, 'after', o.source_id, o.series, o.ends FROM release n
           JOIN release o ON o.source_id = n.supersedes WHERE n.series <> o.series OR n.ends < o.ends""",
    ),
    Rule("label-year", "What a label says of the year of residents and counts is the year they are of.", _labels),
    sql(
        "considered-open",
        "Once an area is decided, no proposal that was only considered or interim is left open, or is dated later.",
        """SELECT proposal_id, proposal.stage, status, date, 'decided', stage_date FROM proposal
           JOIN area USING (area_id) WHERE area.stage = 'decided' AND proposal.stage IN ('considered', 'interim')
           AND (status <> 'rejected' OR (stage_date <> '' AND date > substr(stage_date, 1, length(date))))""",
    ),
    Rule("stage-words", "An area's note tells the day, the councils and the stage that its row has.", _stage_words),
)
