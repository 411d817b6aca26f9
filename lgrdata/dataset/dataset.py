"""The dataset as one object: everything read once, kept for as long as the file stands unchanged.

The app, the commands and the exports share it. A file replaced or edited while in use is a new dataset: ask `current`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.models import Area, LgrError, Proposal, Source
from lgrdata.dataset.cache import Given, recent
from lgrdata.reading import built, catalogue, db, queries
from lgrdata.splits.naming import known_splits, marked, resolve
from lgrdata.splits.split import Split

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 5
"""How often opening is tried while the file keeps changing."""


class DatasetChanged(LgrError):
    """The file changed between two readings: begin again with `current`, so that no page shows half of each."""


class Dataset:
    """One version of the dataset. Safe to share between threads; what was read is kept."""

    def __init__(self, path: Path | None = None) -> None:
        """LgrError, saying how to mend it, where the file is missing, broken or of another schema."""
        self.path = path or db.default_path()
        self._lock = threading.RLock()
        self._kept: dict[Any, Any] = {}
        self.conn: sqlite3.Connection
        self.fingerprint: tuple[int, ...]
        self.version: str
        for _ in range(TRIES):
            if self._opened():
                return
        raise LgrError(f"{self.path}: is being changed without a pause; let that finish, then try again")

    def _opened(self) -> bool:
        """Open the file; False where it was replaced or edited meanwhile, so that file and fingerprint may differ."""
        self.fingerprint = db.fingerprint(self.path)
        self.conn = db.connect(self.path)
        try:
            self.version = catalogue.data_version(self.conn)
            if built.state(self.path) == "edited":
                self.version += f" with edits ({db.changes(self.path)})"
            if self.unchanged:
                return True
        except sqlite3.Error as fault:
            self.conn.close()
            raise db.trouble(self.path, fault) from None
        self.conn.close()
        return False

    @property
    def unchanged(self) -> bool:
        """True while the file is as it was when this dataset was opened. LgrError where it is gone."""
        return db.fingerprint(self.path) == self.fingerprint

    def refuse_changed(self) -> None:
        """DatasetChanged where the file is another by now."""
        if not self.unchanged:
            raise DatasetChanged("the dataset was changed while this page was being made; open it again")

    def keep(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives, made once for this dataset and key. DatasetChanged where the file is another by now."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._whole(make)
            kept: T = self._kept[key]
            return kept

    def _whole(self, make: Callable[[], T]) -> T:
        """What `make` gives, all of it from one version of the file."""
        with self._lock:
            self.refuse_changed()
            try:
                made = make()
            except sqlite3.Error as fault:
                self.refuse_changed()
                raise db.trouble(self.path.name, fault) from None
            # An edit between two queries of `make` would leave half of each.
            self.refuse_changed()
            return made

    def read(self, query: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        """What a function of `lgrdata.reading` gives on this dataset, kept under the function and what it is given.

        LgrError where the rows make no sense.
        """
        return self.keep((query, args, tuple(named.items())), lambda: self._sensible(query, *args, **named))

    def _sensible(self, query: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        try:
            return query(self.conn, *args, **named)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
            self.refuse_changed()
            raise LgrError(
                f"{self.path.name} holds rows that cannot be used ({type(fault).__name__}:"
                f" {' '.join(str(fault).split())[:120]}); `python -m lgrdata check` names them"
            ) from fault

    def facts(self, area_id: str) -> AreaFacts:
        """Everything the sums need of an area; LgrError where it is not known."""
        return self.keep(
            ("facts", area_id),
            lambda: replace(self._sensible(queries.load_area, area_id), version=self.fingerprint, dataset=self.version),
        )

    @property
    def areas(self) -> list[Area]:
        """The 21 invited areas and Sussex together, by name."""
        return self.read(catalogue.areas, combined=True)

    @property
    def sources(self) -> dict[str, Source]:
        return self.read(catalogue.sources)

    @property
    def assumptions(self) -> Assumptions:
        return self.read(catalogue.load_assumptions)

    def proposals(self, area_id: str | None = None) -> list[Proposal]:
        """Proposals of an area, or all."""
        return self.read(catalogue.proposals, area_id)

    def split(self, area_id: str, text: str) -> Split:
        """The split named by a proposal id, `today`, `single` or a split code; LgrError where there is none.

        Those last used are kept: there are more codes than memory, and each link may bring another.
        """
        facts = self.facts(area_id)

        def found() -> Split:
            return self._whole(lambda: self._sensible(resolve, facts, text))

        return recent(self, "split", Given(text), area_id, found)

    def recognised(self, split: Split) -> Split:
        """A drawn split under the names it has, marked as the proposal that it equals, if there is one."""
        if split.proposal is not None:
            return split
        facts = split.facts

        def found() -> tuple[Split, ...]:
            return self._sensible(lambda conn: tuple(known_splits(conn, facts)))

        every = self.keep(("proposals drawn", facts.area.area_id, facts.version), found)
        known = next((k for k in every if k == split), None)
        return split if known is None else marked(split, known)

    def close(self) -> None:
        self.conn.close()


_current: dict[Path, Dataset] = {}
_current_lock = threading.Lock()


def current(path: Path | None = None) -> Dataset:
    """The dataset as the file is now; the same object until the file changes."""
    wanted = path or db.default_path()
    with _current_lock:
        held = _current.get(wanted)
        if held is None or not held.unchanged:
            held = Dataset(wanted)
            _current[wanted] = held
        return held
