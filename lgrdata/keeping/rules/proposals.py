"""Rules about proposals, their compositions and drawings, decisions and events."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from lgrdata.keeping.rules.base import Rule, sql
from lgrdata.keeping.rules.places import pieces


def _members(conn: sqlite3.Connection, role: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for area, code in conn.execute("SELECT area_id, authority_code FROM area_authority WHERE role = ?", (role,)):
        found[area].add(code)
    return found


def _partition(conn: sqlite3.Connection) -> Iterator[str]:
    """Each whole-authority composition uses every member once, extras at most once, and nothing else."""
    members, extras = _members(conn, "member"), _members(conn, "extra")
    used: dict[str, list[str]] = defaultdict(list)
    for proposal, code in conn.execute("SELECT proposal_id, authority_code FROM composition"):
        used[proposal].append(code)
    query = "SELECT proposal_id, area_id, basis FROM proposal WHERE basis <> 'not known' ORDER BY 1"
    for proposal, area, basis in conn.execute(query):
        codes = used[proposal]
        left_out = sorted(members[area] - set(codes))
        if left_out:
            yield f"{proposal} leaves out {', '.join(left_out)}"
        foreign = sorted(set(codes) - members[area] - extras[area])
        if foreign:
            yield f"{proposal} takes in {', '.join(foreign)}, not of {area}"
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice and basis == "exact":
            yield f"{proposal} counts {', '.join(twice)} twice"


def _drawings(conn: sqlite3.Connection) -> Iterator[str]:
    """Each drawing gives every member, and every ward of an authority that it draws by wards, to a council."""
    members, extras = _members(conn, "member"), _members(conn, "extra")
    ward_of = dict(conn.execute("SELECT ward_code, authority_code FROM ward").fetchall())
    wards: dict[str, set[str]] = defaultdict(set)
    for ward, code in ward_of.items():
        wards[code].add(ward)
    blocks: dict[tuple[str, str], set[str]] = defaultdict(set)
    for proposal, basis, block in conn.execute("SELECT proposal_id, basis, block_code FROM drawing_block"):
        blocks[proposal, basis].add(block)
    query = "SELECT proposal_id, drawing.basis, area_id FROM drawing JOIN proposal USING (proposal_id) ORDER BY 1, 2"
    for proposal, basis, area in conn.execute(query):
        drawn = blocks[proposal, basis]
        whole = {block for block in drawn if block not in ward_of}
        parted = {ward_of[block] for block in drawn if block in ward_of}
        name = f"{proposal} ({basis})"
        left_out = sorted(members[area] - whole - {code for code in parted if wards[code] <= drawn})
        if left_out:
            yield f"{name} leaves out {', '.join(left_out)}"
        foreign = sorted((whole | parted) - members[area] - extras[area])
        if foreign:
            yield f"{name} draws {', '.join(foreign)}, not of {area}"
        if parted and basis != "exact-parts":
            yield f"{name} draws wards, of {', '.join(sorted(parted))}"


def _in_pieces(conn: sqlite3.Connection) -> Iterator[str]:
    pairs = conn.execute("SELECT a, b FROM neighbour").fetchall()
    held: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    query = """SELECT proposal_id, basis, council, block_code FROM drawing_block JOIN authority
               ON authority_code = block_code WHERE basis <> 'exact-parts' ORDER BY 1, 2, 3, 4"""
    for proposal, basis, council, code in conn.execute(query):
        held[proposal, basis, council].append(code)
    for (proposal, basis, council), codes in held.items():
        for piece in pieces(codes, pairs)[1:]:
            yield f"{proposal} ({basis}) {council}: {', '.join(piece)}"


def _unknown(column: str) -> str:
    """Whether a text says that an outcome is not known."""
    said = ("not known here", "no decision has been found", "decision awaited", "was chosen is not known")
    return "(" + " OR ".join(f"{column} LIKE '%{words}%'" for words in said) + ")"


RULES: tuple[Rule, ...] = (
    sql(
        "proposals-each",
        "Every area has a proposal.",
        "SELECT area_id FROM area WHERE area_id NOT IN (SELECT area_id FROM proposal)",
    ),
    sql(
        "proposal-councils",
        "A proposal lists as many new councils as it has, or none where its composition is not known.",
        """SELECT proposal_id, 'has', councils, 'and lists', (SELECT count(*) FROM proposal_council c
             WHERE c.proposal_id = proposal.proposal_id) FROM proposal
           WHERE (SELECT count(*) FROM proposal_council c WHERE c.proposal_id = proposal.proposal_id) <>
           CASE basis WHEN 'not known' THEN 0 ELSE councils END""",
    ),
    sql(
        "council-order",
        "The councils of a proposal are numbered 1, 2, 3 ...",
        """SELECT proposal_id, group_concat(position, ' ') FROM proposal_council GROUP BY proposal_id
           HAVING min(position) <> 1 OR max(position) <> count(*) OR count(DISTINCT position) <> count(*)""",
    ),
    sql(
        "council-members",
        "Every new council of a proposal has a member.",
        """SELECT proposal_id, council FROM proposal_council WHERE (proposal_id, council) NOT IN
           (SELECT proposal_id, council FROM composition)""",
    ),
    Rule(
        "partition",
        "A composition gives every authority of its area to a council; of whole authorities, each to exactly one.",
        _partition,
    ),
    sql(
        "whole-parts",
        "A proposal of whole authorities has no parts, and one that moves parts has some.",
        """SELECT proposal_id, basis, authority_code, part FROM composition JOIN proposal USING (proposal_id)
           WHERE basis = 'exact' AND part <> 'whole'
           UNION ALL SELECT proposal_id, basis, NULL, 'has no part' FROM proposal WHERE basis = 'exact-parts'
           AND NOT EXISTS (SELECT 1 FROM composition c
             WHERE c.proposal_id = proposal.proposal_id AND part <> 'whole')""",
    ),
    sql(
        "part-twice",
        "An authority that is whole in one council is in no other council of the same proposal.",
        """SELECT proposal_id, authority_code FROM composition GROUP BY proposal_id, authority_code
           HAVING count(*) > 1 AND sum(part = 'whole') > 0""",
    ),
    sql(
        "whole-flag",
        "A proposal is of whole authorities where its composition is, and one that moves parts says what moves.",
        """SELECT proposal_id, basis, whole_authorities, boundary_change FROM proposal
           WHERE (basis = 'exact' AND whole_authorities = 0)
           OR (basis = 'exact-parts' AND (whole_authorities = 1 OR boundary_change = ''))""",
    ),
    Rule(
        "drawing-whole",
        "A drawing gives every authority of its area to a council, by itself or by all its wards.",
        _drawings,
    ),
    sql(
        "drawing-councils",
        "A drawing gives every council of its proposal some ground.",
        """SELECT proposal_id, d.basis, council FROM drawing d JOIN proposal_council USING (proposal_id)
           WHERE NOT EXISTS (SELECT 1 FROM drawing_block b WHERE b.proposal_id = d.proposal_id AND b.basis = d.basis
           AND b.council = proposal_council.council)""",
    ),
    sql(
        "drawing-agrees",
        "A drawing puts an authority, or its ward, in a council that its composition gives it, or part of it, to.",
        """SELECT b.proposal_id, b.basis, b.block_code, b.council FROM drawing_block b
           LEFT JOIN ward ON ward_code = block_code WHERE NOT EXISTS (SELECT 1 FROM composition c
           WHERE c.proposal_id = b.proposal_id AND c.council = b.council
           AND c.authority_code = coalesce(ward.authority_code, b.block_code))""",
    ),
    sql(
        "drawing-each",
        "A proposal of whole authorities has an exact drawing; one that moves parts has one by whole authorities too.",
        """SELECT proposal_id, basis FROM proposal WHERE basis <> 'not known' AND NOT EXISTS (SELECT 1 FROM drawing d
           WHERE d.proposal_id = proposal.proposal_id
           AND d.basis = CASE proposal.basis WHEN 'exact' THEN 'exact' ELSE 'nearest-whole' END)""",
    ),
    sql(
        "drawing-basis",
        "A drawing is exact only of a proposal of whole authorities, and a proposal not known has none.",
        """SELECT proposal_id, d.basis, sureness FROM drawing d JOIN proposal p USING (proposal_id)
           WHERE (d.basis = 'exact') <> (p.basis = 'exact') OR p.basis = 'not known'
           OR (d.basis = 'exact') <> (sureness = 'exact')""",
    ),
    sql(
        "drawing-redundant",
        "A ward is drawn by itself only where it leaves its authority.",
        """SELECT w.proposal_id, w.basis, w.block_code FROM drawing_block w JOIN ward ON ward_code = w.block_code
           JOIN drawing_block a ON a.proposal_id = w.proposal_id AND a.basis = w.basis
           AND a.block_code = ward.authority_code AND a.council = w.council""",
    ),
    sql(
        "west-berkshire-whole",
        "An extra authority is never drawn by wards, since their residents are not known here.",
        """SELECT proposal_id, block_code FROM drawing_block JOIN ward ON ward_code = block_code
           JOIN area_authority USING (authority_code) WHERE role = 'extra'""",
    ),
    sql(
        "selected-one",
        "An area has at most one selected proposal.",
        """SELECT area_id, group_concat(proposal_id, ' and ') FROM proposal WHERE status = 'selected'
           GROUP BY area_id HAVING count(*) > 1""",
    ),
    sql(
        "selected-decided",
        "A proposal is selected exactly where its stage is decided.",
        "SELECT proposal_id, stage, status FROM proposal WHERE (status = 'selected') <> (stage = 'decided')",
    ),
    sql(
        "decision-proposal",
        "An area whose decision is known has a selected proposal, and one with a selected proposal is decided.",
        """SELECT area_id, stage FROM area WHERE kind = 'invited' AND (stage = 'decided') <> EXISTS
           (SELECT 1 FROM proposal WHERE proposal.area_id = area.area_id AND status = 'selected')""",
    ),
    sql(
        "decision-date",
        "A decided area has the date of its decision, and an awaiting one has none.",
        """SELECT area_id, stage, stage_date FROM area
           WHERE (stage = 'decided' AND stage_date = '') OR (stage = 'awaiting' AND stage_date <> '')""",
    ),
    sql(
        "decision-rest",
        "Where a decision is documented, no other final proposal of the area stays unknown.",
        """SELECT proposal_id FROM proposal WHERE status = 'unknown' AND stage = 'final' AND area_id IN
           (SELECT area_id FROM proposal JOIN area USING (area_id) WHERE status = 'selected'
            AND stage_confidence = 'documented')""",
    ),
    sql(
        "decision-event",
        "A decision's date is that of an event of its area whose kind is decision.",
        """SELECT area_id, stage, stage_date FROM area WHERE kind = 'invited' AND stage_date <> '' AND NOT EXISTS
           (SELECT 1 FROM event WHERE event.area_id = area.area_id AND event.kind = 'decision'
            AND event.date = stage_date)""",
        england=True,
    ),
    sql(
        "decision-told",
        "Once an area is decided, no note of it says that the outcome is not known: that is told from the status.",
        f"""SELECT area_id, '''' || stage_note || '''' FROM area WHERE stage = 'decided' AND {_unknown("stage_note")}
           UNION ALL SELECT proposal_id, '''' || note || '''' FROM proposal JOIN area USING (area_id)
           WHERE area.stage = 'decided' AND {_unknown("note")}""",
    ),
    sql(
        "challenge-decided",
        "A challenge in court is of an area that is decided, and no earlier than its decision.",
        """SELECT event_id, date, area.stage, stage_date FROM event JOIN area USING (area_id)
           WHERE event.kind IN ('challenge', 'judgment')
           AND (area.stage <> 'decided' OR date < substr(stage_date, 1, length(date)))""",
    ),
    sql(
        "proposal-words",
        "A proposal names its title, proposers and note, and an area says its stage in a sentence.",
        """SELECT proposal_id FROM proposal WHERE title = '' OR proposers = ''
           UNION ALL SELECT area_id FROM area WHERE stage_note NOT LIKE '%.'""",
    ),
    sql(
        "proposal-date",
        "A proposal is dated from December 2024.",
        "SELECT proposal_id, date FROM proposal WHERE date <> '' AND date < '2024-12'",
        england=True,
    ),
    sql(
        "event-repeated",
        "An event is listed once.",
        "SELECT group_concat(event_id, ' = ') FROM event GROUP BY area_id, date, event HAVING count(*) > 1",
    ),
    sql(
        "case-proposal",
        "A published business case is of a proposal of its area, with as many councils.",
        """SELECT case_id, business_case.proposal_id, business_case.area_id, business_case.councils FROM business_case
           JOIN proposal USING (proposal_id) WHERE business_case.area_id IS NOT proposal.area_id
           OR business_case.councils <> proposal.councils""",
    ),
    sql(
        "case-unit",
        "A business case's unit fits its metric: £m a year for a yearly saving, £m for a sum, years for payback.",
        """SELECT case_id, metric, unit FROM business_case WHERE
           (metric = 'recurring net saving' AND unit <> '£m a year') OR
           (metric IN ('one-off cost', 'five-year net') AND unit <> '£m') OR
           (metric = 'payback years' AND unit <> 'years')""",
    ),
    sql(
        "case-range",
        "A business case's low, value and high are in order, and within £1,000 million or 30 years.",
        """SELECT case_id, metric, low, value, high FROM business_case WHERE low > high OR low > value OR value > high
           OR abs(value) > 1000 AND area_id IS NOT NULL OR (metric = 'payback years' AND value NOT BETWEEN 0 AND 30)""",
    ),
    sql(
        "proposal-title",
        "No two proposals of an area have the same title, and no two councils of a proposal the same name.",
        """SELECT area_id, group_concat(proposal_id, ' = '), title FROM proposal GROUP BY area_id, lower(title)
           HAVING count(*) > 1
           UNION ALL SELECT proposal_id, group_concat(council, ' = '), NULL FROM proposal_council
           GROUP BY proposal_id, lower(council) HAVING count(*) > 1""",
        england=True,
    ),
    sql(
        "proposal-when",
        "A final proposal is dated, after every interim one of its area and before the area's decision.",
        """SELECT proposal_id, stage, date, NULL FROM proposal WHERE stage IN ('final', 'decided') AND date = ''
           UNION ALL SELECT p.proposal_id, p.date, 'decided', stage_date FROM proposal p JOIN area USING (area_id)
           WHERE stage_date <> '' AND p.date > stage_date
           UNION ALL SELECT i.proposal_id, i.date, 'interim, final', min(f.date) FROM proposal i
           JOIN proposal f USING (area_id) WHERE i.stage = 'interim' AND f.stage IN ('final', 'decided')
           GROUP BY i.proposal_id HAVING i.date >= min(f.date)""",
    ),
    sql(
        "rejected-decided",
        "A final proposal is rejected only in an area whose decision is known.",
        """SELECT proposal_id, area_id, area.stage FROM proposal JOIN area USING (area_id)
           WHERE status = 'rejected' AND proposal.stage = 'final' AND area.stage <> 'decided'""",
    ),
    sql(
        "decision-sure",
        "A decision is documented or uncertain, and where documented, so is the proposal chosen.",
        """SELECT area_id, stage_confidence, proposal_id, confidence FROM area JOIN proposal USING (area_id)
           WHERE status = 'selected' AND (stage_confidence = 'unverified'
           OR (stage_confidence = 'documented' AND confidence <> 'documented'))""",
    ),
    sql(
        "stage-date-range",
        "A decision is dated after the invitation of February 2025.",
        "SELECT area_id, stage_date FROM area WHERE stage_date <> '' AND stage_date < '2025-02-05'",
        england=True,
    ),
    sql(
        "whole-words",
        "A proposal of whole authorities moves no boundary, unless it takes in an extra authority.",
        """SELECT proposal_id, boundary_change FROM proposal WHERE whole_authorities = 1 AND boundary_change <> ''
           AND NOT EXISTS (SELECT 1 FROM composition c JOIN area_authority m USING (authority_code)
             WHERE c.proposal_id = proposal.proposal_id AND m.role = 'extra')""",
    ),
    Rule(
        "council-connected",
        "A council of whole authorities hangs together by land, tidal water or sea.",
        _in_pieces,
    ),
    sql(
        "drawing-placed",
        "Whole authorities are placed as named, and a drawing by wards moves a ward.",
        """SELECT proposal_id, basis, block_code, placed FROM drawing_block
           WHERE placed = 'inferred' AND block_code NOT GLOB 'E05*'
           UNION ALL SELECT proposal_id, basis, 'draws no ward', NULL FROM drawing d WHERE basis = 'exact-parts'
           AND NOT EXISTS (SELECT 1 FROM drawing_block b WHERE b.proposal_id = d.proposal_id AND b.basis = d.basis
             AND block_code GLOB 'E05*')""",
    ),
)
