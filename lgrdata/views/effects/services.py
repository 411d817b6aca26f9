"""Services: people in care of each council with their range, what it carries, directors, size."""

from __future__ import annotations

import math

from lgrdata.all_effects.effects import Effects
from lgrdata.care.spending import Reason
from lgrdata.core.models import NOMINAL_WORDS, OUTCOMES
from lgrdata.core.palette import Theme
from lgrdata.core.words import OUTCOME_NAMES, capital, counted, joined, number, people, percent
from lgrdata.page.blocks import Block, Callout, Chart, Fold, Items, Para, Rich, Section, Table
from lgrdata.pictures import charts
from lgrdata.views.effects.words import (
    council,
    councils_of,
    count_of,
    dated,
    listed,
    numbered,
    sources,
    unchanged,
    uppers,
)


def section(effects: Effects, theme: Theme) -> Section:
    """The section 'Care': what each council carries first, the rest folded."""
    blocks = _carried(effects, theme)
    chart = _balance(effects, theme)
    rates: list[Block] = [Items(tuple(balance_sentences(effects))), *([chart] if chart else [])]
    blocks += [
        Fold("Rates of people in care, council by council", tuple(rates)),
        Fold("How many people in care each council would answer for", (counts(effects), _how(effects))),
        Fold("Residents beside the government’s size guide", (_size(effects),)),
    ]
    return Section("services", "Care", lede(effects), tuple(blocks))


def lede(effects: Effects) -> str:
    """The directors needed today and after, and over how many councils care would be spread."""
    d, n = effects.directors, len(effects.split.in_use)
    if n == 0:
        return "No council has any residents yet."
    if d.today == d.after:
        same = counted(d.after, "council")
        return f"{capital(same)} would run social care, as today, each with its two statutory directors."
    return (
        f"{capital(counted(d.after, 'council'))} would run social care where {counted(d.today, 'does', 'do')} today:"
        f" {counted(d.after, 'director')} of adult social services and as many of children’s services,"
        f" in place of {counted(d.today, 'of each', 'of each')}."
    )


def balance_sentences(effects: Effects) -> list[str]:
    """For each count: whose rate stands above or below the area's, and where that is too close to call."""
    services, out = effects.services, list[str]()
    alike: dict[str, list[str]] = {}
    value, _, _ = services.balance
    used = councils_of(effects.split)
    if len(used) < 2:
        return [f"{OUTCOME_NAMES[o]}: {count_of(effects, c, o)}." for c in used for o in OUTCOMES]
    for i, outcome in enumerate(OUTCOMES):
        known = [c for c in used if not math.isnan(float(value[c, i]))]
        if len(known) < len(used):
            gone = [c for c in used if c not in known]
            out.append(f"{OUTCOME_NAMES[outcome]}: {count_of(effects, gone[0], outcome)}, so rates cannot be compared.")
            continue
        told = []
        for above in (True, False):
            far = [
                c
                for c in known
                if not services.too_close[c, i] and (value[c, i] > 1.005 if above else value[c, i] < 0.995)
            ]
            if far:
                names = listed([effects.split.names[c] for c in far])
                told.append(f"{'higher' if above else 'lower'} than the area’s in {names}")
        close = [c for c in known if services.too_close[c, i]]
        if len(close) == len(known):
            told = ["too close to call between the councils"]
        elif close:
            told.append(f"too close to call in {listed([effects.split.names[c] for c in close])}")
        alike.setdefault("; ".join(told) or "even across the councils", []).append(_lower(OUTCOME_NAMES[outcome]))
    return [f"{'Rate' if len(of) == 1 else 'Rates'} of {joined(of)}: {told}." for told, of in alike.items()] + out


def _balance(effects: Effects, theme: Theme) -> Chart | None:
    services, split, used = effects.services, effects.split, councils_of(effects.split)
    if len(used) < 2:
        return None
    value, low, high = services.balance
    rate = services.rate
    rows: list[charts.Row] = []
    table: list[tuple[Rich, ...]] = []
    for i, outcome in enumerate(OUTCOMES):
        rows.append({"row": len(rows), "name": OUTCOME_NAMES[outcome]})
        for c in used:
            v = float(value[c, i])
            if math.isnan(v):
                continue
            ends = f"{_more(float(low[c, i]))} to {_more(float(high[c, i]))}"
            tip = f"{split.names[c]}, {_lower(OUTCOME_NAMES[outcome])}: {_more(v)}, {ends}"
            rows.append(
                {
                    **charts.badge(c, theme), "row": len(rows), "tip": tip,
                    "value": round(v - 1, 4), "low": round(float(low[c, i]) - 1, 4),
                    "high": round(float(high[c, i]) - 1, 4),
                }
            )  # fmt: skip
            said = "too close to call" if services.too_close[c, i] else _way(v)
            if services.status[c][i] == "published":
                said = f"{_way(v)}; published, no range"
            per = f"{services.per(outcome):,}"
            table.append(
                (
                    f"{OUTCOME_NAMES[outcome]}: {split.names[c]}",
                    f"{_rate(float(rate[0][c, i]))} ({_rate(float(rate[1][c, i]))} to {_rate(float(rate[2][c, i]))})",
                    _rate(float(services.area_rate[i])),
                    per,
                    said,
                )
            )
    if not table:
        return None
    clear = sum(1 for r in table if str(r[4]).startswith(("higher", "lower")))
    title = (
        "No council’s rate is clearly above or below the area’s"
        if clear == 0
        else f"{capital(counted(clear, 'rate'))} of {len(table)} {'is' if clear == 1 else 'are'} clearly above or below"
        " the area’s"
    )
    return Chart(
        "care-rates",
        title,
        f"Each council’s people in care for its residents of that age, against the whole area’s rate:"
        f" {numbered(split)}. Lines: the likely range, which {NOMINAL_WORDS} such estimates keep to.",
        charts.balance(rows, theme),
        f"Dots with ranges by service and council, left or right of the area’s rate. {title}.",
        Table(
            "care-rates",
            "Rates of people in care by council",
            (
                "Service and council",
                f"Rate (range, {NOMINAL_WORDS})",
                "Area",
                "For each … residents",
                "Against the area",
            ),
            tuple(table),
            frozenset({1, 2, 3}),
        ),
    )


