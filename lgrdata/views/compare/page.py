"""Two to four splits of one area side by side: maps in one scale, measures with ranges, who moves. No total score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lgrdata.all_effects.effects import Effects
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core import words
from lgrdata.core.models import LENSES, NOMINAL_WORDS, LgrError, Source
from lgrdata.core.palette import Theme
from lgrdata.dataset.cache import recent
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Columns, Fold, Items, Link, Para, Picture, Rich, Section, Table, View
from lgrdata.pictures.maps import split_map, split_scale
from lgrdata.splits.edits import group_moves, moved_blocks
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split
from lgrdata.views import evidence_bar
from lgrdata.views.compare.lines import ComparedLine, Verdict, care, crossing, money, money_overall, people, tax
from lgrdata.views.compare.short import leaving, short_section
from lgrdata.views.effects.words import partnerships_add

FEWEST, MOST = 2, 4
WIDTHS = {2: 460, 3: 340, 4: 250}
"""Pixels that stand side by side on a wide screen unshrunk, so that one scale holds."""
SMALL, SMALL_HEIGHT = 230, 170.0
"""Pixels of a map where all are to be seen with what they mean on one screen."""
SHORT_NOTE = 120
KEPT = 60


def view(
    dataset: Dataset, scenarios: Sequence[Scenario], names: Sequence[str], theme: Theme = "light", small: bool = False
) -> View:
    """Splits of one area side by side, each against the first; each with its own assumptions and partnerships.

    `small`: maps for one screen, and no more words beside them than the note of each.

    LgrError for fewer than two or more than four, for splits of different areas, and where a scenario cannot be priced.
    """
    if not FEWEST <= len(scenarios) <= MOST:
        raise LgrError(f"a comparison takes {FEWEST} to {MOST} splits, not {len(scenarios)}")
    if len(names) != len(scenarios):
        raise LgrError(f"{len(scenarios)} splits are to be compared under {len(names)} names")
    areas = {s.area_id: s.split.facts.area.name for s in scenarios}
    if len(areas) > 1:
        raise LgrError(f"only splits of one area can be compared; these are of {words.joined(list(areas.values()))}")
    for s, name in zip(scenarios, names, strict=True):
        if len(s.split.in_use) == 0:
            raise LgrError(f"{name} has no council with residents yet")
    names = _distinct(names)
    all_of = [_effects(dataset, s) for s in scenarios]
    lens = scenarios[0].lens
    overall = money_overall(all_of, lens)
    crossed, cared = crossing(all_of), care(all_of)
    first = names[0]
    return View(
        title=f"Compare: {words.joined(list(areas.values()))}",
        lede=tuple(_headline(overall, crossed[0], cared[-1], n, names) for n in range(1, len(names))),
        sections=(
            maps_section(dataset, scenarios, all_of, names, theme, small),
            short_section(all_of, overall, crossed[0], cared[-1], names),
            _table_section("people", "Councils and their size", people(all_of), names),
            _table_section(
                "money", f"Money, £ million at {dataset.assumptions.prices} prices", money(all_of), names,
                note=f"Plus saves, minus costs. {_priced(all_of)}; a difference"
                " holds only where both sides’ figures agree. Figures are rounded, so a difference may be one out.",
                lede=_money_lede(overall, names), above=_bars(dataset, all_of, names, theme),
            ),
            _table_section(
                "crossing", "What crosses the lines", crossed, names,
                note="A pair is a council and a partner that would deal with each other. Where wards divide an"
                " authority, its flows follow its residents: estimated.",
            ),
            _table_section(
                "care", "How care need falls", cared, names,
                note=f"Estimated below council level, with ranges {NOMINAL_WORDS} such estimates keep to; a council of"
                " today has its published count.",
            ),
            _table_section("tax", "Council tax", tax(all_of), names,
                           note=_tax_note(all_of)),
            moves_section([e.split for e in all_of], names),
        ),
        caveats=_caveats(),
        warnings=_warnings(scenarios, all_of, names),
        sources=_sources(all_of),
        key={"page": "compare", "area": scenarios[0].area_id, "first": first},
    )  # fmt: skip


def _effects(dataset: Dataset, scenario: Scenario) -> Effects:
    priced = scenario.priced()
    return recent(dataset, "compared effects", priced, None, lambda: effects_of(dataset, priced), KEPT)


def headline(effects: Effects) -> str:
    """'Two councils: 566,000 and 683,000 residents.'"""
    sizes = sorted((int(effects.split.population[c]) for c in effects.split.in_use), reverse=True)
    return (
        f"{words.capital(words.counted(len(sizes), 'council'))}: {words.joined([words.people(n) for n in sizes])}"
        " residents."
    )


def maps_section(
    dataset: Dataset, scenarios: Sequence[Scenario], all_of: Sequence[Effects], names: Sequence[str], theme: Theme,
    small: bool = False,
) -> Section:  # fmt: skip
    """A map, a headline and the scenario's note each, side by side in column order, all in one scale."""
    width = SMALL if small else WIDTHS[len(all_of)]
    labels = len(all_of) < 4 and not small
    try:
        scale = max(split_scale(dataset, e.split, width, SMALL_HEIGHT if small else None) for e in all_of)
        drawn = [
            split_map(dataset, e.split, width=width, labels=labels, theme=theme, scale=scale, thumbnail=small)
            for e in all_of
        ]
    except LgrError as fault:
        return Section("maps", "The maps", words.sentence(fault))
    side: list[tuple[str, tuple[Block, ...]]] = []
    for scenario, e, name, m in zip(scenarios, all_of, names, drawn, strict=True):
        told = Para(_key(e.split) if small else f"{headline(e)} {_money_of(e)}")
        side.append((name, (Picture(m.name, "", m.svg, m.alt, m.width, None), told, *_note(scenario))))
    return Section("maps", "The maps, all in one scale", "", (Columns(tuple(side)),))


