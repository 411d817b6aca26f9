"""The six criteria and their parts beside the tool's own figures. Never a total: government does not weigh them."""

from __future__ import annotations

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import OUTCOMES
from lgrdata.core.words import capital, counted, joined, millions, number, people, percent
from lgrdata.costs.price import LensCost
from lgrdata.partnerships.board import Board
from lgrdata.views.partnerships.words import COUNTED, by_lens, small

NO_FIGURES = "The tool holds no figures on this: your note answers it."


def criterion_figures(board: Board) -> dict[str, str]:
    """What the tool's figures say of each criterion, by its id; NO_FIGURES where the user's note answers."""
    e = board.effects
    made = {
        "1": _one_tier(e), "1a": _tax(e), "1b": _shape(e), "2": _sizes(e), "2a": _guide(e), "2b": _under(e),
        "2c": _yearly(e), "2d": _one_off(e), "3": _covered(board), "3a": _pieces(e), "3b": _value(board),
        "3c": _crucial(e), "4b": _stay(e), "5": _sizes(e), "5c": _balance(e), "6": _sizes(e),
    }  # fmt: skip
    return {key: made.get(key, "") or NO_FIGURES for key in board.library.criteria}


def _used(e: Effects) -> list[int]:
    return [int(c) for c in e.split.in_use]


def _one_tier(e: Effects) -> str:
    left = len(e.split.left_out)
    placed = "Every district is in one council" if not left else f"{counted(left, 'place')} in no council yet"
    strays = e.boundary.after.strays
    names = list(
        dict.fromkeys(e.split.names[s.council] if isinstance(s.council, int) else str(s.council) for s in strays)
    )
    whole = f"{joined(names)} in more than one piece" if names else "each council is in one piece"
    return f"{placed}; {whole}."


def _tax(e: Effects) -> str:
    base, said = e.care_load.tax_base, []
    each = [(float(base[c]) / int(e.split.population[c]), c) for c in _used(e) if base[c] == base[c]]
    if len(each) == len(_used(e)) and each:
        high, low = max(each), min(each)
        if len(each) > 1:
            said.append(
                f"Band D homes per 1,000 residents run from {number(low[0] * 1000)} in {e.split.names[low[1]]}"
                f" to {number(high[0] * 1000)} in {e.split.names[high[1]]}"
            )
        else:
            said.append(f"Band D homes per 1,000 residents: {number(high[0] * 1000)}")
    inside = _contained(e)
    if inside:
        said.append(f"workers who live and work in the same council: {inside}")
    return f"{'; '.join(said)}." if said else ""


def _contained(e: Effects) -> str:
    found = e.boundary.after.self_containment.get("commuting 2021")
    if not found:
        return ""
    said = [
        f"{percent(found[c].residents)} in {e.split.names[c]}"
        for c in _used(e)
        if found[c] is not None and found[c].residents is not None
    ]
    return joined(said) if said else ""


def _shape(e: Effects) -> str:
    cuts = e.boundary.after.cuts
    between = f"{capital(counted(cuts.borders, 'border'))} between districts cut, {number(cuts.km)} km"
    return f"{between}. No figure on housing land."


def _sizes(e: Effects) -> str:
    return f"Residents: {joined([f'{e.split.names[c]} {people(int(e.split.population[c]))}' for c in _used(e)])}."


def _guide(e: Effects) -> str:
    forecast, last = e.forecast, -1
    said = []
    for c in _used(e):
        d = float(e.size.distance[c])
        side = "above" if d >= 0 else "below"
        ahead = float(forecast.residents[c, last].sum())
        later = f", {people(ahead)} by {forecast.years[last]}" if ahead == ahead else ""
        said.append(
            f"{e.split.names[c]} {people(int(e.split.population[c]))}{later}: {people(abs(d))} {side} the guide"
        )
    return f"{'; '.join(said)}. A guide, not a target."


def _under(e: Effects) -> str:
    under = [e.split.names[c] for c in _used(e) if float(e.size.distance[c]) < 0]
    if not under:
        return "No council is under the guide."
    verb = "is" if len(under) == 1 else "are"
    return f"{joined(under)} {verb} under the guide: say why that suits."


