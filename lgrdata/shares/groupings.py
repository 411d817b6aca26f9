"""All ways for new councils to run a service together: every grouping of them, measured, and which nothing beats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lgrdata.core.models import Estimate, LgrError

Groups = tuple[tuple[int, ...], ...]
MOST_COUNCILS = 6
"""Six councils can group in 203 ways; more cannot be read as a table."""


@dataclass(frozen=True, eq=False)
class Council:
    """What groupings need of one new council. `people`: estimated, in the service; `thousand`: spent on it, or None."""

    number: int
    people: Estimate | None
    thousand: float | None
    boards: frozenset[str]  # NHS boards that it deals with
    police: frozenset[str]  # police areas


@dataclass(frozen=True)
class Grouping:
    """One grouping. Figures of a size are of its smallest group: it is as strong as that."""

    groups: Groups
    people: Estimate | None
    thousand: float | None
    boards: int
    """Pairs of a group and an NHS board that it deals with: meetings that each side has."""
    police: int
    partners: int
    """Councils that share with another."""
    neighbours: bool
    """Two partners of a group deal with the same NHS board or police area."""
    pupils: float | None
    """Share of pupils who go to school in their own group; None unless every group is whole councils of today."""
    avoided: Mapping[str, float]
    """By side's figures (lens), £m a year avoided, by assumption."""
    exposure: Mapping[str, float]
    """By lens, £m a year that comes back if the partner on whom most rests leaves."""
    unbeaten: bool = True
    """False where another grouping is at least as good on all and surely better on one."""


def set_partitions(items: Sequence[int]) -> Iterator[Groups]:
    """Every way to put items into groups: 1, 2, 5, 15, 52, 203 for one to six of them."""
    if not items:
        yield ()
        return
    first, rest = items[0], items[1:]
    for smaller in set_partitions(rest):
        yield ((first,), *smaller)
        for n, group in enumerate(smaller):
            yield ((first, *group), *smaller[:n], *smaller[n + 1 :])


def canonical(groups: Groups) -> Groups:
    """The same grouping with councils and groups in order."""
    return tuple(sorted(tuple(sorted(g)) for g in groups))


def groupings(
    councils: Sequence[Council],
    avoided: Callable[[Groups], Mapping[str, float]],
    pupils: Callable[[tuple[int, ...]], tuple[float, float] | None] = lambda _: None,
) -> tuple[Grouping, ...]:
    """Every grouping of these councils, all apart first, all together last.

    `avoided`: £m a year by lens for the groups of two and more. `pupils`: of a group, how many go to school in it, and
    how many live there; None where that is not known. LgrError for more councils than can be read.
    """
    if len(councils) > MOST_COUNCILS:
        raise LgrError(f"{len(councils)} councils group in more ways than can be read; the most is {MOST_COUNCILS}")
    held = {c.number: c for c in councils}
    every = sorted({canonical(g) for g in set_partitions(sorted(held))}, key=lambda g: (_partners(g), -len(g), g))
    saved = {g: dict(avoided(tuple(x for x in g if len(x) > 1))) for g in every}
    schooled = {group: pupils(group) for group in {group for g in every for group in g}}
    found = [_measured(g, held, saved, schooled) for g in every]
    return tuple(Grouping(**{**g.__dict__, "unbeaten": not any(_beats(other, g) for other in found)}) for g in found)


def _partners(groups: Groups) -> int:
    return sum(len(g) for g in groups if len(g) > 1)


def _measured(
    groups: Groups,
    held: Mapping[int, Council],
    saved: Mapping[Groups, Mapping[str, float]],
    schooled: Mapping[tuple[int, ...], tuple[float, float] | None],
) -> Grouping:
    people = [_added([held[c].people for c in g]) for g in groups]
    spent = [[held[c].thousand for c in g] for g in groups]
    known = [e for e in people if e is not None]
    sums = [sum(v for v in g if v is not None) for g in spent]
    here = saved[groups]
    # Where income is above spending no sum says how large a group is: the least would be the one that earns most.
    told = all(v is not None and v >= 0 for g in spent for v in g)
    exposure = {
        lens: max((value - saved[_without(groups, c)][lens] for g in groups if len(g) > 1 for c in g), default=0.0)
        for lens, value in here.items()
    }
    return Grouping(
        groups=groups,
        people=min(known, key=lambda e: e.value) if len(known) == len(groups) else None,
        thousand=min(sums) if told else None,
        boards=_meetings([[held[c].boards for c in g] for g in groups]),
        police=_meetings([[held[c].police for c in g] for g in groups]),
        partners=_partners(groups),
        neighbours=any(_meet(held[a], held[b]) for g in groups for a in g for b in g if a < b),
        pupils=_kept([schooled[g] for g in groups]),
        avoided=here,
        exposure=exposure,
    )


def _meet(a: Council, b: Council) -> bool:
    return bool(a.boards & b.boards or a.police & b.police)


def _kept(schooled: Sequence[tuple[float, float] | None]) -> float | None:
    known = [s for s in schooled if s is not None]
    living = sum(lives for _, lives in known)
    return sum(inside for inside, _ in known) / living if len(known) == len(schooled) and living > 0 else None


def _added(people: Sequence[Estimate | None]) -> Estimate | None:
    """People of a group: lows and highs added, a cautious range."""
    known = [e for e in people if e is not None]
    if len(known) < len(people):
        return None
    return Estimate(sum(e.value for e in known), sum(e.low for e in known), sum(e.high for e in known))


def _meetings(areas: Sequence[Sequence[frozenset[str]]]) -> int:
    return sum(len(frozenset().union(*group)) for group in areas)


def _without(groups: Groups, council: int) -> Groups:
    """The grouping once a council stands alone."""
    left = [tuple(c for c in g if c != council) for g in groups]
    return canonical((*(g for g in left if g), (council,)))


def _beats(a: Grouping, b: Grouping) -> bool:
    """At least as good on every measure and surely better on one; people whose ranges meet are neither."""
    better: list[bool] = []
    worse: list[bool] = []
    if a.people is not None and b.people is not None and not a.people.overlaps(b.people):
        better.append(a.people.value > b.people.value)
        worse.append(a.people.value < b.people.value)
    pairs: list[tuple[float, float]] = [(-a.boards, -b.boards), (-a.police, -b.police), (-a.partners, -b.partners)]
    if a.pupils is not None and b.pupils is not None:
        pairs.append((a.pupils, b.pupils))
    if a.thousand is not None and b.thousand is not None:
        pairs.append((a.thousand, b.thousand))
    pairs += [(a.avoided[lens], b.avoided[lens]) for lens in a.avoided]
    pairs += [(-a.exposure[lens], -b.exposure[lens]) for lens in a.exposure]
    better += [x > y + 1e-9 for x, y in pairs]
    worse += [x < y - 1e-9 for x, y in pairs]
    return any(better) and not any(worse)