def _way(ratio: float) -> str:
    """Higher or lower than the area's rate."""
    return "higher" if ratio > 1.005 else "lower" if ratio < 0.995 else "as the area"


def _more(ratio: float) -> str:
    change = ratio - 1
    return "as the area" if round(change * 100) == 0 else f"{percent(abs(change))} {'above' if change > 0 else 'below'}"


def _rate(value: float) -> str:
    return number(value, 1)


def counts(effects: Effects) -> Table:
    """People in care and households owed a homelessness duty, by council, with ranges."""
    split = effects.split
    homeless = effects.services.homelessness
    rows: list[tuple[Rich, ...]] = []
    for c in councils_of(split):
        cells = [count_of(effects, c, o) for o in OUTCOMES]
        if homeless is not None:
            value = (
                people(float(homeless.values[c])) if homeless.status[c] == "estimated" else number(homeless.values[c])
            )
            gone = homeless.missing[c]
            cells.append(f"{value}, without {listed(list(gone), 2)} (not published or not held)" if gone else value)
        rows.append((council(split, c), *cells))
    ids = [effects.facts.upper_columns[o].source_id for o in OUTCOMES if o in effects.facts.upper_columns]
    column = effects.facts.columns.get("homelessness_duties_owed")
    ids += [column.source_id] if column is not None else []
    head = ["Council", *(OUTCOME_NAMES[o] for o in OUTCOMES)]
    if homeless is not None:
        head.append("Households owed a homelessness duty" + (f", {homeless.period}" if homeless.period else ""))
    return Table(
        "people-in-care",
        f"People in care by council: published, or estimated with the {NOMINAL_WORDS} range in brackets",
        tuple(head), tuple(rows), frozenset(range(1, len(head))), sources(effects, ids, dated(effects)), tuple(ids),
    )  # fmt: skip


