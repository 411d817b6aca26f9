"""A scenario: a split with its name, notes, partnerships and changed assumptions; and its file.

The file is JSON with a checksum, so that a changed or cut file is noticed. It holds the blocks by code as well as the
split code, so that it can be read by eye and survives a change of borders where the codes still stand.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LENSES, LensId, LgrError, Partnership
from lgrdata.core.text import each_once, one_line
from lgrdata.core.text import text_field as text_field
from lgrdata.splits import splitcode
from lgrdata.splits.made_with import made_with, read_figures, read_versions
from lgrdata.splits.naming import marked, named_alike, recognise
from lgrdata.splits.plans import (
    DutyEntry,
    Hosting,
    PartnershipKey,
    hosting_list,
    moved,
    read_hosting,
    read_register,
    register_dict,
)
from lgrdata.splits.split import Split, SplitKey, make, today

FORMAT = "lgr-scenario"
VERSION = 1
MAX_BYTES = 1_000_000
MAX_NAME = 80
MAX_NOTE = 4000
MAX_COUNTS = 60_000
"""Counts of one's own in a scenario: a measure or more for each ward of an area."""


@dataclass(frozen=True)
class Answer:
    """What a user said of one consideration or criterion."""

    done: bool = False
    note: str = ""


class ScenarioKey(NamedTuple):
    """All that a kept page or figure of a scenario is made of.

    Notes, ticks, bases, arrangements, the register and counts of one's own are kept nowhere but in the scenario.
    """

    split: SplitKey
    lens: LensId
    name: str
    partnerships: tuple[Partnership, ...]
    assumptions: tuple[tuple[str, float], ...]


@dataclass(frozen=True, eq=False)
class Scenario:
    split: Split
    lens: LensId = "middle"
    name: str = ""
    note: str = ""
    start: str = ""
    """The proposal, 'today' or 'single' that drawing began from; '' if not known."""
    partnerships: tuple[Partnership, ...] = ()
    assumptions: Mapping[str, float] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By paragraph ('3.5.1') or criterion ('criterion 2a')."""
    saved_with: Mapping[str, str] = field(default_factory=dict)
    """Versions of dataset and model that made the file it was opened from; empty where it came from none."""
    saved_figures: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Figures that the file kept, £m by lens."""
    bases: Mapping[str, str] = field(default_factory=dict)
    """What a line of spending is shared by, by line, where it is not the recommended basis."""
    against: Mapping[str, str] = field(default_factory=dict)
    """The same as the other side would have it."""
    counts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Counts of one's own by measure and block, where the user wants them in the file."""
    hosting: Mapping[PartnershipKey, Hosting] = field(default_factory=dict)
    """How each chosen partnership is run and ends; one whose partnership is not chosen says nothing."""
    register: Mapping[str, DutyEntry] = field(default_factory=dict)
    """By duty of the first day: the post that owns it, and how far it is."""

    __hash__ = None  # type: ignore[assignment]  # what is kept by a scenario is kept by its key

    @property
    def key(self) -> ScenarioKey:
        """What anything kept of this scenario is kept by."""
        changes = tuple(sorted(self.assumptions.items()))
        return ScenarioKey(self.split.key, self.lens, self.name, self.partnerships, changes)

    def priced(self) -> Scenario:
        """What its figures follow from alone: the split, its partnerships and the changed assumptions."""
        return Scenario(self.split, partnerships=self.partnerships, assumptions=self.assumptions)

    @property
    def area_id(self) -> str:
        return self.split.facts.area.area_id

    def under_names_of(self, known: Split) -> Scenario:
        """The same places under the names and in the order of a split of equal grouping; partnerships stay put."""
        now = {c: k for c, k in zip(self.split.block_order(), known.block_order(), strict=True) if c >= 0}
        kept = tuple(
            replace(p, members=tuple(sorted(now[m] for m in p.members)))
            for p in self.partnerships
            if all(m in now for m in p.members)
        )
        return replace(self, split=known, partnerships=kept, hosting=moved(self.hosting, now))

    def of(self, split: Split) -> Scenario:
        """The same scenario for another split: partnerships follow their councils by name, or are dropped with them."""
        place = {name: c for c, name in enumerate(split.names)}
        kept = []
        for p in self.partnerships:
            members = [self.split.names[m] for m in p.members]
            if all(name in place for name in members):
                kept.append(replace(p, members=tuple(sorted(place[name] for name in members))))
        now = {c: place[name] for c, name in enumerate(self.split.names) if name in place}
        return replace(self, split=split, partnerships=tuple(kept), hosting=moved(self.hosting, now))


