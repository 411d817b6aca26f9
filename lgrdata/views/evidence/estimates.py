"""How people in care are estimated below county level, and what each count grows with in forecasts."""

from __future__ import annotations

import math

from lgrdata.care.fit import DRIVERS
from lgrdata.care.splitting import CANDIDATES, SHARES
from lgrdata.core.models import NOMINAL_WORDS, OUTCOMES, Fit
from lgrdata.core.words import OUTCOME_NAMES, capital, joined, number, percent
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Callout, Fold, Items, Link, Para, Rich, Section, Table, View
from lgrdata.reading import catalogue


def view(dataset: Dataset) -> View:
    """Each count: what a county's total is split by, how far off that is, and what it grows with."""
    fits = dataset.read(catalogue.fits)
    known = [fits[o] for o in OUTCOMES if o in fits]
    return View(
        title="How people in care are estimated",
        lede=(
            "Counts of people in care are published for counties and unitaries only. For a district or a new council"
            f" the tool estimates them, and shows a range made to hold {NOMINAL_WORDS}.",
            "Each estimate is scaled so that the parts of a council of today add up to its published count: only the"
            " split is estimated.",
        ),
        sections=(_errors(known), _drivers(known), _growth(known)),
        caveats=(
            "An estimate cannot see what a council does differently: its thresholds, its prevention, its providers."
            " Parts of one council of today share them until it is divided, and may not after.",
            "The range comes from councils that have gone separate ways for years. It is no range for a forecast.",
        ),
    )


def _errors(fits: list[Fit]) -> Section:
    rows = tuple(
        (
            OUTCOME_NAMES[f.outcome],
            "weighed by drivers of need" if f.drivers else "plain share of residents",
            percent(f.error, 1),
            percent(f.baseline_error, 1),
            _odds(f.low_factor, f.high_factor),
            _odds(f.city_low_factor, f.city_high_factor),
        )
        for f in fits
    )
    better = [f for f in fits if f.error < f.baseline_error]
    lede = (
        f"Inside former shire counties, {'all' if len(better) == len(fits) else f'{len(better)} of {len(fits)}'} counts"
        " are estimated more closely than a plain share of residents would."
        if better
        else "A plain share of residents is used throughout: nothing tried did better."
    )
    return Section(
        "fit-errors",
        "How far off an estimate is",
        lede,
        (
            Table(
                "fit-errors",
                "Error of half the parts of former shire counties, each county left out of fit and choice",
                (
                    "Count", "How", "Half are within", "Plain share: half are within", "Range",
                    "Range where a city is parted from its county",
                ),
                rows,
                frozenset({2, 3, 4, 5}),
                note=f"Range: of the rate of a part against the rest of its county, made to hold {NOMINAL_WORDS}. The"
                " plain share is the better of all residents and of the age band concerned.",
            ),
            Para(("Each county tried, part by part: ", Link("track record", "part", "record"), ".")),
            *(Para(f"{OUTCOME_NAMES[f.outcome]}: {f.words[:1].lower()}{f.words[1:]}") for f in fits),
        ),
    )  # fmt: skip


def _odds(low: float, high: float) -> str:
    return "as inside shires" if math.isnan(low) else f"{percent(low)} to {percent(high)}"


def _drivers(fits: list[Fit]) -> Section:
    rows: list[tuple[Rich, ...]] = []
    for f in fits:
        for d in f.drivers:
            more = percent(1.1**d.power - 1, 1)
            rows.append((OUTCOME_NAMES[f.outcome], capital(SHARES[d.driver].words), number(d.power, 2), f"{more} more"))
    tried = tuple(
        Para(f"{OUTCOME_NAMES[f.outcome]}: {joined(_tried(f.outcome))}.") for f in fits if f.outcome in CANDIDATES
    )
    ages = sorted({d.age_power for f in fits for d in f.drivers if d.age_power})
    beyond = [
        "Disability beyond what age explains is the share of disabled residents divided by the share of adults who are"
        f" 65 or older to the power {number(a, 2)}, as the two go together between councils that touch at equal"
        " deprivation."
        for a in ages
    ]
    return Section(
        "fit-drivers",
        "What weighs a county’s parts",
        "A part’s share of its county’s count = its residents × each driver to its power, against the other parts.",
        (
            Table(
                "fit-drivers",
                "What goes with what between councils that touch",
                ("Count", "Driver", "Power", "With a tenth more of the driver, the rate is"),
                tuple(rows),
                frozenset({2, 3}),
                row_heads=True,
            ),
            Items(
                (
                    *(f"{OUTCOME_NAMES[f.outcome]} start from {DRIVERS[f.residents].words}." for f in fits),
                    *beyond,
                    "Powers are found from differences between councils that touch, so that what differs between"
                    " regions falls out; each is held back a little, since pairs are few.",
                    "No place is weighed by more or less than the councils of England have of a driver.",
                )
            ),
            Fold("What was tried", tried),
            Callout(
                "note",
                "What is in use is the way with the least mean error over former counties; where its record inside"
                " former shires is worse than that of a plain share, the plain share. No power may be below zero.",
            ),
        ),
    )


def _tried(outcome: str) -> list[str]:
    ways = CANDIDATES[outcome]
    plain = [f"plain share of {DRIVERS[w.residents].words}" for w in ways if not w.drivers]
    drivers = dict.fromkeys(d for w in ways for d in w.drivers)
    return [*plain, f"each of these, alone and in sets: {'; '.join(SHARES[d].words for d in drivers)}"]


def _growth(fits: list[Fit]) -> Section:
    rows = tuple(
        (OUTCOME_NAMES[f.outcome], capital(DRIVERS[driver].words), number(coefficient * 1000, 1))
        for f in fits
        for driver, coefficient in f.coefficients
    )
    return Section(
        "fit-growth",
        "What each count grows with in a forecast",
        "Another sum, over all councils of England: how many more a council counts that has more people of one kind.",
        (
            Table(
                "fit-growth",
                "Counted with each 1,000 more people of a kind",
                ("Count", "People", "Counted with 1,000 more"),
                rows,
                frozenset({2}),
                row_heads=True,
            ),
            Callout(
                "note",
                "These are not rates by age: nobody publishes how many people of each age receive care in a"
                " council. A council with more people of 85 and over differs in other ways too, and the figure carries"
                " them all. Forecasts use the figures only against each other: how a count moves as ages change.",
            ),
        ),
    )