def _yearly(e: Effects) -> str:
    told = by_lens(e, lambda c: millions(c.recurring_net, plus=True))
    return f"Yearly effect in the model: {told}, partnerships counted."


def _one_off(e: Effects) -> str:
    def told(cost: LensCost) -> str:
        back = f"paid back in year {cost.payback_years}" if cost.payback_years is not None else ""
        never = "not paid back within 30 years" if cost.spends else "nothing to pay back"
        return f"{millions(cost.one_off)}, {back or never}"

    return f"One-off cost in the model: {by_lens(e, told)}."


def _covered(board: Board) -> str:
    with_one = sum(any(c.counted for c in r.chosen) for r in board.rows)
    if not board.is_split:
        return "No county’s services are divided."
    return f"{len(board.rows)} services of a county are divided; {with_one} have a partnership chosen."


def _pieces(e: Effects) -> str:
    said = [f"{p.name} in {counted(len(p.councils), 'piece')}" for p in e.boundary.after.pieces if p.is_county]
    found = e.boundary.crossing.get("commuting 2021")
    if found is not None and found.share is not None:
        said.append(f"{percent(found.share)} of commuters cross a council’s border, {percent(found.today)} today")
    return f"{capital('; '.join(said))}." if said else ""


def _value(board: Board) -> str:
    split = by_lens(board.effects, lambda c: millions(c.disaggregation_cost))
    avoided = by_lens(board.effects, lambda c: small(c.partnership_saving))
    boards = board.effects.boundary.after.partners.get("icb")
    each = (
        f" Councils for each NHS board: {number(boards.councils_each, 1)}." if boards and boards.councils_each else ""
    )
    return f"Splitting costs, in the model, {split} a year; chosen partnerships avoid, by assumption, {avoided}.{each}"


def _crucial(e: Effects) -> str:
    said = [f"statutory directors of adult social services: {e.directors.today} today, {e.directors.after} after"]
    rate, low, high = e.services.rate
    o = OUTCOMES.index("children_looked_after")
    each = [
        f"{e.split.names[c]} {number(rate[c, o])} ({number(low[c, o])} to {number(high[c, o])})"
        for c in _used(e)
        if rate[c, o] == rate[c, o]
    ]
    if each:
        per = number(e.services.per("children_looked_after"))
        said.append(f"{COUNTED['children_looked_after']} per {per} children, estimated: {joined(each)}")
    weakest = e.care_load.weakest
    if weakest is not None:
        close = ", though too close to call" if weakest.too_close else ""
        said.append(f"most care spending for its tax base: {e.split.names[weakest.council]}{close}")
    balance = e.facts.upper_columns.get("dsg_balance")
    if balance is not None:
        pairs = zip(e.facts.upper_names, balance.values.tolist(), strict=True)
        known = [f"{name} {_balance_words(value)}" for name, value in pairs if value == value]
        if known:
            said.append(f"schools’ grant carried forward, {balance.period}: {joined(known)}")
    return f"{capital('; '.join(said))}."


def _balance_words(value: float) -> str:
    """£ carried forward: above zero is read as overspent, an inference that the dataset marks."""
    said = "overspent" if value > 0 else "in hand"
    return f"£{number(abs(value) / 1e6, 1)} million {said}"


def _stay(e: Effects) -> str:
    said = []
    inside = _contained(e)
    if inside:
        said.append(f"workers who stay within their council: {inside}")
    moves = e.boundary.crossing.get("moves 2021")
    if moves is not None and moves.share is not None:
        said.append(f"{percent(1 - moves.share)} of people who move within the area stay within a council")
    return f"{capital('; '.join(said))}." if said else ""


def _balance(e: Effects) -> str:
    sizes = sorted(int(e.split.population[c]) for c in _used(e))
    if len(sizes) < 2:
        return "One council: nothing to balance."
    return f"The largest council has {number(sizes[-1] / sizes[0], 1)} times the residents of the smallest."
