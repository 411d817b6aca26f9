"""The engine says what Python says: the same people, money, borders and warnings for any split of any area."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import random_splits
from agree import differences
from engine_node import answers

from lgrdata.all_effects.as_json import document
from lgrdata.all_effects.effects import work_out
from lgrdata.all_options.options import enumerate_options
from lgrdata.all_options.rank import rank
from lgrdata.dataset.dataset import Dataset
from lgrdata.engine.ladders import COUNCILS, MEASURES
from lgrdata.engine.linked import engine_script
from lgrdata.engine.sheet import sheet, text
from lgrdata.splits import edits, splitcode
from lgrdata.splits.locked import Locks
from lgrdata.splits.naming import known_splits
from lgrdata.splits.pieces import pieces
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import OUT, Split, make, today
from lgrdata.views import desk

ASK = ("effects", "desk", "faults", "mended", "decoded", "known")


@pytest.fixture(scope="module")
def dataset(real_db: Path) -> Iterator[Dataset]:
    opened = Dataset(real_db)
    yield opened
    opened.close()


def _told(dataset: Dataset, split: Split) -> dict[str, Any]:
    """What Python says of a split, as the engine is asked for it."""
    found = list(_faults(split))
    done, before = (work_out(split.facts, s, dataset.assumptions) for s in (split, today(split.facts)))
    made = desk.document(dataset, Scenario(split, lens="county"), done, before)
    return {
        "effects": document(done),
        "desk": replace(made, partial=True).as_json(),
        "faults": [fault for fault, _ in found],
        "mended": [after and splitcode.encode(after) for _, after in found],
        "decoded": splitcode.encode(split),
        "known": next((k.proposal for k in _known_maps(dataset, split) if k == split), None),
    }


def _faults(split: Split) -> Iterator[tuple[dict[str, Any], Split | None]]:
    """What to mind of a drawing, and the drawing with it mended."""

    def fault(kind: str, council: int, codes: list[str], count: int, mend: dict[str, Any] | None) -> dict[str, Any]:
        return {"kind": kind, "council": council, "codes": codes, "count": count, "mend": mend}

    def given(codes: list[str], council: int) -> tuple[dict[str, Any] | None, Split | None]:
        home = edits.neighbour_councils(split, codes, council)[codes[0]]
        return (
            ({"codes": codes, "council": home, "remove": None}, edits.give(split, codes, home))
            if home >= 0
            else (
                None,
                None,
            )
        )

    for code in split.left_out[:6]:
        mend, after = given([code], OUT)
        yield fault("left_out", OUT, [code], 1, mend), after
    if len(split.left_out) > 6:
        yield fault("more_left_out", OUT, [], len(split.left_out) - 6, None), None
    for c in range(split.count):
        if c not in split.in_use:
            gone = {"codes": [], "council": OUT, "remove": c}
            yield fault("empty", c, [], 0, gone), edits.remove_council(split, c)
        elif len(found := pieces(split, c)) > 1:
            apart = [code for piece in found[1:] for code in piece]
            if len(pieces(split, c, sea=True)) == 1:
                yield fault("sea", c, apart, len(found), None), None
            else:
                mend, after = given(found[1], c)
                yield fault("pieces", c, apart, len(found), mend), after


def _known_maps(dataset: Dataset, split: Split) -> list[Split]:
    area_id = split.facts.area.area_id
    return dataset.keep(("maps", area_id), lambda: list(known_splits(dataset.conn, split.facts)))


def _code(split: Split, given: dict[str, Any] | None) -> str | None:
    """The code of a split as the engine gave it back."""
    if given is None:
        return None
    ward = given["ward"] or np.array(given["authority"])[split.facts.ward_authority]
    arrays = (np.array(given["authority"], dtype=np.int8), np.array(ward, dtype=np.int8))
    return splitcode.encode(Split(split.facts, *arrays, tuple(given["names"])))


@dataclass(frozen=True)
class Case:
    """Splits of one area: what the engine is asked, and what Python says."""

    splits: list[Split]
    asked: list[dict[str, Any]]
    told: list[dict[str, Any]]


def case(dataset: Dataset, area_id: str, splits: list[Split], folder: Path, *, wards: bool) -> Case:
    """These splits as requests over the area's sheet, beside Python's answers."""
    path = folder / f"{area_id}{'-wards' if wards else ''}.json"
    path.write_text(text(sheet(dataset, area_id, wards=wards)), encoding="utf-8")
    asked = [random_splits.as_request(s, str(path), ASK, wards=wards) for s in splits]
    return Case(splits, asked, [json.loads(json.dumps(_told(dataset, s))) for s in splits])


def found(given: Case, folder: Path, script: str = "") -> list[str]:
    """Every difference between Python and the engine."""
    out = []
    for split, own, said in zip(given.splits, given.told, answers(given.asked, folder, script), strict=True):
        said["mended"] = [_code(split, m) for m in said["mended"]]
        said["decoded"] = _code(split, said["decoded"])
        out += [f"{splitcode.encode(split)} {d}" for d in differences(own, said)]
    return out


def _areas(dataset: Dataset) -> list[str]:
    return [a.area_id for a in dataset.areas]


def _daily(dataset: Dataset, area_id: str, folder: Path, rng: random.Random, *, wards: bool) -> Case:
    """The known splits of an area and a few at random, by authorities or by wards."""
    facts = dataset.facts(area_id)
    splits = [s for s in random_splits.known(dataset, area_id) if s.is_whole != wards]
    if wards:
        splits += [
            random_splits.whole(facts, rng),
            *random_splits.slivers(facts),
            *(random_splits.by_wards(facts, rng) for _ in range(4)),
        ]
    else:
        splits += [random_splits.whole(facts, rng) for _ in range(12)]
    return case(dataset, area_id, splits, folder, wards=wards)


@pytest.mark.parametrize("wards", [False, True])
def test_the_engine_says_what_python_says(dataset: Dataset, tmp_path: Path, wards: bool) -> None:
    rng = random.Random(7)
    wrong = {}
    for area_id in _areas(dataset):
        if differ := found(_daily(dataset, area_id, tmp_path, rng, wards=wards), tmp_path):
            wrong[area_id] = differ[:5]
    assert wrong == {}


def test_a_split_stands_where_python_places_it(dataset: Dataset, tmp_path: Path) -> None:
    """Every option with three councils of one area, or some of many: how many others are ahead and behind."""
    rng, wrong, held = random.Random(3), [], 0
    for area_id in ("oxfordshire", "kent-medway"):
        facts, path = dataset.facts(area_id), tmp_path / f"{area_id}.json"
        path.write_text(text(sheet(dataset, area_id, wards=False)), encoding="utf-8")
        options = enumerate_options(facts, dataset.assumptions, COUNCILS)
        rows = options.rows(3)
        chosen = rng.sample(range(rows.start, rows.stop), min(60, rows.stop - rows.start))
        splits = [options.split(row) for row in chosen]
        asked = [random_splits.as_request(s, str(path), ("standings", "standing"), wards=False) for s in splits]
        for split, said in zip(splits, answers(asked, tmp_path), strict=True):
            ranked = rank(options, split, shown=MEASURES).by_key
            for place in said["standings"]:
                own, held = ranked[place["key"]], held + 1
                if (own.better, own.worse, own.others + 1) != (place["ahead"], place["behind"], place["of"]):
                    wrong.append((area_id, splitcode.encode(split), own, place))
            own_desk = desk.placed(
                dataset, Scenario(split, lens="county"), work_out(facts, split, dataset.assumptions), Locks()
            )
            if asdict(own_desk[0]) != {**said["standing"], "places": tuple(said["standing"]["places"])}:
                wrong.append((area_id, splitcode.encode(split), own_desk[0], said["standing"]))
    assert wrong == [] and held > 300


def test_a_split_that_only_the_sea_joins_has_no_place_and_both_say_why(dataset: Dataset, tmp_path: Path) -> None:
    facts, path = dataset.facts("hampshire-solent"), tmp_path / "hampshire.json"
    path.write_text(text(sheet(dataset, "hampshire-solent", wards=False)), encoding="utf-8")
    at_home = {a.name for a, extra in zip(facts.authorities, facts.is_extra, strict=True) if not extra}
    solent = {"Isle of Wight", "New Forest", "Southampton"}
    split = make(
        facts, [(a.code, "Solent" if a.name in solent else "Rest") for a in facts.authorities if a.name in at_home]
    )
    (said,) = answers([random_splits.as_request(split, str(path), ("standings", "standing"), wards=False)], tmp_path)
    effects = work_out(facts, split, dataset.assumptions)
    own, offer = desk.placed(dataset, Scenario(split, lens="county"), effects, Locks())
    assert own.why_not == "No option crosses open sea as Solent does, so this split has no place among them."
    assert offer is None and said["standings"] == []
    assert said["standing"] == {**asdict(own), "places": []}


PLANTED = (
    ("(n.nOld - n.nNew)", "(n.nOld - n.nNew - 1)"),
    ("x.delta * weight - released", "x.delta * weight"),
    ("m ** -gamma", "m ** gamma"),
    ("Math.min(p, x.cap), 0) / everybody", "p, 0) / everybody"),
    ("p * (reference - Math.min(p, x.cap))", "p * (Math.min(p, x.cap) - reference)"),
    ("Math.max(n.nNew - n.jOn - 1, 0)", "Math.max(n.nNew - 1, 0)"),
    ("x.t_old * (n.nOld - n.jOn)", "x.t_old * n.nOld"),
    ("(x.t_s * parted) / 1e6", "0"),
    ("(saving - buying + released) / weight", "(saving - buying) / weight"),
    ("(1 + x.discount) ** y", "(1 + x.discount) ** (y - 1)"),
    ("year === 2 ? x.ramp_2 : x.ramp_3", "year === 2 ? x.ramp_3 : x.ramp_3"),
    ("year === 1 ? x.phases[1]", "year === 1 ? x.phases[2]"),
    ("oneOff * x.band[0]", "oneOff * x.band[1]"),
    ("(county[symbol] + district[symbol]) / 2", "county[symbol]"),
    ("held[split.authority[i]].size === 1", "true"),
    ("held >= (area.sheet.least - ROUNDING) * whole", "true"),
    ("if (upper[i] === upper[j]) keptToday += both", "if (i === j) keptToday += both"),
    ("same += share[i][c] * share[j][c]", "same += Math.min(share[i][c], share[j][c])"),
    ("into += row[c] * flow.into[i]", "into += row[c] * flow.out[i]"),
    ('kind === "l") metres += whole.metres[n]', "kind) metres += whole.metres[n]"),
    ("split.authority.filter((c) => c === DIVIDED).length, km", "0, km"),
    ("around[c] -= 2 * own.shared[n]", "around[c] -= own.shared[n]"),
    ("(share * factor) / (share * factor + 1 - share)", "share * factor"),
    ("city ? fit.city_high ?? fit.high : fit.high", "fit.high"),
    ("rest[y] - rest[x] || order[x] - order[y]", "rest[x] - rest[y]"),
    ("Math.max(Math.ceil(sum.high - 1e-6), n)", "Math.max(Math.floor(sum.high), n)"),
    ("older + old + oldest", "older + old"),
    ("n / people)", "n / (people + 1))"),
    ("!duties[c].missing.length", "true"),
    ("given.counties.length > 1 && isSplit(given)", "given.counties.length > 1"),
    ('basis === "nearest-whole"', 'basis === "nearest"'),
    ('sea || links.kind[n] !== "s"', "true"),
    ("y - x || a - b", "x - y || a - b"),
)
"""Wrong terms, one at a time: the check above must see each of them."""


@pytest.mark.slow
def test_a_wrong_term_is_seen(dataset: Dataset, tmp_path: Path) -> None:
    rng = random.Random(7)
    areas = ("oxfordshire", "hampshire-solent", "sussex", "lincolnshire", "lancashire")
    cases = [_daily(dataset, a, tmp_path, rng, wards=wards) for wards in (False, True) for a in areas]
    right = engine_script()
    assert [n for n, c in enumerate(cases) if found(c, tmp_path)] == []
    unseen = []
    for old, new in PLANTED:
        assert right.count(old) >= 1, old
        if not any(found(c, tmp_path, right.replace(old, new)) for c in cases):
            unseen.append((old, new))
    assert unseen == []


@pytest.mark.slow
def test_two_thousand_splits_of_every_area(dataset: Dataset, tmp_path: Path) -> None:
    rng = random.Random(9)
    wrong = {}
    for area_id in _areas(dataset):
        facts = dataset.facts(area_id)
        whole = [random_splits.whole(facts, rng) for _ in range(2000)]
        parted = [random_splits.by_wards(facts, rng) for _ in range(200)]
        differ = found(case(dataset, area_id, whole, tmp_path, wards=False), tmp_path)
        differ += found(case(dataset, area_id, parted, tmp_path, wards=True), tmp_path)
        if differ:
            wrong[area_id] = differ[:5]
    assert wrong == {}
