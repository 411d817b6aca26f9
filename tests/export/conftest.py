"""Scenarios of the project's own dataset, drawn as snapshots, for every test of the exports."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from reading import MADE

from export.snapshot import WHOLE, snapshot
from lgrdata.core.locks import lock
from lgrdata.core.models import Partnership
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.dataset.library import library
from lgrdata.reading.db import ROOT
from lgrdata.splits.scenario import Answer, Scenario
from lgrdata.splits.split import make


@pytest.fixture(scope="session")
def dataset(real_db: Path) -> Dataset:
    return current(real_db)


@pytest.fixture(scope="session")
def scenarios(dataset: Dataset) -> dict[str, Scenario]:
    """A proposal as it is; one by wards with everything a user can add; today's councils; a drawing."""
    lib = library(dataset)
    service = next(s for s in lib.services if lib.fits[s])
    model = next(m for m, _ in lib.fits[service] if not lib.models[m].excluded)
    by_wards = next(p for p in dataset.proposals() if p.basis == "exact-parts" and p.proposal_id != "derbyshire-b1-2ua")
    full = Scenario(
        dataset.split(by_wards.area_id, by_wards.proposal_id),
        lens="county",
        name="By wards, with partnerships",
        note="Asked for by the scrutiny committee.\nSecond line.",
        start=by_wards.proposal_id,
        partnerships=(Partnership(service, model, (0, 1), (), 0.2, 0.5),),
        assumptions={"county.delta": 9.0, "exit_hazard": 0.1},
        answers={
            next(iter(lib.considerations)): Answer(True, "Agreed in May."),
            f"criterion {next(iter(lib.criteria))}": Answer(False, "To be asked."),
        },
    )
    surrey = dataset.facts("surrey")
    codes = [a.code for a in surrey.authorities]
    drawn = make(surrey, {c: ("North" if i % 2 else "South") for i, c in enumerate(codes)})
    return {
        "proposal": Scenario(dataset.split("surrey", "surrey-2ua"), start="surrey-2ua"),
        "full": full,
        "today": Scenario(dataset.split("lancashire", "today"), lens="district"),
        "drawing": replace(Scenario(drawn), name="Chequered"),
    }


@pytest.fixture(scope="session")
def drawn_snapshot(dataset: Dataset, scenarios: dict[str, Scenario]) -> Callable[[str], bytes]:
    """The snapshot of a named scenario with every part, drawn once."""
    kept: dict[str, bytes] = {}

    def draw(name: str) -> bytes:
        if name not in kept:
            kept[name] = snapshot(dataset, scenarios[name], made=MADE, choice=WHOLE)
        return kept[name]

    return draw


@pytest.fixture(scope="session", params=["surrey", pytest.param("", marks=pytest.mark.slow, id="every area")])
def site(request: pytest.FixtureRequest, real_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site built by the command, to read only: of one area every day, of every area in the whole set besides.

    A process of its own: tests that run pages leave a page behind as this one's main module, which processes that
    make pages would run again.
    """
    # Processes that run tests side by side share it: the second to come finds nothing to make.
    shared = tmp_path_factory.getbasetemp()
    root = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / f"site-{request.param}"
    command = [sys.executable, "-m", "export", "site", "-o", str(root), "--date", MADE.isoformat()]
    command += ["--jobs", "1", "--area", request.param] if request.param else ["--jobs", "2"]
    env = {**os.environ, "LGR_DB": str(real_db)}
    with lock(root.with_name(f"{root.name}-for-tests")):
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return root
