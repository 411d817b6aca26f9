"""How people in care are estimated below county level, and how far off such an estimate typically is."""

from __future__ import annotations

from lgrdata.care.fit import DRIVERS, RECIPES
from lgrdata.core.models import OUTCOMES, Fit
from lgrdata.core.words import OUTCOME_NAMES, capital, joined, number, people, percent
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Callout, More, Para, Rich, Section, Table, View
from lgrdata.reading import catalogue, evidence


def view(dataset: Dataset) -> View:
    """The four fits: error against the plain share, drivers, and each council left out in turn."""
    fits = dataset.read(catalogue.fits)
    known = [fits[o] for o in OUTCOMES if o in fits]
    return View(
        title="How people in care are estimated",
        lede=(
            "Counts of people in care are published for counties and unitaries only. For a district or a new council"
            " the tool estimates them, and shows a range.",
            "Each estimate is scaled so that the parts of a council of today add up to its published count.",
        ),
        sections=(
            _errors(known),
            _drivers(known),
            *(_left_out(dataset, fit) for fit in known),
        ),
        caveats=(
            "An estimate cannot see what a council does differently: its thresholds, its prevention, its providers.",
            "The range comes from differences between councils of today. Inside one county they may differ.",
        ),
    )


def _errors(fits: list[Fit]) -> Section:
    rows = tuple(
        (
            OUTCOME_NAMES[f.outcome],
            "from drivers of need" if f.method == "drivers" else "plain share of residents",
            number(f.councils),
            percent(f.error),
            percent(f.baseline_error),
            f"{percent(f.low_factor)} to {percent(f.high_factor)}",
        )
        for f in fits
    )
    better = [f for f in fits if f.method == "drivers"]
    lede = (
        f"For {'all' if len(better) == len(fits) else 'some'} of the counts, a few drivers of need beat a plain share"
        " of residents."
        if better
        else "A plain share of residents is used throughout: no driver did better."
    )
    return Section(
        "fit-errors",
        "How far off an estimate is",
        lede,
        (
            Table(
                "fit-errors",
                "Typical error in a council’s rate when that council is left out of the fit",
                ("Count", "How", "Councils fitted on", "Typical error", "Error of a plain share", "Range"),
                rows,
                frozenset({2, 3, 4, 5}),
                note="Range: four in five errors met between councils of today lie inside it.",
            ),
            *(Para(f"{OUTCOME_NAMES[f.outcome]}: {f.words[:1].lower()}{f.words[1:]}") for f in fits),
        ),
    )  # fmt: skip


def _drivers(fits: list[Fit]) -> Section:
    rows: list[tuple[Rich, ...]] = []
    for f in fits:
        for driver, coefficient in f.coefficients:
            rows.append((OUTCOME_NAMES[f.outcome], capital(DRIVERS[driver].words), number(coefficient * 1000, 1)))
    tried = tuple(
        Para(f"{OUTCOME_NAMES[f.outcome]}: {joined([DRIVERS[d].words for d in RECIPES[f.outcome].candidates])}.")
        for f in fits
    )
    return Section(
        "fit-drivers",
        "What drives each count",
        "Each count is a sum: people of each kind, times a rate found across England.",
        (
            Table(
                "fit-drivers",
                "The rates found, per 1,000 people of each kind",
                ("Count", "People", "Counted per 1,000"),
                tuple(rows),
                frozenset({2}),
                row_heads=True,
            ),
            More("What was tried", tried),
            Callout("note", "A driver that did not lessen the error was left out. No rate may be below zero."),
        ),
    )


def _left_out(dataset: Dataset, fit: Fit) -> Section:
    rows = dataset.read(evidence.left_out, fit.outcome)
    inside = sum(_within(fit, r.published, r.predicted) for r in rows)
    nearer = sum(abs(r.predicted - r.published) < abs(r.baseline - r.published) for r in rows)
    table = Table(
        f"left-out-{fit.outcome.replace('_', '-')}",
        f"{OUTCOME_NAMES[fit.outcome]}: each council, estimated without it",
        ("Council", "Published", "Estimated without it", "Difference", "By a plain share"),
        tuple(
            (name, people(published), people(predicted), _difference(published, predicted), people(plain))
            for name, published, predicted, plain in rows
        ),
        frozenset({1, 2, 3, 4}),
    )
    lede = (
        f"Of {len(rows)} councils, the published count lies inside the range for {inside}, and the estimate is nearer"
        f" than a plain share for {nearer}."
    )
    return Section(
        f"left-out-{fit.outcome}",
        OUTCOME_NAMES[fit.outcome],
        lede,
        (More("Every council, left out in turn", (table,)),),
    )


def _within(fit: Fit, published: float, predicted: float) -> bool:
    return predicted * fit.low_factor <= published <= predicted * fit.high_factor


def _difference(published: float, predicted: float) -> str:
    if not published:
        return "none published"
    share = predicted / published - 1
    return f"{'+' if share > 0.0005 else ''}{percent(share)}"
