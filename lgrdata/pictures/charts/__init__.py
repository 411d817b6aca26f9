"""Charts as complete Vega-Lite documents, without a title: their words stand beside them."""

from lgrdata.pictures.charts.base import Row, Spec, config, council_colour
from lgrdata.pictures.charts.evidence_bar import WIDTH as BAR_WIDTH
from lgrdata.pictures.charts.evidence_bar import BreakEvenMark, CaseMark, EndMark, evidence_bar
from lgrdata.pictures.charts.hosting import timeline
from lgrdata.pictures.charts.money import HIGH, LENS_COLOURS, LOW, PARTS, lenses, path, tax, tornado
from lgrdata.pictures.charts.series import series
from lgrdata.pictures.charts.services import badge, balance, fan, load
from lgrdata.pictures.charts.shares import parts

__all__ = [
    "BAR_WIDTH",
    "HIGH",
    "LENS_COLOURS",
    "LOW",
    "PARTS",
    "BreakEvenMark",
    "CaseMark",
    "EndMark",
    "Row",
    "Spec",
    "badge",
    "balance",
    "config",
    "council_colour",
    "evidence_bar",
    "fan",
    "lenses",
    "load",
    "parts",
    "path",
    "series",
    "tax",
    "timeline",
    "tornado",
]