def as_dict(scenario: Scenario, figures: Mapping[str, Mapping[str, float]] | None = None) -> dict[str, Any]:
    """The scenario as plain JSON values, without the checksum; with the figures to keep, if they are given."""
    split = scenario.split
    return {
        "format": FORMAT,
        "version": VERSION,
        "area": scenario.area_id,
        "split": splitcode.encode(split),
        "proposal": split.proposal,
        "councils": list(split.names),
        "blocks": dict(split.block_assignment()),
        "start": scenario.start,
        "lens": scenario.lens,
        "name": scenario.name,
        "note": scenario.note,
        "partnerships": [
            {
                "service": p.service_id,
                "model": p.model_id,
                "members": [split.names[m] for m in p.members],
                "beyond": list(p.beyond),
                "effect": p.effect,
                "coverage": p.coverage,
            }
            for p in scenario.partnerships
        ],
        "assumptions": dict(sorted(scenario.assumptions.items())),
        "answers": {k: {"done": a.done, "note": a.note} for k, a in sorted(scenario.answers.items())},
        "made_with": made_with(split.facts),
        **({"figures": {lens: dict(held) for lens, held in figures.items()}} if figures else {}),
        **_sharing(scenario),
    }


def _sharing(scenario: Scenario) -> dict[str, Any]:
    """What was chosen of sharing out and of the first day; nothing where nothing was: older files stay as they are."""
    chosen = {
        "bases": dict(sorted(scenario.bases.items())),
        "against": dict(sorted(scenario.against.items())),
        "counts": {k: dict(sorted(v.items())) for k, v in sorted(scenario.counts.items())},
        "hosting": hosting_list(scenario.hosting, scenario.partnerships, scenario.split.names),
        "register": register_dict(scenario.register),
    }
    return {k: v for k, v in chosen.items() if v}


