"""What a visitor puts aside to compare, from any page, and the columns of the comparison in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote_plus, unquote_plus

import streamlit as st

from lgrdata.all_effects.of_scenario import mended
from lgrdata.core import words
from lgrdata.core.models import LgrError
from lgrdata.core.text import one_line
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import address
from lgrdata.splits.scenario import MAX_NAME, Scenario
from lgrdata.ui.frame.bar import drawing_name
from lgrdata.ui.frame.desk import COMPARED_NOTES, MOST_COMPARED, scenario_query
from lgrdata.ui.frame.opened import Open

KEY = "compare"
"""The query key: columns by proposal id, `today`, `single` or split code, `~` between; `code!name` for a drawing.

What else a drawing stands on follows in the order of CARRIED, quoted as in a query, `!` between: the same lines under
other names, partnerships or assumptions are another column, for whoever opens the link.
"""

CARRIED = ("councils", "order", "with", "set")


_LONGEST = 20_000
"""Characters of an address that are read: four of the longest codes with their names."""


@dataclass(frozen=True)
class ComparedColumn:
    """A column that can be chosen: its text in the address, what to call it, and its scenario."""

    key: str
    name: str
    scenario: Scenario
    aside: bool = False
    """Put aside by the visitor."""


def add_button(here: Open, *, key: str = "compare_add") -> None:
    """A button that puts the scenario on the desk aside to compare; it says when it is there already."""
    query = _kept(scenario_query(here.dataset, here.scenario))
    if query in here.desk.compared:
        st.button("Put aside to compare", icon=":material/check:", disabled=True, key=key)
        return
    st.button("Add to compare", icon=":material/add:", key=key, on_click=_add, args=(here, query))


def _add(here: Open, query: dict[str, str]) -> None:
    _keep(here, query)
    _tell(here)


def _keep(here: Open, *queries: dict[str, str]) -> None:
    """The scenario on the desk, with its note, and others beside it; all or none where a newer act cuts this short."""
    if here.scenario.note:
        st.session_state.setdefault(COMPARED_NOTES, {})[_text(queries[0])] = here.scenario.note
    for query in queries:
        here.desk.put_aside(query)


def _tell(here: Open) -> None:
    st.toast(f"Put aside to compare: {len(here.desk.compared)} of at most {MOST_COMPARED}.")


def add_beside(here: Open, other: Scenario) -> None:
    """Put two aside to compare: the scenario on the desk and, beside it, another of its area."""
    _keep(here, _kept(scenario_query(here.dataset, here.scenario)), scenario_query(here.dataset, other))
    _tell(here)


def _kept(query: dict[str, str]) -> dict[str, str]:
    return {k: v for k, v in query.items() if k != "lens"}


def choices(here: Open) -> tuple[dict[str, ComparedColumn], int]:
    """Columns of the area on the desk by key: proposals with a map, today, one council, what was put aside, the desk.

    And how many scenarios put aside are of another area. What cannot be read any more is left out.
    """
    scenario = here.scenario
    out: dict[str, ComparedColumn] = {}

    def add(key: str, name: str, one: Scenario, aside: bool = False) -> None:
        out[key] = (
            replace(out[key], aside=True)
            if key in out and aside
            else out.get(key, ComparedColumn(key, name, one, aside))
        )

    for p in here.dataset.proposals(scenario.area_id):
        try:
            split = here.dataset.split(scenario.area_id, p.proposal_id)
        except LgrError:
            continue
        add(p.proposal_id, p.title, Scenario(split=split, lens=scenario.lens, assumptions=scenario.assumptions))
    for key, name in (("today", "Today’s councils"), ("single", "One council for the whole area")):
        split = here.dataset.split(scenario.area_id, key)
        add(key, name, Scenario(split=split, lens=scenario.lens, assumptions=scenario.assumptions))
    elsewhere = 0
    for query in here.desk.compared:
        if query.get("area") != scenario.area_id:
            elsewhere += 1
            continue
        held, _ = address.from_query(here.dataset.conn, here.dataset.facts, query)
        if held is not None:
            note = st.session_state.get(COMPARED_NOTES, {}).get(_text(query), "")
            add(_text(query), _named(here.dataset, out, query, held), replace(held, note=note), True)
    query = _kept(scenario_query(here.dataset, scenario))
    add(_text(query), _named(here.dataset, out, query, scenario), scenario)
    if scenario.note:
        mine = out[_text(query)]
        out[mine.key] = replace(mine, scenario=replace(mine.scenario, note=scenario.note))
    return out, elsewhere


def key_of(here: Open) -> str:
    """The key of the scenario on the desk among the choices."""
    return _text(_kept(scenario_query(here.dataset, here.scenario)))


def _text(query: dict[str, str]) -> str:
    """A column's text in the address: the split, the drawing's name where it has one, and what else it stands on."""
    plain = query.get("split", "").replace("~", "")
    name = query.get("name", "").replace("~", " ").replace("!", " ").strip()
    more = [quote_plus(query.get(key, "")).replace("~", "%7E") for key in CARRIED]
    return "!".join([plain, name, *more]).rstrip("!")


def _carried(text: str) -> dict[str, str]:
    """What a column's text says beside its split: its name and whatever of CARRIED it has."""
    parts = text.split("!")[1:]
    found = dict(zip(("name", *CARRIED), [parts[0].rstrip("+"), *map(unquote_plus, parts[1:])], strict=False))
    return {key: value for key, value in found.items() if value}


