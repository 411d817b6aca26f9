"""The partnerships page on the screen: choosing a partnership for a service, its sliders, notes and ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

import streamlit as st

from lgrdata.core.models import Partnership
from lgrdata.costs import partnerships as sums
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import PartnershipModel, library
from lgrdata.page.html import escape
from lgrdata.partnerships.arrangement import holders, suggested
from lgrdata.partnerships.board import Board, BoardRow, board
from lgrdata.splits.scenario import MAX_NOTE, Answer, Scenario, text_field
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.parts import choose_part
from lgrdata.ui.frame.show import closing, show, show_blocks, show_section
from lgrdata.ui.frame.theme import page_style, theme_now
from lgrdata.ui.partnerships import together
from lgrdata.views import evidence_bar
from lgrdata.views.evidence import claims
from lgrdata.views.partnerships import page as view
from lgrdata.views.partnerships import rows
from lgrdata.views.partnerships.cards import effect_blocks, service_card
from lgrdata.views.partnerships.words import standing

REGIONAL = ("rcc", "regional_agency")
_OPENED = "board_opened"
_REFUSED = "board_refused"


def draw(dataset: Dataset, desk: Desk) -> None:
    """The whole page, for the scenario on the desk."""
    here = opened(dataset, desk)
    if here is None:
        st.title("Partnerships", anchor=False)
        st.info("Choose an area above to see which services a split divides.", icon=":material/handshake:")
        return
    st.html(page_style())
    head = st.container()
    part = choose_part("Part of the page", view.PARTS, "partnerships")
    made = board(dataset, here.effects(), here.scenario)
    shown = view.page_view(dataset, made, part)
    with head:
        rows_first = made.is_split and part == "board"
        told = replace(shown, lede=(), stats=()) if rows_first else shown
        show(replace(told, sections=(), caveats=(), sources=()))
        if rows_first:
            _take_all(here, made)
    if part == "considerations":
        _paragraph_note(here)
    if part == "criteria":
        _criterion_note(here)
    if part == "board" and made.is_split:
        _rows(here, made)
        for section in shown.sections:
            with st.expander(section.title if section.anchor != "board" else "All services beside all ways to share"):
                show_section(section)
    else:
        for section in shown.sections:
            show_section(section)
    closing(shown)
    if part == "board" and made.is_split:
        _result(here, made)


def _take_all(here: Open, made: Board) -> None:
    """How many services are divided, and one press that arranges all of them as suggested."""
    told, beside = st.columns([5, 4], gap="large")
    bar = evidence_bar.picture(here.dataset, made.effects, theme_now())
    if bar is not None:
        with beside:
            st.image(bar.svg, alt=bar.alt, width="stretch")
    with told:
        _take_button(made, here)


def _take_button(made: Board, here: Open) -> None:
    st.html(f'<div class="lgr-view lgr-lead"><p>{escape(rows.divided(made))}</p></div>')
    found = tuple(p for p in suggested(made) if p.service_id not in _refused(here))
    with st.container(horizontal=True, vertical_alignment="center"):
        if found:
            rest = "the rest" if here.scenario.partnerships else "all"
            st.button(
                f"Take the suggested arrangement for {rest}", key="board_take_all", type="primary",
                on_click=_add_all, args=(here, found),
            )  # fmt: skip
            st.markdown("then change what you disagree with", width="content")
        else:
            told = "Nothing more is suggested; change what you disagree with"
            st.markdown(told, width="content")


def _refused(here: Open) -> set[str]:
    """Services that the visitor took out of a partnership in this split: not to be put back by one press for all."""
    if not here.scenario.partnerships:
        return set()
    return set(st.session_state.get(_REFUSED, {}).get(here.scenario.split.key, ()))


def _refuse(here: Open, service: str, refused: bool) -> None:
    kept: dict[object, set[str]] = st.session_state.setdefault(_REFUSED, {})
    mine = kept.setdefault(here.scenario.split.key, set())
    (mine.add if refused else mine.discard)(service)


def _add_all(here: Open, found: tuple[Partnership, ...]) -> None:
    if here.desk.scenario is not None:
        here.desk.change(replace(here.scenario, partnerships=(*here.scenario.partnerships, *found)))


def _rows(here: Open, made: Board) -> None:
    """A row a service: its name opens it, its arrangement is chosen beside it, and what is left of its cost."""
    open_now = st.session_state.get(_OPENED, "")
    with st.container(key="board_rows", gap=None):
        for row in made.rows:
            service = row.service.service_id
            with st.container(key=f"board_row_{service}", gap="xsmall"):
                name, way, money = st.columns([4, 5, 2], vertical_alignment="center")
                name.button(
                    row.service.name, key=f"board_open_{service}", type="tertiary", on_click=_open, args=(service,),
                    icon=":material/expand_less:" if service == open_now else ":material/expand_more:",
                )  # fmt: skip
                options = rows.choices(row)
                key = f"board_take_{service}"
                st.session_state[key] = rows.chosen(row)
                way.selectbox(
                    f"How {row.service.name} is run", list(options), format_func=options.__getitem__, key=key,
                    on_change=_take, args=(here, made, row, key), label_visibility="collapsed",
                )  # fmt: skip
                money.caption(rows.left(made, row))
                if service == open_now:
                    _opened(here, made, row)
    lines = "".join(f"<li><span>{escape(w)}</span> <span>{escape(m)}</span></li>" for w, m in rows.foot(made))
    st.html(f'<ul class="lgr-board-foot">{lines}</ul>')
    st.caption(f"{rows.OF_ROWS} {rows.about_ending(made)} {rows.meant(made)}")


def _open(service: str) -> None:
    st.session_state[_OPENED] = "" if st.session_state.get(_OPENED) == service else service


def _take(here: Open, made: Board, row: BoardRow, key: str) -> None:
    """The service run as chosen in its row, between the partners that it had, or all that share the county."""
    if here.desk.scenario is None:
        return
    service, model = row.service.service_id, str(st.session_state[key])
    mine = [p for p in here.scenario.partnerships if p.service_id == service]
    members, beyond = (mine[0].members, mine[0].beyond) if mine else (holders(made), ())
    kept = tuple(p for p in here.scenario.partnerships if p.service_id != service)
    taken = (Partnership(service, model, members, beyond),) if model else ()
    _refuse(here, service, refused=not model)
    here.desk.change(replace(here.scenario, partnerships=(*kept, *taken)))


def _result(here: Open, made: Board) -> None:
    """One line that stays in sight while choosing: covered, left, avoided; and the way back."""
    with st.container(key="board_result", horizontal=True, vertical_alignment="center"):
        told = "".join(
            f"<span><strong>{escape(v)}</strong> <em>{escape(w)}</em></span>" for v, w in rows.in_one_line(made)
        )
        st.html(f'<p class="lgr-result">{told}</p>')
        st.button(
            "Undo", key="board_undo", icon=":material/undo:", shortcut="Ctrl+Z",
            disabled=not _last_was_here(here, here.desk.past), on_click=here.desk.undo,
            help="Undoes the last change to partnerships.",
        )  # fmt: skip
        st.button(
            "Redo", key="board_redo", icon=":material/redo:", on_click=here.desk.redo,
            disabled=not _last_was_here(here, here.desk.future),
        )  # fmt: skip


def _last_was_here(here: Open, steps: Sequence[Scenario]) -> bool:
    """Whether the step that stands next is one of this page: the same split with other partnerships."""
    if not steps or steps[-1].split.key != here.scenario.split.key:
        return False
    of = attrgetter("partnerships", "hosting")
    return bool(of(steps[-1]) != of(here.scenario))


def _opened(here: Open, made: Board, row: BoardRow) -> None:
    """A service in full: a way of working together for it, its partners and sliders; what is known of it."""
    lib, service = made.library, row.service.service_id
    left, right = st.columns([2, 3], gap="large")
    with left:
        models = [f.model for f in row.fits]
        ids = [m.model_id for m in models]
        taken = [c.model.model_id for c in row.chosen if c.model.model_id in ids]
        # What its row has just chosen is what is looked at here.
        now, seen = rows.chosen(row), f"board_seen_{service}"
        if st.session_state.get(seen) != now:
            st.session_state[seen] = now
            st.session_state.pop(f"board_model_{service}", None)
        _steady(f"board_model_{service}", ids, taken[0] if taken else ids[0])
        model_id = st.selectbox(
            "Look at one way to work together",
            ids,
            format_func=lambda key: _model_name(row, key),
            key=f"board_model_{service}",
            help="In the order that government’s note and this split suggest considering them.",
        )
        model = lib.models[model_id]
        if model.excluded:
            st.html(
                '<div class="lgr-view"><p><s>Independent trust</s>: not offered, and never counted. Government’s note'
                " finds trusts untested outside intervention, and will not fund them (paragraph 2.5).</p></div>"
            )
        else:
            _partners(here, made, row, model)
    with right:
        for chosen in (c for c in row.chosen if c.model is model and not model.excluded):
            show_blocks(effect_blocks(made, chosen))
        show_blocks(service_card(made, row, claims.claims(here.dataset)).blocks)
    together.groupings(here, made, row, model)


def _steady(key: str, options: list[str], first: str) -> None:
    """Keep a chooser's value when its labels change: a changed label makes it a new widget, which would forget."""
    value = st.session_state.get(key)
    st.session_state[key] = value if value in options else first


