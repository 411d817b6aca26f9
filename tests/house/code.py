"""The project's own files, for the tests of the house."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files(*folders: str, ends: tuple[str, ...] = (".py",)) -> tuple[Path, ...]:
    """Files of these folders (or single files) that are, or are about to be, kept in the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *folders],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.splitlines()]
    else:  # a copy without its history
        found = [p for f in folders for p in ((ROOT / f).rglob("*") if (ROOT / f).is_dir() else [ROOT / f])]
    return tuple(sorted(p for p in found if p.is_file() and p.suffix in ends and "__pycache__" not in p.parts))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def named(path: Path) -> str:
    """A file as people name it: lgrdata/costs/price.py."""
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    """A file as it is imported: lgrdata.costs.price."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Full names of modules, and of names of modules, that a file imports anywhere."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)} line {node.lineno}: write imports out in full"
            assert node.module is not None
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found
