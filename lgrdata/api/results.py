"""What can be asked of a split or an area: effects, options, rank, forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from lgrdata.all_effects import as_json
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.all_options import options as listed
from lgrdata.all_options.filters import Filters
from lgrdata.all_options.rank import Rank, plain
from lgrdata.all_options.rank import rank as stand
from lgrdata.api.listing import ListResult
from lgrdata.api.opened import OpenDataset, OpenSplit, open_dataset, scenario_of
from lgrdata.api.tables import Result, flat, frame
from lgrdata.care.forecast import forecast as look_ahead
from lgrdata.cli import forecast as forecast_command
from lgrdata.cli import options as options_command
from lgrdata.cli.common import find_area
from lgrdata.core.models import LENSES, OUTCOMES
from lgrdata.partnerships.sentences import told
from lgrdata.splits.split import OUT

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "EffectsResult",
    "ForecastResult",
    "ListResult",
    "OptionsResult",
    "RankResult",
    "effects",
    "forecast",
    "options",
    "rank",
]

Table = Literal["councils", "costs", "boundary", "members"]

MILLIONS = "_gbp_m"
"""Ends the name of each column in £ million."""

NOT_MONEY = {"lens", "payback_years", "switching_value", "changed"}

UNITS = {
    "payback_years": "years",
    "switching_value": "£ a resident",
    **{f"population{ages}": "residents" for ages in ("", "_0_17", "_18_64", "_65_plus", "_85_plus")},
    **{f"{outcome}{end}": "people" for outcome in OUTCOMES for end in ("", "_low", "_high")},
    **{f"{outcome}_nominal": "share" for outcome in OUTCOMES},
    "homelessness_duties": "households",
    "council_tax_base": "Band D equivalent dwellings",
    "band_d_low": "£ a year",
    "band_d_high": "£ a year",
    "commuting_self_containment_residents": "share",
    "commuting_self_containment_jobs": "share",
    "compactness": "0 to 1",
    "pieces": "councils that hold a part of a county",
    "cut_borders": "borders",
    "cut_border_km": "km",
    "commuting_crossing_share": "share",
    "commuting_crossing_share_today": "share",
    "commuting_2011_crossing_share": "share",
    "commuting_2011_crossing_share_today": "share",
    "migration_crossing_share": "share",
    "migration_crossing_share_today": "share",
    "icb_pairs": "pairs",
    "icb_pairs_today": "pairs",
}


@dataclass(frozen=True, eq=False)
class EffectsResult(Result):
    """Everything a split does, as `lgr effects AREA SPLIT` tells it."""

    split: OpenSplit
    document: dict[str, Any]

    def __repr__(self) -> str:
        return f"<effects of {self.split.label}: {len(self.document['councils'])} councils>"

    def to_dict(self) -> dict[str, Any]:
        """The document of `effects --json`."""
        return self.document

    def to_frame(self, table: Table = "councils") -> pd.DataFrame:
        """One of its tables, each row with the area and the split, so that tables of several splits stack.

        - `councils`: residents, people in care (estimates with low and high), tax base and more, a row a council.
        - `costs`: a row a lens; columns in £ million end in `_gbp_m`, a cost is below zero in what is net.
        - `boundary`: what the new lines cut and what crosses them, one row.
        - `members`: what each council is made of, a row an authority or part of one.

        >>> costs = lgrdata.effects(data.split("norfolk", "norfolk-3ua")).to_frame("costs")
        >>> list(costs["lens"])
        ['county', 'middle', 'district']
        >>> costs.attrs["units"]["five_year_net_gbp_m"], costs.attrs["units"]["payback_years"]
        ('£ million', 'years')
        """
        about = {"area": self.split.area, "split": self.split.label}
        if table == "councils":
            each = self.document["councils"]
            return frame(({**about, "council": c["name"], **flat(_figures(c))} for c in each), UNITS)
        if table == "costs":
            rows = [{**about, "lens": lens, **self.document["costs"][lens]} for lens in LENSES]
            return _money(rows, about)
        if table == "boundary":
            return frame([{**about, **flat(self.document["boundary"])}], UNITS)
        if table == "members":
            parts = ((c["name"], m) for c in self.document["councils"] for m in c["members"])
            rows = [{**about, "council": c, **m, "wards": len(m["wards"])} for c, m in parts]
            return frame(rows, {"wards": "wards of a divided authority"})
        raise ValueError(f"no table {table!r}; there are councils, costs, boundary and members")


def effects(split: OpenSplit, assumptions: Mapping[str, float] | None = None) -> EffectsResult:
    """Everything a split does: money under three lenses, people in care, what the boundary cuts.

    `assumptions` changes some: a parameter's key, or `lens.symbol`, to the value used instead.

    >>> found = lgrdata.effects(data.split("surrey", "surrey-2ua"))
    >>> found
    <effects of surrey-2ua: 2 councils>
    >>> found.to_dict()["split"]["basis"]
    'exact'
    """
    dataset, scenario = scenario_of(split)
    if assumptions:
        scenario = replace(scenario, assumptions={**scenario.assumptions, **assumptions})
    found = effects_of(dataset, scenario)
    minded = told(dataset, scenario, found)
    return EffectsResult(split, as_json.document(found, scenario if split.from_file else None, minded))


def _figures(council: Mapping[str, Any]) -> dict[str, Any]:
    """A council's figures, its estimates among the rest."""
    rest = {key: value for key, value in council.items() if key not in ("name", "estimates")}
    return {**rest, **council["estimates"]}


