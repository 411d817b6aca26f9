"""Links and lists of the explorer are the app's: what one writes the other reads as the same split, names and all."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
import random_splits
from engine_node import node

from export.explorer import page
from lgrdata.dataset.dataset import Dataset
from lgrdata.engine.linked import engine_script, linked
from lgrdata.engine.sheet import sheet, text
from lgrdata.splits import address, damage, locked
from lgrdata.splits.naming import block_assignment, marked
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import OUT, Split
from lgrdata.ui.frame import links

NAMES = ("North ~ Bar", "O’Brien, +East", "=HYPERLINK(1)", 'A "quoted" one', "Council 5", "Süd & Co!")
SAY = """
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
const area = lgrEngine.readArea(JSON.parse(readFileSync(process.argv[2], "utf8")));
for await (const line of createInterface({ input: process.stdin })) {
  const { split, query, locked } = JSON.parse(line);
  const listed = lists.listOf(area, split), { split: opened, locks, message } = addresses.readAddress(area, query);
  const own = { councils: new Set(locked.councils), blocks: new Set(locked.blocks) };
  const pairs = [["area", area.sheet.area.id], ...addresses.queryOf(area, split, "county", own)];
  console.log(JSON.stringify({
    query: addresses.textOf(addresses.sealed(pairs)), listed,
    again: lists.readFile(area, new TextEncoder().encode(listed)).split,
    opened, message, locks: locks && [[...locks.councils].sort(), [...locks.blocks].sort()],
    hurt: addresses.readAddress(area, query.replace("lens=c", "lens=m")).message,
  }));
}
"""


@pytest.fixture(scope="module")
def dataset(real_db: Path) -> Iterator[Dataset]:
    opened = Dataset(real_db)
    yield opened
    opened.close()


def _splits(dataset: Dataset, area_id: str) -> list[Split]:
    """Known splits, and drawings whose councils are named and numbered anyhow, some with an empty one."""
    rng, facts = random.Random(5), dataset.facts(area_id)
    drawn = [random_splits.by_wards(facts, rng) for _ in range(12)] + [
        random_splits.whole(facts, rng) for _ in range(6)
    ]
    named = [replace(s, names=tuple(rng.sample(NAMES, s.count))) for s in drawn]
    plain = [replace(s, names=tuple(f"Council {n + 1}" for n in range(s.count))) for s in drawn[:6]]
    like = [replace(s, names=("North", "north", "None", *NAMES)[: s.count]) for s in drawn[:4] if s.count <= 9]
    named += like
    return [*random_splits.known(dataset, area_id), *(marked(s, dataset.recognised(s)) for s in named + plain)]


def test_links_and_lists_are_the_apps(dataset: Dataset, tmp_path: Path) -> None:
    area_id = "oxfordshire"
    (tmp_path / "sheet.json").write_text(text(sheet(dataset, area_id, wards=True)), encoding="utf-8")
    own = page.HERE / "js"
    script = engine_script() + linked(own, "address", "addresses") + linked(own, "lists", "lists") + SAY
    (tmp_path / "say.mjs").write_text(script, encoding="utf-8")
    splits = _splits(dataset, area_id)
    locks = [_locks(s, n) for n, s in enumerate(splits)]
    queries = [
        address.to_query(Scenario(s, lens="county"), dataset.conn) | {"lock": locked.text(held, s)}
        for s, held in zip(splits, locks, strict=True)
    ]
    asked = [
        {**random_splits.as_request(s, "", (), wards=True), "query": "&".join(f"{k}={quote(v)}" for k, v in q.items()),
         "locked": {"councils": sorted(held.councils), "blocks": sorted(held.blocks)}}
        for s, q, held in zip(splits, [_sealed(q) for q in queries], locks, strict=True)
    ]  # fmt: skip
    done = subprocess.run(
        [node(), str(tmp_path / "say.mjs"), str(tmp_path / "sheet.json")], check=False, timeout=120, text=True,
        capture_output=True, input="".join(json.dumps(a) + "\n" for a in asked),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    for split, query, held, line in zip(splits, queries, locks, done.stdout.splitlines(), strict=True):
        said = json.loads(line)
        sent = dict(parse_qsl(said["query"]))
        assert damage.check(sent) == sent["c"] and "damaged" in said["hurt"]
        scenario, messages = address.from_query(dataset.conn, dataset.facts, sent)
        assert scenario is not None and messages == [], said["query"]
        assert locked.read(sent.get("lock", ""), scenario.split, messages) == held and messages == []
        assert said["message"] == "" and said["locks"] == [sorted(held.councils), sorted(held.blocks)]
        assert (scenario.split.names, scenario.split) == (split.names, split), said["query"]
        assert _held(said["opened"]) == _held(_plain(split)), query
        if (split.authority != OUT).any():
            assert _named(said["again"]) == _named(_plain(split)), said["listed"]
        if not split.left_out:
            read = block_assignment(dataset.conn, split.facts, said["listed"].encode(), "list.csv").split
            assert read == split, said["listed"]


HALVES = """
import { readFileSync } from "node:fs";
const area = lgrEngine.readArea(JSON.parse(readFileSync(0, "utf8"))), long = `${"n".repeat(79)}🙂`;
const split = lgrEngine.rename({ ...lgrEngine.single(area), proposal: null }, 0, `${long}!`);
const sent = (name) => addresses.textOf(addresses.sealed([["councils", name]]));
console.log(JSON.stringify([split.names[0], sent(long), sent("a\\ud83d")]));
"""


def test_a_name_cut_at_its_length_keeps_its_address(dataset: Dataset, tmp_path: Path) -> None:
    """Half a character, which a cut leaves, cannot stand in an address."""
    script = engine_script() + linked(page.HERE / "js", "address", "addresses") + HALVES
    (tmp_path / "halves.mjs").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [node(), str(tmp_path / "halves.mjs")], check=False, timeout=60, text=True, capture_output=True,
        input=text(sheet(dataset, "oxfordshire")),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    named, whole, half = json.loads(done.stdout)
    assert named == "n" * 79 + "🙂"
    for sent, name in ((whole, named), (half, "a\ufffd")):
        held = dict(parse_qsl(sent))
        assert held["councils"] == name and damage.check(held) == held["c"]


LOCKS = """
import { readFileSync } from "node:fs";
const { sheet, others, texts } = JSON.parse(readFileSync(0, "utf8")), area = lgrEngine.readArea(sheet);
const told = texts.map((text) => addresses.readAddress(area, `#split=today&lock=${text}`, others));
const said = ({ locks, message }) => [[...locks.councils].sort(), [...locks.blocks].sort(), message];
console.log(JSON.stringify(told.map(said)));
"""


def test_locks_of_former_codes_and_small_letters_are_the_apps(dataset: Dataset, tmp_path: Path) -> None:
    facts = dataset.facts("hertfordshire")
    former = sorted(h.former for h in facts.history if h.kind == "code" and not h.part)
    whole = next(a.code for a in facts.authorities)
    assert former, "an area whose codes have changed"
    texts = [
        former[0],
        former[0].lower(),
        whole.lower(),
        f"0.{former[0]}.E07999999",
        ".".join([whole] * 401),
        "e0x",
        "9",
    ]
    script = engine_script() + linked(page.HERE / "js", "address", "addresses") + LOCKS
    (tmp_path / "locks.mjs").write_text(script, encoding="utf-8")
    asked = {"sheet": sheet(dataset, facts.area.area_id), "others": page.other_names(facts), "texts": texts}
    done = subprocess.run(
        [node(), str(tmp_path / "locks.mjs")], check=False, timeout=60, text=True, capture_output=True,
        input=json.dumps(asked),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    scenario, _ = address.from_query(dataset.conn, dataset.facts, {"area": facts.area.area_id, "split": "today"})
    assert scenario is not None
    for value, said in zip(texts, json.loads(done.stdout), strict=True):
        messages: list[str] = []
        held = locked.read(value, scenario.split, messages)
        assert said == [sorted(held.councils), sorted(held.blocks), " ".join(messages)], value


def test_an_address_ending_in_any_text_names_a_place(tmp_path: Path) -> None:
    """A part after # that is no encoded text must not stop what the page's script sets up after it."""
    hashes = {"#50%": "50%", "#%E0%A4%A": "%E0%A4%A", "#a%20b": "a b", "": ""}
    script = (Path(links.__file__).parent / "tables.js").read_text(encoding="utf-8")
    (tmp_path / "at.mjs").write_text(f"{script}\nconsole.log(JSON.stringify({list(hashes)}.map(anchorOf)));")
    done = subprocess.run([node(), str(tmp_path / "at.mjs")], check=False, timeout=60, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == list(hashes.values())


def _locks(split: Split, n: int) -> locked.Locks:
    """Some councils and blocks of a split, another lot for each number; of the first none."""
    codes = [*split.facts.authority_index, *split.facts.ward_index]
    return locked.Locks(frozenset(split.names[: n % 3]), frozenset(codes[:: 40 - n] if n else ()))


def _sealed(query: dict[str, str]) -> dict[str, str]:
    """A query after the page's `#`: without the area, sealed anew, and without an empty lock."""
    return damage.sealed({k: v for k, v in query.items() if v and k in ("split", "councils", "order", "lens", "lock")})


def _plain(split: Split) -> dict[str, Any]:
    return {"authority": split.authority.tolist(), "ward": split.ward.tolist(), "names": list(split.names)}


def _held(split: dict[str, Any]) -> tuple[list[int], list[int], list[str]]:
    return split["authority"], split["ward"], split["names"]


def _named(split: dict[str, Any]) -> list[str | None]:
    """The council's name of each ward, which a list keeps; not its number."""
    return [split["names"][c] if c >= 0 else None for c in split["ward"]]