def _named(dataset: Dataset, held: dict[str, ComparedColumn], query: dict[str, str], scenario: Scenario) -> str:
    """The drawing's own name, or the split's with what was changed on it."""
    if scenario.name:
        return scenario.name
    same = held.get(query.get("split", ""))
    with_them = [words.counted(len(scenario.partnerships), "partnership")] if scenario.partnerships else []
    if same is not None:
        assumed = ["changed assumptions"] if query.get("set") else []
        return f"{same.name}, with {words.joined([*with_them, *assumed] or ['your changes'])}"
    name = drawing_name(dataset, scenario)
    return f"{name}, with {with_them[0]}" if with_them else name


def from_address(
    dataset: Dataset, scenario: Scenario, known: dict[str, ComparedColumn], asked: str
) -> tuple[list[ComparedColumn], list[str]]:
    """The columns that the address asks for, and a message for each that was not understood.

    As many are looked at as can be shown, whatever else the address holds: a link costs no more than a page.
    """
    out: list[ComparedColumn] = []
    messages: list[str] = []
    *parts, rest = [*asked[:_LONGEST].split("~", MOST_COMPARED), ""][: MOST_COMPARED + 1]
    if rest.strip("~") or len(asked) > _LONGEST:
        messages.append(f"The address names more than {MOST_COMPARED} columns; the first {MOST_COMPARED} are shown.")
    for n, text in enumerate(filter(None, parts), start=1):
        if text in known:
            column = known[text]
        else:
            code, more = text.partition("!")[0], _carried(text) if "!" in text else {}
            try:
                split = dataset.split(scenario.area_id, code)
            except LgrError as fault:
                messages.append(f"A column of the address cannot be shown: {fault.on_screen}.")
                continue
            told = one_line(more.pop("name", "").rstrip("+"), MAX_NAME)
            same = None if more else next((c for c in known.values() if c.key == split.proposal), None)
            one = Scenario(split=split, lens=scenario.lens, name=told, assumptions=scenario.assumptions)
            if more:
                query = {"area": scenario.area_id, "split": code, "name": told, "lens": scenario.lens, **more}
                read, faults = address.from_query(dataset.conn, dataset.facts, query)
                one, left_out = mended(dataset, read or one)
                messages += [*faults, *left_out]
            column = same or ComparedColumn(text, told or f"Option {n}", one)
        if column.key not in [c.key for c in out]:
            out.append(column)
    return out, messages


def keep_in_address(keys: list[str]) -> None:
    """Make the address hold the columns."""
    text = "~".join(keys)
    if st.query_params.get(KEY, "") != text:
        if text:
            st.query_params[KEY] = text
        else:
            del st.query_params[KEY]
