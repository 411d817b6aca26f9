"""What the split on screen and its partnerships answer of each paragraph of government's note."""

from __future__ import annotations

from dataclasses import dataclass

from lgrdata.core.models import OUTCOMES
from lgrdata.core.words import capital, counted, joined, millions, number, percent
from lgrdata.dataset.library import Consideration
from lgrdata.partnerships.board import Board, people_of, total
from lgrdata.partnerships.suitability import placed_outside
from lgrdata.views.partnerships.words import COUNTED, by_lens, estimated, partners, plainly, small, tidy


@dataclass(frozen=True)
class ParagraphAnswer:
    """What stands for a paragraph now: in figures, in partnerships chosen for it, or nothing yet."""

    text: str
    chosen: str
    open: str
    done: bool
    note: str

    @property
    def state(self) -> str:
        """'✓ Done' once the user ticked it; '◐ Partnership chosen' or '○ Open' before."""
        return "✓\u00a0Done" if self.done else "◐\u00a0Partnership chosen" if self.chosen else "○\u00a0Open"


def answers(board: Board) -> dict[str, ParagraphAnswer]:
    """Each paragraph's answer, by its number."""
    out = {}
    for p in board.library.considerations.values():
        user = board.scenario.answers.get(p.paragraph)
        out[p.paragraph] = ParagraphAnswer(
            _figures(board, p), _chosen(board, p), _open(board, p), bool(user and user.done), user.note if user else ""
        )
    return out


def _services(board: Board, p: Consideration) -> list[str]:
    """Services that a paragraph speaks of: its own, and for a general paragraph those below it."""
    below = p.paragraph + "."
    return [
        s.service_id
        for s in board.library.services.values()
        if s.paragraph == p.paragraph or s.paragraph.startswith(below)
    ]


def _chosen(board: Board, p: Consideration) -> str:
    here = set(_services(board, p))
    answers_it = {m.model_id for m in board.library.models_of_paragraph(p.paragraph)}
    found = [
        f"{plainly(c.model.name)} for {plainly(c.service.name)} ({partners(board, c)})"
        for c in board.counted
        if c.service.service_id in here or (not here and c.model.model_id in answers_it)
    ]
    return capital("; ".join(found))


def _open(board: Board, p: Consideration) -> str:
    if not board.is_split:
        return ""
    without = [
        plainly(board.row(s).service.name)
        for s in _services(board, p)
        if not any(c.counted for c in board.row(s).chosen)
    ]
    return f"No partnership chosen for {joined(without)}." if without else ""


def _figures(board: Board, p: Consideration) -> str:
    """A sentence computed from the split, or '' where the tool holds nothing on the paragraph."""
    make = {
        "2.1": _people, "2.2": _directors, "2.3": _hosted, "2.4": _cost, "2.5": _trust, "3.1": _covered,
        "3.2": _health, "3.4": _case_count, "3.5": _leadership, "3.5.1": _directors, "3.6": _crossing,
        "3.6.1": _rare, "3.6.2": _placed, "3.6.3": _equipment, "3.6.5": _homes, "3.7": _purchasing,
        "3.7.1": _purchasing, "3.7.3": _balance, "3.8": _children, "3.9": _partner_areas,
    }.get(p.paragraph)  # fmt: skip
    return make(board) if make else ""


def _people(board: Board) -> str:
    used = [int(c) for c in board.effects.split.in_use]
    said = []
    for outcome in OUTCOMES:
        whole = people_of(board.effects, used, outcome)
        if whole is not None:
            said.append(f"{number(whole.value)} {COUNTED[outcome]}")
    if not said:
        return "How many people draw on care here is not known."
    return f"{joined(said)} draw on care or have plans today and would be served by {counted(len(used), 'council')}."


def _directors(board: Board) -> str:
    d = board.effects.directors
    today, after = (counted(n, "director") for n in (d.today, d.after))
    return f"{capital(today)} of adult social services today, {after} after; and as many of children’s services."


def _hosted(board: Board) -> str:
    hosted = [c for c in board.counted if c.model.model_id == "hosted_service"]
    if not board.is_split:
        return "The split parts no county, so no service has to be hosted through it."
    chosen = f"Hosting is chosen for {len(hosted)} of {len(board.rows)} services"
    return f"{chosen}; it is the first choice for the new councils’ first day."


def _cost(board: Board) -> str:
    if not board.is_split:
        return "The split parts no county, so the model gives no cost of splitting."
    told = by_lens(board.effects, lambda c: millions(c.disaggregation_cost))
    avoided = by_lens(board.effects, lambda c: small(c.partnership_saving))
    return f"The model gives {told} a year for splitting; the partnerships chosen avoid, by assumption, {avoided}."


