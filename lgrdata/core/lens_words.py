"""Whose evidence prices a split, in words, wherever such a figure stands: the one owner of these words.

`lens` is the key in addresses, files and JSON; what people read speaks of evidence: counties’, halfway,
districts’. A figure under changed assumptions is nobody's evidence: it is a side's figures as changed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lgrdata.core.facts import Assumptions
from lgrdata.core.models import LENSES, LensId
from lgrdata.core.words import capital

_SIDES = {"county": "county side’s evidence", "middle": "halfway figures", "district": "district side’s evidence"}
CHOSEN: dict[LensId, str] = {"county": "counties’", "middle": "halfway", "district": "districts’"}
"""Each in a word or two, for brackets and after a comma."""
WHOSE = {"county": "counties’ figures", "middle": "the halfway figures", "district": "districts’ figures"}
PARTNERSHIPS = ("mu_", "theta_", "exit_", "setup_", "run_")
"""How parameters begin that price partnerships alone."""


@dataclass(frozen=True)
class LensWords:
    """A lens in words, by whether an assumption that its figures rest on was changed."""

    lens: LensId
    changed: bool = False

    @property
    def name(self) -> str:
        """For headings and keys: 'Counties’ evidence', 'Halfway', or 'Counties’ figures, changed here'."""
        if self.lens == "middle":
            return capital(self.short)
        return f"{capital(CHOSEN[self.lens])} {'figures, changed here' if self.changed else 'evidence'}"

    @property
    def chosen(self) -> str:
        """In a chooser: 'Evidence: counties’', or 'Evidence: counties’, changed here'."""
        return f"Evidence: {self.short}"

    @property
    def short(self) -> str:
        """After a comma in a label: 'counties’', 'halfway' or 'districts’', and whether it was changed."""
        return f"{CHOSEN[self.lens]}{', changed here' if self.changed else ''}"

    @property
    def word(self) -> str:
        """For brackets: 'counties’', or 'counties’, changed here'."""
        return self.short

    @property
    def own(self) -> str:
        """After 'under' or 'by': 'counties’ evidence', or 'counties’ figures as changed here'."""
        if self.changed:
            return f"{WHOSE[self.lens]} as changed here"
        return WHOSE[self.lens] if self.lens == "middle" else f"{CHOSEN[self.lens]} evidence"

    @property
    def after_comma(self) -> str:
        """After a comma in a heading: 'counties’ evidence', or 'counties’ figures as changed here'."""
        return self.own.removeprefix("the ")

    @property
    def opening(self) -> str:
        """At the start of a sentence: 'On the county side’s evidence', 'Halfway between both sides’ evidence'."""
        if self.changed:
            return f"On {self.own}"
        return "Halfway between both sides’ evidence" if self.lens == "middle" else f"On {self.evidence}"

    @property
    def evidence(self) -> str:
        """After 'on': 'the county side’s evidence', or 'counties’ figures as changed here'."""
        return self.own if self.changed else f"the {_SIDES[self.lens]}"


NAMES = {lens: LensWords(lens).name for lens in LENSES}
"""Every lens as published, for headings."""


def changed_lenses(changes: Iterable[str], *, partnered: bool) -> frozenset[LensId]:
    """The lenses whose figures rest on a change: a side's own symbols, what all share, and the middle with either side.

    `partnered`: whether partnerships are counted, so that what prices them matters.
    """
    keys = [k for k in changes if partnered or not k.startswith(PARTNERSHIPS)]
    if any("." not in k for k in keys):
        return frozenset(LENSES)
    own = {lens for lens in LENSES if any(k.startswith(f"{lens}.") for k in keys)}
    return frozenset(own | ({"middle"} if own else set()))


def words_of(assumptions: Assumptions, *, partnered: bool) -> dict[LensId, LensWords]:
    """Each lens as it is to be called under these assumptions."""
    changed = changed_lenses(assumptions.changed, partnered=partnered)
    return {lens: LensWords(lens, lens in changed) for lens in LENSES}
