"""Charts as complete Vega-Lite documents, without a title: their words stand beside them."""

from lgrdata.pictures.charts.base import Row, Spec, config, council_colour
from lgrdata.pictures.charts.hosting import timeline
from lgrdata.pictures.charts.money import HIGH, LENS_COLOURS, LOW, PARTS, lenses, path, tax, tornado
from lgrdata.pictures.charts.services import badge, balance, fan, load
from lgrdata.pictures.charts.shares import parts

__all__ = [
    "HIGH",
    "LENS_COLOURS",
    "LOW",
    "PARTS",
    "Row",
    "Spec",
    "badge",
    "balance",
    "config",
    "council_colour",
    "fan",
    "lenses",
    "load",
    "parts",
    "path",
    "tax",
    "timeline",
    "tornado",
]
