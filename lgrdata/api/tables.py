"""What every result can be turned into: the command's document, as a dict or as text, and a pandas table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from lgrdata.cli.common import json_text

if TYPE_CHECKING:
    import pandas as pd


class Result(ABC):
    """Something worked out, to read as a table or as the document of its command."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """The document that the command prints with `--json`, as plain Python values."""

    @abstractmethod
    def to_frame(self) -> pd.DataFrame:
        """A pandas table; its units are in `.attrs["units"]`, by column."""

    def to_json(self) -> str:
        """The document as text, just as the command prints it."""
        return json_text(self.to_dict())

    def _repr_html_(self) -> str:
        html: str = self.to_frame().to_html(max_rows=20, notebook=True)
        return html


def frame(rows: Iterable[Mapping[str, Any]], units: Mapping[str, str]) -> pd.DataFrame:
    """A table of these rows, with the units of the columns that are there."""
    import pandas as pd  # here, since it takes a while to load and many notebooks never ask for a table

    made = pd.DataFrame(list(rows))
    made.attrs["units"] = {column: units[column] for column in made.columns if column in units}
    return made


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a document as columns: what stands inside an entry takes its name first, lists are left out.

    `{"ehc_plans": {"value": 4, "low": 3}}` gives `ehc_plans` and `ehc_plans_low`.
    """
    out: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            for name, inner in flat(value).items():
                out[key if name == "value" else f"{key}_{name}"] = inner
        elif not isinstance(value, list):
            out[key] = value
    return out
