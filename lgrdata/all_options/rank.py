"""Where a split stands among the options with as many councils, measure by measure and in words.

Never across numbers of councils: cost and crossing both say "one council", which is no answer to how to draw three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lgrdata.all_options.measures import BY_KEY, HEADLINE, Measure, Steps, values_of_split
from lgrdata.all_options.options import Options
from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LENSES, LgrError
from lgrdata.splits.pieces import pieces
from lgrdata.splits.split import OUT, Split
from lgrdata.splits.splitcode import encode

DISAGREE, OVERLAP = "the two sides’ figures disagree", "the ranges of the estimates overlap"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")

FEW = 20
"""So many others are counted one by one, not in 100."""


@dataclass(frozen=True)
class Standing:
    """A split on one measure among the `others` (options with as many councils, itself left out).

    `worse`, `tied`, `better`: how many of them are behind, alike and ahead after rounding to what matters.
    `close` says why it is too close to call, or is empty.
    """

    measure: Measure
    value: float
    worse: int
    tied: int
    better: int
    close: str
    sentence: str

    @property
    def others(self) -> int:
        return self.worse + self.tied + self.better

    @property
    def percentile(self) -> float | None:
        """Share of the others that are behind, 0 to 100; None where there are no others."""
        return 100 * self.worse / self.others if self.others else None

    @property
    def place(self) -> int:
        """1 where none is ahead; options alike share a place."""
        return self.better + 1

    @property
    def sign(self) -> str:
        """'better' where more of the others are behind than ahead, or as many; 'worse' where fewer are."""
        return "better" if self.worse >= self.better else "worse"

    @property
    def compared(self) -> str:
        """'More even in residents than 99 in 100', to be followed by of which options, and by the sign."""
        lead, count = (self.measure.better, self.worse) if self.sign == "better" else (self.measure.worse, self.better)
        return f"{lead} than {_in_100(count, self.others)}"


@dataclass(frozen=True)
class Rank:
    """Where a split stands. `of`: options with as many councils; `row`: its own row, or None where it is not one.

    `dominated_by`: options as good on every chosen measure and ahead on one; `dominates`: the other way round.
    """

    split: Split
    councils: int
    of: int
    row: int | None
    standings: tuple[Standing, ...]
    chosen: tuple[str, ...]
    dominated_by: int
    dominates: int
    sentence: str
    note: str

    @property
    def by_key(self) -> Mapping[str, Standing]:
        return {s.measure.key: s for s in self.standings}

    def as_json(self) -> dict[str, object]:
        """The `rank` of `options --json`: percentiles by measure, 100 is ahead of all others."""
        out: dict[str, object] = {
            "code": encode(self.split),
            "proposal": self.split.proposal,
            "councils": self.councils,
            "of": self.of,
            "is_option": self.row is not None,
            "dominated_by": self.dominated_by,
            "dominated_on": list(self.chosen),
        }
        for s in self.standings:
            out[s.measure.key] = None if s.percentile is None else round(s.percentile, 1)
        out["values"] = {s.measure.key: plain(s.value) for s in self.standings}
        out["too_close_to_call"] = [s.measure.key for s in self.standings if s.close]
        out["words"] = [self.sentence, *(s.sentence for s in self.standings), *([self.note] if self.note else [])]
        return out


def plain(value: float, digits: int = 6) -> float | None:
    """A value as JSON takes it: no infinity."""
    return round(float(value), digits) if np.isfinite(value) else None


def councils_words(k: int) -> str:
    """A number of councils in words: two councils."""
    return f"{NUMBERS[k]} council" + ("" if k == 1 else "s")


def check_same_area(options: Options, split: Split) -> None:
    """LgrError where a split does not place exactly the authorities that the options are made of."""
    facts = options.facts
    if split.facts.area.area_id != facts.area.area_id:
        raise LgrError(f"this split is of {split.facts.area.name}, the options of {facts.area.name}")
    if split.left_out:
        raise LgrError(f"{len(split.left_out)} blocks are in no council yet; a split is ranked once all are placed")
    extra = [facts.authorities[i].name for i in np.flatnonzero(split.authority != OUT) if i not in options.blocks.index]
    if extra:
        raise LgrError(f"this split takes in {', '.join(extra)}; list the options with it to rank the split")
    short = [options.blocks.name(n) for n, i in enumerate(options.blocks.index) if split.authority[i] == OUT]
    if short:
        raise LgrError(f"this split leaves out {', '.join(short)}; list the options without it to rank the split")


def rank(
    options: Options, split: Split, measures: Sequence[str] = HEADLINE, shown: Sequence[str] | None = None
) -> Rank:
    """A split among the options with as many councils: on each of `shown` (all held), and on `measures` together.

    Also for splits that are not options themselves (divided wards, parts joined by sea): `note` says so. LgrError
    where other authorities are placed, or no option has as many councils.
    """
    check_same_area(options, split)
    k = len(split.in_use)
    rows = options.rows(k)
    of = rows.stop - rows.start
    if of == 0:
        raise LgrError(f"no option with {councils_words(k)} is listed, so this split has nothing to stand among")
    chosen = options.available(measures)
    if not chosen:
        raise LgrError(f"{options.facts.area.name} has no figures for these measures: {', '.join(measures)}")
    row = options.find(split)
    wanted = with_every_lens((*options.available(shown), *chosen))
    values = values_of(options, split, wanted, row)
    against = {m.key: _against(options, k, m, values[m.key]) for m in wanted}
    standings = []
    for m in options.available(shown):
        worse, tied, better = against[m.key]
        tied -= row is not None
        close = _close(options, k, m, values[m.key], against)
        bare = Standing(m, values[m.key], worse, tied, better, close, "")
        standings.append(replace(bare, sentence=_words(bare, k)))
    steps = [int(m.rounded(np.array([values[m.key]]))[0]) for m in chosen]
    columns = [options.rounded(m.key)[rows] for m in chosen]
    beaten_by = _count_as_good(columns, steps)
    dominates = _count_as_good([-c for c in columns], [-s for s in steps])
    return Rank(
        split, k, of, row, tuple(standings), tuple(m.key for m in chosen), beaten_by, dominates,
        _together(beaten_by, k, len(chosen)), _note(options, split, row),
    )  # fmt: skip


def values_of(options: Options, split: Split, measures: Sequence[Measure], row: int | None) -> dict[str, float]:
    """A split's values: its own row's where it is an option, else worked out for it alone."""
    if row is None:
        return values_of_split(split, measures, options.assumptions)
    return {m.key: float(options.column(m.key)[row]) for m in measures}


def with_every_lens(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The measures, each once, and those of them that a lens changes under every lens."""
    keys = {m.key: m for m in measures}
    for m in list(keys.values()):
        if m.lens is not None:
            keys |= {k: BY_KEY[k] for k in (f"{m.key.removesuffix(m.lens)}{lens}" for lens in LENSES)}
    return tuple(keys.values())