def _key(split: Split) -> str:
    """'① East Surrey ② West Surrey': which number on the map is whose."""
    return " ".join(f"{chr(0x2460 + c)}\u00a0{split.names[c]}" for c in split.in_use.tolist())


def _note(scenario: Scenario) -> tuple[Block, ...]:
    """What was noted of a scenario; folded where it is long."""
    note = scenario.note.strip()
    if not note:
        return ()
    told = Para(f"Note: {note}")
    return (told,) if len(note) <= SHORT_NOTE else (Fold("Note", (told,)),)


def _bars(dataset: Dataset, all_of: Sequence[Effects], names: Sequence[str], theme: Theme) -> tuple[Block, ...]:
    """The evidence bar of each column, one below the other; the table beside them has their figures."""
    out: list[Block] = []
    for n, (e, name) in enumerate(zip(all_of, names, strict=True)):
        drawn = evidence_bar.picture(dataset, e, theme)
        if drawn is not None:
            title, alt = f"{name}: {drawn.title}", f"{name}: {drawn.alt}"
            out.append(replace(drawn, name=f"evidence-bar-{n + 1}", title=title, alt=alt, table=None))
    return tuple(out)


def _money_of(effects: Effects) -> str:
    nets = [effects.costs[lens].recurring_net for lens in LENSES]
    low, high = min(nets), max(nets)
    if words.per_year(low) == words.per_year(high):
        none = max(abs(low), abs(high)) < words.NOTHING
        return "It changes no money." if none else f"The model gives {words.per_year(low)} on either side’s figures."
    told = f"From {words.millions(low, plus=True)} to {words.millions(high, plus=True)} a year, by whose evidence"
    if not effects.any_changed:
        return f"{told}."
    plain = [effects.costs_unchanged[lens].recurring_net for lens in LENSES]
    ends = " to ".join(words.millions(v, plus=True) for v in (min(plain), max(plain)))
    return f"{told}, under assumptions as changed here ({ends} unchanged)."


def _priced(all_of: Sequence[Effects]) -> str:
    if any(e.any_changed for e in all_of):
        return "A column is priced with each side’s evidence, or with its figures as changed for that column"
    return "Each side’s evidence, or what lies halfway, prices all columns"


_WAY: dict[Verdict, str] = {"more": "higher", "less": "lower"}
_BURDEN: dict[Verdict, str] = {
    "more": "heavier",
    "less": "lighter",
    "level": "level",
    "close": "too close to call",
    "missing": "not available",
}


def _headline(overall: ComparedLine, commuting: ComparedLine, load: ComparedLine, n: int, names: Sequence[str]) -> str:
    return (
        f"{names[n]} against {names[0]}: {_money_said(overall, n)}; {_crossing_said(commuting, n)}; the load on the"
        f" most burdened council is {_BURDEN[load.difference(n).verdict]}{load.signed(load.difference(n).verdict)}."
    )


def _money_said(overall: ComparedLine, n: int) -> str:
    found = overall.difference(n)
    match found.verdict:
        case "level":
            return "the same money a year"
        case "close":
            return "money is too close to call, for the two sides’ figures disagree"
        case "missing":
            return "its money is not known"
    way = f"{_WAY[found.verdict]}{overall.signed(found.verdict)}"
    return f"its yearly net is {overall.amount(found)} {way} on both sides’ figures"


