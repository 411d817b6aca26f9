"""The answer first: what the split does best and worst among the options, and the one change that would better it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from lgrdata.all_options.measures import SIZE_GUIDE
from lgrdata.all_options.nearest import NearestOption, each_better
from lgrdata.all_options.options import Measure, Options
from lgrdata.all_options.rank import Rank, Standing, across_the_sea
from lgrdata.all_options.unjudged import Unjudged, unjudged
from lgrdata.core import words
from lgrdata.core.palette import Theme
from lgrdata.core.text import one_line
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Link, Para, Rich, Section
from lgrdata.splits.edits import give, make_whole
from lgrdata.splits.scenario import MAX_NAME
from lgrdata.splits.split import DIVIDED, Split
from lgrdata.views.options.thumbnails import thumbnails
from lgrdata.views.options.words import change_told, differs, with_councils, within
from lgrdata.views.options.words import told as figure

Nearest = Sequence[tuple[Measure, NearestOption]]
"""For measures on which an option does better and on no other judged worse: the nearest such option."""

MOST_WORSE = 3
"""As many of what a change makes worse as are named; of more it says how many."""

COMPARE = Link("Compare sets them side by side", "page", "compare")
"""Where splits into other numbers of councils stand beside one another."""

LOOKED_AT = 50
"""Nearest options looked at for one whose betterment shows in the figures as told."""


def nearest(options: Options, split: Split, judged: Sequence[Measure]) -> Nearest:
    """The nearest better option by each measure, where there is one: it keeps to all the measures judged by."""
    keys = [m.key for m in judged]
    out = []
    for m in judged:
        shown = (
            n for n in islice(each_better(options, split, m.key, keys), LOOKED_AT) if differs(m, *n.changes[m.key])
        )
        if (found := next(shown, None)) is not None:
            out.append((m, found))
    return out


def one_change(near: Nearest) -> tuple[Measure, NearestOption] | None:
    """The change to name first: one that is surely better, and of those the one that moves fewest."""
    return min(near, key=lambda found: (found[0].key in found[1].close, len(found[1].moves)), default=None)


def changed(split: Split, near: NearestOption) -> Split:
    """The split with the moves that lead to a near option: its councils keep their numbers and names."""
    for i, authority in enumerate(split.facts.authorities):
        if split.authority[i] == DIVIDED:
            split = make_whole(split, authority.code)
    for move in near.moves:
        split = give(split, [move.code], move.to_council)
    return split


def changed_name(name: str, split: Split, near: NearestOption) -> str:
    """'Four unitaries, with Preston to North Lancashire'; the moves alone, or counted, where both are too long."""
    moves, many = moves_told(split, near), words.counted(len(_moves(split, near)), "change")
    ways = (f"{name}, with {moves}", f"With {moves}", f"{name}, with {many}", f"With {many}")
    return one_line(next(way for way in ways if len(way) <= MAX_NAME), MAX_NAME)


def section(
    dataset: Dataset,
    options: Options,
    split: Split,
    mine: Rank,
    judged: Sequence[Measure],
    near: Nearest,
    theme: Theme,
    floor: int = 0,
) -> Section:
    """Two sentences and, where one change improves the split, its small maps: as it is, and with the change.

    `floor`: the fewest residents of a council of these options; 0 for any.
    """
    blocks: list[Block] = [Para(mine.note)] if across_the_sea(options, split) else []
    found = one_change(near)
    if found is not None:
        goal, option = found
        blocks.append(Para(_improved(split, goal, option, judged)))
        worse = unjudged(options, split, option.row, [m.key for m in judged])
        blocks.append(Para(worse_told(options, worse)))
        after = changed(split, option)
        named = (
            [("With the change", after)] if split.divided.any() else [("As it is", split), ("With the change", after)]
        )
        drawn = thumbnails(dataset, named, theme, "", wide=176, since=split)
        blocks += [drawn] if drawn is not None else []
    elif mine.of > 1:
        blocks.append(Para(unbeaten_told(mine, len(judged))))
    told = _best_and_worst([mine.by_key[m.key] for m in judged])
    if told is None:
        said = "One council can be made in one way. Choose two councils or more to see the options."
    else:
        size = f" of {floor:,} or more" if floor else " of any size" if mine.councils > 1 else ""
        said = f"Among options {with_councils(mine.councils)}{size}: {told}."
    return Section("answer", "In short", said, tuple(blocks))


def unbeaten_told(mine: Rank, judged: int) -> Rich:
    """That no other split with as many councils is better, and that no other number of councils was looked at."""
    into = f"split into {words.counted(mine.councils, 'council')}"
    if mine.dominated_by:
        said = f"What another {into} does better is less than can be shown."
    elif judged > 1:
        said = f"No other {into} listed here is as good on {_each(judged)} and better on one."
    else:
        said = f"No other {into} listed here does better on the one measure judged."
    return (f"{said} It is not ranked against other numbers of councils: ", COMPARE, ".")


def _each(judged: int) -> str:
    return "both measures" if judged == 2 else f"all {words.counted(judged, 'measure')}"


def _best_and_worst(standings: Sequence[Standing]) -> str | None:
    """'more even in residents than 99 in 100 (better); worse off …'; None where there is no other option."""
    sure = [s for s in standings if s.others and not s.close]
    ahead = max((s for s in sure if s.sign == "better"), key=lambda s: s.worse / s.others, default=None)
    behind = max((s for s in sure if s.sign == "worse"), key=lambda s: s.better / s.others, default=None)
    told = [signed(s) for s in (ahead, behind) if s is not None]
    if not told:
        return "too close to call on every measure here" if any(s.others for s in standings) else None
    return "; ".join(map(_small, told))


def signed(s: Standing) -> str:
    """'more even in residents than 99 in 100 (better)'; without the sign where the words begin with it."""
    return s.compared if s.compared.lower().startswith(s.sign) else f"{s.compared} ({s.sign})"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _moves(split: Split, near: NearestOption) -> list[str]:
    told = [f"{m.name} to {split.names[m.to_council]}" for m in near.moves]
    divided = [a.name for a, parted in zip(split.facts.authorities, split.divided, strict=True) if parted]
    moved = {m.name for m in near.moves}
    told += [f"{name} whole in {_home(split, name)}" for name in divided if name not in moved]
    return told


def moves_told(split: Split, near: NearestOption) -> str:
    """'Elmbridge to West Surrey and Woking to East Surrey'; also which divided authorities become whole."""
    return words.joined(_moves(split, near))


def _home(split: Split, name: str) -> str:
    """The council that has most of a divided authority's residents."""
    at = next(i for i, a in enumerate(split.facts.authorities) if a.name == name)
    return split.names[int(split.share[at].argmax())]


