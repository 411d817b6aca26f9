"""Boundary: who crosses the new lines, which partners each council meets, what is cut; each beside today."""

from __future__ import annotations

from lgrdata.all_effects.effects import Effects
from lgrdata.boundary.flows import Crossing
from lgrdata.boundary.measure import BoundarySide, Partner
from lgrdata.boundary.partners import Pairs
from lgrdata.core.palette import Theme
from lgrdata.core.words import NOT_ADDING, capital, counted, joined, number, people, percent, points, unsummed
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Callout, Fold, Items, Para, Rich, Section, Table
from lgrdata.pictures import maps
from lgrdata.pictures.maps.flows import crossing_pairs
from lgrdata.views.effects.words import council, councils_of, listed, sources, unchanged, uppers

KINDS = {
    "commuting 2021": "Journeys to work, Census 2021",
    "commuting 2011": "Journeys to work, 2011 Census",
    "moves 2021": "Moves of home in a year, Census 2021",
}
MEASURED = ("commuting 2021", "moves 2021")
"""What a sentence tells of: both of one census."""
PARTNERS = {
    "icb before": "NHS integrated care boards of before, {}",
    "icb": "NHS integrated care boards, from {}",
    "police": "Police forces",
    "fire": "Fire services",
}
IN_2021 = "Census 2021 was taken in a lockdown: far fewer people travelled than in 2011, so both years are shown."


def section(dataset: Dataset, effects: Effects, theme: Theme) -> Section:
    """The section 'Boundary'."""
    b = effects.boundary
    blocks: list[Block] = []
    if b.estimated:
        blocks.append(
            Callout(
                "estimated", "Where a council of today is divided, flows and partners follow its residents: estimated."
            )
        )
    if len(effects.split.in_use) > 1 and "commuting 2021" in b.crossing:
        blocks.append(maps.flow_map(dataset, effects.split, "commuting 2021", theme=theme))
    most = crosses_most(effects)
    blocks += [
        *([Para(most)] if most else []),
        Fold("What crosses between councils, beside today", (_crossing(effects), Para(IN_2021))),
        Fold("NHS boards, police and fire of each council", tuple(_partners(effects))),
        _self_contained(effects),
        Fold("New borders, pieces and shape", (_shape(effects),)),
    ]
    blocks += _care_lines(effects)
    return Section("boundary", "Boundary", lede(effects), tuple(blocks))


def lede(effects: Effects) -> str:
    """How many journeys to work would cross, and which borders are cut."""
    b = effects.boundary
    cuts = b.after.cuts
    if not cuts.borders and len(effects.split.in_use) < 2:
        return "Nothing is divided: no border inside the area would part anyone."
    crossing = b.crossing.get("commuting 2021")
    if unchanged(effects):
        share = (
            f"{percent(crossing.share)} of journeys to work inside the area cross between councils" if crossing else ""
        )
        return f"Nothing changes. {share} today." if share else "Nothing changes."
    said = []
    if crossing is not None and crossing.share is not None:
        said.append(
            f"{percent(crossing.share)} of journeys to work inside the area would cross between councils"
            f" ({percent(crossing.today)} between those that run care today)"
        )
    new = f"{counted(cuts.borders, 'border')} between today’s neighbours, {number(cuts.km)} km on land,"
    said.append(f"{new} would lie between councils that run care ({cut_today(b.today)} today)")
    return capital("; ".join(said)) + "."


def cut_today(side: BoundarySide) -> str:
    """Borders that already part councils today."""
    return number(side.cuts.borders)


def crosses_most(effects: Effects) -> str:
    """One sentence on what crosses most; '' where nothing does."""
    split = effects.split
    found = [c for k in MEASURED if (c := effects.boundary.crossing.get(k)) and c.share]
    if unchanged(effects):
        return ""
    if not found or len(split.in_use) < 2:
        return "Nothing new would be divided." if len(split.in_use) == 1 else ""
    top = max(found, key=lambda c: c.share or 0.0)
    said = (
        f"What crosses most: {percent(top.share)} of {_moves(top)} inside the area would cross between councils,"
        f" against {percent(top.today)} between those that run care today"
    )
    return f"{said}{_most_between(effects, top)}."


