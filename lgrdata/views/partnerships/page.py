"""The partnerships page: what the split divides, what could be done about it, what is left, and what is still open."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lgrdata.all_effects.effects import Effects
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import Source
from lgrdata.core.words import capital, counted, millions
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import Consideration
from lgrdata.page.blocks import (
    Block,
    Callout,
    Entries,
    Entry,
    Fold,
    Items,
    Link,
    Para,
    Rich,
    Section,
    Stat,
    StruckThrough,
    Table,
    View,
)
from lgrdata.partnerships.board import Board, BoardRow, board
from lgrdata.reading.evidence import Claim
from lgrdata.splits.scenario import Scenario
from lgrdata.views.effects.words import unchanged_beside
from lgrdata.views.evidence import claims
from lgrdata.views.partnerships import rows as board_rows
from lgrdata.views.partnerships.answers import ParagraphAnswer, answers
from lgrdata.views.partnerships.cards import chosen_section, fits_table
from lgrdata.views.partnerships.criteria import criterion_figures
from lgrdata.views.partnerships.left import footprint_section, left_section
from lgrdata.views.partnerships.words import (
    COUNTED,
    SYMBOL,
    estimated,
    in_row,
    model_link,
    separated,
    small,
    standing,
)

COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Host for day one", ("hosted_service",)),
    ("Lead authority", ("lead_authority",)),
    ("Joint buying", ("joint_commissioning",)),
    ("Regional", ("rcc", "regional_agency")),
    ("Joint board or committee", ("joint_board", "joint_committee")),
    ("With the NHS", ("pooled_budget", "strategic_alliance")),
    ("Staff and data", ("workforce_alliance", "data_sharing")),
    ("Shared managers or company", ("shared_director", "joint_company")),
    ("Trust (not offered)", ("independent_trust",)),
)
"""Kinds of model as the matrix shows them; a model that is in none of them stands under 'Other'."""

SECTIONS_OF_NOTE = {"2": "Continuity", "3": "Partnership", "4": "Support"}
NOTE = "mhclg-partnership-note"


PARTS = {
    "board": "Board",
    "services": "Service by service",
    "considerations": "Considerations",
    "criteria": "Criteria",
}
"""Parts of the page, as the screen shows them one at a time; an export shows all."""

PART_OF = {"service": "services", "paragraph": "considerations", "criterion": "criteria"}
"""The part that holds each kind of link's target."""


def view(dataset: Dataset, scenario: Scenario, effects: Effects | None = None, part: str = "") -> View:
    """The page for a scenario, whole or one of PARTS. Deterministic.

    LgrError where a service or model is not known, or an assumption cannot be used.
    """
    effects = effects or effects_of(dataset, scenario)
    return page_view(dataset, board(dataset, effects, scenario), part)


def page_view(dataset: Dataset, b: Board, part: str = "") -> View:
    """The page of a board already worked out, whole or one part of it."""
    split = b.effects.split
    found = answers(b)
    sections: list[Section] = []
    if part in ("", "board"):
        sections += [matrix_section(b), chosen_section(b), left_section(b), footprint_section(dataset, b)]
    if part in ("", "services"):
        sections.append(services_section(b, claims.claims(dataset)))
    if part in ("", "considerations"):
        sections += [day_one_section(b, found), checklist_section(b, found)]
    if part in ("", "criteria"):
        sections.append(criteria_section(b))
    return View(
        title=f"Partnerships: {b.effects.facts.area.name}, {counted(len(split.in_use), 'council')}",
        lede=_lede(b),
        stats=_stats(b, found),
        sections=tuple(sections),
        caveats=(
            "What any partnership saves: no source publishes a rate, so each effect is an assumption to change.",
            "That partnership removes a risk: government’s note does not say so (1.8) and prefers no model (1.9).",
            "What a partnership costs to run: nothing is published, and nothing is counted.",
            "The law in full: powers marked “not checked” have not been compared with the Acts.",
        ),
        warnings=tuple(f"{capital(w)}." for w in b.warnings),
        sources=_sources(dataset, b),
        key={"area": b.scenario.area_id, "page": "partnerships"},
    )


def _lede(b: Board) -> tuple[Rich, ...]:
    lens = b.scenario.lens
    names = [b.effects.facts.upper_names[b.effects.facts.upper_codes.index(h.code)] for h in b.counties]
    if not b.is_split:
        return (
            "This split parts no county, so it divides no county service and there is no cost of splitting to avoid.",
            "The checklist and the criteria below still apply.",
        )
    what = f"The split divides {counted(len(b.rows), 'service')} that {' and '.join(names)} "
    holders = {c for h in b.counties for c in h.councils}
    what += f"{'runs' if len(names) == 1 else 'run'} today between {counted(len(holders), 'council')}."
    cost, own, beside = (
        b.effects.costs[lens],
        b.effects.lens_words[lens].own,
        partial(unchanged_beside, b.effects, lens),
    )
    if not b.counted:
        second = (
            f"Under {own} the model gives {millions(cost.disaggregation_cost)} a year for splitting"
            f"{beside(lambda c: millions(c.disaggregation_cost))} and"
            f" {millions(cost.purchasing_scale)} for dearer care places"
            f"{beside(lambda c: millions(c.purchasing_scale))}. No partnership is chosen yet."
        )
    else:
        second = (
            f"Under {own} the {counted(len(b.counted), 'partnership')} chosen would avoid"
            f" {small(b.avoided[lens])} a year, by assumption, and leave {millions(b.unmitigated[lens])}."
        )
    return what, second


