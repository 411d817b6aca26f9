"""The fits: closed forms against plain refits, the choice against brute force, known answers on drawn numbers."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

from lgrdata.care.fit import DRIVERS, RECIPES, Recipe, choose, least_squares, rate_error
from lgrdata.core.models import BANDS, OUTCOMES


def sample(councils: int = 14, seed: int = 7) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    population = rng.integers(20_000, 400_000, councils).astype(float)
    drivers = np.stack([population, population * rng.uniform(0.1, 0.5, councils)], axis=1)
    counts = drivers @ np.array([0.01, 0.05]) * rng.uniform(0.8, 1.2, councils)
    return counts, drivers, population


def refit(counts: np.ndarray, drivers: np.ndarray, population: np.ndarray, out: list[int]) -> np.ndarray:
    keep = np.setdiff1d(np.arange(len(counts)), out)
    rates = (drivers / population[:, None])[keep]
    return np.linalg.lstsq(rates, (counts / population)[keep], rcond=None)[0]


def test_leave_one_out_equals_a_refit_without_each_council() -> None:
    counts, drivers, population = sample()
    fit = least_squares(counts, drivers, population, ["a", "b"])
    for i in range(len(counts)):
        assert fit.predicted[i] == pytest.approx(drivers[i] @ refit(counts, drivers, population, [i]), rel=1e-9)


def test_one_driver_by_hand() -> None:
    # Rates 0.1, 0.2 and 0.3: the plain share of all is their mean, without the first the mean of the others.
    counts, population = np.array([10.0, 40.0, 90.0]), np.array([100.0, 200.0, 300.0])
    fit = least_squares(counts, population[:, None], population, ["all"])
    assert fit.coefficients == pytest.approx([0.2])
    assert fit.predicted == pytest.approx([25.0, 40.0, 45.0])
    # Misses in rates: -0.15, 0, 0.15.
    assert rate_error(counts, fit.predicted, population) == pytest.approx(math.sqrt(0.045 / 3) / 0.2)


def test_a_driver_with_a_negative_coefficient_is_never_chosen() -> None:
    rng = np.random.default_rng(3)
    n = 30
    population = np.full(n, 1000.0)
    helps, hinders = rng.uniform(100, 500, n), rng.uniform(100, 500, n)
    counts = 50 + 0.4 * helps - 0.09 * hinders
    drivers = {"all": population, "helps": helps, "hinders": hinders}
    recipe = Recipe("drawn", "residents 0-17", ("all", "helps", "hinders"), 1000)
    chosen = choose(recipe, counts, {**drivers, "residents 0-17": population})
    assert "helps" in chosen.drivers and "hinders" not in chosen.drivers
    assert (chosen.coefficients >= 0).all()


def test_the_choice_is_the_best_of_all_nonnegative_sets() -> None:
    rng = np.random.default_rng(11)
    n = 40
    names = ("w", "x", "y", "z")
    table = {k: rng.uniform(50, 400, n) for k in names}
    population = rng.uniform(2000, 5000, n)
    counts = 0.3 * table["w"] + 0.5 * table["y"] + 0.01 * population * rng.uniform(0.9, 1.1, n)
    drivers = {**table, "residents 0-17": population}
    recipe = Recipe("drawn", "residents 0-17", ("residents 0-17", *names), 1000)
    chosen = choose(recipe, counts, drivers)
    plain = least_squares(counts, population[:, None], population, ["residents 0-17"])
    best = rate_error(counts, plain.predicted, population)
    for size in (1, 2, 3):
        for some in combinations(recipe.candidates, size):
            columns = np.stack([drivers[k] for k in some], axis=1)
            every = [refit(counts, columns, population, [i]) for i in range(n)]
            if min(e.min() for e in every) < 0 or refit(counts, columns, population, []).min() < 0:
                continue
            predicted = np.array([columns[i] @ every[i] for i in range(n)])
            best = min(best, rate_error(counts, predicted, population))
    assert rate_error(counts, chosen.predicted, population) == pytest.approx(best, rel=1e-9)


def test_the_plain_population_stays_where_drivers_are_noise() -> None:
    rng = np.random.default_rng(5)
    n = 30
    population = rng.uniform(1000, 9000, n)
    noise = rng.uniform(0, 1, n)
    recipe = Recipe("drawn", "residents 0-17", ("noise",), 1000)
    counts = 0.1 * population
    chosen = choose(recipe, counts, {"residents 0-17": population, "noise": noise})
    assert chosen.drivers == ("residents 0-17",)


def test_every_outcome_has_a_recipe_of_known_drivers_and_bands() -> None:
    assert tuple(RECIPES) == OUTCOMES
    for recipe in RECIPES.values():
        assert {recipe.population, *recipe.candidates} <= set(DRIVERS)
        assert set(recipe.bands) <= set(BANDS)
