"""Slips of a maintainer, planted in a copy of the real data: each breaks the rule that is there for it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lgrdata.keeping.check import check
from lgrdata.keeping.rules import ALL
from lgrdata.reading import db


@pytest.fixture(scope="module")
def copied(real_db: Path) -> Iterator[sqlite3.Connection]:
    with closing(db.connect(real_db)) as source, closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        source.backup(conn)
        yield conn


CLAYGATE = "E05011074"  # a ward of Elmbridge, E07000207


def _note(words: str) -> str:
    return f"UPDATE proposal SET note = {words} WHERE proposal_id = 'cambs-a-2ua'"


def _claim(change: str) -> str:
    return f"UPDATE claim SET {change} WHERE claim_id = 'adcs-2026'"


def _figure(measure: str, place: str, change: str) -> str:
    return f"UPDATE figure SET {change} WHERE measure_code = '{measure}' AND place_code = '{place}'"


def _outturn(which: str) -> str:
    """A new year of outturn for some councils or a form only."""
    return f"""INSERT INTO spend SELECT place_code, '2025-26', form, service, line, thousand, status, source_id
               FROM spend WHERE {which}"""


# The rule, the slip, and what the fault names.
SLIPS = [
    ("text", _note("'Two' || char(160) || 'councils'"), "no-break"),
    ("text", _note("'Two  councils'"), "two blanks together"),
    ("text", _note("'A council?s note'"), "a question mark for an apostrophe"),
    ("text", _note("'TODO check'"), "words to be replaced"),
    ("text", _note("'One' || char(10) || 'two'"), "a line break"),
    ("text", _note("'See [it](https://x.org)'"), "a mark of Markdown"),
    ("text", _note("'Cafe' || char(769)"), "an accent apart from its letter"),
    ("said", _claim("title = ''"), "claim adcs-2026: title is empty"),
    ("stand-in", "UPDATE source SET licence = '-' WHERE source_id = 'ons-mye-2024'", "ons-mye-2024: licence is '-'"),
    ("listed", _claim("side = 'County'"), "claim adcs-2026: side is 'County' (known:"),
    ("sureness", _claim("confidence = 'hihg'"), "claim adcs-2026: 'hihg'"),
    (
        "near-miss",
        "UPDATE measure SET unit = 'chilldren' WHERE measure_code = 'children_in_need'",
        "'chilldren' (1 rows)",
    ),
    ("inspection-listed", "UPDATE inspection SET grade = 'Fair' WHERE place_code = 'E06000008'", "E06000008"),
    ("rural-urban", "UPDATE authority SET rural_urban = 'Suburban' WHERE authority_code = 'E07000207'", "'Suburban'"),
    ("not-ahead", "UPDATE area SET stage_date = '2036-07-16' WHERE area_id = 'surrey'", "area surrey '2036-07-16'"),
    ("change-date", "INSERT INTO data_change VALUES (99, '2036-11-22', 'A.')", "change 99 2036-11-22"),
    (
        "event-when",
        "UPDATE event SET date = '2025-12-16' WHERE event_id = 'all-2024-12-16'",
        "all-2024-12-16 2025-12-16",
    ),
    (
        "event-area",
        "UPDATE event SET area_id = 'kent' WHERE event_id LIKE 'surrey-%'",
        " kent",
    ),
    ("event-each", "DELETE FROM event WHERE area_id = 'surrey'", "surrey"),
    ("year-form", _claim("year = '20256'"), "claim adcs-2026 '20256'"),
    ("source-official", "UPDATE source SET link = '' WHERE source_id = 'ons-mye-2024'", "ons-mye-2024"),
    (
        "name-once",
        "UPDATE authority SET name = 'Guildford' WHERE authority_code = 'E07000207'",
        "E07000207 = E07000209",
    ),
    ("area-name", "UPDATE area SET name = 'Suffolk' WHERE area_id = 'surrey'", "surrey Suffolk"),
    (
        "name-drawn",
        "UPDATE place SET name = 'Guildford' WHERE place_code = 'E07000207'",
        "E07000207 is Guildford in place and Elmbridge in the boundaries",
    ),
    ("size-drawn", f"UPDATE ward SET area_km2 = area_km2 * 1.4 WHERE ward_code = '{CLAYGATE}'", "E05011074 Claygate"),
    ("centre-drawn", "UPDATE authority SET lon = -lon WHERE authority_code = 'E07000207'", "E07000207 Elmbridge (long"),
    (
        "other-authority",
        "INSERT INTO place VALUES ('e07000207', 'Elmbridge', 'other authority')",
        "e07000207 Elmbridge",
    ),
    ("place-used", "INSERT INTO place VALUES ('E06000999', 'Nowhere', 'other authority')", "E06000999 Nowhere"),
    (
        "region-shared",
        "UPDATE authority SET region = 'London' WHERE authority_code = 'E07000207'",
        "E07000207 Elmbridge",
    ),
    (
        "neighbour-touch",
        "INSERT INTO neighbour VALUES ('E07000084', 'E07000207', 'land', 1000, 'ons-boundaries-2025')",
        "E07000084 – E07000207 1,000 m",
    ),
    ("neighbour-beyond", "DELETE FROM neighbour WHERE a = 'E07000207' AND b LIKE 'E09%'", "E07000207 – E09"),
    ("border-length", "UPDATE neighbour SET metres = metres / 1000 WHERE b = 'E07000210'", "E07000207 – E07000210"),
    ("ward-neighbour-drawn", f"DELETE FROM ward_neighbour WHERE a = '{CLAYGATE}'", "E05011074 – "),
    (
        "ward-neighbour-close",
        f"""INSERT INTO ward_neighbour SELECT '{CLAYGATE}', max(ward_code), 'land', 500 FROM ward
            WHERE authority_code = 'E07000215'""",
        "E05011074 Claygate – ",
    ),
    ("seas", "UPDATE neighbour SET kind = 'tidal' WHERE a = 'E07000061' AND b = 'E07000064'", "E07000064 is tidal"),
    (
        "footprint-region",
        """UPDATE authority_footprint SET footprint_code = (SELECT footprint_code FROM footprint WHERE kind = 'police'
           AND name LIKE '%Kent%') WHERE authority_code = 'E07000207' AND kind = 'police'""",
        "police E10000030 has ",
    ),
    ("trust-whole", "UPDATE authority_trust SET share = share * 0.8 WHERE authority_code = 'E07000207'", "E07000207"),
    (
        "odd-figure",
        _figure("child_poverty_after_housing", "E07000207", "value = value / 100"),
        "E07000207 child_poverty",
    ),
    (
        "odd-step",
        _figure("band_d_all_precepts", "E07000207", "value = value + 1800 * (period = '2026-27')"),
        "E07000207 band_d_all_precepts",
    ),
    (
        "totals",
        "DELETE FROM flow WHERE from_code = 'E07000207' AND to_code = 'E07000210'",
        "flow commuting 2021: 6,50",
    ),
    (
        "residents-bands",
        "UPDATE resident SET residents = residents + 90 WHERE authority_code = 'E06000035' AND age = 34",
        "E06000035 population_18_64",
    ),
    (
        "residents-smooth",
        "UPDATE resident SET residents = residents * 2 WHERE authority_code = 'E06000035' AND age = 34",
        "E06000035 age 34",
    ),
    (
        "residents-history",
        _figure("residents", "E07000207", "value = value + 30000 * (period = 'mid-1996')"),
        "E07000207 ",
    ),
    (
        "residents-history",
        "DELETE FROM figure WHERE measure_code = 'residents' AND period = 'mid-1996' AND place_code = 'E07000207'",
        "E07000207 32 years of 33",
    ),
    ("census-exact", f"UPDATE ward_census SET people = people + 200 WHERE ward_code = '{CLAYGATE}'", "E07000207"),
    (
        "census-deprived",
        f"""UPDATE ward_census SET people = people + 900 WHERE item = 'income deprived children'
            AND ward_code = '{CLAYGATE}'""",
        "E05011074",
    ),
    (
        "projection-base",
        "UPDATE projection SET residents = residents * 2 WHERE authority_code = 'E07000207'",
        "E07000207 projected",
    ),
    (
        "projection-smooth",
        """UPDATE projection SET residents = residents + 300 WHERE authority_code = 'E07000207' AND year = 2030
           AND band = '85+'""",
        "E07000207 85+ 2030:",
    ),
    ("flow-source", "UPDATE flow SET source_id = 'ons-od-2011-work' WHERE from_code = 'E07000207'", "2021 from"),
    ("flow-in", "DELETE FROM flow WHERE from_code = 'E07000207' AND to_code = 'E07000210'", "E07000207 E07000210"),
    ("pupils-each", "DELETE FROM pupil_flow WHERE from_code = 'E10000030'", "E10000030 Surrey"),
    (
        "care-tier",
        """INSERT INTO figure VALUES ('E07000207', 'adults_long_term_support', '31 Mar 2026', 900, 'published',
           'dhsc-cld-2026', '')""",
        "E07000207 adults_long_term_support",
    ),
    (
        "figure-place",
        f"""INSERT INTO figure VALUES ('{CLAYGATE}', 'census_residents', '2021', 5, 'published',
            'ons-census-2021', '')""",
        "E05011074 Claygate ward",
    ),
    ("figure-why", _figure("ehc_plans", "E10000030", "status = 'estimated'"), "E10000030 ehc_plans Jan 2025 estimated"),
    (
        "figure-note",
        "UPDATE figure SET value = 0, status = 'published' WHERE status = 'not returned'",
        "made no return",
    ),
    (
        "figure-status",
        _figure("adults_long_term_support", "E10000030", "status = 'published'"),
        "adults_long_term_support 31 Mar 2026 E10000030",
    ),
    (
        "figure-source",
        _figure("ehc_plans", "E10000030", "source_id = 'ons-mye-2024'"),
        "ehc_plans Jan 2025 ons-mye-2024 for E10000030",
    ),
    ("score-range", _figure("idaci", "E07000207", "value = -value"), "E07000207 idaci"),
    ("rank-once", _figure("crime_rank", "E07000207", "value = 7"), "E07000207"),
    ("dwellings-add", _figure("dwellings_band_c", "E07000207", "value = value + 5000"), "E07000207 2025"),
    ("money-size", _figure("dsg_balance", "E10000030", "value = value / 1000"), "E10000030 dsg_balance"),
    ("measure-headline", "UPDATE measure SET unit = 'people' WHERE measure_code = 'children_in_need'", "not children"),
    ("spend-whole", "DELETE FROM spend WHERE place_code = 'E10000030' AND service LIKE 'Police%'", "E10000030 RSX"),
    ("spend-care", "DELETE FROM spend WHERE place_code = 'E10000030' AND form = 'RO3'", "E10000030 Surrey"),
    ("spend-size", "UPDATE spend SET thousand = thousand / 1000 WHERE place_code = 'E10000030'", "E10000030 2024-25"),
    ("inspected-each", "DELETE FROM inspection WHERE place_code = 'E10000030'", "E10000030 Surrey"),
    ("proposal-title", "UPDATE proposal SET title = 'One' WHERE proposal_id LIKE 'cambs-_-2ua'", "cambs-a-2ua = "),
    (
        "proposal-when",
        "UPDATE proposal SET date = '2026-10-01' WHERE proposal_id = 'surrey-2ua'",
        "surrey-2ua 2026-10-01",
    ),
    (
        "decision-told",
        "UPDATE proposal SET note = 'Which proposal was chosen is not known here.' WHERE proposal_id = 'surrey-2ua'",
        "surrey-2ua 'Which proposal was chosen is not known here.'",
    ),
    ("decision-event", "UPDATE area SET stage_date = '2026-03-26' WHERE area_id = 'norfolk'", "norfolk decided"),
    ("challenge-decided", "UPDATE event SET date = '2026-02' WHERE event_id = 'suffolk-2026-06'", "suffolk-2026-06"),
    ("rejected-decided", "UPDATE proposal SET status = 'rejected' WHERE proposal_id = 'cambs-a-2ua'", "cambs-a-2ua"),
    ("decision-sure", "UPDATE proposal SET confidence = 'unverified' WHERE proposal_id = 'surrey-2ua'", "surrey-2ua"),
    ("stage-date-range", "UPDATE area SET stage_date = '2016-07-16' WHERE area_id = 'surrey'", "surrey 2016-07-16"),
    (
        "whole-words",
        "UPDATE proposal SET boundary_change = 'Two.' WHERE proposal_id = 'cambs-a-2ua'",
        "cambs-a-2ua Two.",
    ),
    (
        "council-connected",
        """UPDATE drawing_block SET council = 'North West' WHERE proposal_id = 'cambs-a-2ua'
           AND block_code = 'E07000008'""",
        "cambs-a-2ua (exact) North West: E07000008",
    ),
    ("drawing-placed", "UPDATE drawing_block SET placed = 'inferred' WHERE proposal_id = 'cambs-a-2ua'", "cambs-a-2ua"),
    (
        "totals",
        """DELETE FROM drawing_block WHERE (proposal_id, block_code) IN (SELECT proposal_id, block_code
           FROM drawing_block WHERE block_code LIKE 'E05%' AND placed = 'named' LIMIT 1)""",
        "wards placed as named: 90, where the table total has at least 91",
    ),
    ("parameter-bounds", "UPDATE parameter SET low = NULL WHERE parameter_key = 'discount_rate'", "discount_rate"),
    (
        "spend-lines",
        """UPDATE spend SET thousand = thousand + 5 WHERE place_code = 'E10000030' AND form = 'RO3'
           AND service = 'Care assessment and safeguarding' AND line = 'Net Current Expenditure'""",
        "Surrey 2024-25 Adult Social Care: 549,958 total, 549,963 in 18 lines",
    ),
    ("lens-unit", "UPDATE parameter SET unit = '£' WHERE parameter_key = 'kappa_unit_cost'", "kappa_unit_cost £ not £"),
    (
        "lens-halfway",
        "INSERT INTO lens_value VALUES ('middle', 'delta', 8.4, 'disagg_per_resident')",
        "middle delta 8.4",
    ),
    ("lens-sides", "UPDATE lens_value SET value = 15 WHERE symbol = 'delta' AND lens_id = 'district'", "delta 14.8 15"),
    (
        "case-once",
        """INSERT INTO claim SELECT 'again', theme, side, paid_by, author, title, year, claim, figure, geography,
           service, direction, status, confidence, link FROM claim WHERE claim_id = 'adcs-2026'""",
        "adcs-2026",
    ),
    ("case-size", "UPDATE business_case SET value = value * 10 WHERE case_id = 1", "1 recurring net saving 399"),
    ("claim-payer", "UPDATE claim SET side = 'government' WHERE paid_by = 'County Councils Network'", "government"),
    (
        "case-continues",
        "UPDATE case_study SET how_it_ended = 'Ended.' WHERE case_slug = 'achieving-for-children'",
        "achieving-for-children continues",
    ),
    ("criterion-id", "UPDATE criterion SET parent_id = '2' WHERE criterion_id = '1a'", "1a 2"),
    ("model-coverage", "UPDATE partnership_model SET coverage = NULL WHERE model_id = 'rcc'", "rcc buying"),
    ("service-group", "UPDATE care_service SET client_group = 'adults' WHERE service_id = 'assets'", "assets adults"),
    ("totals", "UPDATE area SET kind = 'invited' WHERE area_id = 'sussex'", "areas invited: 22, where the table total"),
    # What data/README.md tells of slips, in its own words.
    (
        "references",
        "UPDATE figure SET place_code = 'E07000999' WHERE place_code = 'E10000030' AND measure_code = 'dsg_balance'",
        "figure: place_code 'E07000999' is not in place",
    ),
    (
        "references",
        _figure("dsg_balance", "E10000030", "source_id = 'dfe-2027'"),
        "source_id 'dfe-2027' is not in source",
    ),
    (
        "partition",
        "DELETE FROM composition WHERE proposal_id = 'surrey-2ua' AND authority_code = 'E07000207'",
        "surrey-2ua leaves out E07000207",
    ),
    (
        "left-out-since",
        """INSERT INTO figure SELECT place_code, measure_code, '2024-25', value, status, source_id, note
           FROM figure WHERE measure_code = 'dsg_balance' AND place_code <> 'E10000030'""",
        "dsg_balance 2024-25 lacks E10000030",
    ),
    ("schema", "CREATE TABLE figures (place_code TEXT, value INTEGER)", "table figures is not of the schema"),
    (
        "totals",
        "UPDATE resident SET residents = residents + 1 WHERE authority_code = 'E07000084' AND age = 40",
        "residents-hampshire: residents mid-2024 (E10000014): 1,447,215, where the table total has 1,447,214",
    ),
    ("neighbour-drawn", "DELETE FROM neighbour WHERE a = 'E07000207' AND b = 'E07000210'", "E07000207 – E07000210"),
    (
        "jump",
        _figure("band_d_all_precepts", "E07000207", "value = value * CASE period WHEN '2026-27' THEN 1000 ELSE 1 END"),
        "E07000207 band_d_all_precepts",
    ),
    (
        "decision-proposal",
        "UPDATE area SET stage = 'decided', stage_date = '2026-07-16' WHERE area_id = 'kent-medway'",
        "kent-medway decided",
    ),
    (
        "lens-range",
        "UPDATE parameter SET high = 10 WHERE parameter_key = 'disagg_per_resident'",
        "county delta 14.8 outside 2 to 10",
    ),
    # A release taken in: a year in part, councils left behind, years mixed, words that stay.
    ("quarters", "DELETE FROM figure WHERE period = '2025 Q3'", "has 2025 Q4 in a row, of 2025 Q1, 2025 Q2, 2025 Q4"),
    (
        "quarters-each",
        """INSERT INTO period VALUES ('2026 Q1', '2026-01-01', '2026-03-31'); INSERT INTO figure
           SELECT place_code, measure_code, '2026 Q1', value, status, source_id, note FROM figure
           WHERE measure_code = 'homelessness_duties_owed' AND period = '2025 Q1' AND place_code <> 'E07000207'""",
        "homelessness_duties_owed 2026 Q1 lacks E07000207",
    ),
    ("spend-since", _outturn("place_code <> 'E10000030'"), "RSX 2025-26 lacks E10000030"),
    ("spend-year", _outturn("form = 'RSX'"), "RO3 2024-25 and RSX 2025-26"),
    (
        "left-out-since",
        """INSERT INTO period VALUES ('30 Jun 2025', '2025-06-30', '2025-06-30'); INSERT INTO figure
           SELECT place_code, measure_code, '30 Jun 2025', value, status, source_id, note FROM figure
           WHERE measure_code = 'children_in_need' AND period = '31 Mar 2025' AND place_code = 'E10000030'""",
        "children_in_need 30 Jun 2025 lacks E06",
    ),
    (
        "fit-shrunk",
        "DELETE FROM figure WHERE measure_code = 'children_in_need' AND place_code LIKE 'E09%'",
        "fit-children-in-need 31 Mar 2025 has 1",
    ),
    (
        "left-out",
        """DELETE FROM figure WHERE measure_code = 'child_poverty_after_housing' AND place_code = 'E07000207'
           AND period = (SELECT period FROM figure JOIN period USING (period)
             WHERE measure_code = 'child_poverty_after_housing' ORDER BY ends DESC LIMIT 1)""",
        "lacks E07000207",
    ),
    ("totals", "UPDATE fit SET councils = 40 WHERE outcome = 'children_in_need'", "fit children_in_need: 40, where"),
    ("fit-agreed", "DELETE FROM total WHERE item = 'fit ehc_plans'", "ehc_plans is learnt from"),
    ("vintage-wards", "UPDATE vintage SET period = '2026' WHERE what = 'wards'", "vintage says 2026"),
    ("vintage-each", "DELETE FROM vintage WHERE what = 'prices'", "prices"),
    (
        "vintage-residents",
        "INSERT INTO resident SELECT authority_code, 2025, age, residents, source_id FROM resident WHERE year = 2024",
        "residents of 2,025 are held, and vintage says mid-2024",
    ),
    ("vintage-boards", "UPDATE vintage SET period = '2025' WHERE what = 'boards'", "icb 2026 and vintage says 2025"),
    (
        "release-one",
        """UPDATE figure SET source_id = 'mhclg-iod-2019' WHERE measure_code = 'imd' AND place_code LIKE 'E07%'""",
        "imd 2025 mhclg-iod-2019 and mhclg-iod-2025",
    ),
    ("release-ends", "UPDATE release SET ends = '2026-03-31' WHERE series = 'mhclg-hclic'", "mhclg-hclic-2025 2026-03"),
    ("release-listed", "DELETE FROM release WHERE series = 'ons-mye'", "ons-mye-2024"),
    (
        "release-after",
        "UPDATE release SET supersedes = 'ons-mye-2024' WHERE source_id = 'mhclg-ro-2024-25'",
        "mhclg-ro-2024-25 mhclg-ro 2025-03-31 after ons-mye-2024",
    ),
    (
        "label-year",
        "UPDATE vintage SET period = 'mid-2023' WHERE what = 'residents'",
        "share_basis residents says mid-2024, and the figures are of mid-2023",
    ),
    (
        "considered-open",
        "UPDATE proposal SET status = 'unknown' WHERE stage = 'interim'",
        "interim unknown",
    ),
    (
        "stage-words",
        "UPDATE area SET stage_date = '2025-10-29' WHERE area_id = 'surrey'",
        "its note says 28 October 2025",
    ),
    (
        "stage-words",
        "UPDATE area SET stage_note = 'Six councils were chosen on 25 March 2026.' WHERE area_id = 'norfolk'",
        "norfolk chose 3 councils, and its note says six",
    ),
    ("stage-words", "UPDATE area SET stage = 'unknown' WHERE area_id = 'suffolk'", "its note says that councils were"),
    ("totals", "DELETE FROM business_case WHERE case_id = 2", "rows business_case: 129, where the table total has at"),
]


def test_each_slip_in_the_real_data_is_named(copied: sqlite3.Connection) -> None:
    missed = []
    for key, slip, named in SLIPS:
        rules = [rule for rule in ALL if rule.key == key]
        copied.execute("BEGIN")
        for statement in slip.split("; "):
            copied.execute(statement)
        told = [row for fault in check(copied, rules) for row in fault.rows]
        copied.execute("ROLLBACK")
        if not any(named in row for row in told) or any("cannot be checked" in row for row in told):
            missed.append(f"{key}: {named} is not in {told[:3]}")
    assert missed == []
    assert check(copied, [rule for rule in ALL if rule.key in {key for key, *_ in SLIPS}]) == []


# A value that the schema refuses at once, and what SQLite says.
REFUSED = [
    (_figure("dsg_balance", "E10000030", "value = 'about 40'"), "cannot store TEXT value in REAL column figure.value"),
    ("UPDATE figure SET source_id = NULL WHERE measure_code = 'dsg_balance'", "NOT NULL constraint failed"),
    ("UPDATE area SET stage = 'maybe' WHERE area_id = 'surrey'", "CHECK constraint failed: stage IN"),
    (_figure("dsg_balance", "E10000030", "value = NULL"), "CHECK constraint failed"),
]


def test_the_schema_refuses_wrong_values_at_once(copied: sqlite3.Connection) -> None:
    for slip, line in REFUSED:
        with pytest.raises(sqlite3.IntegrityError, match=line):
            copied.execute(slip)


def test_every_slip_that_the_recipes_tell_of_has_a_rule_and_is_planted() -> None:
    readme = (db.ROOT / "data" / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| .* \| `([a-z-]+)` ", readme.split("## What a slip gets")[1], re.MULTILINE))
    assert len(told) > 10 and told <= {key for key, *_ in SLIPS} & {rule.key for rule in ALL}
