"""Static maps as self-contained SVG: a split with its key, England by stage, what crosses a boundary.

No script, no style sheet, nothing fetched. Each map comes with words that say what it shows, and a table.
"""

from lgrdata.pictures.maps.england import (
    ENGLAND_UNIT,
    AreaShape,
    england_areas,
    england_map,
    england_rest,
    england_view,
)
from lgrdata.pictures.maps.flows import flow_map
from lgrdata.pictures.maps.split import council_words, split_map, split_scale, split_table, split_words

__all__ = [
    "ENGLAND_UNIT",
    "AreaShape",
    "council_words",
    "england_areas",
    "england_map",
    "england_rest",
    "england_view",
    "flow_map",
    "split_map",
    "split_scale",
    "split_table",
    "split_words",
]
