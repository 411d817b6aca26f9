"""Share-out, hosting and register as tables of figures, for workbooks and other programs."""

from __future__ import annotations

from lgrdata.core.words import day
from lgrdata.page.data_table import Cell, DataColumn, DataTable
from lgrdata.partnerships.hosting import HostingPlan
from lgrdata.shares.share import LineShare, ShareOut
from lgrdata.splits.plans import DutyEntry
from lgrdata.views.share.hosting import both_sides
from lgrdata.views.share.words import basis_name, is_own

_FILLED = "chosen by the maker"
THOUSAND, MILLION = "£ thousand", "£m a year"


def lines(out: ShareOut) -> DataTable:
    """A row a line and council: what it gets by each basis in use, low and high, and by residents alone."""
    given, names = out.given, out.split.names
    held = [(s, c) for s in out.divided for c in s.holders]
    rows: list[tuple[Cell, ...]] = [
        (
            given.facts.upper_names[s.upper], s.line.group, s.line.name, s.line.form, s.line.service,
            s.thousand(s.total), basis_name(out, s, s.basis), names[c], s.thousand(s.parts[c]), s.thousand(s.low[c]),
            s.thousand(s.high[c]), s.thousand(s.by["residents"][c]),
        )
        for s, c in held
    ]  # fmt: skip
    columns = (
        DataColumn("Council today"), DataColumn("Group"), DataColumn("Line"), DataColumn("Form"),
        DataColumn("Line as published"), DataColumn("Spent", THOUSAND), DataColumn("Divided by"),
        DataColumn("New council"), DataColumn("Part", THOUSAND), DataColumn("Low", THOUSAND),
        DataColumn("High", THOUSAND), DataColumn("By residents alone", THOUSAND),
    )  # fmt: skip
    return DataTable(
        "share-out", f"What is divided, {given.year}, net current expenditure before grants", columns, tuple(rows),
        "The parts of a line add exactly to what was spent. Low and high: among the bases listed for the line.",
        tuple(dict.fromkeys(s.line.source_id for s in out.divided)),
        tuple((s.line.source_id, given.bases[s.basis].source_id) for s, _ in held),
        tuple(_status(out, s) for s, _ in held),
    )  # fmt: skip


_STATUS = {
    "published": "published spending and counts",
    "derived": "published spending, counts worked out from published ones",
    "estimated": "published spending, divided by an estimate",
    "not held": "published spending; residents stand in inside councils divided by wards",
    "rule": "published spending, divided by a rule",
    "given": "published spending, divided by counts of the maker’s own",
}


def _status(out: ShareOut, s: LineShare) -> str:
    """What the parts of a line rest on: its basis as it is held for councils, or for wards where one is divided."""
    if is_own(out, s, s.basis):
        return _STATUS["given"]
    facts, basis = out.given.facts, out.given.bases[s.basis]
    by_ward = any(facts.authority_upper[i] == s.upper for i in out.held.fallback)
    return _STATUS[basis.by_ward if by_ward else basis.by_authority]


def hosted(plan: HostingPlan) -> DataTable:
    """A row a partnership and partner."""
    names = plan.board.effects.split.names
    rows: list[tuple[Cell, ...]] = []
    for h in plan.rows:
        low, high = both_sides(h)
        for c in h.chosen.members:
            rows.append((
                h.name, h.chosen.model.name, None if h.said.host is None else names[h.said.host], names[c],
                plan.bases.get(h.said.shared_by) or None, h.costs.get(c), h.said.ends or None, h.months,
                h.returning.get(c), low, high, h.said.returns or None,
            ))  # fmt: skip
    columns = (
        DataColumn("Service"), DataColumn("Way"), DataColumn("Host"), DataColumn("Partner"),
        DataColumn("Cost shared by"), DataColumn("Part of the cost", "share"), DataColumn("Last day", "date"),
        DataColumn("After the first day", "months"), DataColumn("Spending it takes on when hosting ends", THOUSAND),
        DataColumn("Splitting cost avoided, least", MILLION), DataColumn("Splitting cost avoided, most", MILLION),
        DataColumn("What comes back"),
    )  # fmt: skip
    return DataTable(
        "hosting", f"Services run together, and how each ends; the new councils begin on {day(plan.vesting)}",
        columns, tuple(rows),
        f"Spending of {plan.year} on the line nearest to the service. Splitting cost avoided is an assumption, from the"
        " districts’ to the counties’ evidence, for the whole partnership.",
        status=tuple(f"{_FILLED}; splitting cost is assumed" for _ in rows),
    )  # fmt: skip


def duties(plan: HostingPlan) -> DataTable:
    """A row a duty of the first day."""
    rows: list[tuple[Cell, ...]] = [
        (
            o.duty.name, o.entry.post or None, o.state, o.entry.due or None, o.entry.note or None, o.duty.if_nothing,
            o.duty.law or None, o.duty.paragraph, "yes" if o.ticked else "no",
        )
        for o in plan.register.rows
    ]  # fmt: skip
    columns = (
        DataColumn("Duty"), DataColumn("Post"), DataColumn("State"), DataColumn("Ready by", "date"), DataColumn("Note"),
        DataColumn("If nothing is done"), DataColumn("Law"), DataColumn("Paragraph of government’s note"),
        DataColumn("Paragraph ticked"),
    )  # fmt: skip
    return DataTable(
        "day-one", f"Duties of the first day, {day(plan.vesting)}", columns, tuple(rows),
        "Posts, never people. What happens if nothing is done is this project’s words.",
        tuple(dict.fromkeys(o.duty.source_id for o in plan.register.rows)),
        tuple((o.duty.source_id,) for o in plan.register.rows),
        tuple(_FILLED if o.entry != DutyEntry() or o.ticked else "not filled in" for o in plan.register.rows),
    )  # fmt: skip