def _money(rows: Sequence[Mapping[str, Any]], about: Mapping[str, str]) -> pd.DataFrame:
    kept = NOT_MONEY | about.keys()
    named = [{k if k in kept else k + MILLIONS: v for k, v in row.items()} for row in rows]
    return frame(named, UNITS | {k: "£ million" for k in named[0] if k.endswith(MILLIONS)})


@dataclass(frozen=True, eq=False)
class OptionsResult(Result):
    """Every connected split of an area's whole authorities, as `lgr options AREA` lists them."""

    listed: listed.Options
    councils: tuple[int, ...]
    measures: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<{len(self):,} options of {self.listed.facts.area.area_id}>"

    def __len__(self) -> int:
        return len(self.listed)

    @property
    def counts(self) -> dict[int, int]:
        """How many options there are, by number of councils."""
        return {k: self.listed.counts.get(k, 0) for k in self.councils}

    def to_dict(self) -> dict[str, Any]:
        """The document of `options --json`: counts, measures, and the options on the frontier."""
        rows = listed.frontier(self.listed, self.measures)
        return options_command.document(self.listed, self.councils, rows, self.measures, None, self.listed.seconds)

    def to_frame(self) -> pd.DataFrame:
        """Every option, a row each: its split code, its number of councils, each measure, whether on the frontier.

        >>> table = lgrdata.options("surrey", councils=(2, 3)).to_frame()
        >>> table.attrs["units"]["commuting_crossing"]
        'share'
        >>> bool(table["on_frontier"].any())
        True
        """
        import pandas as pd

        held = self.listed.available()
        columns: dict[str, Any] = {
            "area": self.listed.facts.area.area_id, "code": self.listed.codes(), "councils": self.listed.councils,
        }  # fmt: skip
        columns |= {m.key: self.listed.column(m.key) for m in held}
        made = pd.DataFrame(columns)
        made["on_frontier"] = made.index.isin(listed.frontier(self.listed, self.measures))
        made.attrs["units"] = {m.key: m.unit for m in held}
        return made


def options(
    area: str,
    councils: Sequence[int] = (2, 3, 4),
    *,
    dataset: OpenDataset | None = None,
    filters: Filters | None = None,
    measures: Sequence[str] | None = None,
    ferries: bool = False,
    extras: bool = False,
) -> OptionsResult:
    """Every connected split of an area's whole authorities into these numbers of councils, proposed or not.

    `filters` limits them (`lgrdata.Filters`), `measures` judge them together (by default the command's few), `ferries`
    lets authorities across a sea gap join, `extras` takes in the authorities outside the invitation.

    >>> lgrdata.options("surrey", councils=(2, 3)).counts
    {2: 43, 3: 334}
    """
    source = (dataset or open_dataset()).dataset
    facts = source.facts(find_area(source.conn, area))
    found = listed.enumerate_options(facts, source.assumptions, councils, filters, ferries=ferries, extras=extras)
    return OptionsResult(found, tuple(sorted(set(councils))), _chosen(measures))


