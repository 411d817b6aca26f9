"""Chosen partnerships as cost terms: shares, members' reach, partners' residents, and when nothing counts.

Norfolk's figures are the dataset's own, so a share is checked against the spending it is made of.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from lgrdata.all_effects.of_scenario import effects_of, mended
from lgrdata.core.models import LENSES, LgrError, Partnership
from lgrdata.costs import partnerships as sums
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.dataset.library import library
from lgrdata.partnerships.board import board
from lgrdata.splits.scenario import Scenario

ALL = (0, 1, 2)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return current()


@pytest.fixture(scope="module")
def norfolk(dataset: Dataset) -> Scenario:
    return Scenario(dataset.split("norfolk", "norfolk-3ua"))


def _with(scenario: Scenario, *chosen: Partnership) -> Scenario:
    return replace(scenario, partnerships=chosen)


def _thousand(dataset: Dataset, form: str, service: str) -> float:
    (thousand,) = dataset.conn.execute(
        "SELECT thousand FROM spend WHERE place_code = 'E10000020' AND form = ? AND service = ?"
        " AND line = 'Net Current Expenditure'",
        (form, service),
    ).fetchone()
    return float(thousand)


def test_share_is_the_services_spending_over_all_services(dataset: Dataset, norfolk: Scenario) -> None:
    everything = sum(
        v
        for (v,) in dataset.conn.execute(
            "SELECT thousand FROM spend WHERE place_code = 'E10000020' AND form = 'RSX'"
            " AND line = 'Net Current Expenditure' AND service NOT LIKE 'Total%' AND thousand > 0"
        )
    )
    scenario = _with(norfolk, Partnership("out_of_hours", "hosted_service", ALL))
    (term,) = sums.terms(dataset, scenario)
    assert term.share == pytest.approx(_thousand(dataset, "RO3", "Care assessment and safeguarding") / everything)
    assert (term.kind, term.effect, term.coverage) == ("duplication", 0.5, pytest.approx(0.2))
    priced = effects_of(dataset, scenario)
    for lens in LENSES:
        by_hand = priced.costs[lens].disaggregation_cost * term.share * 0.5 * 0.2
        assert priced.costs_with_partnerships[lens].partnership_saving == pytest.approx(by_hand)


def test_two_of_three_reach_part_of_the_splitting(dataset: Dataset, norfolk: Scenario) -> None:
    """Three pieces weigh 1 + 2^-0.5; two acting together leave two pieces, which weigh 1."""
    (term,) = sums.terms(dataset, _with(norfolk, Partnership("out_of_hours", "hosted_service", (0, 2))))
    assert term.coverage == pytest.approx(0.2 * (1 - 1 / (1 + 2**-0.5)))


def test_users_own_numbers_are_used(dataset: Dataset, norfolk: Scenario) -> None:
    own = Partnership("out_of_hours", "hosted_service", ALL, (), 0.3, 0.5)
    (term,) = sums.terms(dataset, _with(norfolk, own))
    assert (term.effect, term.coverage) == (0.3, pytest.approx(0.5))
    changed = replace(_with(norfolk, replace(own, effect=None)), assumptions={"mu_lead_authority": 0.7})
    (term,) = effects_of(dataset, changed).terms
    assert term.effect == 0.7


def test_buying_counts_the_residents_of_every_partner(dataset: Dataset, norfolk: Scenario) -> None:
    suffolk = sums.upper_tiers(dataset, "norfolk")["E10000029"]
    assert suffolk.next_door and suffolk.name == "Suffolk"
    scenario = _with(norfolk, Partnership("children_placements", "rcc", ALL, ("E10000029",)))
    (term,) = sums.terms(dataset, scenario)
    assert term.joint_population == norfolk.split.population.sum() + suffolk.residents
    assert (term.kind, term.effect, term.coverage, term.setup_cost) == ("buying", 0.3, 1.0, 1.73)
    by_name = replace(scenario.partnerships[0], beyond=("Suffolk",))
    assert sums.terms(dataset, _with(norfolk, by_name)) == (term,)


def test_placement_shares_add_to_no_more_than_one(dataset: Dataset, norfolk: Scenario) -> None:
    facts = norfolk.split.facts
    counties = sums.split_counties(facts, norfolk.split, 0.5)
    shares = [sums.share_of_placements(facts, counties, s) for s in library(dataset).services.values()]
    assert 0 < sum(shares) <= 1
    assert sum(sums.share_of_cost(facts, counties, s) for s in library(dataset).services.values()) <= 1


def test_a_body_is_set_up_once_for_the_same_partners(dataset: Dataset, norfolk: Scenario) -> None:
    first = Partnership("children_placements", "rcc", ALL)
    second = Partnership("fostering_adoption", "rcc", ALL)
    third = Partnership("placements", "rcc", (0, 1))
    costs = [t.setup_cost for t in sums.terms(dataset, _with(norfolk, first, second, third))]
    assert costs == [1.73, 0.0, 1.73]


def test_strong_partnerships_never_pass_four_fifths(dataset: Dataset, norfolk: Scenario) -> None:
    strong = [Partnership("out_of_hours", m, ALL, (), 1.0, 1.0) for m in ("hosted_service", "lead_authority")]
    made = effects_of(dataset, _with(norfolk, *strong))
    share = made.terms[0].share
    for lens in LENSES:
        most = 0.8 * share * made.costs[lens].disaggregation_cost
        assert made.costs_with_partnerships[lens].partnership_saving == pytest.approx(most)
    row = board(dataset, made, _with(norfolk, *strong)).row("out_of_hours")
    assert row.left is not None and row.cost is not None
    assert row.left["middle"] == pytest.approx(0.2 * row.cost["middle"])


def test_partnerships_on_one_service_multiply(dataset: Dataset, norfolk: Scenario) -> None:
    pair = [Partnership("out_of_hours", m, ALL, (), 0.5, 0.4) for m in ("hosted_service", "lead_authority")]
    made = effects_of(dataset, _with(norfolk, *pair))
    by_hand = (1 - 0.8 * 0.8) * made.terms[0].share * made.costs["county"].disaggregation_cost
    assert made.costs_with_partnerships["county"].partnership_saving == pytest.approx(by_hand)


@pytest.mark.parametrize(
    "chosen",
    [
        Partnership("leadership", "independent_trust", ALL),
        Partnership("leadership", "none", ALL),
        Partnership("leadership", "hosted_service", (0,)),
        Partnership("leadership", "hosted_service", ()),
        Partnership("leadership", "hosted_service", (1, 1)),
    ],
)
def test_nothing_counts_for_a_trust_or_for_one_alone(dataset: Dataset, norfolk: Scenario, chosen: Partnership) -> None:
    scenario = _with(norfolk, chosen)
    assert sums.terms(dataset, scenario) == ()
    made = effects_of(dataset, scenario)
    assert made.costs_with_partnerships == made.costs


@pytest.mark.parametrize("name", ["single", "today"])
def test_nothing_counts_where_nothing_is_split(dataset: Dataset, name: str) -> None:
    split = dataset.split("norfolk", name)
    scenario = Scenario(split, partnerships=(Partnership("leadership", "hosted_service", (0,), ("E10000029",)),))
    assert sums.terms(dataset, scenario) == ()
    made = board(dataset, effects_of(dataset, scenario), scenario)
    assert not made.is_split and not made.counted
    assert all(v <= 0 or name == "today" for v in made.avoided.values()) and set(made.avoided.values()) == {0.0}


def test_a_service_without_a_line_of_spending_saves_nothing(dataset: Dataset, norfolk: Scenario) -> None:
    scenario = _with(norfolk, Partnership("mental_health_duties", "lead_authority", ALL))
    (term,) = sums.terms(dataset, scenario)
    assert term.share == 0
    assert effects_of(dataset, scenario).costs_with_partnerships["county"].partnership_saving == 0


def test_unknown_names_are_refused_by_name_or_left_out_with_a_message(dataset: Dataset, norfolk: Scenario) -> None:
    good = Partnership("leadership", "hosted_service", ALL)
    scenario = _with(norfolk, Partnership("leadershp", "hosted_service", ALL), replace(good, model_id="hostd"), good)
    with pytest.raises(LgrError) as refused:
        effects_of(dataset, scenario)
    faults = str(refused.value).splitlines()
    assert [f.partition(";")[0] for f in faults] == [
        "partnership 1: there is no service “leadershp”",
        "partnership 2: there is no model “hostd”",
    ]
    kept, messages = mended(dataset, replace(scenario, assumptions={"nonsense": 1.0, "exit_hazard": 0.1}))
    assert kept.partnerships == (good,) and kept.assumptions == {"exit_hazard": 0.1}
    assert len(messages) == 3
    assert mended(dataset, kept) == (kept, [])


def test_what_does_not_fit_is_allowed_with_a_warning(dataset: Dataset, norfolk: Scenario) -> None:
    scenario = _with(
        norfolk,
        Partnership("equipment", "joint_board", ALL),
        Partnership("children_placements", "rcc", ALL, ("Atlantis",)),
        Partnership("leadership", "independent_trust", ALL),
        Partnership("leadership", "hosted_service", (0,)),
    )
    said = " | ".join(sums.warnings(dataset, scenario))
    assert "not among the models that fit" in said and "Atlantis" in said
    assert "not offered and not counted" in said and "needs two partners" in said


def test_neighbours_are_outside_the_area_and_have_residents(dataset: Dataset) -> None:
    known = sums.upper_tiers(dataset, "surrey")
    near = {t.name for t in known.values() if t.next_door}
    assert {"Hampshire", "Kent", "West Sussex"} <= near and "Surrey" not in {t.name for t in known.values()}
    assert all(t.residents > 10_000 for t in known.values() if t.name not in ("Isles of Scilly", "City of London"))
    assert [t.next_door for t in known.values()] == sorted((t.next_door for t in known.values()), reverse=True)
