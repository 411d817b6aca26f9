"""Share out: the one sentence, bars, the lines that hold the argument, two sides, opening position, own counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lgrdata.core.palette import Theme
from lgrdata.core.share_facts import APART, CARE, GROUPS
from lgrdata.core.words import NOT_ADDING, capital, counted, day, joined, percent, unsummed
from lgrdata.page.blocks import Block, Callout, Chart, Fold, Link, Para, Rich, Section, Table, View
from lgrdata.pictures import charts
from lgrdata.shares.document import sources_of
from lgrdata.shares.of_scenario import Shared
from lgrdata.shares.position import stocks
from lgrdata.shares.share import LineShare, ShareOut
from lgrdata.splits import splitcode
from lgrdata.views.share.position import position
from lgrdata.views.share.sides import sides
from lgrdata.views.share.words import (
    FROM_TO,
    GROUP_NAMES,
    argument_title,
    basis_name,
    beside,
    headline,
    holders,
    line_name,
    low_high,
    money,
    moved,
    not_a_budget,
    part,
    with_range,
)

TITLE = "Share out"
PARTS = {
    "lines": "More lines",
    "apart": "Beside care",
    "sides": "Two sides",
    "position": "Opening position",
    "hosting": "Hosting and exit",
    "day_one": "Day one",
    "counts": "Your own counts",
    "all": "Every line",
}
"""The parts in which the screen shows it."""


LINES = "share-lines"
REASONED = ("share-argument", "share-apart")
"""Sections whose bases are folded below them on the screen."""
REASONS = "What each line can be divided by, with reasons, precedents and sources"
WHY_ONE = (
    "Public health is divided as one line, as its grant is paid in one sum. Councils return it under finer headings"
    " too, but no basis for those was found in use or proposed anywhere."
)
"""Why the finer headings of public health are no lines of their own."""


def view(shared: Shared, *, theme: Theme = "light", council: int | None = None) -> View:
    """The page. Kept nowhere: it may rest on counts of a visitor's own. `council`: the one its sentence is of."""
    out = shared.out
    key = {"area": shared.plain.facts.area.area_id, "split": splitcode.encode(shared.split), "page": "share"}
    if out is None:
        redraw: Rich = ("Finish the split on the ", Link("Redraw", "page", "redraw"), " page, or choose another above.")
        return View(TITLE, (f"{capital(shared.trouble)}.", *((redraw,) if shared.split.left_out else ())), key=key)
    sources = tuple(sources_of(out, stocks(out)))
    if not out.divided:
        name = shared.plain.facts.area.name
        said = (
            "This split divides no council’s care, so every line goes whole to one council and nothing has to be"
            " shared out.",
            f"Choose a split of {name} into more councils above to see what would be argued about.",
        )
        return View(TITLE, said, (), (_whole(out), position(out)), caveats(), shared.told[1:], sources, key)
    found = [bars(out, theme), argument(out), apart(out), everything(out, out.divided), sides(shared), position(out)]
    if shared.own:
        found.insert(4, own_counts(shared))
    lede = (headline(out, council), beside(out, council), not_a_budget(out, council))
    return View(TITLE, lede, (), tuple(found), caveats(), shared.told, sources, key)


def bars(out: ShareOut, theme: Theme) -> Section:
    """A bar a council, with the table of the same."""
    care, used = out.care, holders(out)
    rows: list[charts.Row] = [
        {
            "row": n,
            "name": out.split.names[c],
            "low": round(care.low[c] / 1000, 2),
            "part": round(care.parts[c] / 1000, 2),
            "high": round(care.high[c] / 1000, 2),
            "residents": round(care.by_residents[c] / 1000, 2),
            "colour": charts.council_colour(c, theme),
            "tip": f"{out.split.names[c]}: {with_range(care.parts[c], care.low[c], care.high[c])},"
            f" by residents alone {money(care.by_residents[c])}",
        }
        for n, c in enumerate(used)
    ]
    cells: list[tuple[Rich, ...]] = [
        (out.split.names[c], *(money(v[c]) for v in (care.low, care.parts, care.high, care.by_residents))) for c in used
    ]
    cells.append(("All", "–", money(care.thousand), "–", money(care.thousand)))
    odd = unsummed(([v[c] / 1000 for c in used], care.thousand / 1000) for v in (care.parts, care.by_residents))
    table = Table(
        "share-parts", "Care by council, £m a year", ("Council", "Low", "By the bases here", "High", "Residents alone"),
        tuple(cells), frozenset({1, 2, 3, 4}),
        f"{FROM_TO} Not every council can have its low or its high at once, so these do not add up."
        + (f" {NOT_ADDING}" if odd else ""),
    )  # fmt: skip
    told = [f"{row[0]}: {row[2]}, low {row[1]}, high {row[3]}, by residents {row[4]}" for row in cells[:-1]]
    chart = Chart(
        "share-by-council", "Care by council, from low to high, £m a year",
        f"Net spending of {out.given.year} before grants. Dot: by the bases on this page; tick: by residents alone",
        charts.parts(rows, theme), f"A bar a council from low to high, £m a year. {'. '.join(told)}.", table,
    )  # fmt: skip
    return Section("share-bars", "Each council’s part", "", (chart,))