def _chosen(measures: Sequence[str] | None) -> tuple[str, ...]:
    return listed.HEADLINE if measures is None else tuple(m.key for m in listed.pick(measures))


@dataclass(frozen=True, eq=False)
class RankResult(Result):
    """Where a split stands among the options with as many councils, as `lgr options AREA --rank SPLIT` tells it."""

    split: OpenSplit
    standing: Rank

    def __repr__(self) -> str:
        return f"<{self.split.label} among {self.standing.of:,} options with as many councils>"

    def to_dict(self) -> dict[str, Any]:
        """The `rank` of `options --json`: percentiles by measure, 100 is ahead of all others."""
        return self.standing.as_json()

    def to_frame(self) -> pd.DataFrame:
        """One row a measure: the value, how many options are better, alike and worse, and the words for it.

        >>> table = lgrdata.rank(data.split("surrey", "surrey-2ua")).to_frame()
        >>> [int(n) for n in table[["better", "tied", "worse"]].sum(axis=1).unique()]
        [42]
        """
        about = {"area": self.split.area, "split": self.split.label}
        rows = [
            {**about, "measure": s.measure.key, "name": s.measure.name, "unit": s.measure.unit, "value": plain(s.value),
             "place": s.place, "better": s.better, "tied": s.tied, "worse": s.worse, "percentile": s.percentile,
             "too_close_to_call": bool(s.close), "words": s.sentence}
            for s in self.standing.standings
        ]  # fmt: skip
        others = dict.fromkeys(("better", "tied", "worse"), "options")
        return frame(rows, {"percentile": "0 to 100", "value": "as in the column unit", **others})


def rank(
    split: OpenSplit,
    *,
    filters: Filters | None = None,
    measures: Sequence[str] | None = None,
    ferries: bool = False,
) -> RankResult:
    """Where a split stands among the options of its area with as many councils: on each measure, and on all together.

    >>> lgrdata.rank(data.split("surrey", "surrey-2ua"))
    <surrey-2ua among 43 options with as many councils>
    """
    source, scenario = scenario_of(split)
    held, facts = scenario.split, scenario.split.facts
    extras = bool((facts.is_extra & (held.authority != OUT)).any())
    found = listed.enumerate_options(
        facts, source.assumptions, (len(held.in_use),), filters, ferries=ferries, extras=extras
    )
    return RankResult(split, stand(found, held, _chosen(measures)))


@dataclass(frozen=True, eq=False)
class ForecastResult(Result):
    """Residents and estimated need of each council to 2043, as `lgr forecast AREA SPLIT` tells it."""

    split: OpenSplit
    document: dict[str, Any]

    def __repr__(self) -> str:
        years = self.document["years"]
        return f"<forecast of {self.split.label}: {years[0]} to {years[-1]}>"

    def to_dict(self) -> dict[str, Any]:
        """The document of `forecast --json`."""
        return self.document

    def to_frame(self) -> pd.DataFrame:
        """One row a council, year and measure: `value`, and `low` and `high` where it is estimated need.

        >>> table = lgrdata.forecast(data.split("norfolk", "norfolk-2ua")).to_frame()
        >>> sorted(table["unit"].unique()), int(table["year"].max())
        (['people', 'residents'], 2043)
        """
        about = {"area": self.split.area, "split": self.split.label}
        rows = []
        for council in self.document["councils"]:
            for n, year in enumerate(self.document["years"]):
                at = {**about, "council": council["name"], "year": year}
                for measure, values in council["residents"].items():
                    rows.append({**at, "measure": measure, "value": values[n], "unit": "residents"})
                for measure, estimates in council["need"].items():
                    none = {"value": None, "low": None, "high": None}
                    rows.append({**at, "measure": measure, **(estimates[n] or none), "unit": "people"})
        return frame(rows, {"value": "as in the column unit"})


def forecast(split: OpenSplit) -> ForecastResult:
    """Residents and estimated need of each new council to 2043: what a change in ages alone would do.

    >>> lgrdata.forecast(data.split("norfolk", "norfolk-2ua"))
    <forecast of norfolk-2ua: 2024 to 2043>
    """
    _, scenario = scenario_of(split)
    facts = scenario.split.facts
    return ForecastResult(split, forecast_command.document(facts, scenario.split, look_ahead(facts, scenario.split)))