def _crossing_said(commuting: ComparedLine, n: int) -> str:
    found = commuting.difference(n)
    match found.verdict:
        case "level":
            return "as large a share of commuters crosses"
        case "close":
            return "how many commuters cross is too close to call"
        case "missing":
            return "commuting is not known"
    way = f"{_WAY[found.verdict]}{commuting.signed(found.verdict)}"
    return f"the share of commuters who cross is {commuting.amount(found)} {way}"


def _money_lede(overall: ComparedLine, names: Sequence[str]) -> str:
    said = []
    for n in range(1, len(names)):
        found = overall.difference(n)
        sure = found.verdict in _WAY
        told = f"{overall.amount(found)} {_WAY[found.verdict]}" if sure else overall.difference_words(n)
        said.append(f"{names[n]}: {told}")
    return f"In the end, a year, against {names[0]}, on both sides’ figures: {'; '.join(said)}."


def _table_section(
    anchor: str, title: str, lines: Sequence[ComparedLine], names: Sequence[str], note: Rich = "", lede: str = "",
    above: tuple[Block, ...] = (),
) -> Section:  # fmt: skip
    rows = tuple((line.name, *(line.cell(n) for n in range(len(names)))) for line in lines)
    close = sum(line.difference(n).verdict == "close" for line in lines for n in range(1, len(names)))
    told = lede or (f"{words.capital(words.counted(close, 'difference'))} too close to call." if close else "")
    return Section(
        anchor,
        title,
        told,
        (
            *above,
            Table(
                f"compare-{anchor}", f"{title}: differences are from {names[0]}", ("Measure", *names), rows, note=note
            ),
        ),
    )


def moves_section(splits: Sequence[Split], names: Sequence[str]) -> Section:
    """Who leaves whom, against the first column: which authorities and wards are in another council."""
    blocks: list[Block] = []
    counted = []
    for split, name in zip(splits[1:], names[1:], strict=True):
        moves = group_moves(splits[0], split)
        counted.append(f"{name}: {_moves(sum(m.count for m in moves))}")
        if not moves:
            blocks.append(Para(f"{name} groups the area as {names[0]} does."))
            continue
        blocks.append(Items(tuple(leaving(splits[0], split, m) for m in moves)))
        moved = moved_blocks(splits[0], split)
        table = Table(
            f"moves-{len(counted)}",
            f"In {name} and not in {names[0]}",
            ("Authority or ward", names[0], name),
            tuple(moved),
        )
        blocks.append(Fold(f"{name}: each place", (table,)))
    blocks.append(
        Para("Councils are matched by the residents they share, so one that is only renamed has not changed.")
    )
    return Section("moves", "Who leaves whom", f"{'; '.join(counted)}.", tuple(blocks))


def _moves(n: int) -> str:
    return f"{words.counted(n, 'authority or ward', 'authorities and wards')} in another council"


def _warnings(scenarios: Sequence[Scenario], all_of: Sequence[Effects], names: Sequence[str]) -> tuple[str, ...]:
    out = []
    if len({tuple(sorted(s.assumptions.items())) for s in scenarios}) > 1:
        out.append("The columns rest on different assumptions: differences in money come partly from those.")
    if any(e.terms for e in all_of):
        out.append("No figure in the columns counts a partnership.")
    out += [f"{n}: {words.inside(partnerships_add(e))}." for n, e in zip(names, all_of, strict=True) if e.terms]
    extras = {tuple((e.split.share.sum(axis=1) > 0).tolist()) for e in all_of}
    if len(extras) > 1:
        out.append("The columns do not take in the same authorities, so totals are not of the same people.")
    for e, name in zip(all_of, names, strict=True):
        if e.split.left_out:
            out.append(f"{name} is unfinished: {words.counted(len(e.split.left_out), 'block')} in no council yet.")
    return tuple(out)


def _tax_note(all_of: Sequence[Effects]) -> str:
    """Of which years the council tax figures are; arithmetic, not a forecast."""
    first = all_of[0]
    if first.tax is None:
        return "Council tax is not held for this area."
    return f"Arithmetic on Band D and the tax base of {first.tax.period}, without parishes; not a forecast."


def _caveats() -> tuple[Rich, ...]:
    return (
        "Which split is best: there is no total score, for that would weigh money against people in your place.",
        ("What any council will do once it exists. ", Link("How figures are made", "page", "evidence"), "."),
    )


def _sources(all_of: Sequence[Effects]) -> tuple[Source, ...]:
    found = {s.source_id: s for e in all_of for s in e.sources}
    return tuple(found[k] for k in sorted(found))


def _distinct(names: Sequence[str]) -> list[str]:
    out: list[str] = []
    for name in names:
        n, one = 2, name
        while one in out:
            one, n = f"{name} ({n})", n + 1
        out.append(one)
    return out


__all__ = ["FEWEST", "MOST", "headline", "maps_section", "view"]