def _model_name(row: BoardRow, key: str) -> str:
    fit = next(f for f in row.fits if f.model.model_id == key)
    if fit.model.excluded:
        return f"— {fit.model.name}: not offered"
    chosen = any(c.model.model_id == key for c in row.chosen)
    return f"{fit.model.name} ({'chosen' if chosen else standing(row, fit)})"


def _partners(here: Open, made: Board, row: BoardRow, model: PartnershipModel) -> None:
    split = made.effects.split
    held = next((c.partnership for c in row.chosen if c.model.model_id == model.model_id), None)
    # Councils are chosen by number: a choice made for one split is none for another with as many.
    key = f"{row.service.service_id}_{model.model_id}_{hash(split.key)}"
    used = [int(c) for c in split.in_use]
    members = st.multiselect(
        "Councils that take part",
        used,
        default=[m for m in held.members if m in used] if held else list(holders(made)),
        format_func=lambda c: split.names[c],
        key=f"board_members_{key}_{held is not None}",
        on_change=_edit if held else None,
        args=(here, row.service.service_id, model.model_id, "members", f"board_members_{key}_True") if held else None,
    )
    beyond: list[str] = [t.code for t in sums.beyond_of(here.dataset, here.scenario.area_id, held)] if held else []
    if model.effect == "buying" or model.model_id in REGIONAL or beyond:
        tiers = sums.upper_tiers(here.dataset, here.scenario.area_id)
        beyond = st.multiselect(
            "Partners beyond the area",
            list(tiers),
            default=beyond,
            format_func=lambda c: f"{tiers[c].name} (next door)" if tiers[c].next_door else tiers[c].name,
            key=f"board_beyond_{key}_{held is not None}",
            on_change=_edit if held else None,
            args=(here, row.service.service_id, model.model_id, "beyond", f"board_beyond_{key}_True") if held else None,
            help="Social care councils of today. Regional cooperatives are larger than any new council.",
        )
    if held is None:
        st.button(
            f"Choose {model.name.lower()} for this service",
            key=f"board_add_{key}",
            type="primary",
            disabled=len(members) + len(beyond) < 2,
            on_click=_add,
            args=(here, Partnership(row.service.service_id, model.model_id, tuple(sorted(members)), tuple(beyond))),
        )
        if len(members) + len(beyond) < 2:
            st.caption("A partnership needs two councils or more.")
        return
    _sliders(here, made, row, model, held, key)
    together.host_and_end(here, made, row, model)
    st.button(
        "Remove this partnership",
        key=f"board_remove_{key}",
        on_click=_remove,
        args=(here, row.service.service_id, model.model_id),
    )


