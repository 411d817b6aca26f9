"""Where two documents of one split differ: what Python says of it, and what a browser worked out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def differences(python: Any, engine: Any, at: str = "") -> Iterator[str]:
    """Where two documents differ: whole numbers and words at all, other figures by more than their last place."""
    if isinstance(python, dict) and isinstance(engine, dict) and python.keys() == engine.keys():
        for key in python:
            yield from differences(python[key], engine[key], f"{at}.{key}")
    elif isinstance(python, list) and isinstance(engine, list) and len(python) == len(engine):
        for n, (own, other) in enumerate(zip(python, engine, strict=True)):
            yield from differences(own, other, f"{at}[{n}]")
    elif isinstance(python, float) and isinstance(engine, int | float):
        digits = len(repr(python).partition(".")[2])
        if abs(python - engine) > 1.01 * 10 ** -min(max(digits, 1 if "base" in at or at.endswith("km") else 2), 6):
            yield f"{at}: {python} in Python, {engine} in the engine"
    elif python != engine or isinstance(python, bool) != isinstance(engine, bool):
        yield f"{at}: {python} in Python, {engine} in the engine"
