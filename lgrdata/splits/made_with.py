"""What a result was made with: the dataset's version and the model's, and the figures that a file was saved with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LENSES, MODEL_VERSION
from lgrdata.core.text import one_line

KEPT = ("recurring_net", "five_year_net", "one_off")
"""Figures that a file keeps, so that one of an older model or dataset opens with them beside those of now."""

UNMARKED = "1"
"""The model of files that do not say which made them, though they are sealed."""


def made_with(facts: AreaFacts) -> dict[str, str]:
    """The versions that figures of these facts are made with."""
    return {"dataset": facts.dataset, "model": MODEL_VERSION}


def read_versions(document: Mapping[str, Any]) -> dict[str, str]:
    """Which versions a scenario's document says made it; empty for one made by hand."""
    said = document.get("made_with")
    if isinstance(said, dict) and isinstance(said.get("model"), str):
        return {key: one_line(said.get(key), 60) for key in ("dataset", "model")}
    return {"dataset": "", "model": UNMARKED} if "checksum" in document else {}


def read_figures(document: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """The figures that a scenario's document keeps; what is none of them is left out."""
    held = document.get("figures")
    out: dict[str, dict[str, float]] = {}
    for lens in LENSES:
        given = held.get(lens) if isinstance(held, dict) else None
        if isinstance(given, dict):
            out[lens] = {k: float(given[k]) for k in KEPT if _is_number(given.get(k))}
    return {lens: found for lens, found in out.items() if found}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and abs(value) < 1e9