def _sliders(here: Open, made: Board, row: BoardRow, model: PartnershipModel, held: Partnership, key: str) -> None:
    if model.effect == "none" or model.parameter_key is None:
        st.caption("No saving is counted for this kind of partnership, so there is nothing to slide.")
        return
    parameter = made.effects.assumptions.parameters[model.parameter_key]
    low, central, high = (round(100 * (v or 0.0)) for v in (parameter.low, parameter.central, parameter.high))
    what = "Assumption: share of the cost avoided" if model.effect == "duplication" else (
        "Assumption: share of placements bought together"
    )  # fmt: skip
    st.slider(
        f"{what} (low {low}%, central {central}%, high {high}%)",
        0,
        100,
        value=round(100 * sums.effect_in_force(made.effects.assumptions, model, held)),
        format="%d%%",
        key=f"board_effect_{key}",
        on_change=_edit,
        args=(here, row.service.service_id, model.model_id, "effect", f"board_effect_{key}"),
        help=f"{parameter.rests_on} No source publishes it.",
    )
    if model.effect == "duplication":
        st.slider(
            "Assumption: share of the service that is shared",
            0,
            100,
            value=round(100 * sums.coverage_in_force(model, held)),
            format="%d%%",
            key=f"board_coverage_{key}",
            on_change=_edit,
            args=(here, row.service.service_id, model.model_id, "coverage", f"board_coverage_{key}"),
            help="No source publishes it. It starts at this project’s assumption for the model.",
        )


