"""Every figure on the screen: choosers for place and measure, the view, and the figures to take away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.figures import measure_csv
from lgrdata.reading import figures as reading
from lgrdata.splits.assignment.places import authority_meant
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.empty import need_area
from lgrdata.ui.frame.opened import opened
from lgrdata.ui.frame.show import show
from lgrdata.ui.frame.theme import theme_now
from lgrdata.views.evidence.lists import topic_name
from lgrdata.views.figures import page as view


def draw(dataset: Dataset, desk: Desk) -> None:
    """The page for the place and measure that the address names; asks for an area where there is none."""
    here = opened(dataset, desk)
    if here is None:
        need_area(dataset, "Every figure", "figures", "Then see any published figure of its councils, over the years.")
        return
    places = {p.code: p for p in dataset.read(reading.places, here.area_id)}
    measures = {m.code: m for m in dataset.read(reading.measures)}
    facts = here.scenario.split.facts
    place = places[_asked("place", places, next(iter(places)), lambda text: authority_meant(facts, text))]
    held = dataset.read(reading.held_of, place.code)
    code = _asked("measure", measures, view.first_measure(held, tuple(measures.values())))
    with st.container(key="figures_choosers", horizontal=True, gap="small"):
        _choose("place", "Council", {c: p.name for c, p in places.items()}, place.code, 260)
        offered = {c: f"{topic_name(m.topic)}: {m.name}" for c, m in measures.items() if c in held or c == code}
        _choose("measure", "Measure", offered, code, 560)
    measure = measures[code]
    show(view.view(dataset, here.area_id, place, measure, here.scenario.split, theme_now()))
    st.download_button(
        "Download these figures as CSV",
        data=lambda: measure_csv(dataset, here.area_id, measure),
        file_name=f"lgr-{here.area_id}-{measure.code.replace('_', '-')}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _asked(key: str, known: Mapping[str, object], first: str, mean: Callable[[str], str] = str) -> str:
    """What the address asks for, by its code or by what `mean` takes a text for; the first where that is not held."""
    asked = str(st.query_params.get(key, ""))
    if asked and asked not in known and mean(asked) in known:
        asked = st.query_params[key] = mean(asked)
    if asked and asked not in known:
        del st.query_params[key]
        st.info(f"That {key} is not held for this area; another is shown.", icon=":material/info:")
    return asked if asked in known else first


def _choose(key: str, label: str, options: Mapping[str, str], chosen: str, width: int) -> None:
    state = f"figures_{key}"
    st.session_state[state] = chosen
    st.selectbox(
        label,
        list(options),
        format_func=lambda code: options.get(code, code),
        key=state,
        on_change=_keep,
        args=(key,),
        width=width,
    )


def _keep(key: str) -> None:
    st.query_params[key] = st.session_state[f"figures_{key}"]
