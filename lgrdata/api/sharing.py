"""Who gets what: a county's spending shared out between the councils of a split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from lgrdata.api.opened import OpenSplit, scenario_of
from lgrdata.api.tables import Result, flat, frame
from lgrdata.shares.choose import choices, refuse_unusable, unlisted
from lgrdata.shares.document import document
from lgrdata.shares.of_scenario import facts_of
from lgrdata.shares.share import share_out

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ShareResult", "share"]

Table = Literal["lines", "totals", "position"]

UNITS = {
    **dict.fromkeys(("thousand", "low", "high", "by_residents", "moves", "care_thousand"), "£ thousand a year"),
    **dict.fromkeys(("estimate_low", "estimate_high"), "£ thousand a year"),
    **dict.fromkeys(("care_share", "care_share_low", "care_share_high", "tax_base_share"), "share"),
    "residents": "residents",
    "care_per_resident": "£ a year",
    "tax_base": "Band D equivalent dwellings",
}


@dataclass(frozen=True, eq=False)
class ShareResult(Result):
    """Who gets what of the spending that a split divides, as `lgr share AREA SPLIT` tells it."""

    split: OpenSplit
    document: dict[str, Any]

    def __repr__(self) -> str:
        return f"<share-out of {self.split.label}: {len(self.document['lines'])} lines>"

    def to_dict(self) -> dict[str, Any]:
        """The document of `share --json`."""
        return self.document

    def to_frame(self, table: Table = "lines") -> pd.DataFrame:
        """One of its tables, each row with the area and the split, so that tables of several splits stack.

        - `lines`: a row a line and council; its parts add exactly to the line as published.
        - `totals`: a row a group of lines and council; `care` is adults' and children's together.
        - `position`: a row a council, all that it takes on, against its council tax base.

        >>> lines = lgrdata.share(data.split("surrey", "surrey-2ua")).to_frame()
        >>> int(lines[lines["key"] == "children_residential"]["thousand"].sum())
        40666
        """
        about = {"area": self.split.area, "split": self.split.label}
        if table == "lines":
            kept = ("key", "name", "group", "of", "basis", "moves")
            each = ((s, c) for s in self.document["lines"] for c in s["councils"])
            return frame(
                (
                    {**about, **{k: s.get(k) for k in kept}, "council": c["name"], **flat(_figures(c))} for s, c in each
                ),
                UNITS,
            )  # fmt: skip
        if table == "totals":
            groups = ((g, c) for g, t in self.document["totals"].items() for c in t["councils"])
            return frame(({**about, "total": g, "council": c["name"], **_figures(c)} for g, c in groups), UNITS)
        if table == "position":
            left_out = ("name", "stocks", "debts", "reserves", "directors")
            rows = ({k: v for k, v in p.items() if k not in left_out} | {"name": p["name"]} for p in self._positions)
            return frame(({**about, "council": r.pop("name"), **r} for r in rows), UNITS)
        raise ValueError(f"no table {table!r}; there are lines, totals and position")

    @property
    def _positions(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.document["position"]
        return found


def share(split: OpenSplit, bases: Mapping[str, str] | None = None) -> ShareResult:
    """Who gets what of the spending that a split divides: line by line, with low and high over the listed bases.

    `bases`: what a line is shared by, by name or key of both; others go by the recommended one. LgrError, a line each,
    where one is not known or cannot be used here.

    >>> out = lgrdata.share(data.split("surrey", "surrey-2ua"), {"highways": "land"})
    >>> next(line["basis"] for line in out.to_dict()["lines"] if line["key"] == "highways")
    'land_hectares'
    """
    dataset, scenario = scenario_of(split)
    given = facts_of(dataset, scenario.area_id)
    chosen = choices(given, [f"{line}={basis}" for line, basis in (bases or {}).items()])
    shared = share_out(given, scenario.split, chosen)
    refuse_unusable(shared, chosen)
    return ShareResult(split, document(shared, unlisted(given, chosen)))


def _figures(council: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in council.items() if k != "name" and v is not None}