def _add(here: Open, partnership: Partnership) -> None:
    if here.desk.scenario is not None:
        here.desk.change(replace(here.scenario, partnerships=(*here.scenario.partnerships, partnership)))


def _remove(here: Open, service: str, model: str) -> None:
    if here.desk.scenario is not None:
        kept = tuple(p for p in here.scenario.partnerships if (p.service_id, p.model_id) != (service, model))
        _refuse(here, service, refused=True)
        here.desk.change(replace(here.scenario, partnerships=kept))


def _edit(here: Open, service: str, model: str, field: str, key: str) -> None:
    if here.desk.scenario is None or key not in st.session_state:
        return
    value = st.session_state[key]
    changed: object = value / 100 if field in ("effect", "coverage") else tuple(sorted(value))
    here.desk.change(
        replace(
            here.scenario,
            partnerships=tuple(
                replace(p, **{field: changed}) if (p.service_id, p.model_id) == (service, model) else p  # type: ignore[arg-type]
                for p in here.scenario.partnerships
            ),
        )
    )


def _paragraph_note(here: Open) -> None:
    lib = library(here.dataset)
    keys = list(lib.considerations)
    _note(here, "Paragraph", keys, {k: f"{k} {lib.considerations[k].title}" for k in keys}, "", "paragraph")


def _criterion_note(here: Open) -> None:
    lib = library(here.dataset)
    keys = list(lib.criteria)
    _note(here, "Criterion", keys, {k: f"{k} {lib.criteria[k].title}" for k in keys}, "criterion ", "criterion")


def _note(here: Open, label: str, keys: list[str], names: dict[str, str], prefix: str, key: str) -> None:
    """One paragraph or criterion at a time: a tick and a note, kept in the scenario."""
    held = here.scenario.answers
    st.html(f'<div class="lgr-view" id="your-{key}"><h2>Your tick and note</h2></div>')
    _steady(f"note_of_{key}", keys, keys[0])
    chosen = st.selectbox(
        label,
        keys,
        format_func=lambda k: f"✓ {names[k]}" if prefix + k in held and held[prefix + k].done else names[k],
        key=f"note_of_{key}",
    )
    answer = held.get(prefix + chosen, Answer())
    of = f"{key}_{chosen}_{here.desk.revision}"
    tick, text = f"tick_{of}", f"text_{of}"
    left, right = st.columns([1, 3], gap="medium")
    with left:
        st.checkbox("Done", value=answer.done, key=tick, on_change=_keep, args=(here, prefix + chosen, tick, text))
        st.caption("Kept in this visit and in what “Print or share” saves, not in the address.")
    with right:
        st.text_area(
            "Your note",
            value=answer.note,
            max_chars=MAX_NOTE,
            key=text,
            height=100,
            on_change=_keep,
            args=(here, prefix + chosen, tick, text),
        )


def _keep(here: Open, name: str, tick: str, text: str) -> None:
    """Ticks and notes change no split, so they are not steps to undo."""
    if here.desk.scenario is None:
        return
    answer = Answer(bool(st.session_state[tick]), text_field(st.session_state[text], MAX_NOTE))
    answers = {k: a for k, a in here.scenario.answers.items() if k != name}
    if answer != Answer():
        answers[name] = answer
    here.desk.scenario = replace(here.scenario, answers=answers)
