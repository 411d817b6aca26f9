"""What a visitor asks of the options: number of councils, measures and filters; kept in the session and the address."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace

import streamlit as st

from lgrdata.all_options.filters import BOARD
from lgrdata.all_options.measures import BY_KEY, MEASURES, not_held
from lgrdata.all_options.options import HEADLINE, MOST_COUNCILS, Filters, Measure, pick
from lgrdata.all_options.unions import make_blocks
from lgrdata.core import words
from lgrdata.core.models import LgrError
from lgrdata.core.text import whole_number
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.splitcode import encode
from lgrdata.views.options import page as options_view
from lgrdata.views.options.listing import (
    DEFAULT_X,
    DEFAULT_Y,
    OptionsQuery,
    counts,
    number_for,
    sea_links,
    takes_extras,
)
from lgrdata.views.options.words import rule

_HELD = "options_settings"
_SHOWN = "options_shown"
_MOST_PEOPLE = 5_000_000
FLOORS = (0, 100_000, 200_000, 300_000, 400_000, 500_000)
"""Floors of the smallest council on offer."""
_MOST_GROUPS = 6
_LONGEST = 800
"""Characters of a setting that are read from an address: six groups of a dozen authorities."""


@dataclass(frozen=True)
class OptionsSettings:
    """What was chosen, in the form that the address holds; '' follows the desk: its split's number of councils, its
    lens. `join` and `apart` hold groups of codes: commas inside a group, full stops between groups."""

    n: str = ""
    x: str = DEFAULT_X
    y: str = ""
    by: str = ""
    min: str = ""
    join: str = ""
    apart: str = ""
    keep: str = ""
    boards: str = ""
    ferries: str = ""

    def query(self) -> dict[str, str]:
        """What differs from a first visit."""
        first = OptionsSettings()
        return {f.name: v for f in fields(self) if (v := getattr(self, f.name)) != getattr(first, f.name)}


KEYS = tuple(f.name for f in fields(OptionsSettings))
"""The query keys of this page."""


def settings() -> OptionsSettings:
    """This visitor's settings: those of the address where it changed, else those held."""
    query = {k: v[:_LONGEST] for k, v in st.query_params.to_dict().items() if k in KEYS}
    held: OptionsSettings = st.session_state.get(_HELD, OptionsSettings())
    if query and query != st.session_state.get(_SHOWN):
        held = OptionsSettings(**query)
        st.session_state[_HELD] = held
        st.session_state[_SHOWN] = query
    return held


def keep_in_address() -> None:
    """Make the address hold the settings beside the scenario."""
    query = st.session_state.get(_HELD, OptionsSettings()).query()
    now = st.query_params.to_dict()
    wanted = {**{k: v for k, v in now.items() if k not in KEYS}, **query}
    if wanted != now:
        st.query_params.from_dict(wanted)
    st.session_state[_SHOWN] = query


def asked_of(dataset: Dataset, scenario: Scenario, now: OptionsSettings) -> OptionsQuery:
    """The settings as a question about the scenario's area; what does not fit the area is left aside."""
    facts = scenario.split.facts
    known = {m.key for m in measures_held(dataset, scenario)}
    asked = whole_number(now.n) or 0
    n = asked if 1 <= asked <= MOST_COUNCILS else number_for(scenario)
    codes = _names(scenario)
    boards = facts.footprints.get(BOARD)
    x = now.x if now.x in known else DEFAULT_X if DEFAULT_X in known else next(iter(known))
    usual = tuple(k.replace("_middle", f"_{scenario.lens}") for k in (DEFAULT_Y, *HEADLINE))
    y = now.y if now.y in known else usual[0]
    judged = tuple(k for k in now.by.split(",") if k in known) or tuple(k for k in usual[1:] if k in known)
    together, apart = (tuple(g for g in groups_of(text, codes) if len(g) > 1) for text in (now.join, now.apart))
    filters = Filters(
        smallest=min(whole_number(now.min) or 0, _MOST_PEOPLE),
        together=together,
        apart=apart,
        unitaries_unchanged=now.keep == "1" and has_unitaries(scenario),
        boards_whole=tuple(b for b in now.boards.split(",") if boards and b in boards.codes),
    )
    return OptionsQuery(n, x, y, judged, filters, now.ferries == "1" and bool(sea_links(facts, "sea")))