def _improved(split: Split, goal: Measure, near: NearestOption, judged: Sequence[Measure]) -> str:
    """'One change improves it: Elmbridge to West Surrey; commuting from 14% to 11% (better), no worse on …'"""
    close = near.close.get(goal.key)
    many = len(_moves(split, near))
    how = "One change" if many < 2 else f"{words.capital(words.counted(many, 'move'))}"
    does = "might improve it, too close to call" if close else "improves it" if many < 2 else "improve it"
    change = f"{within(goal)} {change_told(goal, *near.changes[goal.key])}{'' if close else ' (better)'}"
    others = [m for m in judged if m.key != goal.key and m.key in near.changes]
    return f"{how} {does}: {moves_told(split, near)}; {change}, {kept_told(others, near)}."


def kept_told(others: Sequence[Measure], near: NearestOption) -> str:
    """'judged too and no worse: …, …'; what is too close to call is told apart from these."""
    if not others:
        return "the only measure judged"
    sure, unsure = ([within(m) for m in others if (m.key in near.close) == close] for close in (False, True))
    told = [f"judged too and no worse: {words.joined(sure)}"] if sure else []
    if unsure:
        told.append(f"too close to call: {words.joined(unsure)}")
    return "; ".join(told)


def worse_told(options: Options, found: Unjudged) -> str:
    """'It makes worse: care against tax of the hardest pressed council, from 1.19 to 1.29 …'"""
    out = []
    if found.load is not None:
        was, then = (words.number(v, 2) for v in found.load)
        out.append(f"care against tax of the hardest pressed council, {was} to {then} times")
    if found.smallest is not None:
        was, then = map(words.people, found.smallest)
        guide = words.people(options.assumptions.value(SIZE_GUIDE))
        out.append(f"smallest council, {was} to {then}, under the government’s guide of {guide}")
    out += [f"{within(m)}, {figure(m, was)} to {figure(m, then)}" for m, was, then in found.measures]
    if not out:
        return "Compare shows the change on what is not judged here."
    more = len(out) - MOST_WORSE
    if more > 1:
        out = [*out[:MOST_WORSE], words.counted(more, "other measure")]
    return f"It makes worse: {'; '.join(out)}."


def worse_words(found: Unjudged) -> tuple[str, ...]:
    """What a change makes worse though it was not judged, in a few words each and without figures."""
    load = ("care against tax",) if found.load is not None else ()
    smallest = ("size of the smallest council",) if found.smallest is not None else ()
    return (*load, *smallest, *(within(m) for m, _, _ in found.measures))
