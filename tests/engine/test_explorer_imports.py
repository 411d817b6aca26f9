"""Files that people bring to the explorer: read as the app reads them, or refused with the reason, never otherwise."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from engine_node import node

from export.explorer import page
from export.pack.outlines import geojson
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.engine.linked import engine_script, linked
from lgrdata.engine.sheet import sheet, text
from lgrdata.splits import blockfile, edits, splitcode
from lgrdata.splits.assignment.reader import Choices, read
from lgrdata.splits.split import Split

AREA = "oxfordshire"
READ = """
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
const area = lgrEngine.readArea(JSON.parse(readFileSync(process.argv[2], "utf8")));
for await (const line of createInterface({ input: process.stdin })) {
  const { bytes, others } = JSON.parse(line);
  let out;
  try {
    out = lists.readFile(area, Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)), others);
  } catch (fault) {
    out = { fault: fault.message };
  }
  console.log(JSON.stringify(out));
}
"""


@pytest.fixture(scope="module")
def dataset(real_db: Path) -> Iterator[Dataset]:
    held = Dataset(real_db)
    yield held
    held.close()


def _read(
    dataset: Dataset, files: list[bytes], folder: Path, *, wards: bool = True, area_id: str = AREA
) -> list[dict[str, Any]]:
    """What the explorer makes of each file."""
    (folder / "sheet.json").write_text(text(sheet(dataset, area_id, wards=wards)), encoding="utf-8")
    script = engine_script() + linked(page.HERE / "js", "lists", "lists") + READ
    (folder / "read.mjs").write_text(script, encoding="utf-8")
    others = page.other_names(dataset.facts(area_id))
    asked = [{"bytes": base64.b64encode(f).decode(), "others": others} for f in files]
    done = subprocess.run(
        [node(), str(folder / "read.mjs"), str(folder / "sheet.json")], check=False, timeout=120, text=True,
        capture_output=True, input="".join(json.dumps(a) + "\n" for a in asked),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def _split(dataset: Dataset, said: dict[str, Any]) -> Split:
    held = said["split"]
    arrays = (np.array(held[k], dtype=np.int8) for k in ("authority", "ward"))
    return Split(dataset.facts(AREA), *arrays, tuple(held["names"]))


def _table(head: str, rows: list[tuple[str, ...]], mark: str = ",") -> str:
    return "\n".join([head, *(mark.join(row) for row in rows)]) + "\n"


def _shapes(dataset: Dataset) -> dict[str, str | bytes]:
    """One split, as people and other tools write it."""
    facts = dataset.facts(AREA)
    own = [a for i, a in enumerate(facts.authorities) if not facts.is_extra[i]]
    council = {a.code: "North" if n < 2 else "South" for n, a in enumerate(own)}
    rows, named = list(council.items()), [(a.name, council[a.code]) for a in own]
    wards = [(w.code, w.name, w.authority_code, council[w.authority_code])
             for w in facts.wards if w.authority_code in council]  # fmt: skip
    north, south = ([c for c, to in rows if to == side] for side in ("North", "South"))
    out: dict[str, str | bytes] = {
        "own": _table("code,council", rows),
        "other headings": _table("GEOID20,District", rows),
        "no heading": _table("", rows),
        "sep line": "sep=;\r\n" + _table("code;council", rows, ";"),
        "names": _table("name|new council", named, "|"),
        "offices": _table("authority\tcouncil", [(f"{n.upper()} District  Council", c) for n, c in named], "\t"),
        "excel text": _table("code,council", [(f'="{code}"', c) for code, c in rows]),
        "title, total, notes": "Two councils\n\n"
        + _table("code,residents,council", [(code, f"{n}00000", c) for n, (code, c) in enumerate(rows, 1)])
        + 'Total,"1,000,000",\n"Source: drawn, for tests"\n',
        "columns of today": _table(
            "code,name,county,council", [(a.code, a.name, "Oxfordshire", council[a.code]) for a in own]
        ),
        "number beside": _table("code,no,unitary", [(code, "12"[c == "South"], c) for code, c in rows]),
        "members in a cell": f'council,members\nNorth,"{"; ".join(north)}"\nSouth,"{", ".join(south)}"\n',
        "a column a council": "North;South\n"
        + "".join(
            f"{n};{s}\n" for n, s in zip([*north, *[""] * (len(south) - len(north))], south, strict=True)
        ),
        "mapping": json.dumps({"assignment": {code: [c] for code, c in rows}}),
        "wards": _table("ward,name,authority,council", wards),
        "wards by name": _table("ward,authority,council", [(w[1], w[2], w[3]) for w in wards]),
        "geojson of this tool": geojson(dataset, read(facts, _table("code,council", rows).encode(), "x").split),
        "markers": _table("geoid,district", [(code, "1" if n else "ZZ") for n, (code, _) in enumerate(rows)]),
        "a blank": _table("code,council", [(code, c if n else "") for n, (code, c) in enumerate(rows)]),
        "spelt two ways": _table("code,council", [(code, "North-East" if n % 2 else "north east")
                                                  for n, (code, _) in enumerate(rows)]),
    }  # fmt: skip
    parted = edits.give(read(facts, _table("code,council", rows).encode(), "x").split, [wards[0][0]], 1)
    out["geojson by wards"] = geojson(dataset, parted)
    out["own by wards"] = blockfile.write(parted)
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        out[encoding] = _table("code,council", [(c, f"{to} & Cö") for c, to in rows]).encode(encoding)
    rng = Random(20)
    for n in range(40):
        columns = [["what", *(c for _, c in rows)], ["x", *council], ["y", *(a.name for a in own)],
                   ["people", *(str(250_100 + 997 * k) for k in range(len(rows)))]]  # fmt: skip
        rng.shuffle(columns)
        head, *body = zip(*columns, strict=True)
        rng.shuffle(body)
        mark = rng.choice(",;\t|")
        out[f"shuffled {n}"] = "\n".join(mark.join(row) for row in [head, *body])
    return out


def test_lists_are_read_as_the_app_reads_them(dataset: Dataset, tmp_path: Path) -> None:
    facts, shapes = dataset.facts(AREA), _shapes(dataset)
    files = [f.encode() if isinstance(f, str) else f for f in shapes.values()]
    wrong = {}
    for kind, data, said in zip(shapes, files, _read(dataset, files, tmp_path), strict=True):
        if "fault" in said:
            if kind != "wards by name":
                wrong[kind] = said["fault"]
            continue
        own = _split(dataset, said)
        if data[:2] == b'{"' and b"FeatureCollection" in data:
            told = json.loads(data)["split"]
            if told != splitcode.encode(own):
                wrong[kind] = f"{told} is read as {splitcode.encode(own)}"
            continue
        python = read(facts, data, "mine.csv", Choices(unfinished=True)).split
        if python != own or set(python.names) != set(own.names):
            wrong[kind] = f"{splitcode.encode(python)} {python.names} is read as {splitcode.encode(own)} {own.names}"
    assert wrong == {}, wrong
    with pytest.raises(LgrError, match="Ridgeway is a ward of"):  # which the app refuses too
        read(facts, files[list(shapes).index("wards by name")], "mine.csv")


def test_the_table_to_fill_in_opens_with_wards_left_blank(dataset: Dataset, tmp_path: Path) -> None:
    """A ward whose row stays blank goes with its authority, also on a page that holds no wards."""
    facts = dataset.facts(AREA)
    first, *rows = (line.split(",") for line in blockfile.template(facts).splitlines())
    own = [r[0] for r in rows if r[0] in facts.authority_index]
    council = {code: "North" if n < 2 else "South" for n, code in enumerate(own)}
    whole = {r[0]: council.get(r[0], "") for r in rows}
    apart = next(w.code for w in facts.wards if w.authority_code == own[0])
    parted = whole | {w.code: "East" if w.code == apart else "West" for w in facts.wards if w.authority_code == own[1]}
    for filled, wards in (
        (whole, True),
        (whole, False),
        (whole | {apart: "South"}, True),
        (parted | {own[1]: ""}, True),
    ):
        data = "\n".join(",".join([*r[:4], filled[r[0]]]) for r in rows)
        data = f"{','.join(first)}\n{data}\n"
        (said,) = _read(dataset, [data.encode()], tmp_path, wards=wards)
        python = read(facts, data.encode(), "mine.csv", Choices(unfinished=True)).split
        assert "fault" not in said and said["notes"] == [], said
        assert said["split"]["names"] == list(python.names)
        assert said["split"]["authority"] == python.authority.tolist()
        assert said["split"]["ward"] == (python.ward.tolist() if wards else [])


def _loose(dataset: Dataset) -> dict[str, str]:
    """Five districts in no order, in the looser forms that people write, right and wrong."""
    facts = dataset.facts(AREA)
    names = {a.code: a.name for i, a in enumerate(facts.authorities) if not facts.is_extra[i]}
    east, west = [list(names)[n] for n in (3, 0)], [list(names)[n] for n in (4, 1, 2)]
    rows = [*((c, "East") for c in east), *((c, "West") for c in west)]
    named = [(names[c], to) for c, to in rows]
    spelt = [(names[c].replace("ire", "ier") if n else names[c][1:], to) for n, (c, to) in enumerate(rows)]
    ones = [(c, "1.0" if to == "East" else "2.0") for c, to in rows]

    def marks(first: str, other: str, blank: str = "") -> list[tuple[str, ...]]:
        return [(c, *((first, blank) if to == "East" else (blank, other))) for c, to in rows]

    return {
        "marks": _table("code,East,West", marks("x", "x")),
        "ticks": _table("code,East,West", marks("✓", "✓", "-")),
        "noughts and ones": _table("place,East,West", marks("1", "1", "0")),
        "a mark left out": _table("code,East,West", [*marks("x", "x")[:4], (rows[4][0], "", "")]),
        "facts beside a council": _table("code,coastal,rural,council", [(c, "no", "yes", to) for c, to in rows]),
        "lists by council": json.dumps({"East": east, "West": west}),
        "a plan": json.dumps({"plan": {"assignment": dict(rows)}}),
        "records": json.dumps([{"id": n, "code": c, "council": to} for n, (c, to) in enumerate(rows)]),
        "records a line": "\n".join(json.dumps({"code": c, "council": to}) for c, to in rows),
        "given twice in JSON": json.dumps(dict(rows))[:-1] + f', "{east[0]}": "West"}}',
        "a row repeated": _table("code,council", [*rows, rows[0]]),
        "given twice": _table("code,council", [*rows, (rows[0][0], "West")]),
        "headings again": _table("code,council", [*rows[:2], ("code", "council"), *rows[2:]]),
        "a row of the county": _table("code,council", [("E10000025", "Oxfordshire"), *rows]),
        "words": "\n".join(f"- {n}: {to}" for n, to in named),
        "arrows": "\n".join(f"{n} -> {to}" for n, to in named),
        "codes and blanks": "\n".join(f"{c}   {to}" for c, to in rows),
        "members in words": f"East: {', '.join(names[c] for c in east)}\nWest: {', '.join(names[c] for c in west)}.",
        "under headings": "\n".join(["East", *east, "", "West:", *(f"* {names[c]}" for c in west)]),
        "misspelt under headings": "\n".join(["East", *(names[c] for c in east), "West", *(s for s, _ in spelt[2:])]),
        "misspelt in the first row": _table("", spelt[:1] + named[1:]),
        "a code unknown in the first row": _table("", [("E07000999", "East"), *rows]),
        "markdown": _table("| place | council |", [("|---|---|",), *((f"| {n} | {to} |",) for n, to in named)]),
        "on its side": ",".join(c for c, _ in rows) + "\n" + ",".join(to for _, to in rows),
        "in groups": _table("council,place", [("" if n in (1, 3, 4) else to, c) for n, (c, to) in enumerate(rows)]),
        "smart quotes": "\n".join(f"“{n}”,“{to}”" for n, to in named),
        "numbers with nought": _table("code,council", ones),
        "a long name": _table("code,council", [(c, f"{'n' * 79}🙂{to}") for c, to in rows]),
        "a name of signs": _table("code,council", [(c, f"[a](http://b) \u202e{to}\x07") for c, to in rows]),
        "half a character": json.dumps({c: f"{to}\ud83d" for c, to in rows}),
        "nobody at all": _table("code,council", [(c, "unassigned") for c, _ in rows]),
        "numbered": _table("code,council,council number", [(c, "x", str(1 + (to == "East"))) for c, to in rows]),
        "a name of nobody": _table("code,council,council number", [*((c, "None", "1") for c in east),
                                   *((c, "unassigned", "") for c in west)]),
        "a cell too many": _table("code,council", [(c, to, "z") for c, to in rows]),
        "columns with footnotes": f"East,West\n{east[0]},{west[0]}\n{east[1]},{west[1]}\n,{west[2]}\nDrawn in May\n",
    }  # fmt: skip


def test_looser_forms_are_read_as_the_app_reads_them(dataset: Dataset, tmp_path: Path) -> None:
    facts, files = dataset.facts(AREA), _loose(dataset)
    wrong: dict[str, object] = {}
    for kind, said in zip(files, _read(dataset, [f.encode() for f in files.values()], tmp_path), strict=True):
        try:
            python = read(facts, files[kind].encode(), "mine.csv", Choices(unfinished=True)).split
        except LgrError as fault:
            if "fault" not in said:
                wrong[kind] = f"{fault}, but is read as {splitcode.encode(_split(dataset, said))}"
            continue
        own = None if "fault" in said else _split(dataset, said)
        if own != python or own.names != python.names:
            wrong[kind] = (
                f"{splitcode.encode(python)} {python.names} is read as {own and own.names} {said.get('fault')}"
            )
    assert wrong == {}, wrong


def test_a_former_code_beside_another_place_is_a_fault(dataset: Dataset, tmp_path: Path) -> None:
    """A code that a place had before counts as a code of its own when the columns are told apart."""
    facts = dataset.facts("hertfordshire")
    former = {h.authority_code: h.former for h in facts.history if h.kind == "code" and not h.part}
    old = next(a.code for a in facts.authorities if a.code in former)
    rows = [
        (a.name, a.code, "East" if n % 2 else "West") for n, a in enumerate(facts.authorities) if not facts.is_extra[n]
    ]
    where = next(n for n, row in enumerate(rows) if row[1] != old)
    wrong = [*rows[:where], (rows[where][0], former[old], rows[where][2]), *rows[where + 1 :]]
    right = [(name, former.get(code, code), council) for name, code, council in rows]
    files = [_table("y,x,what", table).encode() for table in (wrong, right)]
    refused, opened = _read(dataset, files, tmp_path, area_id="hertfordshire")
    with pytest.raises(LgrError, match=f"{former[old]} is .* stands beside it"):
        read(facts, files[0], "mine.csv", Choices(unfinished=True))
    assert f"{former[old]} is" in refused.get("fault", ""), refused
    python = read(facts, files[1], "mine.csv", Choices(unfinished=True)).split
    assert opened["split"]["authority"] == python.authority.tolist() and set(python.names) == {"East", "West"}


def test_what_is_left_open_in_a_looser_form_is_said(dataset: Dataset, tmp_path: Path) -> None:
    codes = [a.code for a in dataset.facts(AREA).authorities[:5]]
    twice = _table("code,East,West", [(c, "x", "x" if n == 4 else "") for n, c in enumerate(codes)])
    denied = _table("code,East,West", [*((c, "x", "") for c in codes[:3]), (codes[3], "", "x"), (codes[4], "-", "")])
    order = _table("council,code", [("East", codes[0]), ("", codes[1]), ("West", codes[2]), ("", codes[3])])
    groups = _table("council,code", [("East", codes[1]), ("", codes[0]), ("West", codes[3]), ("", codes[2])])
    lists = json.dumps({"East": codes[:2], "Mid": [], "West": codes[2:]})
    files = [f.encode() for f in (twice, denied, order, groups, lists)]
    first, second, third, fourth, fifth = _read(dataset, files, tmp_path)
    assert "line 6: a place is marked in more than one of the columns East and West" in first["fault"]
    assert "line 6: a place is marked in none of the columns East and West" in second["fault"], second
    assert third["split"]["authority"][:4] == [0, -1, 1, -1], "a list in order is yet to be filled in"
    assert fourth["split"]["authority"][:4] == [0, 0, 1, 1] and "named above them: 2 rows" in fourth["notes"][0]
    assert fifth["split"]["names"] == ["East", "West"] and "Mid has no place" in fifth["notes"]


def test_what_cannot_be_taken_is_said_plainly(dataset: Dataset, tmp_path: Path) -> None:
    first, second, third, *_ = (a.code for a in dataset.facts(AREA).authorities)
    feature = '{"type":"Feature","properties":{"name":"East"},"geometry":null}'
    outline = f'{{"type":"FeatureCollection","features":[{feature}]}}'
    files: dict[str, str | bytes] = {
        "an Excel or other packed file, which this page cannot read: save its sheet as CSV": b"PK\x03\x04" + bytes(60),
        "this page cannot tell which places lie inside: open it in the app": outline,
        "a scenario file: open it in the app": '{"format":"lgr-scenario","version":1}',
        "a web page; printed pages of this tool open in the app": "<!doctype html><html></html>",
        "cut or damaged": '{"assignment": {',
        "it is empty": " \n",
        "names no place of Oxfordshire: give each place’s code": "place,council\nE07000207,East\n",
        "“first” and “second” could each be the new council; keep one": (
            f"code,first,second\n{first},N,East\n{second},N,West\n{third},S,East\n"
        ),
        f"line 3: {first} is given twice (first on line 2)": f"code,council\n{first},N\n{first},S\n",
        "line 3: E07000999 is no district, unitary or ward of Oxfordshire today": (
            f"code,council\n{first},N\nE07000999,S\n"
        ),
        "over 20,000 rows; a file of one area’s places has fewer": "code,council\n" + f"{first},N\n" * 130_000,
        "9 councils are named; the most is 8": "code,council\n"
        + "".join(f"{w.code},C{n}\n" for n, w in enumerate(dataset.facts(AREA).wards[:9])),
    }
    said = _read(dataset, [f.encode() if isinstance(f, str) else f for f in files.values()], tmp_path)
    assert {wanted: s for wanted, s in zip(files, said, strict=True) if wanted not in s.get("fault", "")} == {}
    for data in list(files.values())[6:]:
        with pytest.raises(LgrError):
            read(dataset.facts(AREA), str(data).encode(), "mine.csv")