def _trust(board: Board) -> str:
    if any(c.model.excluded for c in board.chosen):
        return "A trust is named in this scenario. It is struck through and counts for nothing."
    return "No trust is named, and none would count."


def _covered(board: Board) -> str:
    with_one = sum(any(c.counted for c in r.chosen) for r in board.rows)
    return f"{with_one} of {len(board.rows)} services have a partnership chosen."


def _health(board: Board) -> str:
    side, today = board.effects.boundary.after, board.effects.boundary.today
    parts = []
    if "icb" in side.partners and "icb" in today.partners:
        before, after = today.partners["icb"], side.partners["icb"]
        parts.append(f"{counted(after.pairs, 'pair')} of council and NHS board, {number(before.pairs)} today")
    if side.trusts is not None:
        most = max((len(t) for t in side.trusts.by_council), default=0)
        parts.append(f"up to {counted(most, 'hospital trust')} serve one council")
    return f"{capital('; '.join(parts))}." if parts else ""


def _case_count(board: Board) -> str:
    return f"{len(board.library.cases)} case studies, to filter by service."


def _leadership(board: Board) -> str:
    memo = {lens: c.leadership_memo for lens, c in board.effects.costs.items()}
    value = next(iter(memo.values()), 0.0)
    if not board.is_split or value <= 0:
        return "The model adds no leadership for this split."
    return f"Leadership of the further councils is about {millions(value)} a year of the cost of splitting."


def _crossing(board: Board) -> str:
    crossing = board.effects.boundary.crossing
    names = {"commuting 2021": "of commuters (Census 2021)", "moves 2021": "of people who move home"}
    said = []
    for key, words in names.items():
        found = crossing.get(key)
        if found is not None and found.share is not None:
            said.append(f"{percent(found.share)} {words} would cross a council’s border, {percent(found.today)} today")
    return f"{capital('; '.join(said))}." if said else ""


def _rare(board: Board) -> str:
    split = board.effects.split
    row = board.row("specialist_provision") if "specialist_provision" in board.library.services else None
    said = [f"{split.names[c]} {estimated(e)}" for c, e in row.people if e is not None] if row else []
    if not said:
        return ""
    return (
        f"Adults in long-term support, estimated: {joined(said)}. How few of them need rare services is not published."
    )


def _placed(board: Board) -> str:
    return f"{capital(placed_outside(board.effects))}. Where, within the new councils, is not published."


def _equipment(board: Board) -> str:
    row = board.row("equipment") if "equipment" in board.library.services else None
    if row is None or row.spend_period == "" or row.spend_thousand != row.spend_thousand:
        return ""
    return f"{millions(row.spend_thousand / 1000)} was spent on equipment and technology in {row.spend_period}."


def _homes(board: Board) -> str:
    said = [
        f"{p.upper} has {number(p.home_places)} registered places in children’s homes"
        for p in board.effects.boundary.placements
        if p.home_places is not None
    ]
    return f"{joined(said)}; which new council they stand in is not held." if said else ""


def _purchasing(board: Board) -> str:
    told = by_lens(board.effects, lambda c: millions(c.purchasing_scale))
    return f"The model gives {told} a year more for placements bought by smaller councils, before partnerships."


def _balance(board: Board) -> str:
    services, split = board.effects.services, board.effects.split
    o = OUTCOMES.index("adults_long_term_support")
    rate, low, high = services.rate
    said = [
        f"{split.names[c]} {number(rate[c, o], 1)} ({number(low[c, o], 1)} to {number(high[c, o], 1)})"
        for c in split.in_use
        if rate[c, o] == rate[c, o]
    ]
    per = number(services.per("adults_long_term_support"))
    return f"Adults in long-term support per {per} adults, estimated: {joined(said)}." if said else ""


def _children(board: Board) -> str:
    return children_ahead(board, board.effects.forecast.last)


def children_ahead(board: Board, year: int) -> str:
    """Looked-after children of all councils now and in a year, from today's rates."""
    forecast = board.effects.forecast
    used = [int(c) for c in board.effects.split.in_use]
    then = [forecast.estimate(c, year, "children_looked_after") for c in used]
    first = people_of(board.effects, used, "children_looked_after")
    last = total([e for e in then if e is not None])
    if first is None or last is None or None in then:
        return "A forecast of looked-after children cannot be given here."
    grown = f"from {estimated(first)} to {estimated(last)} by {year}"
    return f"If they only grow as residents of their age do, looked-after children go {grown}."


def _partner_areas(board: Board) -> str:
    names = {"icb": "NHS boards", "police": "police areas", "fire": "fire areas"}
    side = board.effects.boundary.after.partners
    said = []
    for kind, words in names.items():
        if kind in side and side[kind].councils_each is not None:
            said.append(f"{words} {tidy(side[kind].councils_each)}")
    return f"Councils that each partner deals with, on average: {joined(said)}." if said else ""
