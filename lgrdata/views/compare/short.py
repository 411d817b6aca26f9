"""A comparison in five rows, each with better or worse, and who leaves whom in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from lgrdata.all_effects.effects import Effects
from lgrdata.core import words
from lgrdata.core.models import LENSES
from lgrdata.page.blocks import Section, Table
from lgrdata.splits.edits import GroupMove, group_moves, matched
from lgrdata.splits.split import Split
from lgrdata.views.compare.lines import CLOSE, ComparedLine, Tell

LOAD_NOTE = (
    "Care against tax: a council’s share of the area’s care costs ÷ its share of the area’s tax base; above 1, it has"
    " more of the care costs. Its likely range stands under “How care need falls”."
)


def short_section(
    all_of: Sequence[Effects], money: ComparedLine, commuting: ComparedLine, load: ComparedLine, names: Sequence[str]
) -> Section:
    """Size, money in the end, commuting, care against tax, and who moves: one row each."""
    columns = range(len(names))
    rows = (
        ("Councils", *(_councils(e) for e in all_of)),
        ("In the end, a year, by whose evidence", *(_cell(money, n, _spread(all_of[n])) for n in columns)),
        ("Commuters who cross", *(_cell(commuting, n, _told(commuting, n, commuting.tell)) for n in columns)),
        ("Care against tax, hardest pressed council", *(_cell(load, n, _told(load, n, load.tell)) for n in columns)),
        ("Who moves, who stays", "–", *(who_moves(all_of[0].split, e.split) for e in all_of[1:])),
    )
    caption = f"In five rows; better or worse is against {names[0]}"
    told = " ".join(verdicts(money, commuting, load, n, names[n]) for n in columns[1:])
    return Section(
        "short", "In five rows", told, (Table("compare-short", caption, ("", *names), rows, note=LOAD_NOTE),)
    )


def _councils(effects: Effects) -> str:
    sizes = effects.split.population[effects.split.in_use]
    return f"{words.counted(len(sizes), 'council')}, smallest {words.people(float(sizes.min()))}"


def _spread(effects: Effects) -> str:
    nets = [effects.costs[lens].recurring_net for lens in LENSES]
    if max(map(abs, nets)) < words.NOTHING:
        return "no change"
    low, high = (words.millions(v, plus=True) for v in (min(nets), max(nets)))
    told = low if low == high else f"{low} to {high}"
    return f"{told}, as changed here" if effects.any_changed else told


def _told(line: ComparedLine, column: int, tell: Tell) -> str:
    figure = line.figures[column]
    return line.missing if figure is None else tell(figure.value)


def _cell(line: ComparedLine, column: int, told: str) -> str:
    if column == 0 or line.figures[column] is None or line.figures[0] is None:
        return told
    verdict = line.verdict_words(column)
    met = ": the ranges meet" if verdict == CLOSE and not line.paired else ""
    return f"{told} ({verdict}{met})"


def who_moves(start: Split, now: Split) -> str:
    """'Elmbridge leaves East Surrey for West Surrey.'; two moves in words, then who else moves, then who stays."""
    moves = group_moves(start, now)
    if not moves:
        return "Nobody: the same grouping."
    told = [leaving(start, now, m) for m in moves[:2]]
    rest = [
        f"{words.joined([*m.wholes, *(f'part of {name}' for name, _ in m.parts)])}"
        f" {f'to {now.names[m.after]}' if m.after >= 0 else 'to no council yet'}"
        for m in moves[2:]
    ]
    others = f" Others that move: {'; '.join(rest)}." if rest else ""
    named = {m for move in moves for m in _moving(move)}
    by_others = [_known_by(start, now, move) for move in moves[:2] if _of_one_name(start, now, move)]
    named |= {m for left, joined in by_others for m in (*left, *joined)}
    return f"{' '.join(told)}{others}{_stays(start, now, named)}"


def _stays(start: Split, now: Split, named: AbstractSet[str]) -> str:
    """' Staying together: Swale and Maidstone, in East Kent, joined by others.': whoever was not named before."""
    told = []
    for before, after in sorted(matched(start, now).items()):
        was, then = _members(start, before), _members(now, after)
        stay = [f"part of {m}" if m in _divided(start, now) else m for m in was if m in then and m not in named]
        joined, left = set(then) - set(was), set(was) - set(then)
        new = ", joined by others" if joined else ", without those who leave" if left else ""
        told += [f"{words.joined(stay)}, in {now.names[after]}{new}"] if stay else []
    return f" Staying together: {'; '.join(told)}." if told else ""


def _divided(start: Split, now: Split) -> set[str]:
    parted = start.divided | now.divided
    return {a.name for a, one in zip(now.facts.authorities, parted, strict=True) if one}


def leaving(start: Split, now: Split, move: GroupMove) -> str:
    """Who leaves whom, as a sentence: councils by name, or by their members where both have one name."""
    places = [*move.wholes, *(f"part of {name}" for name, _ in move.parts)]
    who, one = words.capital(words.joined(places)), len(places) == 1
    leave, join = ("leaves", "joins") if one else ("leave", "join")
    if move.before < 0:
        return f"{who} {join} {now.names[move.after]}, from no council."
    if move.after < 0:
        return f"{who} {leave} {start.names[move.before]}, for no council yet."
    old, new = start.names[move.before], now.names[move.after]
    if not _of_one_name(start, now, move):
        # “Exeter for Exeter and Northern Devon” would not be read as two councils.
        the = "the council called " if old in new or new in old else ""
        return f"{who} {leave} {the}{old} for {the and 'the one called '}{new}."
    left, joined = _known_by(start, now, move)
    told = [f"{verb} {words.joined(whom)}" for verb, whom in ((leave, left), (join, joined)) if whom]
    stays = f"{'stays' if one else 'stay'} in {new} with other wards"
    return f"{who} {words.joined(told) if told else stays}."


def _moving(move: GroupMove) -> set[str]:
    return {*move.wholes, *(name for name, _ in move.parts)}


def _of_one_name(start: Split, now: Split, move: GroupMove) -> bool:
    """Whether the council that is left and the one that is joined are called alike, so that names tell nothing."""
    return move.before >= 0 and move.after >= 0 and start.names[move.before] == now.names[move.after]


def _known_by(start: Split, now: Split, move: GroupMove) -> tuple[list[str], list[str]]:
    """Whom those who move leave, and whom they join."""
    before, after, moved = _members(start, move.before), _members(now, move.after), _moving(move)
    left = [m for m in before if m not in after and m not in moved]
    return left, [m for m in after if m not in before and m not in moved]


def verdicts(money: ComparedLine, commuting: ComparedLine, load: ComparedLine, column: int, name: str) -> str:
    """'Three unitaries: money worse, commuting worse, care too close to call.'"""
    told = [f"{what} {line.verdict_words(column)}" for what, line in
            (("money", money), ("commuting", commuting), ("care against tax", load))]  # fmt: skip
    return f"{name}: {', '.join(told)}."


def _members(split: Split, council: int) -> list[str]:
    return [a.name for i, a in enumerate(split.facts.authorities) if split.share[i, council] > 0]
