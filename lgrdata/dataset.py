"""The dataset as one object: everything read once, kept for as long as the file stands unchanged.

The app, the commands and the exports share it. A file replaced or edited while in use is a new dataset: ask `current`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from lgrdata import catalogue, db, queries
from lgrdata.facts import AreaFacts, Assumptions
from lgrdata.models import Area, LgrError, Proposal, Source
from lgrdata.resolve import resolve
from lgrdata.split import Split

T = TypeVar("T")


class DatasetChanged(LgrError):
    """The file changed between two readings: begin again with `current`, so that no page shows half of each."""


class Dataset:
    """One version of the dataset. Safe to share between threads; what was read is kept."""

    def __init__(self, path: Path | None = None) -> None:
        """LgrError, saying how to mend it, where the file is missing, broken or of another schema."""
        self.path = path or db.default_path()
        self.conn: sqlite3.Connection = db.connect(self.path)
        self.fingerprint = db.fingerprint(self.path)
        self._lock = threading.RLock()
        self._kept: dict[Any, Any] = {}
        self.version: str = catalogue.data_version(self.conn)

    def keep(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives, made once for this dataset and key. DatasetChanged where the file is another by now."""
        with self._lock:
            if key not in self._kept:
                if db.fingerprint(self.path) != self.fingerprint:
                    raise DatasetChanged("the dataset was changed while this page was being made; open it again")
                try:
                    self._kept[key] = make()
                except sqlite3.Error as fault:
                    raise LgrError(
                        f"{self.path.name} cannot be read: {fault}; `python -m lgrdata build` makes it anew"
                    ) from None
            kept: T = self._kept[key]
            return kept

    def read(self, key: Any, query: Callable[[sqlite3.Connection], T]) -> T:
        """The result of a query on this dataset, kept under `key`."""
        return self.keep(key, lambda: query(self.conn))

    def facts(self, area_id: str) -> AreaFacts:
        """Everything the sums need of an area; LgrError where it is not known."""
        return self.read(("facts", area_id), lambda conn: queries.load_area(conn, area_id))

    @property
    def areas(self) -> list[Area]:
        """The 21 invited areas and Sussex together, by name."""
        return self.read("areas", lambda conn: catalogue.areas(conn, combined=True))

    @property
    def sources(self) -> dict[str, Source]:
        return self.read("sources", catalogue.sources)

    @property
    def assumptions(self) -> Assumptions:
        return self.read("assumptions", catalogue.load_assumptions)

    def proposals(self, area_id: str | None = None) -> list[Proposal]:
        """Proposals of an area, or all."""
        return self.read(("proposals", area_id), lambda conn: catalogue.proposals(conn, area_id))

    def split(self, area_id: str, text: str) -> Split:
        """The split named by a proposal id, `today`, `single` or a split code; LgrError where there is none."""
        facts = self.facts(area_id)
        return self.read(("split", area_id, text), lambda conn: resolve(conn, facts, text))

    def recognise(self, split: Split) -> Split:
        """The same split with the origin of the proposal, or `single`, that it equals, names too, if any."""
        area_id = split.facts.area.area_id
        for text in (*(p.proposal_id for p in self.proposals(area_id)), "single"):
            try:
                known = self.split(area_id, text)
            except LgrError:
                continue
            if known == split and known.names == split.names:
                return known
        return split

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of a fixed query, kept. `sql` is never built from what a user typed."""
        return self.read((sql, values), lambda conn: conn.execute(sql, values).fetchall())

    def close(self) -> None:
        self.conn.close()


_current: dict[Path, Dataset] = {}
_current_lock = threading.Lock()


def current(path: Path | None = None) -> Dataset:
    """The dataset as the file is now; the same object until the file changes."""
    wanted = path or db.default_path()
    with _current_lock:
        held = _current.get(wanted)
        if held is None or held.fingerprint != db.fingerprint(wanted):
            held = Dataset(wanted)
            _current[wanted] = held
        return held
