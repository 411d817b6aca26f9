"""The share-out of a scenario: its bases and counts understood, what could not be used told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lgrdata.core.models import LgrError
from lgrdata.core.share_facts import OWN, ShareFacts
from lgrdata.core.text import one_line
from lgrdata.core.words import capital, joined
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.shares import load_shares
from lgrdata.reading.tables import Faults
from lgrdata.shares.choose import unlisted
from lgrdata.shares.compare import against_estimate
from lgrdata.shares.counts import OwnCounts, use_counts
from lgrdata.shares.sentences import told
from lgrdata.shares.share import ShareOut, share_out
from lgrdata.shares.sides import TwoSides, two_sides
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split


@dataclass(frozen=True, eq=False)
class Shared:
    """A scenario's share-out. Kept nowhere: it may rest on counts that are a visitor's own."""

    plain: ShareFacts
    given: ShareFacts
    """The same with the counts in use."""
    split: Split
    out: ShareOut | None
    """None where nothing can be shared; `trouble` says why."""
    trouble: str
    bases: Mapping[str, str]
    against: Mapping[str, str]
    own: OwnCounts | None
    minded: tuple[str, ...]
    """Sentences on what was chosen or counted, without a full stop."""

    @property
    def told(self) -> tuple[str, ...]:
        """All that is to be minded, as sentences."""
        return (*(f"{capital(s)}." for s in (told(self.out) if self.out else ())), *self.minded_as_said)

    @property
    def minded_as_said(self) -> tuple[str, ...]:
        """What is to be minded of the choices and counts, as sentences."""
        return tuple(f"{capital(s)}." for s in self.minded)

    @property
    def sides(self) -> TwoSides:
        """The bases of the page against those of the other side."""
        return two_sides(self.given, self.split, self.bases, self.against)

    @property
    def differences(self) -> list[dict[str, object]]:
        """Each council's share by the counts in use beside what they replace."""
        return against_estimate(self.plain, self.out, self.own) if self.own and self.out else []


def facts_of(dataset: Dataset, area_id: str) -> ShareFacts:
    """What a share-out needs of an area, kept."""
    return dataset.keep(("shares", area_id), lambda: load_shares(dataset.conn, dataset.facts(area_id)))


def shared_of(dataset: Dataset, scenario: Scenario, own: OwnCounts | None = None) -> Shared:
    """The share-out of a scenario, with counts of this visit or else those that the scenario holds."""
    if own is None and scenario.counts:
        own = OwnCounts(scenario.counts)
    return share_scenario(facts_of(dataset, scenario.area_id), scenario, own)


def share_scenario(plain: ShareFacts, scenario: Scenario, own: OwnCounts | None = None) -> Shared:
    """The same of facts in hand."""
    minded: list[str] = list(own.warnings) if own else []
    given = plain
    if own is not None:
        try:
            given = _with_counts(plain, own)
        except LgrError as fault:
            faults = fault.faults if isinstance(fault, Faults) else [str(fault)]
            minded += [f"your counts are not used: {f}" for f in faults]
            own = None
    bases, left_out = _understood(plain, scenario.bases)
    against, more = _understood(plain, scenario.against)
    left = list(dict.fromkeys(left_out + more))
    if left:
        minded.append(f"left out, since no such line or basis is held here: {joined(left)}")
    minded += unlisted(plain, {k: v for k, v in bases.items() if v != OWN})
    out, trouble = None, ""
    try:
        out = share_out(given, scenario.split, bases)
    except LgrError as fault:
        trouble = str(fault)
    if out is not None and not any(s.line.form == "RO3" for s in out.lines):
        out, trouble = None, "no line of care spending is held for this area’s councils"
    return Shared(plain, given, scenario.split, out, trouble, bases, against, own, tuple(minded))


def _with_counts(plain: ShareFacts, own: OwnCounts) -> ShareFacts:
    strange = [one_line(k, 40) for k in own.values if k not in plain.bases]
    facts = plain.facts
    places = {*facts.authority_index, *facts.ward_index}
    strange += [one_line(c, 20) for held in own.values.values() for c in held if c not in places]
    if strange:
        raise LgrError(f"{joined(strange[:5])}: no measure, or no place, of this area")
    return use_counts(plain, own)


def _understood(given: ShareFacts, chosen: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The choices that name a line and a basis of the dataset, and the texts of the others."""
    lines = {line.key for line in given.lines}
    good = {k: v for k, v in chosen.items() if k in lines and v in given.bases}
    return good, [one_line(f"{k}={v}", 60) for k, v in chosen.items() if k not in good]