def _stats(b: Board, found: dict[str, ParagraphAnswer]) -> tuple[Stat, ...]:
    done = sum(a.done for a in found.values())
    return (*board_rows.result(b), Stat("Checklist", f"{done} of {len(found)}", "paragraphs you ticked"))


def matrix_section(b: Board) -> Section:
    """Services down, kinds of partnership across: what is suggested, chosen, possible or not offered."""
    placed = {m for _, models in COLUMNS for m in models}
    other = tuple(sorted({f.model.model_id for r in b.rows for f in r.fits} - placed))
    columns = (*COLUMNS, *((("Other", other),) if other else ()))
    rows: list[tuple[Rich, ...]] = []
    for r in b.rows:
        alone = "●\u00a0now" if not any(c.model.model_id != "none" and not c.model.excluded for c in r.chosen) else ""
        cells = tuple(_cell(r, models) for _, models in columns)
        rows.append((Link(r.service.name, "service", r.service.service_id), alone, *cells))
    head = ("Service", "On its own", *(name for name, _ in columns))
    key = (
        "● chosen, ○ suggested first for this split, ◌ suits it too, · possible, △ with care: only with a plan for"
        " leaving, — not offered."
    )
    table = Table("board", "Services the split divides, and ways to work together", head, tuple(rows), note=key)
    lede = (
        "A host for day one comes first to be considered for nearly every service: it keeps a team whole while each"
        " council makes ready."
    )
    if not b.is_split:
        lede = "Services as they would stand if a county were split."
    return Section("board", "The board", lede, (table,))


def _cell(row: BoardRow, models: tuple[str, ...]) -> Rich:
    taken = {c.model.model_id for c in row.chosen if not c.model.excluded}
    if taken & set(models):
        return f"{SYMBOL['chosen']}\u00a0chosen"
    held = {standing(row, f) for f in row.fits if f.model.model_id in models}
    if held == {"not offered"}:
        return "—\u00a0", StruckThrough("trust")
    for kind in ("suggested", "also suitable", "possible", "with care"):
        if kind in held:
            return f"{SYMBOL[kind]} {kind}".replace(" ", "\u00a0")
    return ""


def services_section(b: Board, known: dict[str, Claim]) -> Section:
    """Every service with its paragraph, who is affected, its spending, its models in order and who said what of it."""
    lens = b.scenario.lens
    rows: list[tuple[Rich, ...]] = []
    for r in b.rows:
        people = f"{estimated(r.all_people)} {COUNTED[r.service.counted_with]}" if r.people else "not counted in people"
        if not b.is_split and r.service.counted_with:
            people = "not divided"
        spend = millions(r.spend_thousand / 1000) if r.spend_period else "no line of its own"
        if r.spend_period and r.spend_thousand < 0:
            spend = f"nothing net: {small(-r.spend_thousand / 1000)} more income than spending"
        if not b.is_split:
            spend = "not divided"
        cost = small(r.cost[lens]) if r.cost is not None else "not costed"
        models = separated(model_link(f.model) for f in r.fits)
        cases = b.library.cases_of_service(r.service.service_id)
        rows.append((
            r.service.name, (r.service.summary, " ", Link(r.service.paragraph, "paragraph", r.service.paragraph)),
            people, spend, cost, models, separated(Link(c.title, "case", c.slug) for c in cases),
        ))  # fmt: skip
    table = Table(
        "services",
        "Each service: who draws on it, what was spent, and what fits",
        (
            "Service", "What it is", "People", "Spent", f"Cost of splitting, {b.effects.lens_words[lens].after_comma}",
            "Models, in order", "Case studies",
        ),
        tuple(rows),
        numeric=frozenset({3, 4}),
        note="Spending is net current expenditure of the county that is split, before grants. Lines are those"
        " that stand nearest to the service; they do not overlap."
        " SEND has schools’ grant in it, so its share is overstated.",
        row_ids=tuple(f"service-{r.service.service_id}" for r in b.rows),
    )  # fmt: skip
    more: tuple[Block, ...] = ()
    if b.is_split:
        more = tuple(Fold(f"{r.service.name}: why these, in this order", (fits_table(b, r),)) for r in b.rows)
    said = Fold(
        "What each side says of these services",
        (
            Para("Statements whose own words name the service; how many there are says nothing of who is right."),
            Entries(tuple(Entry("", r.service.name, s) for r in b.rows
                          if (s := claims.of_service(known, r.service.service_id)))),
        ),
    )  # fmt: skip
    return Section("services", "Service by service", "", (table, said, *more))


