"""How the code is kept: types, lint, small files, documented functions, and nothing of one machine or of outside."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest
from house.code import ROOT, files, named, tree

MOST_LINES = 450
CODE = ("lgrdata", "export", "pages", "app.py")
ALL = (*CODE, "tests")

HOST = re.compile(r"(?:https?|wss?):\/\/(?!127\.0\.0\.1|localhost|\{|www\.w3\.org/|www\.sitemaps\.org/)[\w.-]+\.\w+")
NOT_FETCHED = re.compile(r"(?:\.gov\.uk|example\.(?:org|com|gov\.uk)|schema\.org|vega\.github\.io)")
"""Addresses that code may name: what the words of a page link to, drawn ones, and names of formats."""
MACHINE = re.compile(r"""["'](?:/(?:home|root|work|Users|opt|mnt)\b|[A-Z]:\\)""")
SYSTEM = re.compile(r"""["'](?:/(?:etc|var|tmp|usr)\b)""")


def _run(*command: str) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.daily
def test_types_are_strict_in_lgrdata_and_export() -> None:
    assert _run("mypy", "lgrdata", "export") == ""


def test_lint_finds_nothing() -> None:
    assert _run("ruff", "check", *ALL) == ""


def test_files_are_small() -> None:
    kept = files(*ALL, "docs", ends=(".py", ".js", ".css"))
    long = {named(p): n for p in kept if (n := len(p.read_text(encoding="utf-8").splitlines())) > MOST_LINES}
    assert long == {}


def test_public_functions_and_modules_are_documented() -> None:
    bare = []
    for path in files("lgrdata", "export"):
        if ast.get_docstring(tree(path)) is None and path.name != "__init__.py" and tree(path).body:
            bare.append(named(path))
        for node in tree(path).body:
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or node.name.startswith("_"):
                continue
            if ast.get_docstring(node) is None:
                bare.append(f"{named(path)}:{node.lineno} {node.name}")
    assert bare == []


def test_public_classes_with_behaviour_are_documented() -> None:
    """A dataclass that only lists fields may speak through them; one that acts says what it is."""
    bare = []
    for path in files("lgrdata", "export"):
        for node in tree(path).body:
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_") or ast.get_docstring(node):
                continue
            acts = [n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
            if [n for n in acts if ast.get_docstring(n) is None and len(n.body) > 2]:
                bare.append(f"{named(path)}:{node.lineno} {node.name}")
    assert bare == []


def test_nothing_is_put_off_or_skipped() -> None:
    comment = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    marks = {"skip", "skipif", "xfail", "importorskip"}
    found = []
    for path in files(*ALL):
        with tokenize.open(path) as source:
            found += [
                f"{named(path)}:{t.start[0]}"
                for t in tokenize.generate_tokens(source.readline)
                if t.type == tokenize.COMMENT and comment.search(t.string)
            ]
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in marks and _is_pytest(node.value):
                found.append(f"{named(path)}:{node.lineno} {node.attr}")
    for path in files("lgrdata", ends=(".js", ".css", ".sql")):
        found += [f"{named(path)}:{n}" for n, line in _lines(path) if comment.search(line)]
    assert found == []


def _is_pytest(node: ast.expr) -> bool:
    return any(isinstance(n, ast.Name) and n.id == "pytest" for n in ast.walk(node))


def _lines(path: Path) -> list[tuple[int, str]]:
    return list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))


def test_no_path_of_one_machine() -> None:
    kept = files(*ALL, "docs", "README.md", ends=(".py", ".js", ".css", ".sql", ".md", ".toml"))
    own = Path(__file__)
    found = [f"{named(p)}:{n}" for p in kept if p != own for n, line in _lines(p) if MACHINE.search(line)]
    found += [f"{named(p)}:{n}" for p in files(*CODE) for n, line in _lines(p) if SYSTEM.search(line)]
    assert found == []


def test_the_code_calls_no_host() -> None:
    kept = files(*CODE, ends=(".py", ".js", ".css"))
    found = [
        f"{named(p)}:{n} {hit.group()}"
        for p in kept
        for n, line in _lines(p)
        for hit in HOST.finditer(line)
        if not NOT_FETCHED.search(hit.group())
    ]
    assert found == []
