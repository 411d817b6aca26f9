"""A card for each chosen partnership and for a service: what it is, with whom, what it changes, how it can end."""

from __future__ import annotations

import math

from lgrdata.core.models import LENSES, NOMINAL_WORDS, LensId
from lgrdata.core.words import NOT_KNOWN, capital, millions, percent
from lgrdata.dataset.library import PartnershipModel
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
    StruckThrough,
    Table,
)
from lgrdata.partnerships.board import Board, BoardRow, ChosenPartnership
from lgrdata.reading.evidence import Claim
from lgrdata.views.evidence import claims
from lgrdata.views.partnerships.words import (
    COUNTED,
    SYMBOL,
    estimated,
    in_row,
    model_link,
    partners,
    plainly,
    separated,
    small,
    small_range,
    standing,
)


def months(model: PartnershipModel) -> str:
    """'3 to 9 months', or '6 months'."""
    low, high = model.setup_months_low, model.setup_months_high
    if high == 0:
        return "none"
    return f"{high} months" if low == high else f"{low} to {high} months"


def chosen_section(board: Board) -> Section:
    """The partnerships chosen: what each changes by itself under each lens, and a card for each below."""
    if not board.chosen:
        return Section("chosen", "Partnerships chosen", "None yet: each council runs every service alone.")
    lenses = [x for x in LENSES if x in board.effects.costs]
    rows: list[tuple[Rich, ...]] = []
    for c in board.chosen:
        first = (f"{c.service.name}: ", *in_row([model_link(c.model)]))
        if c.model.excluded:
            rows.append((first, capital(partners(board, c)), "never counted", *("not counted" for _ in lenses)))
            continue
        rows.append((first, capital(partners(board, c)), _rate(board, c), *(_worth(c, x) for x in lenses)))
    if len(board.counted) > 1:
        rows.append(("All together", "", "", *(small(board.avoided[x]) for x in lenses)))
    head = ("Service and model", "Partners", "Assumption", *(f"{board.effects.lens_words[x].name}" for x in lenses))
    table = Table(
        "chosen",
        "What each partnership alone would avoid a year, by whose evidence, with the assumption’s low and high",
        head,
        tuple(rows),
        numeric=frozenset(range(3, 3 + len(lenses))),
    )
    label = Callout(
        "assumption", "Every figure here rests on an assumption: no source publishes what partnerships avoid."
    )
    cards = tuple(chosen_card(board, c) for c in board.chosen)
    return Section("chosen", "Partnerships chosen", "", (label, table, *cards))


def _rate(board: Board, c: ChosenPartnership) -> Rich:
    if c.model.effect == "none" or c.model.parameter_key is None:
        return "no saving counted"
    covered = f" of {percent(c.coverage)} of the service" if c.coverage < 1 else ""
    parameter = board.effects.assumptions.parameters[c.model.parameter_key]
    return (Link(f"{percent(c.effect)}{covered}", "parameter", parameter.key),)


def _worth(c: ChosenPartnership, lens: LensId) -> str:
    if not c.counted:
        return "not counted"
    if c.model.effect == "none":
        return "no saving counted"
    return small_range(c.alone[lens]) if c.share > 0 else "not costed"


def chosen_card(board: Board, chosen: ChosenPartnership) -> Fold:
    """What a chosen partnership is, folded: law, set-up, cost, how it can end, and its effect under each lens."""
    m = chosen.model
    title = f"{chosen.service.name}: {plainly(m.name)}, {partners(board, chosen)}"
    if m.excluded:
        reason = "Not offered and not counted: government’s note finds trusts untested outside intervention (2.5)."
        return Fold(title, (Para((StruckThrough(m.name), f". {reason}")), Para(("Case studies: ", *_cases(board, m)))))
    law: list[tuple[Rich, ...]] = [
        ("What it is", m.summary),
        ("Who with", capital(partners(board, chosen))),
        ("How it is run", m.governance),
        ("Basis in law", m.legal_basis),
        ("Time to set up", months(m)),
        ("Cost to set up", m.setup_cost),
        ("Counted once in the one-off cost", _setup_words(chosen)),
        ("Cost to run", "Not published; none is counted."),
        ("Saving published", m.published_saving),
        ("How it can end", m.exit_note),
        ("Risk of its ending", m.exit_risk),
        ("Case studies", _cases(board, m)),
        ("Paragraphs", _paragraphs(board, m)),
    ]
    table = Table(f"chosen-{chosen.index + 1}-facts", "The partnership", ("Part", "What is known"), tuple(law))
    return Fold(title, (Para(_lede(board, chosen)), *effect_blocks(board, chosen), table))


