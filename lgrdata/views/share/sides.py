"""Two sides: each one's bases, the gap, the lines that make most of it, the middle, and what each would give."""

from __future__ import annotations

from collections.abc import Sequence

from lgrdata.core.share_facts import CARE
from lgrdata.core.words import NOT_ADDING, capital, counted, joined
from lgrdata.page.blocks import Block, Fold, Rich, Section, Table
from lgrdata.shares.of_scenario import Shared
from lgrdata.shares.share import ShareOut
from lgrdata.shares.sides import Gap, TwoSides, stance
from lgrdata.views.share.words import basis_name, holders, line_name, money

ONE, OTHER = "One side", "The other side"
TITLE = "Two sides"
NAMED = 3
"""Lines of the gap that are named in a sentence."""


def sides(shared: Shared) -> Section:
    """Both columns of bases with the gap between."""
    out = shared.out
    found = shared.sides
    if out is None or not found.gaps:
        text = (
            "Choose who stands on each side, for instance what gives your council most against residents alone. The gap"
            f" between them is then told here. As yet both divide all {found.agreed} lines alike."
        )
        return Section("share-sides", TITLE, text)
    rest = found.gaps[len(found.most_of_it) :]
    blocks: list[Block] = [
        _columns(out, "share-gap", "Lines that make nine tenths of the gap, £m a year", found.most_of_it)
    ]
    if rest:
        table = _columns(
            out, "share-gap-rest", "The other lines that the two sides divide differently, £m a year", rest
        )
        blocks.append(Fold(f"The other {counted(len(rest), 'line')}", (table,)))
    return Section("share-sides", TITLE, f"{who(shared)} {lede(out, found)}", (*blocks, _gives(out, found)))


def lede(out: ShareOut, found: TwoSides) -> str:
    """The gap in £m, and the lines that make nine tenths of it."""
    care = sum(g.thousand for g in found.gaps if g.one.line.group in CARE)
    most = [f"{line_name(out, g.one)} ({money(g.thousand)})" for g in found.most_of_it[:NAMED]]
    lines = counted(len(found.gaps), "line")
    of_it = "all of it care" if abs(care - found.gap) < 0.05 else f"{money(care)} of it care"
    few = counted(len(found.most_of_it), "line makes", "lines make")
    tenths = "" if len(found.most_of_it) == len(found.gaps) else f" {capital(few)} nine tenths of it."
    first = "It is" if len(most) == len(found.gaps) else "Most is"
    where = f"{first} on {joined(most)}." if len(most) < 2 else f"{first} on {'; '.join(most[:-1])}; and {most[-1]}."
    return f"The two sides place {money(found.gap)} a year differently, {of_it}, on {lines}. {where}{tenths}"


STANCES = {
    "start": "the bases this page starts with",
    "residents": "residents alone, on every line of care",
    "own": "bases chosen line by line",
}


def stance_name(out: ShareOut, key: str | int) -> str:
    """What a side goes by, in words: residents alone, or what gives a council most."""
    if isinstance(key, int):
        return f"what gives {out.split.names[key]} most, line by line"
    return STANCES[key]


def who(shared: Shared) -> str:
    """Who the two sides are: what each divides by."""
    if shared.out is None:
        return ""
    one, other = (stance_name(shared.out, stance(shared.out, b)) for b in (shared.bases, shared.against))
    return f"One side goes by {one}; the other by {other}."


def _columns(out: ShareOut, name: str, caption: str, gaps: Sequence[Gap]) -> Table:
    used = holders(out)

    def cell(g: Gap, c: int) -> str:
        if c not in g.one.holders:
            return "–"
        ends = (g.one.parts[c], g.middle[c], g.other.parts[c])
        return " · ".join(money(g.one.thousand(v)) for v in ends)

    rows = tuple(
        (
            line_name(out, g.one), basis_name(out, g.one, g.one.basis), basis_name(out, g.other, g.other.basis),
            money(g.thousand), *(cell(g, c) for c in used),
        )
        for g in gaps
    )  # fmt: skip
    head = ("Line", ONE, OTHER, "Apart", *(out.split.names[c] for c in used))
    return Table(
        name, caption, head, rows,
        frozenset({3, *range(4, 4 + len(used))}),
        "Under each council: by one side’s basis, half way, by the other’s. Apart: what would change hands between"
        f" the two. {NOT_ADDING}",
    )  # fmt: skip


def _gives(out: ShareOut, found: TwoSides) -> Table:
    rows: list[tuple[Rich, ...]] = [
        (
            out.split.names[c], money(found.claim(0, c)), money(found.claim(1, c)), money(found.middle(c)),
            _moved(found.gives(0, c)), _moved(found.gives(1, c)),
        )
        for c in holders(out)
    ]  # fmt: skip
    return Table(
        "share-midpoint", "What each council would have of these lines, and what it would give to meet half way",
        ("Council", f"By {_small(ONE)}’s bases", f"By {_small(OTHER)}’s", "Half way", f"From {_small(ONE)}’s",
         f"From {_small(OTHER)}’s"),
        tuple(rows), frozenset({1, 2, 3, 4, 5}),
        f"{capital(counted(found.agreed, 'line'))} {'is' if found.agreed == 1 else 'are'} divided alike and not counted"
        " here. Half way is arithmetic, not advice.",
    )  # fmt: skip


def _small(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _moved(thousand: float) -> str:
    if abs(thousand) < 0.05:
        return "nothing"
    return f"{'gives' if thousand > 0 else 'gains'} {money(abs(thousand))}"