def argument(out: ShareOut) -> Section:
    """The few lines of care that make nine tenths of what the choice of basis moves."""
    found = out.argument_of(CARE)
    if not found:
        text = "No line of care here has two bases that give a council different sums, so there is nothing to choose."
        return Section("share-argument", "Lines that hold the argument", text)
    lines = _lines("share-argument-lines", "Lines of care that the choice of basis moves most", out, found)
    bases = Fold(REASONS, (_bases(out, found, "share-bases-argument"),))
    return Section("share-argument", argument_title(found), "", (lines, bases))


def _lines(name: str, caption: str, out: ShareOut, lines: tuple[LineShare, ...] | list[LineShare]) -> Table:
    used = holders(out)
    rows = tuple(
        (
            line_name(out, s), money(s.thousand(s.total)), basis_name(out, s, s.basis), moved(s.thousand(s.moves)),
            *(part(s, c) for c in used),
        )
        for s in lines
    )  # fmt: skip
    columns = (([s.thousand(s.parts[c]) / 1000 for c in used], s.thousand(s.total) / 1000) for s in lines)
    return Table(
        name, caption, ("Line", "Spent", "Divided by", "Moves", *(out.split.names[c] for c in used)), rows,
        frozenset({1, 3, *range(4, 4 + len(used))}),
        "Moves: the most by which the choice of basis changes a council’s part. In brackets, low and high among the"
        " bases listed for the line." + (f" {NOT_ADDING}" if unsummed(columns) else ""),
        tuple(dict.fromkeys(s.line.source_id for s in lines)),
    )  # fmt: skip


def apart(out: ShareOut) -> Section:
    """Education and public health, beside care and not in it, each with what it can be divided by."""
    used = holders(out)
    rows: list[tuple[Rich, ...]] = []
    for group in GROUPS:
        total = out.total((group,))
        if any(s.line.group == group for s in out.lines_in_play):
            cells = (with_range(total.parts[c], total.low[c], total.high[c]) for c in used)
            rows.append((GROUP_NAMES[group], money(total.thousand), *cells))
    table = Table(
        "share-groups", "What is divided, by group, £m a year", ("Group", "Spent", *(out.split.names[c] for c in used)),
        tuple(rows), frozenset(range(1, 2 + len(used))), f"In brackets, low and high. {NOT_ADDING}",
    )  # fmt: skip
    lede = (
        "Education and public health stand apart from care: most of education is schools’ own budgets, paid by a"
        " ring-fenced grant (to be spent on nothing else), and public health has a ring-fenced grant of its own."
    )
    mine = [s for s in out.divided if s.line.group in APART]
    blocks: list[Block] = [Para(WHY_ONE), table] if any(s.line.group == "public health" for s in mine) else [table]
    if mine:
        blocks.append(Fold(REASONS, (_bases(out, mine, "share-bases-apart"),)))
    return Section("share-apart", "Beside care", lede, tuple(blocks))


def everything(out: ShareOut, reasons: Sequence[LineShare]) -> Section:
    """Every line, how far an estimate alone moves one, and the bases of these with reasons and sources: folded."""
    lines = _lines("share-every-line", f"All {len(out.divided)} lines that the split divides", out, out.divided)
    blocks: list[Block] = [Fold(f"All {len(out.divided)} lines", (lines,))]
    rests = [s for s in out.divided if s.estimate is not None]
    if rests:
        blocks.append(Fold(f"What the estimates leave open, {counted(len(rests), 'line')}", (_estimates(out, rests),)))
    if reasons:
        blocks.append(Fold(REASONS, (_bases(out, reasons),)))
    if any(state == "merged" for state in out.state):
        blocks.append(Fold("Councils of today that go whole to a new one", (_whole_table(out),)))
    return Section(LINES, "Every line", "", tuple(blocks))


def _estimates(out: ShareOut, lines: list[LineShare]) -> Table:
    used = holders(out)
    rows = tuple(
        (
            line_name(out, s),
            basis_name(out, s, s.basis),
            *(
                low_high(float(s.estimate[0][c]), float(s.estimate[1][c])) if s.estimate and c in s.holders else "–"
                for c in used
            ),
        )
        for s in lines
    )
    return Table(
        "share-estimates", "A line whose basis is an estimate, over that estimate’s own range, £m a year",
        ("Line", "Divided by", *(out.split.names[c] for c in used)), rows, frozenset(range(2, 2 + len(used))),
        "People in care are published for today’s counties and unitary councils; for their parts they are estimated,"
        " with a range that 4 in 5 such estimates keep to. Counts of your own take the estimate’s place.",
    )  # fmt: skip