def _lede(board: Board, chosen: ChosenPartnership) -> Rich:
    lens = board.scenario.lens
    if not chosen.counted:
        return "Nothing is counted for this partnership."
    if chosen.model.effect == "none":
        return "It brings no saving that the model counts: its worth is in what it keeps working."
    found, own = chosen.alone[lens], board.effects.lens_words[lens].own
    return f"Under {own} the model gives {small_range(found)} a year avoided, if the assumption holds."


def _setup_words(chosen: ChosenPartnership) -> str:
    if chosen.setup_cost > 0:
        return small(chosen.setup_cost)
    if chosen.counted and chosen.model.setup_cost_high:
        return "nothing more: counted with the same partners’ other service"
    return "nothing: no number is known"


def effect_blocks(board: Board, chosen: ChosenPartnership) -> tuple[Block, ...]:
    """The effect under each lens as a table, with the assumption that it rests on."""
    m = chosen.model
    if not chosen.counted:
        if not board.is_split:
            return (Callout("note", "The split parts no county, so there is no cost of splitting to avoid."),)
        return (Callout("note", "A partnership needs two partners or more to count."),)
    if m.effect == "none" or m.parameter_key is None:
        return (Callout("note", "No saving is counted for this kind of partnership; its set-up cost is."),)
    if chosen.share <= 0:
        what = "line of spending" if m.effect == "duplication" else "part in the placements that are bought"
        return (
            Callout("unknown", f"The service has no {what} of its own, so what the partnership saves is not counted."),
        )
    parameter = board.effects.assumptions.parameters[m.parameter_key]
    rows = tuple(
        (f"{board.effects.lens_words[lens].name}", *_lens_cells(board, chosen, lens))
        for lens in LENSES
        if lens in chosen.alone
    )
    what = "of the service’s splitting cost" if m.effect == "duplication" else "of its placements bought together"
    low, high = percent(parameter.low), percent(parameter.high)
    used = percent(chosen.effect)
    covered = f", on {percent(chosen.coverage)} of the service" if chosen.coverage < 1 else ""
    reach = (
        f" Members hold only part of the county: they reach {percent(chosen.reach)} of the splitting."
        if chosen.reach < 0.995
        else ""
    )
    note: Rich = (
        f"{used} {what}{covered} (range {low} to {high}); ",
        Link(parameter.label, "parameter", parameter.key),
        f". No source publishes it.{reach}",
    )
    head = ("", "Cost of splitting this service", "Avoided a year") if m.effect == "duplication" else (
        "", "Dearer care places, all services", "Avoided a year"
    )  # fmt: skip
    table = Table(
        f"chosen-{chosen.index + 1}-effect",
        "What it changes by itself on each side’s evidence, £ a year, with the assumption’s low and high",
        head,
        rows,
        numeric=frozenset({1, 2}),
    )
    return Callout("assumption", note), table


def _lens_cells(board: Board, chosen: ChosenPartnership, lens: LensId) -> tuple[str, str]:
    cost = board.effects.costs[lens]
    whole = cost.disaggregation_cost * chosen.share if chosen.model.effect == "duplication" else cost.purchasing_scale
    return small(whole), small_range(chosen.alone[lens])


def _cases(board: Board, model: PartnershipModel) -> tuple[Link | StruckThrough | str, ...]:
    found = board.library.cases_of_model(model.model_id)
    return in_row(Link(c.title, "case", c.slug) for c in found)