def groups_of(text: str, codes: Container[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of authorities as the address holds them, those of `codes` only; no group twice, and none empty."""
    groups = (tuple(dict.fromkeys(c for c in part.split(",") if c in codes)) for part in text.split("."))
    return tuple(dict.fromkeys(g for g in groups if g))[:_MOST_GROUPS]


def has_unitaries(scenario: Scenario) -> bool:
    """True where the area holds a unitary council today."""
    return any(a.tier == "unitary" for a in scenario.split.facts.authorities)


def measures_held(dataset: Dataset, scenario: Scenario) -> tuple[Measure, ...]:
    """The measures that the area has figures for."""
    facts, extras = scenario.split.facts, takes_extras(scenario.split)

    def found() -> tuple[Measure, ...]:
        index = make_blocks(facts, extras=extras).index
        return tuple(m for m in MEASURES if not_held(facts, m, index) is None)

    return dataset.keep(("measures held", scenario.area_id, extras), found)


def choose(dataset: Dataset, scenario: Scenario, asked: OptionsQuery) -> None:
    """How many councils, the floor of the smallest and what it hides, and the other filters."""
    left, middle, right = st.columns([5, 5, 4], vertical_alignment="bottom")
    with left:
        _choose_number(dataset, scenario, asked)
    with middle:
        _choose_floor(asked)
    with right, st.popover(f"Filters ({told} set)" if (told := _in_force(asked)) else "Filters", width="stretch"):
        _choose_filters(dataset, scenario, asked)
    st.caption(_hidden(dataset, scenario, asked))


def _counts(dataset: Dataset, scenario: Scenario, filters: Filters, ferries: bool) -> dict[int, int]:
    try:
        return counts(dataset, scenario, filters, ferries)
    except LgrError:
        return {}


def _choose_number(dataset: Dataset, scenario: Scenario, asked: OptionsQuery) -> None:
    left = _counts(dataset, scenario, asked.filters, asked.ferries)
    st.session_state["options_n"] = asked.councils
    st.selectbox(
        "Number of councils",
        list(range(1, MOST_COUNCILS + 1)),
        format_func=lambda k: (
            f"{words.capital(words.counted(k, 'council'))}: {words.counted(left.get(k, 0), 'option')}"
        ),
        key="options_n",
        on_change=_take,
        args=("n", "options_n"),
    )


def _choose_floor(asked: OptionsQuery) -> None:
    """The fewest residents of a council: none, a round number, or what the address asked for."""
    st.session_state["options_min"] = asked.filters.smallest
    st.selectbox(
        "Smallest council",
        sorted({*FLOORS, asked.filters.smallest}),
        format_func=lambda floor: f"at least {floor:,} residents" if floor else "of any size",
        key="options_min",
        on_change=_take,
        args=("min", "options_min"),
    )


def _hidden(dataset: Dataset, scenario: Scenario, asked: OptionsQuery) -> str:
    """What the floor hides of the options that the other filters leave; and whether it would hide yours."""
    floor, every = asked.filters.smallest, replace(asked.filters, smallest=0)
    if not floor:
        alike = options_view.of_like_size(dataset, scenario, asked)
        return f"No floor: councils of every size are among the options{f'. {alike}' if alike else ''}"
    among = _counts(dataset, scenario, every, asked.ferries).get(asked.councils, 0)
    kept = _counts(dataset, scenario, asked.filters, asked.ferries).get(asked.councils, 0)
    split = scenario.split
    under = len(split.in_use) == asked.councils and int(split.population[split.in_use].min()) < floor
    return f"The floor hides {among - kept:,} of {among:,} options{'; yours is under it' if under else ''}"


def choose_axes(dataset: Dataset, scenario: Scenario, asked: OptionsQuery) -> None:
    """The two measures of the chart."""
    keys = [m.key for m in measures_held(dataset, scenario)]
    for column, name, label in zip(
        st.columns(2), ("x", "y"), ("Measure along the foot of the chart", "Measure up its side"), strict=True
    ):
        st.session_state[f"options_{name}"] = getattr(asked, name)
        column.selectbox(
            label,
            keys,
            format_func=_name,
            key=f"options_{name}",
            on_change=_take,
            args=(name, f"options_{name}"),
        )


def _choose_filters(dataset: Dataset, scenario: Scenario, asked: OptionsQuery) -> None:
    """Measures judged together, filters and the rule on waters."""
    facts = scenario.split.facts
    names = _names(scenario)
    boards = facts.footprints.get(BOARD)
    st.session_state["options_by"] = list(asked.judged)
    st.multiselect(
        "Judge options by these measures together",
        [m.key for m in measures_held(dataset, scenario)],
        format_func=_name,
        key="options_by",
        wrap=True,
        on_change=_take,
        args=("by", "options_by"),
        help="Nothing beats an option where no other with as many councils is as good on all of these and better on"
        " one.",
    )
    left, right = st.columns(2)
    with left:
        _groups("Must share one council", "join", names)
        _groups("No two in the same council", "apart", names)
    with right:
        if boards:
            _several(
                "NHS boards that no line may cut",
                "boards",
                dict(zip(boards.codes, boards.names, strict=True)),
                list(asked.filters.boards_whole),
            )
        if has_unitaries(scenario):
            _switch("Existing unitary councils stay as they are", "keep", asked.filters.unitaries_unchanged)
        if sea_links(facts, "sea"):
            _switch("Let ferry links across the sea join authorities", "ferries", asked.ferries)
        st.caption(rule(facts, asked.ferries))
        if _in_force(asked):
            st.button("Clear the filters", on_click=_clear, key="options_clear")


def _names(scenario: Scenario) -> dict[str, str]:
    """The authorities that options are made of, by code."""
    facts, extras = scenario.split.facts, takes_extras(scenario.split)
    return {a.code: a.name for i, a in enumerate(facts.authorities) if extras or not facts.is_extra[i]}


def _in_force(asked: OptionsQuery) -> int:
    f = asked.filters
    switches = (f.unitaries_unchanged, f.boards_whole, asked.ferries)
    return sum(map(bool, switches)) + len(f.together) + len(f.apart)


def _groups(label: str, name: str, names: Mapping[str, str]) -> None:
    """A chooser for each group held and, once a group is whole, an empty one for the next."""
    held: OptionsSettings = st.session_state.get(_HELD, OptionsSettings())
    groups = [list(g) for g in groups_of(getattr(held, name), names)]
    if len(groups) < _MOST_GROUPS and all(len(g) > 1 for g in groups):
        groups.append([])
    for n, group in enumerate(groups):
        key = f"options_{name}_{n}"
        st.session_state[key] = group
        st.multiselect(
            label if n == 0 else f"{label}: group {n + 1}",
            list(names),
            format_func=lambda code: names.get(code, "not of this area"),
            key=key,
            wrap=True,
            placeholder="Choose two or more" if n == 0 else "Another group: choose two or more",
            on_change=_take_groups,
            args=(name, len(groups)),
        )


def _take_groups(name: str, count: int) -> None:
    held: OptionsSettings = st.session_state.get(_HELD, OptionsSettings())
    groups = [st.session_state.get(f"options_{name}_{n}") or [] for n in range(count)]
    st.session_state[_HELD] = replace(held, **{name: ".".join(",".join(g) for g in groups if g)})


def _several(label: str, name: str, names: Mapping[str, str], chosen: list[str]) -> None:
    st.session_state[f"options_{name}"] = chosen
    st.multiselect(
        label,
        list(names),
        format_func=lambda code: names.get(code, "not of this area"),
        key=f"options_{name}",
        wrap=True,
        placeholder="Choose",
        on_change=_take,
        args=(name, f"options_{name}"),
    )


def _switch(label: str, name: str, on: bool) -> None:
    st.session_state[f"options_{name}"] = on
    st.toggle(label, key=f"options_{name}", on_change=_take, args=(name, f"options_{name}"))


def _name(key: str) -> str:
    return BY_KEY[key].name if key in BY_KEY else "Not a measure"


def _take(name: str, widget: str) -> None:
    """A widget's value into the settings."""
    value = st.session_state[widget]
    if isinstance(value, bool):
        text = "1" if value else ""
    elif isinstance(value, list):
        text = ",".join(value)
    else:
        text = "" if value in (None, 0) else str(value)
    held: OptionsSettings = st.session_state.get(_HELD, OptionsSettings())
    st.session_state[_HELD] = replace(held, **{name: text})


def _clear() -> None:
    held: OptionsSettings = st.session_state.get(_HELD, OptionsSettings())
    st.session_state[_HELD] = OptionsSettings(n=held.n, x=held.x, y=held.y, by=held.by, min=held.min)


def follow_split(scenario: Scenario) -> None:
    """Where another split came onto the desk, its number of councils is shown again."""
    code = encode(scenario.split)
    before = st.session_state.get("options_split")
    if before is not None and before != code:
        st.session_state[_HELD] = replace(st.session_state.get(_HELD, OptionsSettings()), n="")
    st.session_state["options_split"] = code


__all__ = [
    "KEYS", "OptionsSettings", "asked_of", "choose", "choose_axes", "follow_split", "keep_in_address",
    "measures_held", "pick", "settings",
]  # fmt: skip
