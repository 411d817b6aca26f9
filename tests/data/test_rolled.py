"""The tables one period on: every rule holds, every page names the new periods and none the old, and back is back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing, redirect_stdout
from pathlib import Path

import pytest
from drawn import Tiny
from frozen import frozen, lines, of_view, staying
from rolled import roll, words
from streamlit.testing.v1 import AppTest

from export.site import pages as site_pages
from export.site.plan import plan
from lgrdata.all_effects.effects import Effects
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.cli.main import main
from lgrdata.dataset.dataset import Dataset
from lgrdata.keeping.build import build
from lgrdata.keeping.check import check
from lgrdata.page.blocks import Section, View
from lgrdata.reading import db
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.menu import PAGES
from lgrdata.views import evidence_bar, redraw, start
from lgrdata.views.effects import page as effects_page
from lgrdata.views.evidence import page as evidence


def test_periods_in_a_text_move_and_other_numbers_do_not() -> None:
    moved = {
        "mid-2024": "mid-2025", "2024-25": "2025-26", "2025 Q4": "2026 Q1", "31 Mar 2025": "31 Mar 2026",
        "mhclg-ro-2024-25": "mhclg-ro-2025-26", "icb 2026": "icb 2027", "68,202 of E07002024": "68,202 of E07002024",
    }  # fmt: skip
    assert {old: words(old, 1) for old in moved} == moved
    assert {new: words(new, -1) for new in moved.values()} == {new: old for old, new in moved.items()}


def _bytes(data: Path) -> dict[str, bytes]:
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in (data / "tables").rglob("*.csv")}


def _there_and_back(data: Path, folder: Path) -> Path:
    """Roll, check, and roll back; the rolled folder, built."""
    rolled = roll(data, folder / "rolled")
    build(rolled, rolled / "lgr.db")
    with closing(db.connect(rolled / "lgr.db")) as conn:
        assert [str(fault) for fault in check(conn)] == []
    back = _bytes(roll(rolled, folder / "back", -1))
    assert {name for name, was in _bytes(data).items() if back[name] != was} == set()
    return rolled


def _views(path: Path) -> Iterator[tuple[str, list[str]]]:
    dataset = Dataset(path)
    area, proposal = ("squares", "squares-2ua")
    scenario = Scenario(dataset.split(area, proposal))
    effects = effects_of(dataset, scenario)
    yield "effects", of_view(effects_page.view(dataset, scenario, effects))
    yield "start", of_view(start.view(dataset, area))
    yield "redraw", of_view(View("", (), sections=(_redrawn(dataset, effects),)))
    for part in ("methods", "unknown", "fits"):
        yield part, of_view(evidence.view(dataset, part))


def _redrawn(dataset: Dataset, effects: Effects) -> Section:
    bar = evidence_bar.finding(dataset, effects)
    assert bar is not None
    return Section("redraw", "", "", (evidence_bar.table(effects, bar), redraw.council_table(effects)))


def test_a_drawn_dataset_rolls_one_period_on_and_back(tiny_tables: Tiny, tmp_path: Path) -> None:
    rolled = _there_and_back(tiny_tables.data, tmp_path)
    with closing(db.connect(rolled / "lgr.db")) as conn:
        stays = staying(conn)
    before, after = dict(_views(tiny_tables.db)), dict(_views(rolled / "lgr.db"))
    left = [f"{name}: {line}" for name in before for line in frozen(before[name], after[name], stays)]
    assert left == []
    assert any("mid-2025" in line for line in after["effects"]) and any("2026-27 prices" in t for t in after["effects"])


@pytest.fixture(scope="module")
def real_rolled(real_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _there_and_back(db.ROOT / "data", tmp_path_factory.mktemp("real")) / "lgr.db"


def _site(path: Path) -> Iterator[tuple[str, list[str]]]:
    dataset = Dataset(path)
    for group in plan(dataset):
        if any(page.key == "surrey" or page.kind in ("index", "evidence-part", "case") for page in group):
            for page in group:
                yield page.path, lines(site_pages.page(dataset, page))


@pytest.mark.slow
def test_every_page_and_command_names_the_new_periods(
    real_db: Path, real_rolled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(db.connect(real_rolled)) as conn:
        stays = staying(conn)
    before, after = dict(_site(real_db)), dict(_site(real_rolled))
    for path, said in ((real_db, before), (real_rolled, after)):
        monkeypatch.setenv("LGR_DB", str(path))
        for page in PAGES:
            app = AppTest.from_file(str(db.ROOT / "app.py"), default_timeout=90)
            app.query_params["area"], app.query_params["split"] = "lancashire", "lancashire-4ua"
            app.switch_page(PAGES[page].file).run()
            assert [e.value for e in app.exception] == []
            said[f"app {page}"] = [line for e in app.main for line in lines(str(e.proto).encode())]
        for command in (["areas"], ["effects", "surrey", "surrey-2ua"], ["forecast", "surrey", "surrey-2ua"],
                        ["share", "surrey", "surrey-2ua"], ["hindcast"]):  # fmt: skip
            out = io.StringIO()
            with redirect_stdout(out):
                assert main([*command, "--db", str(path)]) == 0
            said[" ".join(command)] = out.getvalue().splitlines()
    left = [f"{name}: {line[:300]}" for name in before for line in frozen(before[name], after[name], stays)]
    assert left == []