def _paragraphs(board: Board, model: PartnershipModel) -> Rich:
    found = board.library.paragraphs_of_model(model.model_id)
    return separated(Link(f"{p.paragraph} {p.title}", "paragraph", p.paragraph) for p in found)


def service_card(board: Board, row: BoardRow, known: dict[str, Claim]) -> Section:
    """One service of the board: who is affected, what is spent, the models that fit, the statements that name it."""
    service, split = row.service, board.effects.split
    affected = [(split.names[c], estimated(e)) if e is not None else (split.names[c], NOT_KNOWN) for c, e in row.people]
    blocks: list[Block] = [
        Para((service.summary, " Paragraph ", Link(service.paragraph, "paragraph", service.paragraph), "."))
    ]
    if affected:
        blocks.append(
            Table(
                f"people-{service.service_id}",
                f"Who is affected: {COUNTED[service.counted_with]}",
                ("Council", "People"),
                tuple(affected),
                numeric=frozenset({1}),
                note=f"Below today’s councils these are estimates, with their {NOMINAL_WORDS} range."
                if board.is_split
                else "",
            )
        )
    blocks.append(Para(_spend_words(board, row)))
    blocks += [Para("Ways to work together, in the order to consider them:"), _fits_entries(row)]
    cases = board.library.cases_of_service(service.service_id)
    if cases:
        blocks.append(Para(("Case studies: ", *in_row(Link(c.title, "case", c.slug) for c in cases), ".")))
    said = claims.of_service(known, service.service_id)
    if said:
        blocks += [Para("What each side says of it:"), Items(said)]
    return Section(f"card-{service.service_id}", service.name, "", tuple(blocks))


def _spend_words(board: Board, row: BoardRow) -> str:
    if math.isnan(row.spend_thousand):
        return "No line of published spending is its own, so no money is set against it."
    spend, of = row.spend_thousand / 1000, f"on “{row.service.spend_service}” in {row.spend_period}"
    spent = f"The county spent {millions(spend)} {of}"
    if spend < 0:
        spent = f"The county’s income was above what it spent {of}, by {millions(-spend)}"
    if row.cost is None:
        return f"{spent}; its share of the cost of splitting cannot be given."
    lens = board.scenario.lens
    schools = (
        " Schools paid from grant are in it, so its share is overstated." if row.service.service_id == "send" else ""
    )
    cost = f"splitting it costs {small(row.cost[lens])} a year under {board.effects.lens_words[lens].own}"
    return f"{spent}. By that share, {cost}.{schools}"


def _fits_entries(row: BoardRow) -> Entries:
    taken = {c.model.model_id for c in row.chosen}
    items = []
    for n, f in enumerate(row.fits, 1):
        state = "chosen" if f.model.model_id in taken and not f.model.excluded else standing(row, f)
        words = f" {SYMBOL[state]} {state}. {f.why}"
        reason = f"{capital(f.reason.rstrip('.'))}. " if f.reason else ""
        line = f"{reason}Set-up: {months(f.model)}. Risk of ending: {f.model.exit_risk}."
        items.append(Entry("", (f"{n}. ", *in_row([model_link(f.model)]), words), (line,)))
    return Entries(tuple(items))


def fits_table(board: Board, row: BoardRow) -> Table:
    """Models that fit a service in the order to consider them, each with why and what this split adds."""
    taken = {c.model.model_id for c in row.chosen}
    rows: list[tuple[Rich, ...]] = []
    for n, f in enumerate(row.fits, 1):
        state = "chosen" if f.model.model_id in taken and not f.model.excluded else standing(row, f)
        reason = capital(f.reason.rstrip(".")) + "." if f.reason else ""
        rows.append((
            (f"{n}. ", *in_row([model_link(f.model)])), f"{SYMBOL[state]} {state}", f"{f.why} {reason}".strip(),
            months(f.model), f.model.exit_risk,
        ))  # fmt: skip
    head = ("Model", "Here", "Why", "Set-up", "Risk of ending")
    return Table(
        f"fits-{row.service.service_id}", "Ways to work together, in the order to consider them", head, tuple(rows)
    )
