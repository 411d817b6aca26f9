"""The code that a built dataset depends on: everything that building imports, found from the imports themselves."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def deriving_code() -> tuple[Path, ...]:
    """Files of this package that `keeping/build.py` imports, directly or not, itself first of all, in order of path."""
    found: set[Path] = set()
    ahead = [PACKAGE / "keeping" / "build.py"]
    while ahead:
        path = ahead.pop()
        if path not in found:
            found.add(path)
            ahead += _imported(path)
    return tuple(sorted(found))


def _imported(path: Path) -> list[Path]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    inside = (name.split(".")[1:] for name in names if name.startswith(f"{PACKAGE.name}."))
    places = (PACKAGE.joinpath(*parts) for parts in inside)
    return [p for place in places for p in (place.with_suffix(".py"), place / "__init__.py") if p.is_file()]
