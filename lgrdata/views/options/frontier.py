"""The frontier as a list: options that none is better than on the measures chosen, with small maps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lgrdata.all_options.options import Measure, Options
from lgrdata.core import words
from lgrdata.core.facts import Ints
from lgrdata.core.models import LgrError
from lgrdata.core.palette import Theme
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Fold, Link, Rich, Section, Table
from lgrdata.pictures.maps import council_words
from lgrdata.splits.split import Split
from lgrdata.views.options.listing import OptionsQuery
from lgrdata.views.options.thumbnails import thumbnails
from lgrdata.views.options.words import head, told, with_councils, within

SHOWN = 30
MAPS = 9
"""Maps shown at once; those of the other rows are folded away."""
EVEN = "size_spread"
"""The measure that the list is in order of: the most even first, so that no lopsided option leads it."""


def shown_rows(options: Options, rows: Ints, judged: Sequence[Measure]) -> Ints:
    """At most 30 of the frontier's rows, the most even in residents first.

    Those ahead on each measure are among them, the rest spread evenly along the first measure.
    """
    order = rows[np.lexsort((options.keys[rows], options.rounded(judged[0].key)[rows]))]
    if len(order) > SHOWN:
        ahead = [int(np.argmin(options.rounded(m.key)[order])) for m in judged]
        spread = np.linspace(0, len(order) - 1, SHOWN - len(set(ahead))).round().astype(int).tolist()
        order = order[sorted({*ahead, *spread})]
    return np.asarray(order[np.argsort(options.rounded(EVEN)[order], kind="stable")], dtype=np.int64)


def open_codes(options: Options, rows: Ints, judged: Sequence[Measure]) -> list[tuple[str, str]]:
    """(name on the page, split code) of the frontier options listed, for a control that opens one."""
    shown = shown_rows(options, rows, judged)
    return [(f"Option {n}", code) for n, code in enumerate(options.codes(shown), start=1)] if len(shown) else []


def section(
    dataset: Dataset,
    options: Options,
    asked: OptionsQuery,
    rows: Ints,
    judged: Sequence[Measure],
    mine: Split,
    theme: Theme,
) -> Section:
    """The frontier's table, maps of its first rows, and who is in each council."""
    shown = shown_rows(options, rows, judged)
    splits = [_known(dataset, options, int(row)) for row in shown]
    members = tuple((f"Option {n}", council_words(split)) for n, (split, _) in enumerate(splits, start=1))
    first, others = _maps(dataset, [split for split, _ in splits], theme)
    blocks: tuple[Block, ...] = (
        *first,
        *others,
        _table(options, asked, rows, shown, splits, judged, mine),
        Fold("Who is in each council of these options", (Table("members", "Councils of the options listed above",
             ("Option", "Councils"), members),)),
    )  # fmt: skip
    lede = (
        f"{words.capital(words.counted(len(rows), 'option'))} of {len(options):,} {with_councils(asked.councils)} "
        f"{'has' if len(rows) == 1 else 'have'} no other that is as good on {_list(judged)} and better on one."
    )
    if len(shown) > 1:
        lede += " The most even in residents come first"
        lede += ", and a floor for the smallest council leaves out the lopsided." if asked.councils > 1 else "."
    title = f"Options that no other {with_councils(asked.councils)} beats: better on one thing costs another"
    return Section("frontier", title, lede, blocks)


def _table(
    options: Options, asked: OptionsQuery, rows: Ints, shown: Ints, splits: Sequence[tuple[Split, str]],
    judged: Sequence[Measure], mine: Split,
) -> Table:  # fmt: skip
    area_id, columns = options.facts.area.area_id, list(judged)
    columns += [m for m in options.available([asked.x, asked.y]) if m not in judged]
    body: list[tuple[Rich, ...]] = []
    each = zip(shown.tolist(), options.codes(shown), splits, strict=True)
    for n, (row, code, (split, name)) in enumerate(each, start=1):
        residents = sorted((int(p) for p in split.population), reverse=True)
        label = f"Option\u00a0{n}" + (f": {name}" if name else "") + (" (yours)" if split == mine else "")
        body.append(
            (
                label,
                words.joined([words.thousands(p) for p in residents]),
                *(told(m, float(options.column(m.key)[row])) for m in columns),
                Link("Open", "split", f"{area_id}/{code}"),
            )
        )
    more = len(rows) - len(shown)
    return Table(
        "frontier",
        (f"{len(shown)} of the {len(rows):,} options" if more else "Options")
        + f" {with_councils(asked.councils)} that no other with as many beats on {_list(judged)} together"
        + (f": the best by each, others spread along {within(judged[0])}" if more else ""),
        ("Option", "Residents", *(head(m) for m in columns), "Map"),
        tuple(body),
        frozenset(range(2, 2 + len(columns))),
        note=(f"{more:,} more that nothing beats are not listed here. " if more else "")
        + "The most even in residents come first. That says nothing of which is better: each gives something up for"
        " something else."
        " Options alike after rounding to what matters are all listed.",
    )


def _maps(dataset: Dataset, splits: Sequence[Split], theme: Theme) -> tuple[list[Block], list[Block]]:
    """Small maps of the first options, and those of the others, folded away."""
    drawn = [(f"Option {n}", split) for n, split in enumerate(splits, start=1)]
    which = f"{'The' if len(drawn) <= MAPS else 'The first'} {words.counted(len(drawn[:MAPS]), 'option')} of the table"
    first = thumbnails(dataset, drawn[:MAPS], theme, f"{which}, drawn small")
    rest = drawn[MAPS:]
    others = thumbnails(dataset, rest, theme, f"{rest[0][0]} to {rest[-1][0]}") if rest else None
    folded = f"Maps of the other {words.counted(len(rest), 'option')} of the table"
    return [first] if first else [], [Fold(folded, (others,))] if others else []


def _list(judged: Sequence[Measure]) -> str:
    return words.joined([within(m) for m in judged])


def _known(dataset: Dataset, options: Options, row: int) -> tuple[Split, str]:
    """An option as a split, with the title of the proposal that it equals, if any."""
    area_id = options.facts.area.area_id
    split = options.split(row)
    for p in dataset.proposals(area_id):
        try:
            known = dataset.split(area_id, p.proposal_id)
        except LgrError:
            continue
        if known == split:
            return known, p.title
    return split, ""
