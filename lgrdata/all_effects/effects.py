"""Everything a split does, put together: costs, services, boundary, tax, and what to warn of.

One call for the screen, the commands and the exports, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from lgrdata.boundary import measure
from lgrdata.care import forecast, spending
from lgrdata.care.people import Directors, ServiceEffects, Size, estimate
from lgrdata.care.people import directors as count_directors
from lgrdata.care.people import size as measure_size
from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.lens_words import LensWords, words_of
from lgrdata.core.models import LensId, LgrError, Source
from lgrdata.core.words import joined
from lgrdata.costs import council_tax, price
from lgrdata.costs.price import LensCost, PartnershipTerm
from lgrdata.splits.split import Split


@dataclass(frozen=True, eq=False)
class Effects:
    """What a split does. Sums that few readers need are made when first asked for."""

    facts: AreaFacts
    split: Split
    assumptions: Assumptions
    costs: dict[LensId, LensCost]
    """Without partnerships."""
    services: ServiceEffects
    boundary: measure.BoundaryEffects
    terms: tuple[PartnershipTerm, ...] = ()
    terms_unchanged: tuple[PartnershipTerm, ...] = ()
    """The same partnerships with no assumption changed."""
    remarks: tuple[str, ...] = ()
    """What to know of the file that the scenario came from, sentences without a full stop."""

    @cached_property
    def costs_with_partnerships(self) -> dict[LensId, LensCost]:
        """The same costs with the scenario's partnerships; equal to `costs` where there are none."""
        if not self.terms:
            return self.costs
        return price.price(self.facts, self.split, self.assumptions, self.terms)

    @cached_property
    def costs_unchanged(self) -> dict[LensId, LensCost]:
        """`costs` with no assumption changed: what stands beside a changed figure."""
        if not self.assumptions.changed:
            return self.costs
        return price.price(self.facts, self.split, replace(self.assumptions, changed={}))

    @cached_property
    def unchanged_with_partnerships(self) -> dict[LensId, LensCost]:
        """`costs_with_partnerships` with no assumption changed."""
        if not self.assumptions.changed:
            return self.costs_with_partnerships
        if not self.terms_unchanged:
            return self.costs_unchanged
        return price.price(self.facts, self.split, replace(self.assumptions, changed={}), self.terms_unchanged)

    @cached_property
    def lens_words(self) -> dict[LensId, LensWords]:
        """What each lens is called here: a side's evidence, or its figures as changed."""
        return words_of(self.assumptions, partnered=bool(self.terms))

    @property
    def any_changed(self) -> bool:
        """True where a lens's figures rest on a changed assumption."""
        return any(w.changed for w in self.lens_words.values())

    @cached_property
    def care_load(self) -> spending.CareLoad:
        """Care spend by estimated demand against tax base, and the weakest council."""
        return spending.care_load(self.facts, self.services)

    @cached_property
    def tax(self) -> council_tax.TaxResult | None:
        """Council tax arithmetic; None where the dataset holds no council tax of the area."""
        try:
            return council_tax.council_tax(self.facts, self.split)
        except LgrError:
            return None

    @cached_property
    def directors(self) -> Directors:
        return count_directors(self.split)

    @cached_property
    def size(self) -> Size:
        return measure_size(self.split, self.assumptions)

    @cached_property
    def forecast(self) -> forecast.Forecast:
        """Residents and estimated need to 2043."""
        return forecast.forecast(self.facts, self.split, effects=self.services)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What to mind, in sentences: unfinished, in pieces, estimated by wards, assumptions changed."""
        return (*unfinished(self.split), *self.boundary.warnings, *self.notes)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What to know of the figures, as sentences without a full stop: divided by wards, assumptions changed ..."""
        return (*self.remarks, *price.caveats(price.inputs(self.facts, self.split)), *_labels(self))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that the figures rest on, by id."""
        f = self.facts
        used = {c.source_id for c in (*f.columns.values(), *f.upper_columns.values(), *f.upper_spend.values())}
        used |= {flow.source_id for flow in f.flows.values()} | {p.source_id for p in f.footprints.values()}
        used |= {f.projection.source_id} if f.projection else set()
        used.add(f.vintage.source_id)
        used |= f.proposal_sources.get(self.split.proposal or "", frozenset())
        return tuple(f.sources[s] for s in sorted(used) if s in f.sources)


def work_out(
    facts: AreaFacts,
    split: Split,
    assumptions: Assumptions,
    terms: Sequence[PartnershipTerm] = (),
    terms_unchanged: Sequence[PartnershipTerm] | None = None,
) -> Effects:
    """The effects of a split, finished or not. Costs are under all three lenses.

    `terms_unchanged`: the terms with no assumption changed, where they differ from `terms`.
    """
    return Effects(
        facts,
        split,
        assumptions,
        price.price(facts, split, assumptions),
        estimate(facts, split),
        measure.measure(facts, split, facts.pupils),
        tuple(terms),
        tuple(terms if terms_unchanged is None else terms_unchanged),
    )


def unfinished(split: Split) -> tuple[str, ...]:
    """What is left to draw, each as a sentence that names where: blocks nobody has, councils without a block."""
    out = []
    if split.left_out:
        names = {a.code: a.name for a in split.facts.authorities} | {w.code: w.name for w in split.facts.wards}
        shown = [names[c] for c in split.left_out[:4]]
        rest = len(split.left_out) - len(shown)
        more = f" and {rest} more" if rest else ""
        listed = ", ".join(shown) + more if rest else joined(shown)
        out.append(f"{listed} {'is' if len(split.left_out) == 1 else 'are'} in no council yet")
    empty = [n for i, n in enumerate(split.names) if i not in set(split.in_use.tolist())]
    if empty:
        which = "council called" if len(empty) == 1 else "councils called"
        out.append(f"The {which} {joined(empty)} {'has' if len(empty) == 1 else 'have'} no places yet")
    return tuple(out)


def divided_by_wards(split: Split) -> str:
    """Which authorities a split divides, as a sentence without a full stop."""
    names = joined([split.facts.authorities[i].name for i in np.flatnonzero(split.divided)])
    return f"{names} would be divided by wards: residents and flows there are estimates"


def _labels(effects: Effects) -> list[str]:
    out = []
    split = effects.split
    if not split.is_whole:
        out.append(divided_by_wards(split))
    folded: dict[str, list[str]] = {}
    for c in split.in_use:
        folded.setdefault("".join(split.names[c].split()).casefold(), []).append(split.names[c])
    for alike in (names for names in folded.values() if len(names) > 1):
        out.append(f"{joined(alike)} are taken for different councils, though their names are alike")
    if split.basis == "exact-parts":
        out.append(
            "the map is drawn in whole wards, which stand in for the line that was proposed and may differ from it"
        )
    if split.basis == "nearest-whole":
        out.append("the map is the nearest one of whole districts, made for this tool; it is not the proposers' own")
    out += _gaps(effects)
    out += effects.assumptions.ignored
    if effects.assumptions.changed:
        out.append(f"assumptions were changed by the user: {len(effects.assumptions.changed)} in all")
    return out


def _gaps(effects: Effects) -> list[str]:
    """Authorities that a council's figures leave out: a sum without them is too low, and is not the council's own."""
    split, facts = effects.split, effects.facts
    held = np.flatnonzero(split.share.sum(axis=1) > 0)
    out = []
    duties = facts.columns.get("homelessness_duties_owed")
    gone = [facts.authorities[i].name for i in held if duties is not None and np.isnan(duties.values[i])]
    if gone:
        out.append(f"homelessness duties leave out {joined(gone)}: a quarter of the year is not published or not held")
    partners = [f.share.sum(axis=1) for f in facts.footprints.values()]
    gone = [facts.authorities[i].name for i in held if partners and all(p[i] == 0 for p in partners)]
    if gone:
        out.append(f"NHS, police, fire and hospital areas are not held for {joined(gone)}: its partners are left out")
    return out
