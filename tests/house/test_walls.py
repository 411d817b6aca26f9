"""Which room may import which: a room may use itself and the rooms above it in one ordered list, and nothing else."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from house.code import ROOT, files, imports, module, named, tree

ROOMS = (
    "lgrdata.core",
    "lgrdata.page",
    "lgrdata.reading",
    "lgrdata.geo",
    "lgrdata.splits",
    "lgrdata.dataset",
    "lgrdata.care",
    "lgrdata.boundary",
    "lgrdata.costs",
    "lgrdata.keeping",
    "lgrdata.all_effects",
    "lgrdata.shares",
    "lgrdata.all_options",
    "lgrdata.partnerships",
    "lgrdata.engine",
    "lgrdata.pictures",
    "lgrdata.views",
    "lgrdata.cli",
    "lgrdata.api",
    "lgrdata.ui",
    "export",
)
"""Every room, from the ground up. docs/architecture.md says what each is for."""

APART = {
    ("export", "lgrdata.ui"),
    ("export", "lgrdata.api"),
    ("lgrdata.ui", "lgrdata.cli"),
    ("lgrdata.ui", "lgrdata.api"),
}
"""Rooms that do not use one another though one stands above the other."""

DOORS = {"lgrdata", "lgrdata.__main__", "lgrdata.start", "app"}
"""Single files outside the rooms: the library's front door, the command's, the starter's and the app's."""

THIRD_PARTY = {
    "lgrdata.core.models": set(),
    "lgrdata.start": {"streamlit"},  # asked whether it is running, before anything is installed
}
SCREEN = {"streamlit", "starlette"}


def room(name: str) -> str | None:
    """The room of a module, or None for one that stands outside: 'lgrdata.costs' for lgrdata.costs.price."""
    return next((r for r in ROOMS if name == r or name.startswith(f"{r}.")), None)


def third_party(path: Path) -> set[str]:
    """Packages that a file imports from outside the project and the standard library."""
    roots = {name.split(".")[0] for name in imports(path)}
    return roots - set(sys.stdlib_module_names) - {"lgrdata", "export", "__future__"}


def ours(path: Path) -> set[str]:
    """Rooms that a file imports from."""
    return {r for name in imports(path) if (r := room(name))}


def test_every_file_stands_in_a_room() -> None:
    kept = {module(p): p for p in files("lgrdata", "export")}
    assert {m for m in kept if room(m) is None} <= DOORS
    assert {r for r in ROOMS if r not in {room(m) for m in kept}} == set(), "a room of the list that is not there"
    loose = [named(p) for p in files("lgrdata") if p.parent == ROOT / "lgrdata" and module(p) not in DOORS]
    assert loose == []


def test_a_room_imports_only_from_rooms_above_it() -> None:
    wrong = {}
    for path in files("lgrdata", "export"):
        own = room(module(path))
        if own is None:
            continue
        above = set(ROOMS[: ROOMS.index(own) + 1]) - {there for here, there in APART if here == own}
        if below := ours(path) - above:
            wrong[named(path)] = sorted(below)
    assert wrong == {}


def test_only_the_screen_knows_streamlit() -> None:
    wrong = [
        named(p)
        for p in files("lgrdata", "export")
        if SCREEN & third_party(p) and room(module(p)) != "lgrdata.ui" and module(p) not in THIRD_PARTY
    ]
    assert wrong == []


def test_the_vocabulary_and_the_starter_need_nothing_installed() -> None:
    for path in files("lgrdata"):
        if module(path) in THIRD_PARTY:
            assert third_party(path) <= THIRD_PARTY[module(path)], named(path)
            assert ours(path) == set(), named(path)


READERS = ("lgrdata.reading", "lgrdata.keeping")
"""The rooms that speak to the database; the others call their functions."""

SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|WITH|PRAGMA|BEGIN|ATTACH)\b[\s\w*(\"]")


def speaks_sql(node: ast.AST) -> bool:
    """Whether a node is a text in SQL, or a call that hands one to the database."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(SQL.match(node.value))
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in ("execute", "executemany", "executescript")


def test_only_the_readers_and_the_keepers_speak_sql() -> None:
    wrong = [
        f"{named(p)} line {node.lineno}"
        for p in files("lgrdata", "export", "pages", "app.py")
        if room(module(p)) not in READERS
        for node in ast.walk(tree(p))
        if isinstance(node, ast.expr) and speaks_sql(node)
    ]
    assert wrong == []


def test_sums_know_neither_database_nor_pictures() -> None:
    """Sums take facts and a split; what reads the dataset for them stands in rooms of its own."""
    sums = {"lgrdata.care", "lgrdata.boundary", "lgrdata.all_effects"}
    banned = {"sqlite3", "altair", "pydeck"}
    wrong = {
        named(p): sorted(bad)
        for p in files("lgrdata")
        if room(module(p)) in sums and (bad := third_party(p) & banned | imports(p) & banned)
    }
    assert wrong == {}


def test_pages_call_views_and_the_screen_only() -> None:
    wrong = {
        named(p): sorted(bad)
        for p in files("pages")
        if (bad := (ours(p) - {"lgrdata.views", "lgrdata.ui"}) | (third_party(p) - {"streamlit"}))
    }
    assert wrong == {}


def test_nothing_of_a_visitors_is_kept_by_less_than_its_key() -> None:
    """`recent` takes what is kept by its own key; other caches may hold nothing that a visitor draws.

    A split code, canonical numbers or names say less than a page shows: kept by them, drawings mix.
    """
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
