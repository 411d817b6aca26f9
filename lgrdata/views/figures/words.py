"""How a published figure is said: with its unit, its period, and why it is missing."""

from __future__ import annotations

from lgrdata.core import periods
from lgrdata.core.models import LgrError
from lgrdata.core.text import whole_number
from lgrdata.core.words import number, pounds
from lgrdata.reading.figures import FigureMeasure, PublishedFigure

MISSING = {
    "suppressed": "withheld by its publisher",
    "not returned": "not returned by the council",
    "not available": "not available, as its publisher says",
    "not applicable": "not applicable, as its publisher says",
}


def said(measure: FigureMeasure, value: float, *, unit: bool = True) -> str:
    """1,030 children, £4,350,000, 12.5%, 0.142 (score); as published, not rounded."""
    decimals = next((n for n in range(4) if abs(round(value, n) - value) < 1e-9), 3)
    if measure.unit == "£":
        return pounds(value, 0 if decimals == 0 else 2)
    plain = number(value, decimals)
    if measure.unit.startswith("%"):
        return f"{plain}{measure.unit}" if unit else f"{plain}%"
    if not unit:
        return plain
    if measure.unit.startswith("£"):
        return f"{plain} ({measure.unit})"
    return f"{plain} {measure.unit}" if measure.kind in ("count", "money") else f"{plain} ({measure.unit})"


def of(measure: FigureMeasure, figure: PublishedFigure, *, unit: bool = False) -> str:
    """A figure, or why it is missing."""
    return said(measure, figure.value, unit=unit) if figure.value is not None else missing(figure)


def missing(figure: PublishedFigure) -> str:
    """Why a figure has no value."""
    return MISSING.get(figure.status, figure.status)


def when(period: str) -> str:
    """The period after a verb: 'on 31 Mar 2025', 'at mid-2024', 'in 2024-25'."""
    try:
        held = periods.read(period)
    except LgrError:
        return f"in {period}"
    numbered = whole_number(period[:1]) is not None
    if held.starts == held.ends:
        return f"{'on' if numbered else 'at'} {period}"
    return f"in {period}" if numbered or (held.ends - held.starts).days < 300 else f"in the {period}"
