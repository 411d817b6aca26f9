"""The app itself on a broken, changing or foreign dataset: one message, no traceback, and on it goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from drawn import Tiny
from faults import UNUSABLE, alone, sql
from streamlit.testing.v1 import AppTest

from lgrdata.reading import db

APP = str(db.ROOT / "app.py")


@pytest.fixture(autouse=True)
def _own_caches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def visit(path: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    monkeypatch.setenv("LGR_DB", str(path))
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def errors(app: AppTest) -> str:
    return " ".join(e.value for e in app.error).replace("\\", "")


def footer(app: AppTest) -> str:
    found = [h.proto.body for h in app.get("html") if "lgr-foot" in h.proto.body]
    return found[0].partition("Data version ")[2].partition("<")[0] if found else ""


@pytest.mark.parametrize("name", [n for n in UNUSABLE if n not in ("missing", "a pipe", "schema odd")])
def test_one_message_says_what_is_wrong_and_how_to_mend_it(
    name: str, tiny_tables: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, fault = alone(tiny_tables, tmp_path), UNUSABLE[name]
    fault.make(path)
    before = path.read_bytes() if path.is_file() else b""
    app = visit(path, monkeypatch, area="squares")
    assert not app.exception
    assert len(app.error) == 1 and fault.said in errors(app) and fault.mend in errors(app)
    assert (path.read_bytes() if path.is_file() else b"") == before, "the app writes nothing over it"


def test_the_app_goes_on_once_it_is_mended(tiny_tables: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = alone(tiny_tables, tmp_path)
    path.write_bytes(b"broken")
    app = visit(path, monkeypatch, area="squares")
    assert len(app.error) == 1
    path.write_bytes(tiny_tables.db.read_bytes())
    app.run()
    assert not app.exception and not app.error and footer(app)


def test_a_dataset_built_again_is_told_in_the_log_and_to_no_visitor(
    tiny_tables: Tiny, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny_tables.db.unlink()
    app = visit(tiny_tables.db, monkeypatch)
    assert not app.exception and not app.error and footer(app)
    said = " ".join(str(e.value) for kind in (app.warning, app.info, app.success) for e in kind)
    assert "dataset" not in said
    assert '"event": "dataset", "state": "built"' in capsys.readouterr().err


def test_an_edit_is_picked_up_and_the_footer_changes(tiny_tables: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    app = visit(tiny_tables.db, monkeypatch, area="squares", split="squares-2ua")
    first = footer(app)
    sql(tiny_tables.db, "UPDATE area SET full_name = 'Renamedshire', name = 'Renamedshire' WHERE area_id = 'squares'")
    app.run()
    assert not app.exception and not app.error
    assert footer(app) != first and "with edits" in footer(app)
    assert any("Renamedshire" in t.value for t in app.title)


@pytest.mark.parametrize("page", ["pages/redraw.py", "pages/effects.py", "pages/compare.py"])
def test_a_choice_made_on_a_page_of_the_old_version_is_taken(
    page: str, tiny_tables: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = visit(tiny_tables.db, monkeypatch, area="squares", split="squares-2ua")
    app.switch_page(page).run()
    sql(tiny_tables.db, "UPDATE area SET stage_note = 'Meanwhile.'")
    area = next(s for s in app.selectbox if s.key == "frame_area")
    area.select("nine").run()
    assert not app.exception and not app.error
    assert app.query_params["area"] in ("nine", ["nine"])


PAGES = ("start", "redraw", "effects", "share", "partnerships", "options", "compare", "case_studies", "evidence")


def test_a_bad_boundary_stops_the_map_of_its_area_only(
    tiny_tables: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = alone(tiny_tables, tmp_path)
    sql(path, "PRAGMA ignore_check_constraints = ON",
        "UPDATE topology SET topojson = '{' WHERE topology_id = 'squares'")  # fmt: skip
    app = visit(path, monkeypatch, area="squares", split="squares-2ua")
    app.switch_page("pages/redraw.py").run()
    assert not app.exception and "squares: not a readable TopoJSON" in errors(app)
    app.switch_page("pages/partnerships.py").run()
    assert not app.exception and not app.error
    other = visit(path, monkeypatch, area="nine", split="nine-3ua")
    other.switch_page("pages/redraw.py").run()
    assert not other.exception and not other.error


@pytest.mark.parametrize("table", ["claim", "case_study", "glossary", "flow", "parameter"])
def test_a_missing_table_breaks_no_page_with_a_traceback(
    table: str, tiny_tables: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = alone(tiny_tables, tmp_path)
    sql(path, "PRAGMA foreign_keys = OFF", f"DROP TABLE {table}")
    app = visit(path, monkeypatch, area="squares", split="squares-2ua")
    shown = 0
    for page in PAGES[1:]:
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception, page
        told = errors(app)
        assert not told or f"no such table: {table}" in told or "holds no" in told, (page, told)
        shown += not told
    assert shown or table in ("flow", "parameter")


HOSTILE = "<script>alert(1)</script>![x](https://evil.example/x.png) [y](https://evil.example)"


def test_a_hostile_address_shows_as_text(tiny_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = visit(
        tiny_db, monkeypatch, area="squares", split="squares-2ua", lens=HOSTILE, councils=f"{HOSTILE}~b", order="²1",
        name=HOSTILE, **{"set": f"{HOSTILE}:1,x:nan", "with": f"{HOSTILE}~rcc~²1", "from": HOSTILE},
    )  # fmt: skip
    assert not app.exception and not app.error
    assert app.warning
    for page in PAGES[1:7]:
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception and not app.error, page
        for element in (*app.warning, *app.markdown, *app.title, *app.caption, *app.info):
            assert "](http" not in element.value, (page, element.value)
        for piece in app.get("html"):
            assert "<script" not in piece.proto.body and "<img src=x" not in piece.proto.body
