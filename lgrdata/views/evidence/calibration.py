"""The model beside what was published: national figures, then each proposal's own business case."""

from __future__ import annotations

from lgrdata.core.lens_words import NAMES
from lgrdata.core.models import LENSES, LensId
from lgrdata.core.words import capital, counted, number, percent, pounds
from lgrdata.costs.business_cases import NEVER_PAID_BACK, CaseRow
from lgrdata.costs.calibrate import CheckRow, calibrate
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Callout, Fold, Link, Rich, Section, Table, View
from lgrdata.views.evidence import costs_record
from lgrdata.views.evidence.claims import SIDES


def view(dataset: Dataset) -> View:
    """Both checks, misses shown. Loads every area once."""
    found = dataset.read(calibrate)
    return View(
        title="Checks against published figures",
        lede=(
            "The model is held against what others published. A match shows that the sums carry their source, not that"
            " they are true.",
        ),
        sections=(
            _national(found.checks),
            costs_record.rounds_section(dataset),
            costs_record.one_off_section(dataset),
            _cases(dataset, found.cases),
        ),
        caveats=(
            "Several assumptions were set on the national figures, so a near match there is expected.",
            "Nothing is tuned to the business cases; only the range of error of one-off costs comes from them. They use"
            " other years, other baselines and other counts of what is saved.",
        ),
    )


def _national(checks: tuple[CheckRow, ...]) -> Section:
    worst = max(checks, key=lambda c: abs(c.difference))
    rows: list[tuple[Rich, ...]] = []
    for c in checks:
        councils = "" if c.councils is None else f", {number(c.councils)} councils"
        rows.append(
            (
                f"{capital(c.check)}{councils}, {c.unit}",
                f"{pounds(c.published)}m",
                f"{pounds(c.modelled)}m",
                _signed(c.difference),
                c.author,
                c.paid_by,
                Link("statement", "claim", c.claim_id),
            )
        )
    return Section(
        "national",
        "National figures",
        f"The largest difference is {percent(abs(worst.difference))}: {worst.check}"
        f"{'' if worst.councils is None else f' with {worst.councils} councils'}.",
        (
            Table(
                "national-check",
                "Published and modelled: counties’ evidence, each county alone in equal parts",
                ("Figure", "Published", "Modelled", "Difference", "Author", "Paid for by", "Where"),
                tuple(rows),
                frozenset({1, 2, 3}),
            ),
        ),
    )


def _cases(dataset: Dataset, cases: tuple[CaseRow, ...]) -> Section:
    compared = [c for c in cases if c.modelled]
    alone = [c for c in cases if not c.modelled]
    names = {a.area_id: a.name for a in dataset.areas}
    titles = {p.proposal_id: (p.area_id, p.title) for p in dataset.proposals()}
    by_area: dict[str, list[CaseRow]] = {}
    for case in compared:
        by_area.setdefault(names.get(case.area_id or "", case.place), []).append(case)
    tables = tuple(
        Fold(
            f"{name}: {counted(len(rows), 'figure')} beside the model",
            (_table(dataset, f"cases-{n}", name, rows, titles),),
        )
        for n, (name, rows) in enumerate(by_area.items())
    )
    rest = Fold(
        f"{capital(counted(len(alone), 'figure'))} that the model has no like of",
        (_alone(dataset, alone),),
    )
    return Section(
        "business-cases",
        "Each proposal’s own business case",
        costs_record.misses_sentence(dataset),
        (
            costs_record.misses_table(dataset),
            *tables,
            *((rest,) if alone else ()),
            Callout(
                "note",
                "In brackets: the model’s figure less the published one, or 0 inside a published range.",
            ),
        ),
    )


def _table(
    dataset: Dataset, name: str, area: str, rows: list[CaseRow], titles: dict[str, tuple[str, str]]
) -> Table:  # fmt: skip
    out: list[tuple[Rich, ...]] = []
    for c in rows:
        area_id, title = titles.get(c.proposal_id or "", ("", ""))
        head: Rich = Link(title, "proposal", f"{area_id}/{c.proposal_id}") if title else c.place
        out.append(
            (
                head,
                f"{capital(c.metric)}, {c.unit}",
                published(c),
                *(_modelled(c, lens) for lens in LENSES),
                capital(SIDES.get(c.side, c.side)),
                f"{c.basis}. {c.note}".strip(),
                _source(dataset, c),
            )
        )
    heads = ("Proposal", "Measure", "Published", *NAMES.values(), "Who paid", "Basis", "Source")
    return Table(name, f"{area}: published, and modelled by whose evidence", heads, tuple(out), frozenset({2, 3, 4, 5}))


def _alone(dataset: Dataset, rows: list[CaseRow]) -> Table:
    return Table(
        "cases-alone",
        "Published figures shown alone",
        ("Place", "Measure", "Published", "Who paid", "Basis", "Why it is not compared", "Source"),
        tuple(
            (
                c.place if c.councils is None else f"{c.place}, {counted(c.councils, 'council')}",
                f"{capital(c.metric)}, {c.unit}",
                published(c),
                capital(SIDES.get(c.side, c.side)),
                f"{c.basis}. {c.note}".strip(),
                capital(c.why_not),
                _source(dataset, c),
            )
            for c in rows
        ),
        frozenset({2}),
    )


def _source(dataset: Dataset, case: CaseRow) -> Rich:
    source = dataset.sources.get(case.source_id)
    return Link(source.publisher, "source", case.source_id) if source else "not recorded"


def published(case: CaseRow) -> str:
    """A published figure as its authors gave it: one value, a range, a least or a most."""
    if case.value is not None:
        end = " or more" if case.low == case.value else " or less" if case.high == case.value else ""
        return _plain(case.value) + end
    if case.low is not None and case.high is not None:
        return f"{_plain(case.low)} to {_plain(case.high)}"
    if case.low is not None:
        return f"{_plain(case.low)} or more"
    return "in words only" if case.high is None else f"{_plain(case.high)} or less"


def _plain(value: float) -> str:
    return number(value, 0 if abs(value) >= 10 or value == int(value) else 1)


def _modelled(case: CaseRow, lens: LensId) -> str:
    if lens not in case.modelled:
        return "never" if case.why_not == NEVER_PAID_BACK else "not modelled"
    far = case.distance[lens]
    return f"{_plain(case.modelled[lens])} ({'+' if far > 0 else ''}{_plain(far)})"


def _signed(share: float) -> str:
    return f"{'+' if share >= 0.0005 else ''}{percent(share, 0 if abs(share) >= 0.01 else 1)}"