def checksum(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document's canonical JSON, its own checksum left out."""
    body = {k: v for k, v in document.items() if k != "checksum"}
    return hashlib.sha256(
        json.dumps(body, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()
    ).hexdigest()


def write(scenario: Scenario, figures: Mapping[str, Mapping[str, float]] | None = None) -> str:
    """The scenario as a file: JSON text with its checksum."""
    document = as_dict(scenario, figures)
    return json.dumps({**document, "checksum": checksum(document)}, ensure_ascii=False, indent=1) + "\n"


def parse_document(data: bytes, what: str = "the file") -> dict[str, Any]:
    """The JSON document of a scenario file, its form and checksum verified.

    LgrError for a file that is too large, not JSON, of another kind or version, or changed since it was
    written (one without a checksum, made by hand, is taken as it is).
    """
    if len(data) > MAX_BYTES:
        raise LgrError(f"{what} is {len(data) / 1e6:.1f} MB; a scenario is under 1 MB")
    try:
        document = json.loads(
            data.decode("utf-8-sig"),
            parse_constant=_refuse_constant,
            object_pairs_hook=lambda pairs: each_once(pairs, what),
        )
    except (ValueError, RecursionError):
        raise LgrError(f"{what} is not a scenario: it is not valid JSON, or was cut short") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise LgrError(f"{what} is not a scenario of this tool")
    if document.get("version") != VERSION:
        found_version = one_line(str(document.get("version")), 10)
        raise LgrError(f"{what} is a scenario of version {found_version}; this reads {VERSION}")
    try:
        found = checksum(document)
    except RecursionError:
        raise LgrError(f"{what} is not a scenario: it is nested too deep") from None
    if document.get("checksum", found) != found:
        raise LgrError(f"{what} was changed or cut after it was saved: its checksum does not match")
    return document


def _refuse_constant(text: str) -> float:
    raise ValueError(text)


def restore(
    conn: sqlite3.Connection, facts: AreaFacts, document: Mapping[str, Any], what: str = "the file"
) -> Scenario:
    """The scenario in a verified document, for the facts of its area; LgrError naming the field that is wrong."""
    area = document.get("area")
    if area != facts.area.area_id:
        raise LgrError(f"{what} is a scenario of {one_line(str(area), 60) or 'no area'}, not of {facts.area.area_id}")
    blocks = document.get("blocks")
    names = _strings(document.get("councils", []), f"{what}: councils")
    if not isinstance(blocks, dict) or not all(isinstance(v, str) for v in blocks.values()):
        raise LgrError(f"{what}: blocks should map block codes to council names")
    try:
        split = make(
            facts, {k: one_line(v, MAX_NAME) for k, v in blocks.items()}, [one_line(n, MAX_NAME) for n in names]
        )
    except LgrError as fault:
        raise LgrError(f"{what}: {fault}", reason=fault.reason, on_screen=f"{what}: {fault.on_screen}") from None
    # A file made from today's councils says so itself: a drawing that equals them would propose new ones, and so would
    # one under other names.
    as_now = today(facts)
    stays = document.get("proposal") == "today" and as_now == split and named_alike(as_now, split)
    known = as_now if stays else recognise(conn, facts, split)
    if known.proposal:
        split = marked(split, known)
    lens = document.get("lens", "middle")
    if lens not in LENSES:
        raise LgrError(f"{what}: lens should be one of {', '.join(LENSES)}")
    return Scenario(
        split=split,
        lens=lens,
        name=one_line(document.get("name"), MAX_NAME),
        note=text_field(document.get("note", ""), MAX_NOTE),
        start=one_line(document.get("start"), MAX_NAME),
        partnerships=tuple(_partnership(p, split, what) for p in _items(document, "partnerships", what)),
        assumptions=_numbers(document.get("assumptions", {}), f"{what}: assumptions"),
        answers=_answers(document.get("answers", {}), what),
        saved_with=read_versions(document),
        saved_figures=read_figures(document),
        bases=_bases(document.get("bases", {}), f"{what}: bases"),
        against=_bases(document.get("against", {}), f"{what}: against"),
        counts=_counts(document.get("counts", {}), f"{what}: counts"),
        hosting=read_hosting(document.get("hosting", []), split.names, f"{what}: hosting"),
        register=read_register(document.get("register", {}), f"{what}: register"),
    )


def _items(document: Mapping[str, Any], key: str, what: str) -> list[Any]:
    value = document.get(key, [])
    if not isinstance(value, list) or len(value) > 200:
        raise LgrError(f"{what}: {key} should be a list of at most 200")
    return value


def _strings(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise LgrError(f"{where} should be a list of names")
    return value


def _numbers(value: object, where: str) -> dict[str, float]:
    if not isinstance(value, dict) or len(value) > 200:
        raise LgrError(f"{where} should map at most 200 names to numbers")
    return {one_line(key, 60): _number(number, where, key) for key, number in value.items()}


def _number(number: object, where: str, key: str) -> float:
    try:
        held = math.nan if isinstance(number, bool) or not isinstance(number, int | float) else float(number)
    except OverflowError:
        held = math.inf
    if not math.isfinite(held):
        raise LgrError(f"{where}: {one_line(key, 60)} should be a number")
    return held


def _bases(value: object, where: str) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > 200 or not all(isinstance(v, str) for v in value.values()):
        raise LgrError(f"{where} should map at most 200 lines to what each is shared by")
    return {one_line(k, 60): one_line(v, 60) for k, v in value.items()}


def _counts(value: object, where: str) -> dict[str, dict[str, float]]:
    """Counts by measure and block; LgrError where one is no number or below zero."""
    if not isinstance(value, dict) or not all(isinstance(v, dict) for v in value.values()):
        raise LgrError(f"{where} should map measures to counts by block")
    if sum(len(v) for v in value.values()) > MAX_COUNTS:
        raise LgrError(f"{where} should be at most {MAX_COUNTS:,}")
    out = {one_line(k, 60): {one_line(c, 20): _number(n, where, c) for c, n in v.items()} for k, v in value.items()}
    if any(n < 0 for held in out.values() for n in held.values()):
        raise LgrError(f"{where} should not be less than nothing")
    return out


def _answers(value: object, what: str) -> dict[str, Answer]:
    if not isinstance(value, dict) or len(value) > 200 or not all(isinstance(v, dict) for v in value.values()):
        raise LgrError(f"{what}: answers should map at most 200 paragraphs to done and note")
    return {
        one_line(k, 40): Answer(bool(v.get("done", False)), text_field(v.get("note", ""), MAX_NOTE))
        for k, v in value.items()
    }


def _partnership(value: object, split: Split, what: str) -> Partnership:
    if not isinstance(value, dict):
        raise LgrError(f"{what}: a partnership should name a service, a model and members")
    members = [one_line(m, MAX_NAME) for m in _strings(value.get("members", []), f"{what}: members of a partnership")]
    unknown = [m for m in members if m not in split.names]
    if unknown:
        raise LgrError(f"{what}: a partnership names {one_line(unknown[0], 60)}, which is not a council of the split")
    numbers = _numbers(
        {k: v for k in ("effect", "coverage") if (v := value.get(k)) is not None}, f"{what}: partnership"
    )
    if any(not 0 <= n <= 1 for n in numbers.values()):
        raise LgrError(f"{what}: effect and coverage of a partnership lie between 0 and 1")
    return Partnership(
        one_line(value.get("service"), 60),
        one_line(value.get("model"), 60),
        tuple(split.names.index(m) for m in members),
        tuple(n for b in _strings(value.get("beyond", []), f"{what}: beyond")[:30] if (n := one_line(b, MAX_NAME))),
        numbers.get("effect"),
        numbers.get("coverage"),
    )
