"""Choosers of bases in the rows of lines: on the page, and for each of two sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from lgrdata.core.share_facts import APART, CARE, OWN
from lgrdata.core.words import small_number
from lgrdata.page.html import escape
from lgrdata.shares.of_scenario import Shared
from lgrdata.shares.share import LineShare, ShareOut
from lgrdata.shares.sides import residents_alone, stance, suited
from lgrdata.splits.assignment.places import authority_meant
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.frame.own_council import remembered_council
from lgrdata.views.share.sides import ONE, OTHER, stance_name
from lgrdata.views.share.words import (
    argument_title,
    basis_name,
    choosable,
    holders,
    line_name,
    money,
    moved,
    mover,
    part,
)

FIRST = 4
"""Rows shown at once; the others are a part of their own, or chosen from a list."""
WIDTHS = (10, 12, 9)
"""Of a row: the line, what it is divided by, how far that moves it."""

FIRST_USED = "✓"
"""Marks the basis that a line starts with: nobody can tell which is right, so none is commended."""
_MARKS = {"recommended": f" {FIRST_USED}", "fixed part": ", for a fixed part"}

Side = Literal["bases", "against"]


def first_title(shared: Shared) -> str:
    """How few lines hold the argument, and how many of them stand in the first rows where not all do."""
    argued = _once(_out(shared).argument_of(CARE))
    shown = min(FIRST, len(argued))
    if not argued:
        return "Lines that hold the argument"
    told = argument_title(argued)
    return told if shown == len(argued) else f"{told}: the first {small_number(shown)}"


def first_lines(here: Open, shared: Shared) -> None:
    """The lines that the choice of basis moves most, each with its chooser, ready to be argued over."""
    found = _once(_out(shared).argument_of(CARE))[:FIRST]
    if found:
        _rows(here, shared, found, "first")


def more_lines(here: Open, shared: Shared) -> None:
    """The rest of the argument, then any other line from a list."""
    out = _out(shared)
    argued = _once(out.argument_of(CARE))
    rest = argued[FIRST:]
    if rest:
        _rows(here, shared, rest, "rest", spent=True)
    seen = {s.line.key for s in argued} | {s.line.key for s in _beside(out)}
    apart = len(seen) - len({s.line.key for s in argued})
    elsewhere = f"; {apart} of education and public health stand apart" if apart else ""
    others = [s for s in _once(out.divided) if s.line.key not in seen]
    names = {
        s.line.key: f"{s.line.name}, {money(s.thousand(s.total))}, moves {moved(s.thousand(s.moves))}" for s in others
    }
    if others:
        chosen = st.selectbox(
            "Another line, those that move most first", list(names), format_func=names.__getitem__, index=None,
            placeholder=f"Choose one of {len(names)} other lines{elsewhere}", key=_key(here, "another"),
        )  # fmt: skip
        if picked := [s for s in others if s.line.key == chosen]:
            _rows(here, shared, picked, "another", spent=True)


def beside_care(here: Open, shared: Shared) -> None:
    """Education and public health, each with the basis it is divided by."""
    if found := _beside(_out(shared)):
        _rows(here, shared, found, "beside", spent=True)


def reset(here: Open, shared: Shared) -> None:
    """Takes every choice on the page back, where there is one."""
    if shared.bases:
        st.button("Back to the bases it starts with", on_click=_set, args=(here, "bases", {}), key="share_reset")


def _beside(out: ShareOut) -> list[LineShare]:
    return [s for s in _once(out.divided) if s.line.group in APART]


def two_sides(here: Open, shared: Shared) -> None:
    """What each side is filled with, then its bases line by line, the widest gap first."""
    out = _out(shared)
    left, right = st.columns(2, gap="medium")
    with left:
        _fill(here, shared, ONE, "bases")
    with right:
        _fill(here, shared, OTHER, "against")
    found = shared.sides
    rows = [(g.one, g.other, f"{money(g.thousand)} apart") for g in found.most_of_it[:FIRST]]
    if not rows:
        first = _once(out.argument_of(CARE))[:FIRST]
        rows = [(s, s, "divided alike") for s in first]
    done: set[str] = set()
    with st.container(key="share_rows_sides"):
        _heads((4, 3, 3), "Line", f"{ONE} ({FIRST_USED} used at first)", OTHER)
        for one, other, apart in rows:
            if one.line.key in done:
                continue
            done.add(one.line.key)
            name, mine, theirs = st.columns((4, 3, 3), vertical_alignment="center")
            with name:
                _say(_named_row(one.line.name, apart))
            with mine:
                _choose(here, shared, one, "bases", f"{ONE}: {one.line.name} by")
            with theirs:
                _choose(here, shared, other, "against", f"{OTHER}: {one.line.name} by")


def _out(shared: Shared) -> ShareOut:
    assert shared.out is not None  # the page is drawn for a split that divides something
    return shared.out


def _once(found: Sequence[LineShare]) -> list[LineShare]:
    """Each line once: a basis is chosen for it in every council of today that is divided."""
    kept: dict[str, LineShare] = {}
    for s in found:
        kept.setdefault(s.line.key, s)
    return list(kept.values())


def _rows(here: Open, shared: Shared, found: Sequence[LineShare], name: str, *, spent: bool = False) -> None:
    """Rows, their bars on one scale: as long as what is argued over, a dot where the basis in use stands."""
    out = _out(shared)
    most = max(1.0, *(s.thousand(s.moves) for s in found))
    with st.container(key=f"share_rows_{name}"):
        _heads(WIDTHS, "Line", f"Divided by ({FIRST_USED} used at first)", "Moves most, low to high")
        for s in found:
            left, middle, right = st.columns(WIDTHS, vertical_alignment="center")
            told = f"{money(s.thousand(s.total))} spent"
            with left:
                _say(_named_row(line_name(out, s), told if spent else ""))
            with middle:
                _choose(here, shared, s, "bases", f"Divide {s.line.name} by")
            with right:
                _say(_bar(out, s, most))


def _heads(widths: Sequence[int], *words: str) -> None:
    """Headings of rows; a narrow screen keeps the one that explains the mark."""
    for cell, word in zip(st.columns(widths), words, strict=True):
        with cell:
            _say(f'<span class="lgr-row-head{" lgr-row-by" if FIRST_USED in word else ""}">{word}</span>')


def _named_row(name: str, below: str) -> str:
    small = f"<br><small>{below}</small>" if below else ""
    return f'<div class="lgr-row"><strong class="lgr-row-name">{escape(name)}</strong>{small}</div>'


def _bar(out: ShareOut, s: LineShare, most: float) -> str:
    """How far a line moves, whom it moves most, and where that council's part lies between its low and its high."""
    c = max(s.holders, key=lambda h: s.high[h] - s.low[h])
    long, here = (s.thousand(v) / most for v in (s.high[c] - s.low[c], s.parts[c] - s.low[c]))
    told = f"{escape(out.split.names[c])}: {escape(part(s, c))}"
    return (
        f'<div class="lgr-row"><strong>{moved(s.thousand(s.moves))}</strong> {escape(out.split.names[c])}'
        f'<div class="lgr-range" role="img" aria-label="{told}" title="{told}">'
        f'<div style="width:{100 * long:.1f}%"></div><div style="left:{100 * here:.1f}%"></div></div></div>'
    )


