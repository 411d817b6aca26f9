"""Every sentence is a claim: all that pages and commands say is held against the sums and the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import claim_pages as pages
import pytest
from claim_sums import SUMS
from claim_told import Page
from claim_words import WORDS
from hypothesis import given, settings
from hypothesis import strategies as st

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import LENSES, Partnership
from lgrdata.core.words import joined
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import library
from lgrdata.splits.scenario import Scenario
from lgrdata.views.compare import page as compare
from lgrdata.views.evidence import page as evidence

DAILY = 4
"""Of the known splits, one in so many is read every day; which ones moves with the lens, so that kinds are covered."""


@pytest.fixture(scope="module")
def data(real_db: Path) -> Iterator[Dataset]:
    dataset = Dataset(real_db)
    yield dataset
    dataset.close()


def faults(page: Page) -> list[str]:
    """What any rule says of a page, with the rule's name."""
    return [f"{rule.__name__}, {page.name}: {said}" for rule in (*WORDS, *SUMS) for said in rule(page)]


def hold(found: Iterable[Page]) -> None:
    """All pages keep all rules; each fault is told once, however many pages show it."""
    told: list[str] = []
    for page in found:
        told += faults(page)
    assert not told, f"{len(told)} claims are false:\n" + "\n".join(told[:40])


def _known(data: Dataset, every: int) -> Iterator[Page]:
    for n, (area, text) in enumerate(pages.known_splits(data)):
        if n % every == 0:
            scenario = Scenario(data.split(area, text), lens=LENSES[n // every % 3])
            yield from pages.of_scenario(data, scenario, f"{area} {text}")


def test_known_splits_are_told_truly(data: Dataset) -> None:
    hold(_known(data, DAILY))


@pytest.mark.slow
def test_every_known_split_is_told_truly(data: Dataset) -> None:
    hold(_known(data, 1))


def test_the_command_tells_what_the_pages_tell(data: Dataset) -> None:
    hold(pages.of_command(data, area, text) for area, text in pages.known_splits(data)[::12])


def test_every_area_s_card_keeps_to_the_record(data: Dataset) -> None:
    hold(pages.of_area(data, a.area_id) for a in data.areas)


def test_every_part_of_the_evidence_page_is_whole(data: Dataset) -> None:
    # What others are quoted as saying is theirs; what this page adds are tables of the project's own.
    parts = ("fits", "record", "calibration", "unknown")
    hold(Page(f"evidence, {part}", evidence.view(data, part)) for part in parts)


def test_every_figure_is_told_truly(data: Dataset) -> None:
    hold(pages.of_figures(data, "cambridgeshire-peterborough", 20))


def test_a_city_in_parts_beside_a_whole_county_is_told_truly(data: Dataset) -> None:
    for parts in (2, 5, 6, 7):
        split = pages.city_in_parts(data, "cambridgeshire-peterborough", parts)
        hold(pages.of_scenario(data, Scenario(split), f"Peterborough in {parts} parts"))


def test_what_is_run_together_is_in_every_figure(data: Dataset) -> None:
    split = data.split("surrey", "surrey-3ua")
    services = (s for s, fits in library(data).fits.items() if fits and s != "leadership")
    together = tuple(Partnership(s, "hosted_service", (0, 1, 2), coverage=1.0) for s in services)
    scenario = Scenario(split, lens="county", partnerships=together)
    effects = effects_of(data, scenario)
    gained = effects.costs_with_partnerships["county"].recurring_net - effects.costs["county"].recurring_net
    assert abs(gained) > 2, "enough that a figure without them differs as shown"
    hold(pages.of_scenario(data, scenario, "three councils that run much together"))


def test_a_change_that_costs_nothing_is_told_as_one(data: Dataset) -> None:
    for free in (("t_old", "t_x", "t_s"), ("t_old", "t_x", "t_s", "delta", "s")):
        scenario = Scenario(
            data.split("surrey", "surrey-3ua"), lens="county",
            assumptions={f"{side}.{symbol}": 0.0 for side in ("county", "district", "middle") for symbol in free},
        )  # fmt: skip
        hold(pages.of_scenario(data, scenario, f"three councils for which {joined(list(free))} are nothing"))


def _drawn(data: Dataset, area: str, seed: int, councils: int, changed: bool, partnered: bool) -> None:
    split = pages.drawing(data, area, seed, councils)
    scenario = Scenario(
        split,
        lens=LENSES[seed % 3],
        assumptions=pages.changes(data, seed) if changed else {},
        partnerships=pages.partnership(data, split, seed) if partnered else (),
    )
    hold(pages.of_scenario(data, scenario, f"a drawing of {area}, seed {seed}, {councils} councils"))


AREAS = ("surrey", "norfolk", "lancashire", "leicestershire-leicester-rutland", "sussex", "hampshire-solent")
DRAWN = {
    "area": st.sampled_from(AREAS), "seed": st.integers(0, 10_000), "councils": st.integers(1, 6),
    "changed": st.booleans(), "partnered": st.booleans(),
}  # fmt: skip


@settings(max_examples=8, derandomize=True, database=None)
@given(**DRAWN)
def test_drawings_are_told_truly(data: Dataset, **drawn: object) -> None:
    _drawn(data, **drawn)  # type: ignore[arg-type]


@pytest.mark.slow
@settings(max_examples=150, database=None)
@given(**DRAWN)
def test_many_drawings_are_told_truly(data: Dataset, **drawn: object) -> None:
    _drawn(data, **drawn)  # type: ignore[arg-type]


def test_splits_side_by_side_are_told_truly(data: Dataset) -> None:
    for area in ("surrey", "norfolk"):
        texts = [text for a, text in pages.known_splits(data) if a == area][:4]
        scenarios = [Scenario(data.split(area, text)) for text in texts]
        hold([Page(f"compare of {area}", compare.view(data, scenarios, texts))])