def crosses_more(effects: Effects) -> str:
    """One sentence on what crosses more than it does today, as shown; '' where nothing does."""
    found = [c for k in MEASURED if (c := effects.boundary.crossing.get(k)) and c.share and c.today is not None]
    more = [c for c in found if (c.share or 0.0) > (c.today or 0.0) and percent(c.share) != percent(c.today)]
    if not more:
        return ""
    top = max(more, key=lambda c: c.share or 0.0)
    said = (
        f"{percent(top.share)} of {_moves(top)} inside the area would cross between councils, against"
        f" {percent(top.today)} between those that run care today"
    )
    return f"{said}{_most_between(effects, top)}."


def _moves(crossing: Crossing) -> str:
    return "journeys to work" if crossing.kind.startswith("commuting") else "moves of home"


def _most_between(effects: Effects, crossing: Crossing) -> str:
    """'; most between A and B, 1,230 people', 'most inside C, which is divided', or '' where nobody crosses."""
    pairs = crossing_pairs(effects.split, crossing.kind)
    if not pairs:
        return ""
    a, b = (effects.facts.authorities[i].name for i in (pairs[0].a, pairs[0].b))
    where = f"inside {a}, which is divided" if a == b else f"between {a} and {b}"
    return f"; most {where}, {people(pairs[0].people)} people"


def _crossing(effects: Effects) -> Table:
    rows, steps = list[tuple[Rich, ...]](), list[tuple[tuple[float, ...], float]]()
    for kind, c in effects.boundary.crossing.items():
        if c.share is None or c.today is None:
            rows.append((KINDS.get(kind, kind), "not known", "not known", "not known", number(c.people)))
            continue
        change = points(c.change, 1)
        steps.append(((1000 * c.today, 1000 * (c.share - c.today)), 1000 * c.share))
        rows.append((KINDS.get(kind, kind), _exact(c.share), _exact(c.today), change, number(c.people)))
    ids = [c.source_id for c in effects.boundary.crossing.values()]
    return Table(
        "crossing", "Share of what moves inside the area that crosses between councils",
        ("What moves", "After", "Today", "Change", "People counted"), tuple(rows), frozenset({1, 2, 3, 4}),
        sources(effects, ids, NOT_ADDING if unsummed(steps) else ""), tuple(ids),
    )  # fmt: skip


def _exact(share: float) -> str:
    return percent(share, 1 if share else 0)


def _partners(effects: Effects) -> list[Block]:
    """A matrix of councils and the partners that each would deal with."""
    after, today, split = effects.boundary.after, effects.boundary.today, effects.split
    held = [k for k in PARTNERS if k in after.partners]
    rows: list[tuple[Rich, ...]] = []
    for c in councils_of(split):
        cells = [_named(after.partners[k].by_council[c]) for k in held]
        if after.trusts is not None:
            cells.append(_named(after.trusts.by_council[c]))
        rows.append((council(split, c), *cells))
    head = ["Council", *(_kind(after.partners[k]) for k in held)]
    ids = [after.partners[k].source_id for k in held]
    if after.trusts is not None:
        head.append("Hospital trusts")
        ids.append(after.trusts.source_id)
    if len(head) == 1:
        return [Callout("unknown", "Areas of the NHS, police and fire are not held here.")]
    counts = []
    for k in held:
        new, old = after.partners[k], today.partners.get(k)
        each = new.councils_each
        was = old.councils_each if old is not None else None
        if each is not None and was is not None:
            counts.append(
                f"{_kind(new)}: each would deal with {_short(each)} {'council' if each == 1 else 'councils'}"
                f" of the area{' on average' if len(new.by_partner) > 1 else ''}, {_short(was)} today."
            )
    return [
        Table(
            "partners", "Partners of each council, with the share of its residents in each",
            tuple(head), tuple(rows), frozenset(), sources(
                effects, ids, "A partner is named where it covers at least 1% of a council’s residents, a hospital"
                " trust where it takes at least 10% of its residents’ admissions (estimated).",
            ), tuple(dict.fromkeys(ids)),
        ),
        Items(tuple(counts)),
    ]  # fmt: skip


def _kind(held: Pairs) -> str:
    """'NHS integrated care boards, from 2026'."""
    return PARTNERS[held.kind].format(held.period)


def _named(found: tuple[Partner, ...]) -> str:
    if not found:
        return "none on record"
    return "; ".join(f"{p.name.removesuffix(' Integrated Care Board')}, {percent(p.share)}" for p in found)