_STANDING = {"recommended": "used at first"}
"""Whether a basis is right nobody can tell, so the one that a line starts with is not commended."""


def _bases(out: ShareOut, lines: Sequence[LineShare], name: str = "share-bases", caption: str = REASONS) -> Table:
    held = out.given.facts.sources
    rows: list[tuple[Rich, ...]] = []
    for s in {s.line.key: s for s in reversed(lines)}.values():
        for use in s.line.uses:
            rests = "on a precedent" if use.precedent else "on judgement"
            why = (
                f"cannot be used here: {s.unknown[use.basis]}"
                if use.basis in s.unknown
                else _STANDING.get(use.standing, use.standing)
            )
            source = held.get(use.source_id)
            released = f", {day(source.released)}" if source and source.released else ""
            link: Rich = (Link(source.title, "source", use.source_id), released) if source else "not recorded"
            rows.append(
                (
                    *(s.line.name, basis_name(out, s, use.basis), f"{why}; {rests}", use.reason),
                    *(use.precedent or "none found", link),
                )
            )
    return Table(
        name, caption, ("Line", "Basis", "Standing", "Reason", "Precedent", "Source"),
        tuple(sorted(rows, key=lambda r: str(r[0]))),
        note="A precedent supports the kind of basis, not the number. No county’s whole list of bases was found in"
        " public. Judgement is this project’s own. A basis that is fair for a fixed part of a line can be chosen, but"
        " is never its low or high.",
    )  # fmt: skip


def _whole(out: ShareOut) -> Section:
    return Section("share-whole", "Who takes what", "", (_whole_table(out),))


def _whole_table(out: ShareOut) -> Table:
    names, rows = out.given.facts.upper_names, []
    for u in dict.fromkeys(s.upper for s in out.listed if out.state[s.upper] != "divided"):
        mine = [s for s in out.lines if s.upper == u]
        care = sum(s.thousand(s.total) for s in mine if s.line.group in CARE)
        rows.append((names[u], out.split.names[mine[0].holders[0]], money(care)))
    return Table(
        "share-goes-whole", f"Councils of today whose lines go whole to one council, {out.given.year}",
        ("Council of today", "Goes to", "Care"), tuple(rows), frozenset({2}),
    )  # fmt: skip


def own_counts(shared: Shared) -> Section:
    """Counts of one's own beside what they replace."""
    rows = tuple(
        (
            str(d["words"]), str(d["name"]), percent(_share(d["own"]), 1), percent(_share(d["estimate"]), 1),
        )
        for d in shared.differences
    )  # fmt: skip
    measures = joined([shared.given.bases[k].name for k in shared.own.values]) if shared.own else ""
    table = Table(
        "share-own-counts", "Your counts beside what they replace",
        ("Measure", "Council", "Yours", "In its place"), rows, frozenset({2, 3}),
        "Shares of the council of today that is divided. Yours were not checked by this tool.",
    )  # fmt: skip
    text = f"{capital(measures)}: these counts are your own, and stand wherever this page says “your counts”."
    return Section("share-own", "Your own counts", "", (Callout("assumption", text), table))


def _share(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def caveats() -> tuple[Rich, ...]:
    """What the page does not tell."""
    return (
        "What a council needs or will be paid: spending of one past year follows price, policy and coding too.",
        "Which basis is right. A precedent is named where one was found; other reasons are this project’s judgement.",
        "What other pages say of care: What it does and Compare keep an estimate that no choice here changes.",
        "What was agreed here: no county’s own decision on its bases is in this tool.",
    )


def sections(shared: Shared) -> tuple[Section, ...]:
    """The sections for an export; what the page says first is the first paragraph."""
    found = view(shared)
    first = tuple(Para(sentence) for sentence in found.lede)
    kept = found.sections or (Section("share-none", TITLE),)
    if shared.out is not None and shared.out.divided:
        # A printed page opens every fold: it has the reasons of the lines that are argued over, once and last.
        argued = [*shared.out.argument_of(CARE), *(s for s in shared.out.divided if s.line.group in APART)]
        last = everything(shared.out, argued)
        kept = tuple(
            last if s.anchor == last.anchor
            else replace(s, blocks=tuple(b for b in s.blocks if not isinstance(b, Fold))) if s.anchor in REASONED
            else s
            for s in kept
        )  # fmt: skip
    minded = tuple(Callout("note", w) for w in found.warnings)
    head = Section(kept[0].anchor, kept[0].title, kept[0].lede, (*first, *minded, *kept[0].blocks))
    return (head, *kept[1:])
