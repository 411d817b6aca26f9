"""What to mind about a share-out, in sentences: what stands in for what, what is missing, what nothing divides."""

from __future__ import annotations

from lgrdata.core.share_facts import OWN
from lgrdata.core.words import joined
from lgrdata.shares.share import LineShare, ShareOut


def nothing_divided(shared: ShareOut) -> bool:
    """True where every council of today goes whole to one new council."""
    return not shared.divided


def told(shared: ShareOut) -> list[str]:
    """Sentences without a full stop."""
    found = []
    if nothing_divided(shared):
        found.append(
            "this split divides no council's care, so every line goes whole to one council and nothing is shared"
        )
    found += _stand_ins(shared)
    found += _by_residents(shared)
    below = list(dict.fromkeys(s.line.name for s in shared.divided if s.total < 0))
    if below:
        found.append(f"{joined(below)}: income was above spending, so a larger share is of more income")
    return found + list(shared.missing)


def _stand_ins(shared: ShareOut) -> list[str]:
    """Lines whose recommended basis cannot be used, told together where the reason is one."""
    why: dict[tuple[str, str, str], list[str]] = {}
    for s in shared.divided:
        first = s.line.uses[0].basis if s.line.uses else s.basis
        if first in s.unknown and s.basis != first:
            none = first == OWN and OWN not in shared.given.measures
            reason = "none are given" if none else s.unknown[first]
            why.setdefault((first, reason, s.basis), []).append(s.line.name)
    bases = shared.given.bases
    return [
        f"{joined(list(dict.fromkeys(lines)))} by {bases[basis].name}, in place of {bases[first].name}: {reason}"
        for (first, reason, basis), lines in why.items()
    ]


def _by_residents(shared: ShareOut) -> list[str]:
    """Divided authorities and the bases in use that are not held by ward there."""
    used = {key for s in shared.divided for key in s.by}
    where: dict[tuple[str, ...], list[str]] = {}
    for i, keys in shared.held.fallback.items():
        names = tuple(shared.given.bases[k].name for k in keys if k in used)
        if names:
            where.setdefault(names, []).append(shared.given.facts.authorities[i].name)
    return [
        f"{joined(places)} {'is' if len(places) == 1 else 'are'} divided by wards, for which {joined(names)}"
        f" {'is' if len(names) == 1 else 'are'} not held: there residents stand in"
        for names, places in where.items()
    ]


def of(shared: ShareOut, line: LineShare) -> str | None:
    """Code of the council of today whose line it is; None for a county that is the only one shown."""
    facts = shared.given.facts
    counties = {s.upper for s in shared.listed if facts.upper_is_county[s.upper]}
    lone = bool(facts.upper_is_county[line.upper]) and len(counties) == 1
    return None if lone else facts.upper_codes[line.upper]
