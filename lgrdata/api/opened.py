"""An open dataset, and a split of one of its areas."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lgrdata.api.listing import ListResult, areas, proposals
from lgrdata.api.tables import frame
from lgrdata.cli.common import find_area
from lgrdata.cli.effects import open_named
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.keeping import fresh
from lgrdata.splits import blockfile, splitcode
from lgrdata.splits.naming import read_bytes, recognise
from lgrdata.splits.scenario import Scenario, restore
from lgrdata.splits.snapshot_file import MAX_BYTES, scenario_document
from lgrdata.splits.split import make

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class OpenDataset:
    """The dataset as it stood when it was opened: its areas, proposals and splits."""

    dataset: Dataset

    def __repr__(self) -> str:
        return f"<dataset {self.version}, {self.path}>"

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return self.dataset.path

    @property
    def version(self) -> str:
        """The version that screens and exports show beside their figures."""
        return self.dataset.version

    @property
    def areas(self) -> ListResult:
        """The 21 invited areas, with what `lgr areas` tells of each.

        >>> data = lgrdata.open_dataset()
        >>> len(data.areas)
        21
        >>> data.areas[0]["area_id"]
        'cambridgeshire-peterborough'
        """
        return areas(self.dataset.conn)

    def proposals(self, area: str | None = None) -> ListResult:
        """The splits really put forward, of one area or of all, with status and confidence.

        >>> [row["proposal_id"] for row in data.proposals("norfolk")]
        ['norfolk-1ua', 'norfolk-2ua', 'norfolk-3ua']
        """
        return proposals(self.dataset.conn, None if area is None else find_area(self.dataset.conn, area))

    def split(self, area: str, given: str | os.PathLike[str] | Mapping[str, str]) -> OpenSplit:
        """A split of an area, named in any way that the commands take, or given as `{code: council}`.

        A proposal id, `today`, `single`, a split code, or a table of places and councils, a scenario (.json), a
        snapshot (.html). LgrError, in one line, where it cannot be understood.

        >>> data.split("surrey", "surrey-2ua")
        <split surrey-2ua of surrey: East Surrey, West Surrey>
        >>> norfolk = {code: "Rural" for code in data.split("norfolk", "single").to_frame()["code"]}
        >>> data.split("norfolk", norfolk | {"E07000148": "Norwich"}).councils
        ('Rural', 'Norwich')
        """
        conn, facts = self.dataset.conn, self.dataset.facts(find_area(self.dataset.conn, area))
        if isinstance(given, Mapping):
            return OpenSplit(self.dataset, Scenario(recognise(conn, facts, make(facts, given))))
        text = os.fspath(given)
        if Path(text).suffix.lower() in (".html", ".htm"):
            name = Path(text).name
            document = scenario_document(read_bytes(Path(text), MAX_BYTES), name)
            return OpenSplit(self.dataset, restore(conn, facts, document, name), True)
        return OpenSplit(self.dataset, *open_named(conn, facts, text))


@dataclass(frozen=True, eq=False)
class OpenSplit:
    """A split of an area, with the partnerships and changed assumptions of the file it came from, if any."""

    dataset: Dataset
    scenario: Scenario
    from_file: bool = False
    """True where it came from a scenario or snapshot: what it does is then told with its partnerships."""

    def __repr__(self) -> str:
        return f"<split {self.label} of {self.area}: {', '.join(self.councils)}>"

    @property
    def area(self) -> str:
        """The area's id."""
        return self.scenario.area_id

    @property
    def label(self) -> str:
        """What tables call it: its name, or the proposal it is, or its code."""
        return self.scenario.name or self.scenario.split.proposal or self.code

    @property
    def code(self) -> str:
        """The split code: short, safe in an address, and the same for equal splits."""
        return splitcode.encode(self.scenario.split)

    @property
    def councils(self) -> tuple[str, ...]:
        """Names of the new councils."""
        split = self.scenario.split
        return tuple(split.names[c] for c in split.in_use)

    def to_frame(self) -> pd.DataFrame:
        """Which block is in which council: authorities, then the wards that leave theirs.

        >>> split = data.split("norfolk", "norfolk-2ua")
        >>> len(split.to_frame())
        7
        """
        facts = self.scenario.split.facts
        names = {a.code: a.name for a in facts.authorities} | {w.code: w.name for w in facts.wards}
        rows = self.scenario.split.block_assignment()
        return frame(
            ({"area": self.area, "split": self.label, "code": c, "name": names[c], "council": n} for c, n in rows), {}
        )

    def to_csv(self) -> str:
        """The same as a block assignment file, which the app, the commands and `split` read back."""
        return blockfile.write(self.scenario.split)


def open_dataset(path: str | os.PathLike[str] | None = None) -> OpenDataset:
    """The dataset at `path`; without one, this copy's own, built first where that was not done yet.

    `LGR_DB` of the environment names another. LgrError where it is missing, broken or of another version.
    """
    return OpenDataset(current(Path(path) if path is not None else fresh.ready()))


def scenario_of(split: OpenSplit) -> tuple[Dataset, Scenario]:
    """The parts of a split that was opened; LgrError, saying what to do, for anything else."""
    if not isinstance(split, OpenSplit):
        kind = type(split).__name__
        raise LgrError(f"give a split of an open dataset: open_dataset().split(AREA, SPLIT), not a {kind}")
    return split.dataset, split.scenario
