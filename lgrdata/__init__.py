"""What a split of a county into new councils does: the dataset, and what the commands tell, for notebooks and scripts.

Open the dataset, name a split of an area, and ask what it does. Every result has `to_frame()` (a pandas table, units
in `.attrs["units"]`), `to_dict()` and `to_json()` (the very document that the command prints with `--json`). Figures of
people in care are estimates with a range wherever `low` and `high` differ; money is told under three lenses, because
the evidence follows who paid for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"

if TYPE_CHECKING:
    from lgrdata.all_options.filters import Filters
    from lgrdata.api.opened import OpenDataset, OpenSplit, open_dataset
    from lgrdata.api.results import (
        EffectsResult,
        ForecastResult,
        ListResult,
        OptionsResult,
        RankResult,
        effects,
        forecast,
        options,
        rank,
    )
    from lgrdata.api.sharing import ShareResult, share
    from lgrdata.core.models import LgrError

__all__ = [
    "EffectsResult",
    "Filters",
    "ForecastResult",
    "LgrError",
    "ListResult",
    "OpenDataset",
    "OpenSplit",
    "OptionsResult",
    "RankResult",
    "ShareResult",
    "effects",
    "forecast",
    "open_dataset",
    "options",
    "rank",
    "share",
]

_HOMES = (
    {"LgrError": "lgrdata.core.models", "Filters": "lgrdata.all_options.filters"}
    | dict.fromkeys(("OpenDataset", "OpenSplit", "open_dataset"), "lgrdata.api.opened")
    | dict.fromkeys(("ShareResult", "share"), "lgrdata.api.sharing")
)


def __getattr__(name: str) -> Any:
    """A name of `__all__`, loaded when first asked for: lgrdata.start runs before any package is installed."""
    if name not in __all__:
        raise AttributeError(f"module 'lgrdata' has no attribute '{name}'")
    value = globals()[name] = getattr(import_module(_HOMES.get(name, "lgrdata.api.results")), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
