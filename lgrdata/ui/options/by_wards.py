"""The search by wards: runs beside the page, shows what it found as it goes, and stops when asked."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from lgrdata.all_effects.of_scenario import assumptions_of
from lgrdata.all_options.by_wards import Goal, Progress, search
from lgrdata.all_options.measures import HEADLINE, pick
from lgrdata.core import words
from lgrdata.core.facts import Assumptions
from lgrdata.core.models import LgrError
from lgrdata.core.text import as_markdown
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Para, Table
from lgrdata.page.html import escape
from lgrdata.pictures.maps import split_map
from lgrdata.splits.edits import moved_blocks
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split
from lgrdata.ui.frame.frame import ROOT
from lgrdata.ui.frame.menu import PAGES
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.frame.show import show_blocks
from lgrdata.ui.frame.theme import theme_now
from lgrdata.ui.options.controls import measures_held
from lgrdata.views.options.words import change_told, told, wards_rule, within

MOST_AT_ONCE = 2
"""Searches that a server runs at once: each takes a processor for itself."""

BREATH = 0.004
"""Seconds that a search stands still between reports, so that other visitors' pages are drawn."""

GOAL = "commuting_crossing"
"""The measure that a first search looks at."""

_running = threading.BoundedSemaphore(MOST_AT_ONCE)


@dataclass
class WardSearch:
    """One search in a thread of its own. `latest` is replaced whole, so that it can be read at any time."""

    start: Split
    goal: Goal
    seed: int
    seconds: float
    latest: Progress | None = None
    fault: str = ""
    over: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)

    def run(self, assumptions: Assumptions) -> None:
        """Search until the time is up or it is cancelled; faults are kept as words."""
        try:
            for report in search(
                self.start.facts, assumptions, self.start, self.goal, seed=self.seed, seconds=self.seconds
            ):
                self.latest = report
                if self.cancelled.is_set():
                    break
                time.sleep(BREATH)
        except LgrError as fault:
            self.fault = str(fault)
        finally:
            self.over = True
            _running.release()


def begin(job: WardSearch, assumptions: Assumptions) -> bool:
    """Start a job; False where as many searches run as the server allows."""
    if not _running.acquire(blocking=False):
        return False
    threading.Thread(target=job.run, args=(assumptions,), daemon=True, name="search by wards").start()
    return True


def panel(here: Open, ferries: bool) -> None:
    """The whole search: what to look for, its course, and what was found; `ferries` as the options above have it."""
    scenario = here.scenario
    st.html(
        '<div class="lgr-view" id="search"><h2>Search by wards</h2><p>The list above keeps authorities whole. This'
        " looks for lines that divide them: it starts from your split and moves wards, while each council"
        f" stays in one piece. It finds some of what there is, never all of it.</p>{_waters(scenario, ferries)}</div>"
    )
    job: WardSearch | None = st.session_state.get("search_job")
    if job is not None and job.start.facts.area.area_id != scenario.area_id:
        job.cancelled.set()
        job = st.session_state["search_job"] = None
    if job is None or job.over:
        _form(here.dataset, scenario, ferries)
    if job is not None:
        st.fragment(_course, run_every=None if job.over else 1.0)(here, job)


def _waters(scenario: Scenario, ferries: bool) -> str:
    told_of = wards_rule(scenario.split.facts, ferries)
    return f"<p>{escape(told_of)}</p>" if told_of else ""