def checklist_section(b: Board, found: dict[str, ParagraphAnswer]) -> Section:
    """Every paragraph of sections 2 to 4 in the project's words, with what stands for it now."""
    done = sum(a.done for a in found.values())
    blocks: list[Block] = []
    for section, name in SECTIONS_OF_NOTE.items():
        mine = [p for p in b.library.considerations.values() if p.section == section]
        entries = tuple(_paragraph(b, p, found[p.paragraph]) for p in mine)
        blocks += [Para(f"Section {section} of the note: {name.lower()}"), Entries(entries)]
    lede = f"{done} of {len(found)} paragraphs ticked. A tick is yours: the tool never ticks one."
    intro = Para(
        ("Summaries are this project’s words; the document is ", Link("government’s note", "source", NOTE), ".")
    )
    return Section("checklist", "Considerations", lede, (intro, *blocks))


def _paragraph(b: Board, p: Consideration, a: ParagraphAnswer) -> Entry:
    lines: list[Rich] = [f"{a.state}. {a.text or p.tool_answer}"]
    if a.chosen:
        lines.append(f"Chosen: {a.chosen[:1].lower()}{a.chosen[1:]}.")
    if a.open:
        lines.append(a.open)
    if a.note:
        lines.append(f"Your note: {a.note}")
    models = [model_link(m) for m in b.library.models_of_paragraph(p.paragraph)]
    cases = [Link(c.title, "case", c.slug) for c in b.library.cases_of_paragraph(p.paragraph)]
    services = [Link(s.name, "service", s.service_id) for s in b.library.services_of_paragraph(p.paragraph)]
    for words, links in (("Services: ", services), ("Models: ", models), ("Case studies: ", cases)):
        if links:
            lines.append((words, *in_row(links), "."))
    return Entry(f"paragraph-{p.paragraph}", f"{p.paragraph} {p.title}. {p.summary}", tuple(lines))


def day_one_section(b: Board, found: dict[str, ParagraphAnswer]) -> Section:
    """Safe and legal on vesting day: the paragraphs that bear on it, with what stands."""
    mine = [p for p in b.library.considerations.values() if p.day_one]
    items: list[Rich] = []
    for p in mine:
        a = found[p.paragraph]
        stands = a.chosen or a.open or a.text or "Your note answers it."
        words = f": {a.state}. {p.summary} {stands.rstrip('.')}."
        items.append((Link(f"{p.paragraph} {p.title}", "paragraph", p.paragraph), words))
    ready = sum(found[p.paragraph].done for p in mine)
    lede = f"{ready} of {len(mine)} ticked as ready for the new councils’ first day."
    return Section("day-one", "Safe and legal on the first day", lede, (Items(tuple(items)),))


def criteria_section(b: Board) -> Section:
    """The six criteria and their parts beside the tool's figures and the user's notes."""
    figures = criterion_figures(b)
    by = {"tool": "The tool’s figures", "data": "Published data", "user": "Your note"}
    rows: list[tuple[Rich, ...]] = []
    for c in b.library.criteria.values():
        user = b.scenario.answers.get(f"criterion {c.criterion_id}")
        mark = "✓\u00a0Done" if user and user.done else "○\u00a0Open"
        note = f"{mark}. Your note: {user.note}" if user and user.note else mark
        rows.append((f"{c.criterion_id} {c.title}", c.summary, by[c.answered_by], figures[c.criterion_id], note))
    table = Table(
        "criteria",
        "The six criteria of the invitation, and their parts",
        ("Criterion", "What it asks", "Answered by", "Here", "State"),
        tuple(rows),
        source_ids=tuple(sorted({c.source_id for c in b.library.criteria.values()})),
        row_ids=tuple(f"criterion-{c}" for c in b.library.criteria),
    )
    never = Callout("note", "The rows are never added up: government judges the criteria in the round, unweighted.")
    return Section("criteria", "Criteria", "", (never, table))


def _sources(dataset: Dataset, b: Board) -> tuple[Source, ...]:
    ids = {p.source_id for p in b.library.considerations.values()} | {c.source_id for c in b.library.criteria.values()}
    ids |= {r.spend_source for r in b.rows if r.spend_source} | {s.source_id for s in b.effects.sources}
    ids |= {b.effects.assumptions.parameters["exit_hazard"].source_id}
    for m in b.library.models.values():
        if m.parameter_key:
            ids.add(b.effects.assumptions.parameters[m.parameter_key].source_id)
    known = dataset.sources
    return tuple(replace(known[i]) for i in sorted(ids) if i in known)
