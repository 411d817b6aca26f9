"""How each figure is worked out: formulas in words, and one split priced step by step."""

from __future__ import annotations

from lgrdata.care.people import CITY_MOST
from lgrdata.core.lens_words import NAMES
from lgrdata.core.models import NOMINAL_WORDS, LensId, LgrError
from lgrdata.core.words import capital, counted, joined, number, percent, pounds
from lgrdata.costs import inputs
from lgrdata.costs.price import price
from lgrdata.costs.rates import rates
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Callout, Items, Link, Para, Section, Table, View
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split


def view(dataset: Dataset, scenario: Scenario | None = None) -> View:
    """Methods with a worked example: the scenario's split, or a proposal that government chose."""
    lens: LensId = scenario.lens if scenario else "middle"
    split = scenario.split if scenario else _example(dataset)
    return View(
        title="How it is worked out",
        lede=(
            "Every figure comes from published numbers and a few assumptions that you can change. Here is each sum in"
            " words, and one of them step by step.",
        ),
        sections=(
            _cost(dataset.assumptions.prices),
            _worked(dataset, split, lens),
            _care(),
            _boundary(),
            _options(),
            _never(),
        ),
    )


def _cost(prices: str) -> Section:
    return Section(
        "method-cost",
        "Costs",
        f"All money is £ million a year at {prices} prices, on either side’s evidence or halfway between.",
        (
            Items(
                (
                    "Saving from merging = share achieved × saving for each council that goes × (councils today − new"
                    " councils).",
                    "Cost of splitting = cost per resident × residents of the county × how often it is split. The first"
                    " split counts as one; each further split counts for less. Leadership no longer paid at unitaries"
                    " that end is taken off.",
                    "Dearer care places = cost per resident for each 100,000 fewer residents × how much smaller the"
                    " average resident’s care council becomes, up to a cap. Negative where it becomes larger.",
                    "One-off cost = (cost for each council that goes + cost for each new council after the first + cost"
                    " of dividing for each resident of a county that is split) × overrun, plus setting up"
                    " partnerships.",
                    "Net a year = saving − cost of splitting − dearer care places. What partnerships would avoid, less"
                    " what they cost to run, stands beside it and is not in it.",
                    "Break-even cost of dividing in two = (saving − dearer care places + leadership released) ÷"
                    " (residents × splits): below it the split saves money each year, above it not. It needs no"
                    " view on the most disputed number, but it does rest on a side’s other values, so each side’s is"
                    " held against that side’s own cost.",
                    "Halfway = the mean of both sides’ values, one by one. Before partnerships each sum of money is"
                    " then the mean of both sides’.",
                    "Range of the one-off cost = the model’s, less partnerships’ set-up, times the narrowest band of"
                    " factors that held four in five published one-off costs when each was left out in turn.",
                    "Payback: the first year in which the running total passes zero; “not within 30 years” where it"
                    " never does.",
                )
            ),
            Para(("Values, bounds and where each comes from: ", Link("assumptions", "part", "parameters"), ".")),
        ),
    )


def _example(dataset: Dataset) -> Split:
    """The first proposal chosen by government whose map is exact; else the first with a map; LgrError where none is."""
    ranked = sorted(
        dataset.proposals(), key=lambda p: (p.status != "selected", p.basis != "exact", p.councils, p.proposal_id)
    )
    for proposal in ranked:
        try:
            return dataset.split(proposal.area_id, proposal.proposal_id)
        except LgrError:
            continue
    raise LgrError("the dataset holds no proposal with a map to work an example on")


def _worked(dataset: Dataset, split: Split, lens: LensId) -> Section:
    facts, assumptions = split.facts, dataset.assumptions
    given, x = inputs.inputs(facts, split), rates(assumptions, lens)
    cost = price(facts, split, assumptions)[lens]
    rate = cost.switching_value
    title = f"Worked example: {facts.area.name}, {_named(dataset, split)}"
    if given.unchanged:
        return Section("worked", title, "Nothing changes in this split, so it costs nothing and saves nothing.")
    counties = [c for c in given.counties if c.pieces > 1]
    pieces = joined([f"{c.name} ({number(c.residents)} residents) into {counted(c.pieces, 'piece')}" for c in counties])
    splits = [f"{number(c.residents / 1e6, 3)} million residents × {number(c.splits(x.gamma), 2)}" for c in counties]
    rows = [
        (
            "Saving from merging",
            f"{number(x.r, 2)} achieved × {_m(x.s)} × ({given.n_old} councils today − {given.n_new} new)",
            _m(cost.aggregation_saving),
        ),
        (
            "Cost of splitting",
            (f"{pounds(x.delta, 2)} a resident × ({' + '.join(splits)})" if counties else "no county is split")
            + (f", less {_m(cost.leadership_released)} of leadership released" if cost.leadership_released else ""),
            _m(cost.disaggregation_cost),
        ),
        (
            "Dearer care places",
            f"{pounds(x.kappa, 2)} a resident for each 100,000 fewer; councils of"
            f" {joined([number(p) for p in given.populations])} in place of"
            f" {joined([number(p) for p in given.today])}, capped at {number(x.cap)}",
            _m(cost.purchasing_scale),
        ),
        ("Net a year", "saving − cost of splitting − dearer care places", _m(cost.recurring_net)),
        (
            "One-off cost",
            f"({_m(x.t_old)} × {given.n_old - given.j_on} councils that go + {_m(x.t_x)} ×"
            f" {max(given.n_new - given.j_on - 1, 0)} further new council{'' if given.n_new - given.j_on == 2 else 's'}"
            f" + {pounds(x.t_s, 2)} ×"
            f" {number(given.split_residents / 1e6, 3)} million residents) × {number(x.overrun, 2)}",
            _m(cost.one_off),
        ),
        (
            "Break-even cost of dividing in two",
            "nothing is split"
            if rate is None
            else "(saving − dearer care places"
            + (" + leadership released" if cost.leadership_released else "")
            + ") ÷ (residents × splits)",
            "does not apply" if rate is None else f"{pounds(rate, 1)} for each county resident",
        ),
    ]  # fmt: skip
    blocks: list[Block] = [
        Table("worked-example", f"{NAMES[lens]}, step by step", ("Step", "Sum", "Gives"), tuple(rows), frozenset({2}))
    ]
    blocks += [Callout("note", f"{capital(c)}.") for c in inputs.caveats(given)]
    lede = f"It divides {pieces}." if counties else "It divides no county."
    return Section("worked", title, lede, tuple(blocks))