def _self_contained(effects: Effects) -> Block:
    after, split = effects.boundary.after, effects.split
    rows: list[tuple[Rich, ...]] = []
    for c in councils_of(split):
        cells: list[str] = []
        for kind in ("commuting 2021", "commuting 2011"):
            s = after.self_containment.get(kind)
            cells += ["not known", "not known"] if s is None else [percent(s[c].residents), percent(s[c].jobs)]
        latest = after.self_containment.get("commuting 2021")
        rows.append((council(split, c), *cells, percent(latest[c].threshold, 1) if latest else "not known"))
    ids = [f.source_id for k, f in effects.facts.flows.items() if k in after.self_containment]
    head = (
        "Council", "Workers who live and work in it, 2021", "Jobs filled by its residents, 2021",
        "Workers, 2011", "Jobs, 2011", "Rule for a travel-to-work area",
    )  # fmt: skip
    return Fold(
        "How self-contained each council would be",
        (
            Table(
                "self-containment", "Share of journeys to work that stay inside each council", head, tuple(rows),
                frozenset(range(1, 6)), sources(effects, ids, "The rule is how the Office for National Statistics draws"
                " travel-to-work areas, not a test for councils."), tuple(ids),
            ),
        ),
    )  # fmt: skip


def _shape(effects: Effects) -> Block:
    after, today, split = effects.boundary.after, effects.boundary.today, effects.split
    cuts = after.cuts
    said: list[str] = []
    if cuts.borders:
        said.append(
            f"{capital(counted(cuts.borders, 'border'))} between neighbours would part councils"
            f" ({cut_today(today)} today), {number(cuts.km)} km of them on land ({number(today.cuts.km)} km today)."
        )
    if cuts.through:
        said.append(f"The line runs through {listed(list(cuts.through))}.")
    said += [f"{stray.sentence}." for stray in after.strays]
    if not after.strays and len(split.in_use):
        said.append("Each council is in one piece.")
    known = [(split.names[c], after.compactness[c]) for c in councils_of(split) if after.compactness[c] is not None]
    if known:
        told = joined([f"{name} {number(v, 2)}" for name, v in known])
        said.append(f"Compactness, where 1 is a circle: {told}. A coast lowers it, so compare inside this area only.")
    return Items(tuple(said)) if said else Para("Nothing is drawn yet.")


def _care_lines(effects: Effects) -> list[Block]:
    """Placements and pupils across today's lines: as published, for today's councils only."""
    b = effects.boundary
    out: list[Block] = []
    taken = set(uppers(effects))
    placed: list[tuple[Rich, ...]] = [
        (
            p.upper, _or(p.looked_after), _or(p.placed_outside), percent(p.share_outside),
            _or(p.of_others_placed_inside), _or(p.home_places),
        )
        for p in b.placements
        if p.upper in taken
    ]  # fmt: skip
    if placed:
        ids = [b.placements[0].source_id]
        out.append(
            Table(
                "placements", f"Where looked-after children are placed today, {b.placements[0].period}",
                ("Council today", "Looked after", "Placed outside it", "Share outside", "Placed in it by others",
                 "Places in children’s homes"), tuple(placed), frozenset(range(1, 6)),
                sources(effects, ids, "Across today’s lines: how many would cross a new one is not published."),
                tuple(ids),
            )
        )  # fmt: skip
    pupils: list[tuple[Rich, ...]] = [
        (p.upper, people(p.resident), people(p.schooled_outside), percent(p.share_outside), people(p.from_outside))
        for p in b.pupils
        if p.upper in taken
    ]
    if pupils:
        flow = effects.facts.pupils
        ids = [flow.source_id] if flow is not None else []
        out.append(
            Table(
                "pupils", "Pupils across the lines of today’s councils, a year on average",
                ("Council today", "Pupils who live in it", "Schooled outside", "Share", "Coming in"), tuple(pupils),
                frozenset(range(1, 5)), sources(effects, ids, "Not known for new lines."), tuple(ids),
            )
        )  # fmt: skip
    return [Fold("Placements and pupils across today’s lines", tuple(out))] if out else []


def _short(value: float) -> str:
    return number(value, 1).removesuffix(".0")


def _or(value: float | None) -> str:
    return "not published" if value is None else number(value)