def _how(effects: Effects) -> Block:
    services = effects.services
    estimated = any("estimated" in services.status[c] for c in councils_of(effects.split))
    if not estimated:
        return Para(
            "Each council is made of whole councils that run social care today, so these counts are published ones."
        )
    totals = []
    for i, outcome in enumerate(OUTCOMES):
        total = float(services.area_total[i])
        if not math.isnan(total):
            totals.append(f"{number(total)} {_lower(OUTCOME_NAMES[outcome])}")
    whose = joined(uppers(effects))
    fits = [f for o in OUTCOMES if (f := effects.facts.fits.get(o)) is not None]
    return Fold(
        "How these were estimated, and how far they may be off",
        (
            Callout(
                "estimated",
                "Nobody publishes people in care below the councils that run it today. Each new council’s part is"
                " estimated from its residents and from what goes with need, such as disability and deprivation, then"
                f" scaled so that the councils add to the published count of {whose}:"
                f" {joined(totals) if totals else 'not known'}.",
            ),
            Items(tuple(f"{OUTCOME_NAMES[f.outcome]}. {f.words}" for f in fits)),
        ),
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _carried(effects: Effects, theme: Theme) -> list[Block]:
    load, split, used = effects.care_load, effects.split, councils_of(effects.split)
    if len(used) < 2:
        return []
    if load.weakest is None:
        gone = f": {'; '.join(load.missing)}" if load.missing else ""
        return [Callout("unknown", f"Which council would carry most for its means cannot be said{gone}.")]
    rows: list[charts.Row] = []
    table: list[tuple[Rich, ...]] = []
    total = float(load.spend[used].sum())
    for k, c in enumerate(used):
        spend, tax = float(load.spend_share[c]), float(load.tax_share[c])
        low, high = float(load.spend_low[c]) / total, float(load.spend_high[c]) / total
        base = {**charts.badge(c, theme), "row": k}
        rows.append(
            {
                **base, "kind": "spend", "name": split.names[c], "value": round(spend, 4), "low": round(low, 4),
                "high": round(high, 4), "tip": f"{split.names[c]}: {percent(spend)} of care spending",
            }
        )  # fmt: skip
        rows.append(
            {**base, "kind": "tax", "name": None, "value": round(tax, 4), "tip": f"{percent(tax)} of the tax base"}
        )
        table.append(
            (
                council(split, c),
                f"{percent(spend)} ({percent(low)} to {percent(high)})",
                percent(tax),
                f"{load.load[c]:.2f} ({load.load_low[c]:.2f} to {load.load_high[c]:.2f})",
            )
        )
    note = (
        f"Spending: net current expenditure on adults’ and children’s social care, {load.spend_year}, before grants,"
        " line by line on the residents or estimates that each fits. The range covers the error of the estimates, and"
        " sharing the whole of a service by its main estimate instead. Share out has another range, from the ways of"
        " sharing alone. Which council is weakest is too close to call where two ranges of the last column meet."
    )
    ids = [c.source_id for c in effects.facts.upper_spend.values()][:1]
    column = effects.facts.columns.get(load.tax_measure)
    ids += [column.source_id] if column is not None else []
    return [
        Chart(
            "care-load",
            weakest_sentence(effects),
            "Numbered dot: share of care spending, each kind shared out by who needs it. Line: its likely range."
            " Upright bar: share of the tax base.",
            charts.load(rows, theme),
            f"Share of care spending against share of tax base by council. {weakest_sentence(effects)}",
            Table(
                "care-load", "Care spending and council tax base by council", ("Council",
                f"Share of care spending ({NOMINAL_WORDS} ranges added)",
                "Share of council tax base", "Spending share over tax share"), tuple(table), frozenset({1, 2, 3}),
                sources(effects, ids, note), tuple(ids),
            ),
        ),
        *_reasons(effects),
    ]  # fmt: skip


def weakest_sentence(effects: Effects) -> str:
    """Which council carries most for its means, or that it is too close to call; '' where it cannot be said."""
    weakest = effects.care_load.weakest
    if weakest is None:
        return ""
    name = effects.split.names[weakest.council]
    shares = f"{percent(weakest.spend_share)} of care costs on {percent(weakest.tax_share)} of the tax base"
    if weakest.too_close and percent(weakest.spend_share) == percent(weakest.tax_share):
        return f"No council stands out as the weakest: {name} comes nearest, with about {shares}."
    if weakest.too_close:
        rivals = joined([effects.split.names[c] for c in weakest.rivals])
        close = f"between it and {rivals} it is too close to call"
        return f"{name} may be the weakest council, with about {shares}, but {close}."
    return f"{name} {'is' if unchanged(effects) else 'would be'} the weakest council: {shares}."


def stands_out(effects: Effects) -> bool:
    """Whether one council is the weakest for sure: not too close to call, and so as the figures are shown."""
    weakest = effects.care_load.weakest
    return weakest is not None and not weakest.too_close and percent(weakest.spend_share) != percent(weakest.tax_share)


def _reasons(effects: Effects) -> list[Block]:
    weakest = effects.care_load.weakest
    if weakest is None or not weakest.reasons:
        return []
    name = effects.split.names[weakest.council]
    close = " if it is the weakest" if weakest.too_close else ""
    return [Para(f"Why {name}{close}:"), Items(tuple(capital(reason(effects, r)) + "." for r in weakest.reasons))]


def reason(effects: Effects, r: Reason) -> str:
    """A reason in words: a measure, the council's figure and the area's."""
    if r.measure in OUTCOME_NAMES:
        per = f"{effects.services.per(r.measure):,} residents of the age concerned"
        people_told = _lower(OUTCOME_NAMES[r.measure])
        return f"{people_told}: about {r.council:.1f} for each {per}, against {r.area:.1f} in the area"
    if r.measure == "tax base per resident":
        return f"a council tax base of {r.council:.2f} Band D homes for each resident, against {r.area:.2f} in the area"
    return f"{percent(r.council, 1)} of residents are 85 or older, against {percent(r.area, 1)} in the area"


def _size(effects: Effects) -> Block:
    split, size = effects.split, effects.size
    guide, small = number(size.guide), number(size.small)
    band = {"up to small": f"up to {small}", "small to guide": f"{small} to {guide}", "over guide": f"over {guide}"}
    rows: list[tuple[Rich, ...]] = []
    for c in councils_of(split):
        far = float(size.distance[c])
        where = f"{people(abs(far))} {'above' if far >= 0 else 'below'}"
        rows.append((council(split, c), number(int(split.population[c])), where, band[size.band[c]]))
    return Table(
        "size", f"Residents against the government’s guide of {guide}, which is a guide and not a test",
        ("Council", f"Residents, {split.facts.vintage.period}", "From the guide",
         "Size band in the county councils’ report (Newton)"),
        tuple(rows),
        frozenset({1, 2, 3}),
        "The distance is shown and nothing more: no size is passed or failed here.",
    )  # fmt: skip


__all__ = ["balance_sentences", "counts", "lede", "reason", "section", "stands_out", "weakest_sentence"]
