"""The numbers in force, and what happens to a user's changes that make no sense."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from drawn_costs import assumptions

from lgrdata.core.models import LgrError
from lgrdata.costs.price import changeable, check_changes, outside_published, rates
from lgrdata.reading.tables import Faults

NOW = assumptions()


def test_a_side_and_the_shared_assumptions_make_the_rates() -> None:
    county = rates(assumptions({"county.delta": 7, "discount_rate": 0.02, "realisation": 0.8}), "county")
    assert (county.delta, county.kappa, county.s, county.r) == (7, 2, 5, 0.8)
    assert (county.gamma, county.cap, county.discount) == (0.5, 1_000_000, 0.02)
    assert county.phases == (0.4, 0.4, 0.2)
    assert [county.ramp(y) for y in (1, 2, 3, 9)] == [0.5, 0.75, 1, 1]


def test_halfway_is_the_mean_of_both_sides_as_they_are_changed() -> None:
    halfway = rates(NOW, "middle")
    assert (halfway.delta, halfway.kappa, halfway.s, halfway.r) == (6, 1, 4.5, 1)
    assert (halfway.t_old, halfway.t_x, halfway.t_s) == (2, 6.5, 5)
    assert rates(assumptions({"county.delta": 30}), "middle").delta == 16  # (30 + 2) / 2
    assert rates(assumptions({"realisation": 0.5}), "middle").r == 0.5
    # A value of its own, as older scenarios held, bears on nothing.
    assert rates(assumptions({"middle.delta": 99}), "middle").delta == 6


def test_changes_come_back_as_numbers() -> None:
    changes = {"county.delta": "12.5", "realisation": 1, "transition_overrun": 1.2, "mu_lead_authority": 0.4}
    assert check_changes(NOW, changes) == {
        "county.delta": 12.5,
        "realisation": 1.0,
        "transition_overrun": 1.2,
        "mu_lead_authority": 0.4,
    }
    assert check_changes(NOW, {}) == {}


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("delta", 3, "no assumption 'delta'"),
        ("county.mood", 3, "no assumption 'county.mood'"),
        ("parish.delta", 3, "no assumption 'parish.delta'"),
        ("county.delta", math.nan, "finite"),
        ("county.delta", math.inf, "finite"),
        ("county.delta", "1e999", "not a number"),
        ("county.delta", "plenty", "not a number"),
        ("county.delta", True, "not a number"),
        ("county.delta", None, "not a number"),
        ("county.delta", [3], "not a number"),
        ("county.delta", -1, "makes no sense"),
        ("county.delta", 1e12, "makes no sense"),
        ("realisation", 1.01, "from 0 to 1"),
        ("realisation", -0.1, "from 0 to 1"),
        ("middle.delta", 9, "the mean of both sides"),
        ("middle.r", 0.8, "change realisation"),
        ("county.r", 0.8, "change realisation"),
        ("ramp_y1", 2, "from 0 to 1"),
        ("discount_rate", -0.01, "from 0 to 1"),
        ("pop_cap", 0, "makes no sense"),
        ("appraisal_years", 0, "makes no sense"),
        ("appraisal_years", 31, "makes no sense"),
        ("appraisal_years", 7.5, "whole number"),
        ("mu_trust", 0.1, "never counted"),
        ("size_guide", 400_000, "do not use it"),
        ("transition_phase", 0.4, "do not use it"),
        ("disagg_per_resident", 5, "county.delta"),
    ],
)
def test_a_change_that_cannot_be_used_is_refused_by_name(key: str, value: object, says: str) -> None:
    with pytest.raises(LgrError) as fault:
        check_changes(NOW, {key: value})
    assert key in str(fault.value) and says in str(fault.value)
    assert "\n" not in str(fault.value)


def test_every_fault_has_its_line() -> None:
    with pytest.raises(LgrError) as fault:
        check_changes(NOW, {"realisation": 2, "county.s": 4, "nonsense": 1})
    assert len(str(fault.value).splitlines()) == 2


def test_outside_the_published_range_is_allowed_and_said() -> None:
    changes = check_changes(NOW, {"county.delta": 20, "district.delta": 9, "exit_hazard": 0.01, "setup_rcc": 9})
    warnings = outside_published(NOW, changes)
    assert len(warnings) == 2
    assert "20 lies outside the published range, 2 to 14" in warnings[0]
    assert "0.01" in warnings[1]


def test_what_may_be_changed() -> None:
    keys = changeable(NOW)
    assert len(keys) == len(set(keys))
    assert {"county.delta", "district.t_s", "disagg_exponent", "exit_hazard", "setup_rcc"} <= set(keys)
    assert not {"mu_trust", "size_guide", "transition_phase", "disagg_per_resident"} & set(keys)
    assert "realisation" in keys and not [k for k in keys if k.startswith("middle.") or k.endswith(".r")]
    for key in keys:
        assert check_changes(NOW, {key: 1}) == {key: 1}


@pytest.mark.parametrize("words", ["", "0.4/0.4", "0.4/0.4/0.4", "half/half/none", "1.2/-0.4/0.2"])
def test_a_phasing_that_cannot_be_read_is_named(words: str) -> None:
    with pytest.raises(LgrError, match="transition_phase"):
        rates(assumptions(phases=words), "county")


def test_a_missing_assumption_is_named() -> None:
    without = {k: p for k, p in NOW.parameters.items() if k != "pop_cap"}
    with pytest.raises(LgrError, match="pop_cap"):
        rates(replace(NOW, parameters=without), "county")


def test_several_faults_can_be_printed_a_line_each() -> None:
    with pytest.raises(Faults) as fault:
        check_changes(NOW, {"realisation": 2, "nonsense": 1})
    assert len(fault.value.faults) == 2
