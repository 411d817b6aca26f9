"""The assumptions editor: what prices a split, with its published range, changed ones marked, and a way back."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lgrdata.core.facts import Assumptions
from lgrdata.core.models import SIDES, LgrError, Parameter
from lgrdata.core.words import capital, without_symbol
from lgrdata.costs.price import changeable, outside_published
from lgrdata.costs.rates import bounds, check_change
from lgrdata.ui.frame.opened import Open
from lgrdata.views.break_even import SIDE

_SHARES = ("share", "fraction")
_STEPS = ((10_000.0, 10_000.0), (100.0, 10.0), (10.0, 0.5), (1.0, 0.1), (0.0, 0.05))
"""A value of at least this is stepped by that."""


def assumptions_editor(here: Open) -> None:
    """Behind a switch, a number for each assumption that prices this split under the lens chosen."""
    if here.scenario.assumptions:
        _list_changes(here.dataset.assumptions, here)
    # Some fifteen numbers cost more to draw than the rest of the page: only those who ask have them drawn.
    if not st.toggle("Change the assumptions", key="assumptions_open"):
        return
    with st.container(border=True):
        st.html(
            '<div class="lgr-view"><p>These price the split on the evidence chosen above; halfway follows both sides,'
            " so both show. The range is the published one. Changed ones travel in the address, marked.</p></div>"
        )
        _numbers(here.dataset.assumptions, here)


def _keys(assumptions: Assumptions, lens: str) -> list[str]:
    shared = [k for k in changeable(assumptions) if "." not in k and not _of_partnerships(k)]
    # Halfway has no values of its own: it follows both sides'.
    sides = SIDES if lens == "middle" else (lens,)
    return [k for k in changeable(assumptions) if k.partition(".")[0] in sides] + shared


def _of_partnerships(key: str) -> bool:
    return key.startswith(("mu_", "theta_", "exit_", "setup_", "run_"))


def _own(assumptions: Assumptions, key: str) -> float:
    """The dataset's own value: the lens's, or the central one."""
    lens, dot, symbol = key.partition(".")
    if dot:
        return float(assumptions.lens_value(lens, symbol))  # type: ignore[arg-type]
    return float(assumptions.value(key))


def _name(assumptions: Assumptions, key: str) -> str:
    lens, dot, _ = key.partition(".")
    return without_symbol(bounds(assumptions, key).label) + (f" ({SIDE[lens]})" if dot else "")  # type: ignore[index]


def _list_changes(assumptions: Assumptions, here: Open) -> None:
    columns = st.columns([3, 1], vertical_alignment="center")
    told = []
    for key, value in sorted(here.scenario.assumptions.items()):
        told.append(f"{_name(assumptions, key)}: {value:,.10g} in place of {_own(assumptions, key):,.10g}")
    told += [f"Note: {t}" for t in outside_published(assumptions, dict(here.scenario.assumptions))]
    with columns[0]:
        st.warning("Changed by you. " + ". ".join(told) + ".", icon=":material/edit:")
    with columns[1]:
        st.button("Reset all assumptions", on_click=_reset, args=(here,), width="stretch")


def _numbers(assumptions: Assumptions, here: Open) -> None:
    scenario = here.scenario
    columns = st.columns(2, gap="medium")
    for i, key in enumerate(_keys(assumptions, scenario.lens)):
        parameter, own = bounds(assumptions, key), _own(assumptions, key)
        value = float(scenario.assumptions.get(key, own))
        name = f"assumption_{key}"
        st.session_state[name] = value
        mark = " — changed" if key in scenario.assumptions else ""
        step = 1.0 if key == "appraisal_years" else next(s for least, s in _STEPS if abs(own) >= least)
        with columns[i % 2]:
            st.number_input(
                f"{_name(assumptions, key)}{mark}",
                key=name,
                step=step,
                format="%.0f" if step >= 1 else "%.2f",
                on_change=_change,
                args=(assumptions, here, key, own),
                help=f"{capital(parameter.rests_on)}. Confidence: {parameter.confidence}."
                if parameter.rests_on
                else None,
            )
            st.caption(_range(parameter, own))


def _range(parameter: Parameter, own: float) -> str:
    low = "not stated" if parameter.low is None else f"{parameter.low:,.10g}"
    high = "not stated" if parameter.high is None else f"{parameter.high:,.10g}"
    unit = "as a share of 1" if parameter.unit in _SHARES else parameter.unit
    return f"{capital(unit)}. Low {low}, here {own:,.10g}, high {high}"


def _change(assumptions: Assumptions, here: Open, key: str, own: float) -> None:
    scenario = here.desk.scenario
    if scenario is None:
        return
    value = st.session_state.get(f"assumption_{key}")
    changes = {k: v for k, v in scenario.assumptions.items() if k != key}
    if value is not None and abs(float(value) - own) > 1e-9:
        try:
            changes[key] = check_change(assumptions, key, value)
        except LgrError as fault:
            here.desk.say(f"{_name(assumptions, key)}: {fault.reason}. It stays as it was.")
            return
    here.desk.change(replace(scenario, assumptions=changes))


def _reset(here: Open) -> None:
    if here.desk.scenario is not None:
        here.desk.change(replace(here.scenario, assumptions={}))