def _count_as_good(columns: Sequence[Steps], mine: Sequence[int]) -> int:
    """Options no worse than `mine` on every column and ahead on one."""
    as_good = np.flatnonzero(columns[0] <= mine[0])
    for column, limit in zip(columns[1:], mine[1:], strict=True):
        as_good = as_good[column[as_good] <= limit]
    ahead = np.zeros(len(as_good), dtype=bool)
    for column, limit in zip(columns, mine, strict=True):
        ahead |= column[as_good] < limit
    return int(ahead.sum())


def _against(options: Options, k: int, measure: Measure, value: float) -> tuple[int, int, int]:
    """Options behind, level and ahead."""
    return options.ladder(measure.key, k).against(int(measure.rounded(np.array([value]))[0]))


def _close(
    options: Options, k: int, measure: Measure, value: float, against: Mapping[str, tuple[int, int, int]]
) -> str:
    """Why a split cannot be told from the middle option, or nothing where it can."""
    if measure.rounded(np.array([value]))[0] == options.ladder(measure.key, k).middle:
        return "level with the middle option"
    if measure.lens is not None:
        each = [against[f"{measure.key.removesuffix(measure.lens)}{lens}"] for lens in LENSES]
        if any(worse > better for worse, _, better in each) and any(worse < better for worse, _, better in each):
            return DISAGREE
    if measure.estimated is not None and overlap(
        options.facts, measure.estimated, value, options.middle(measure.key, k)
    ):
        return OVERLAP
    return ""


def overlap(facts: AreaFacts, outcome: str, one: float, other: float) -> bool:
    """Whether two values that rest on estimates of an outcome lie within the range of those estimates."""
    return outcome in facts.fits and abs(one - other) <= (1 - facts.fits[outcome].low_factor) * max(one, other)


def _words(s: Standing, k: int) -> str:
    if s.others == 0:
        return f"{s.measure.name}: there is no other option with {councils_words(k)}."
    if s.close:
        return f"{s.measure.name}: too close to call among options with {councils_words(k)} ({s.close})."
    noun = " option" if max(s.worse, s.better) == s.others else "" if s.others < FEW else " options"
    return f"{s.compared}{noun} with {councils_words(k)} ({s.sign})."


def _in_100(count: int, others: int) -> str:
    if count == others:
        return "every other"
    if others < FEW:
        return f"{count} of {others} others"
    return f"{100 * count // others} in 100" if 100 * count >= others else "fewer than 1 in 100"


def _together(beaten_by: int, k: int, measures: int) -> str:
    name = "this measure" if measures == 1 else f"all {NUMBERS[measures] if measures <= 8 else measures} measures"
    if beaten_by == 0:
        return f"No option with {councils_words(k)} is as good on {name} and better on one."
    many = "option is" if beaten_by == 1 else "options are"
    return f"{beaten_by:,} {many} as good on {name}, with {councils_words(k)}, and better on one."


def _note(options: Options, split: Split, row: int | None) -> str:
    if split.proposal == "today":
        return (
            "It stands here as if each county became one new council; today's councils themselves cost nothing and "
            "save nothing."
        )
    if row is not None:
        return ""
    if sea := across_the_sea(options, split):
        return (
            f"This split is not one of the options listed: {sea} is in parts that only the sea joins. No council of"
            " those options crosses the sea, so a good place among them may come of that alone."
        )
    if not split.is_whole:
        return (
            "Options are made of whole authorities. This split divides some by wards, so it is placed among them "
            "by its figures and is not one of them."
        )
    parted = [c for c in split.in_use.tolist() if len(pieces(split, c, sea=options.blocks.ferries)) > 1]
    if not parted:
        return "This split is not one of the options listed: it does not keep to the filters."
    return f"This split is not one of the options listed: {split.names[parted[0]]} is in parts."


def across_the_sea(options: Options, split: Split) -> str:
    """The first council that only the open sea joins, where no option may do so; '' where none, or one is in parts."""
    councils = [] if options.blocks.ferries else split.in_use.tolist()
    parted = [c for c in councils if len(pieces(split, c)) > 1]
    joined = all(len(pieces(split, c, sea=True)) == 1 for c in parted)
    return split.names[parted[0]] if parted and joined else ""