def _form(dataset: Dataset, scenario: Scenario, ferries: bool) -> None:
    facts = scenario.split.facts
    if len(scenario.split.in_use) < 2 or scenario.split.left_out:
        st.info("A search starts from a whole split: give every authority to one of two councils or more.")
        return
    names = {a.code: a.name for i, a in enumerate(facts.authorities) if scenario.split.share[i].any()}
    uncounted = [n for c, n in names.items() if not facts.wards_counted[facts.authority_index[c]]]
    measures = {m.key: m.name for m in measures_held(dataset, scenario)}
    people = scenario.split.population[scenario.split.in_use]
    low, high = int(people.min() * 0.9) // 10_000 * 10_000, int(people.max() * 1.1) // 10_000 * 10_000 + 10_000
    with st.form("search_form", border=True):
        left, right = st.columns(2)
        with left:
            keys = list(measures)
            better = st.selectbox(
                "Look for a split that does better on", keys, format_func=measures.__getitem__,
                index=keys.index(GOAL) if GOAL in keys else 0,
            )  # fmt: skip
            kept = st.multiselect(
                "And no worse on",
                keys,
                [k for k in HEADLINE if k in keys],
                wrap=True,
                format_func=measures.__getitem__,
            )
            divide = st.multiselect(
                "Authorities that may be divided", [c for c, n in names.items() if n not in uncounted],
                format_func=names.__getitem__, placeholder="Any of them", wrap=True,
            )  # fmt: skip
            if uncounted:
                stays = "stays" if len(uncounted) == 1 else "stay"
                st.caption(f"{words.joined(uncounted)} {stays} whole: residents are not known there by ward.")
        with right:
            one, two = st.columns(2)
            smallest = one.number_input("Smallest council at least", 0, 5_000_000, low, 10_000)
            largest = two.number_input("Largest council at most", 0, 5_000_000, high, 10_000)
            seconds = st.slider("Time to search, seconds", 10, 60, 20, 5)
            seed = st.number_input(
                "Seed", 1, 1_000_000, 1, help="The same split, goal and seed give the same search again."
            )
        if st.form_submit_button("Search"):
            goal = Goal(
                str(better), tuple(k for k in kept if k != better), int(smallest), int(largest), tuple(divide) or None,
                ferries,
            )  # fmt: skip
            _start(dataset, scenario, goal, int(seed), float(seconds))


def _start(dataset: Dataset, scenario: Scenario, goal: Goal, seed: int, seconds: float) -> None:
    job = WardSearch(scenario.split, goal, seed, seconds)
    if not begin(job, assumptions_of(dataset, scenario)):
        st.warning("Other visitors are searching just now. Try again in a minute.", icon=":material/hourglass:")
        return
    st.session_state["search_job"] = job
    st.rerun()


def _course(here: Open, job: WardSearch) -> None:
    """How far a search is and what it found; drawn again each second while it runs."""
    if job.fault:
        st.error(f"{as_markdown(words.capital(job.fault))}.", icon=":material/error:")
        return
    latest = job.latest
    if not job.over:
        steps = f": {latest.steps:,} steps" if latest else ": getting ready"
        st.progress(latest.done if latest else 0.0, text=f"Searching{steps}")
        if st.button("Stop searching", key="search_stop"):
            job.cancelled.set()
    elif st.session_state.get("search_told") is not job:
        st.session_state["search_told"] = job
        st.rerun()
    if latest is not None:
        _found(here, job, latest)


def _found(here: Open, job: WardSearch, latest: Progress) -> None:
    goal, *kept = pick([job.goal.better, *job.goal.keep])
    by_sea = ", across the sea too" if job.goal.ferries else ""
    ended = f"{latest.steps:,} steps in {latest.seconds:.0f} seconds, seed {job.seed}{by_sea}."
    if latest.found is None:
        if job.over:
            show_blocks((Para(f"Nothing was found that does better on {within(goal)} and no worse on the rest: {ended}"
                              " Another seed, more time or wider sizes may find some."),))  # fmt: skip
        return
    rows = tuple(
        (m.name, told(m, latest.start[m.key]), told(m, latest.values[m.key])) for m in (goal, *kept)
    )  # fmt: skip
    moved = moved_blocks(job.start, latest.found)
    shown = "; ".join(f"{name} to {after}" for name, _, after in moved[:6])
    more = f"; and {len(moved) - 6} more" if len(moved) > 6 else ""
    left, right = st.columns([2, 3])
    with left:
        try:
            drawn = split_map(here.dataset, latest.found, width=300, labels=False, theme=theme_now(), context=False)
            st.image(drawn.svg, alt=drawn.alt, width=drawn.width)
        except LgrError:
            pass
    with right:
        change = change_told(goal, latest.start[goal.key], latest.values[goal.key])
        before, after = goal.rounded(np.array([latest.start[goal.key], latest.values[goal.key]])).tolist()
        if after >= before:
            change += ", a difference too small to matter"
        show_blocks(
            (
                Para(f"Found so far: {within(goal)} {change}." if not job.over else f"Found: {within(goal)} {change}."),
                Table("found", "The split it started from, and the one found", ("Measure", "Start", "Found"), rows,
                      frozenset({1, 2})),
                Para(f"Moved: {shown}{more}. {ended}"),
            )
        )  # fmt: skip
        if st.button("Open on the map", key="search_open"):
            job.cancelled.set()
            open_found(here, latest.found)


def open_found(here: Open, split: Split) -> None:
    """The split found on the desk, and the page to draw on."""
    here.desk.change(here.scenario.of(split))
    st.switch_page(str(ROOT / PAGES["redraw"].file))