def _say(text: str) -> None:
    st.html(f'<div class="lgr-view">{text}</div>')


def _key(here: Open, what: str) -> str:
    """A widget's key: a choice made for one area is none for another."""
    return f"share_{here.area_id}_{what}"


def _choose(here: Open, shared: Shared, s: LineShare, side: Side, label: str) -> None:
    out = _out(shared)
    options = choosable(s)
    if OWN in s.unknown and shared.own is not None and OWN in shared.own.values:
        options.append(OWN)
    key = _key(here, f"{side}_{s.line.key}")
    st.session_state[key] = s.basis
    first = options[0]

    def chosen() -> None:
        now = getattr(here.scenario, side)
        rest = {k: v for k, v in now.items() if k != s.line.key}
        basis = st.session_state[key]
        _set(here, side, rest if basis == first else {**rest, s.line.key: basis})

    st.selectbox(
        label, options, format_func=_named(out, s), key=key, on_change=chosen, label_visibility="collapsed",
    )  # fmt: skip


def _named(out: ShareOut, s: LineShare) -> Callable[[str], str]:
    def name(key: str) -> str:
        use = s.line.use(key)
        mark = _MARKS.get(use.standing, "") if use else ""
        return f"{basis_name(out, s, key)}{mark}"

    return name


def _set(here: Open, side: Side, chosen: Mapping[str, str]) -> None:
    now = here.scenario
    changed = replace(now, bases=dict(chosen)) if side == "bases" else replace(now, against=dict(chosen))
    if (changed.bases, changed.against) != (now.bases, now.against):
        here.desk.change(changed)


def _fill(here: Open, shared: Shared, name: str, side: Side) -> None:
    """Who stands on a side: the bases that lines start with, residents alone, or what suits a council most."""
    out = _out(shared)
    now = stance(out, getattr(here.scenario, side))
    councils = sorted({c for s in out.divided for c in s.holders})
    options: list[str | int] = ["start", "residents", *councils, *(["own"] if now == "own" else [])]
    key = _key(here, f"fill_{side}")
    st.session_state[key] = now

    def filled() -> None:
        wanted = st.session_state[key]
        if isinstance(wanted, int):
            _set(here, side, suited(out, wanted))
        elif wanted != "own":
            _set(here, side, residents_alone(out) if wanted == "residents" else {})

    st.selectbox(
        f"{name} goes by", options, format_func=lambda k: stance_name(out, k), key=key, on_change=filled,
    )  # fmt: skip


def begin_sides(here: Open, shared: Shared) -> None:
    """Put residents alone on the other side where nobody stands there yet, so that two sides are seen to differ."""
    out = _out(shared)
    if not here.scenario.against and not here.scenario.bases:
        _set(here, "against", residents_alone(out))


def spoken_of(here: Open, shared: Shared) -> int:
    """The new council that the page speaks of first: chosen, in the address, the visitor's own, or the most moved."""
    out = _out(shared)
    names = {str(out.split.names[c]): c for c in holders(out)}
    key, asked = _key(here, "council"), str(st.query_params.get(COUNCIL, ""))
    if st.session_state.get(key) not in names:
        st.session_state[key] = asked if asked in names else out.split.names[_own(here, out)]
    return names[str(st.session_state[key])]


def whose(here: Open, shared: Shared) -> None:
    """The chooser of that council; the address keeps it."""
    out, key = _out(shared), _key(here, "council")

    def keep() -> None:
        st.query_params[COUNCIL] = st.session_state[key]

    st.selectbox(
        "The part of", [out.split.names[c] for c in holders(out)], key=key, on_change=keep, width=220,
        label_visibility="collapsed",
    )  # fmt: skip


COUNCIL = "council"
"""The field of the address that names the new council spoken of."""


def _own(here: Open, out: ShareOut) -> int:
    """The new council that holds most of the council of today that the visitor came for; else the one most moved."""
    facts = here.scenario.split.facts
    meant = authority_meant(facts, str(st.query_params.get("district", "")) or remembered_council())
    if meant:
        c = int(here.scenario.split.share[facts.authority_index[meant]].argmax())
        if c in holders(out):
            return c
    return mover(out, out.care)