def _named(dataset: Dataset, split: Split) -> str:
    known = {p.proposal_id: p.title for p in dataset.proposals()}
    fixed = {"today": "today’s councils", "single": "one council"}
    if split.proposal:
        return known.get(split.proposal) or fixed.get(split.proposal, "your drawing")
    return "your drawing"


def _m(value: float) -> str:
    return f"{pounds(value, 2)}m" if abs(value) < 10 else f"{pounds(value, 1)}m"


def _care() -> Section:
    return Section(
        "method-care",
        "People in care",
        "Estimated below county level, always with a range.",
        (
            Items(
                (
                    "A part’s share of its county’s count = its residents × shares that go with need (such as children"
                    " in income-deprived homes, or disabled residents), each to a power, against the other parts. Parts"
                    " add up to the county’s published count.",
                    "The powers come from councils of England that touch: how the rates of two neighbours differ with"
                    " their shares. Which residents and shares are used is chosen on former counties that are several"
                    " councils today.",
                    f"The range is made to hold {NOMINAL_WORDS}: as far off as four in five of those former counties’"
                    " parts were, with each county left out of fit and choice. Where a split parts a city or a"
                    " group of towns from the county around it, it is the range found on counties and the cities that"
                    f" left them: a part with at most {percent(CITY_MOST)} of the county’s residents, most of them in"
                    " urban districts, while most of the rest are not.",
                    "Forecast: today’s estimate, grown at the rates of the projections held"
                    " with the ages that each count goes with across the councils of England. Those are not rates by"
                    " age: what goes along with an age counts too.",
                    "Spend against tax: each of 29 lines of care spending is shared by what it fits (residents of an"
                    " age, residents on a low income, or one of the estimates), and a new council’s part stands beside"
                    " its share of the council tax base. The council with the most for its tax base is called the"
                    " weakest.",
                    "Council tax: what district and county charge together, without parishes, in the last year held"
                    " by tier, on that year’s tax base. The average weighted by tax base forgoes nothing; a bill moves"
                    " to it in equal steps over 1 to 7 years.",
                )
            ),
            Para(
                (
                    "The powers, and what was tried: ", Link("people in care", "part", "fits"), ". How far off such an"
                    " estimate is: ", Link("track record", "part", "record"), ".",
                )
            ),
        ),
    )  # fmt: skip


def _boundary() -> Section:
    return Section(
        "method-boundary",
        "What crosses the boundary",
        blocks=(
            Items(
                (
                    "Crossing share = people who live in one council and work (or moved) in another ÷ all who live and"
                    " work in the area. Census 2021 fell in lockdown, so 2011 stands beside it.",
                    "Self-containment = residents who work in their own council ÷ residents who work; and the same for"
                    " jobs.",
                    "Partners = pairs of a council and an NHS board, police or fire area with at least 1% of the"
                    " council’s residents.",
                    "Hospitals: acute trusts that serve at least 10% of a council’s residents, from estimated shares.",
                    "Cut borders: neighbouring districts that end up in different councils, counted and in kilometres.",
                )
            ),
        ),
    )


def _options() -> Section:
    return Section(
        "method-options",
        "Every option",
        blocks=(
            Items(
                (
                    "Every way to group whole districts into connected councils is listed. Two districts join by land"
                    " or across tidal water, not across open sea unless you allow it.",
                    "Nothing beats an option if no other with as many councils is at least as good on every"
                    " measure and better on one, after rounding to what matters.",
                    "Ranks are among options with the same number of councils. There is no total score.",
                )
            ),
        ),
    )


def _never() -> Section:
    return Section(
        "method-never",
        "What is not modelled",
        blocks=(
            Items(
                (
                    "Differences of pay between councils that merge, debt, and the government’s review of funding.",
                    "The quality of care: nothing here says that larger or smaller councils care better.",
                    "What government will prefer: it does not weight its criteria, and neither does this tool.",
                    "What an independent trust might avoid: government’s note does not count it as an answer (paragraph"
                    " 2.5), so it is shown and never counted.",
                )
            ),
        ),
    )
