"""Which room may import which. Data flows one way: tables → models → sums → words and pictures → views → screen."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from house.code import files, imports, module, named

SUMS = re.compile(r"lgrdata\.(services|costs|boundary|forecast|fits_model|lenses|options|effects)(_\w+)?$")
"""`fits` itself is no sum: it derives tables while the dataset is built."""
PICTURES = re.compile(r"lgrdata\.(charts|maps|views|ui|markup|tabular)(_\w+)?(\.|$)")
OPTIONAL = {"lgrdata.start"}
"""Asks whether it runs inside Streamlit, before anything is installed."""


def _third_party(path: Path) -> set[str]:
    roots = {name.split(".")[0] for name in imports(path)}
    return roots - set(sys.stdlib_module_names) - {"lgrdata", "export", "__future__"}


def test_only_the_ui_knows_streamlit() -> None:
    wrong = [
        named(p)
        for p in files("lgrdata", "export")
        if {"streamlit", "starlette"} & _third_party(p)
        and not module(p).startswith("lgrdata.ui")
        and module(p) not in OPTIONAL
    ]
    assert wrong == []


def test_models_stand_on_the_standard_library_alone() -> None:
    (path,) = files("lgrdata/models.py")
    assert _third_party(path) == set()
    assert {name for name in imports(path) if name.startswith("lgrdata")} == set()


def test_start_needs_nothing_installed() -> None:
    (path,) = files("lgrdata/start.py")
    assert _third_party(path) <= {"streamlit"}
    assert {name for name in imports(path) if name.startswith("lgrdata")} == set()


def test_sums_know_neither_database_nor_screen() -> None:
    wrong = {
        named(p): sorted(bad)
        for p in files("lgrdata")
        if SUMS.match(module(p))
        and (
            bad := {
                n
                for n in imports(p)
                if n.split(".")[0] in ("sqlite3", "streamlit", "altair", "pydeck") or PICTURES.match(n)
            }
        )
    }
    assert wrong == {}


def test_pages_call_views_and_the_ui_only() -> None:
    allowed = ("lgrdata.views", "lgrdata.ui")
    wrong = {
        named(p): sorted(bad)
        for p in files("pages")
        if (
            bad := {n for n in imports(p) if n.startswith(("lgrdata.", "export")) and not n.startswith(allowed)}
            - {"lgrdata"}
        )
        or (bad := _third_party(p) - {"streamlit"})
    }
    assert wrong == {}


def test_views_know_no_screen_and_pictures_no_views() -> None:
    wrong = {}
    for p in files("lgrdata"):
        name = module(p)
        if name.startswith("lgrdata.ui") or name == "lgrdata.cli":
            continue
        bad = {n for n in imports(p) if n.startswith("lgrdata.ui")}
        if PICTURES.match(name) and not name.startswith("lgrdata.views"):
            # The parts of a view are a vocabulary: markup turns them into HTML.
            bad |= {n for n in imports(p) if n.startswith("lgrdata.views.") and not n.startswith("lgrdata.views.base")}
        if bad:
            wrong[named(p)] = sorted(bad)
    assert wrong == {}


def test_the_export_stands_on_the_library_and_not_the_other_way_round() -> None:
    wrong = [
        named(p)
        for p in files("lgrdata")
        if not module(p).startswith("lgrdata.ui") and any(n.split(".")[0] == "export" for n in imports(p))
    ]
    wrong += [named(p) for p in files("export") if any(n.startswith("lgrdata.ui") for n in imports(p))]
    assert wrong == []


@pytest.mark.parametrize("top", ["lgrdata", "export"])
def test_nothing_imports_in_a_circle(top: str) -> None:
    """Imports at the head of modules only: one inside a function is how a circle is cut where it must be."""
    import ast

    from house.code import tree

    names = {module(p): p for p in files(top)}
    edges: dict[str, set[str]] = {}
    for name, path in names.items():
        heads = [n for n in tree(path).body if isinstance(n, (ast.Import, ast.ImportFrom))]
        found: set[str] = set()
        for node in heads:
            if isinstance(node, ast.ImportFrom) and node.module:
                parts = {f"{node.module}.{a.name}" for a in node.names} & names.keys()
                found |= parts or ({node.module} & names.keys())
            elif isinstance(node, ast.Import):
                found |= {a.name for a in node.names} & names.keys()
        edges[name] = found - {name}
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join([*path[path.index(name) :], name])
        if name not in done:
            for other in sorted(edges[name]):
                walk(other, (*path, name))
            done.add(name)

    for name in sorted(edges):
        walk(name, ())


def test_nothing_of_a_visitors_is_kept_by_less_than_its_key() -> None:
    """`recent` takes what is kept by its own key; other caches may hold nothing that a visitor draws.

    A split code, canonical numbers or names say less than a page shows: kept by them, drawings mix.
    """
    import ast

    from house.code import tree

    drawn = re.compile(r"\b(?:Split|Scenario|Effects|Desk|Board)\b")
    less = re.compile(r"\b(?:encode|canonical|names|split|scenario)\b")
    wrong = []
    for p in files("lgrdata", "export", "pages"):
        for node in ast.walk(tree(p)):
            if isinstance(node, ast.FunctionDef):
                kept = any(
                    re.search(r"\b(?:lru_)?cache(?:_data|_resource)?\b", ast.unparse(d)) for d in node.decorator_list
                )
                if kept and drawn.search(ast.unparse(node.args)):
                    wrong.append(f"{named(p)}:{node.lineno} {node.name}")
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                said = ast.unparse(node.args[0])
                # A split as typed is not yet one that was drawn.
                said = said.replace("scenario.area_id", "").replace("'split', area_id, text", "")
                asks = node.func.attr in ("keep", "read") and ast.unparse(node.func.value).endswith(("dataset", "self"))
                if asks and less.search(said):
                    wrong.append(f"{named(p)}:{node.lineno} {said}")
    assert wrong == []
