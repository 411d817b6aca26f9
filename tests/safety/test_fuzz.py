"""Thousands of bad inputs: each is taken or refused with a reason on one line; none raises anything else."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from examples import examples
from hostile import AREAS, NASTY, json_values, opened, scenarios, splits, texts, well_refused
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lgrdata.all_effects.of_scenario import effects_of, mended
from lgrdata.cli.main import main
from lgrdata.core.models import MAX_COUNCILS, LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.html import escape
from lgrdata.splits import address, blockfile, edits, snapshot_file, splitcode
from lgrdata.splits.naming import resolve, resolve_file
from lgrdata.splits.scenario import as_dict, checksum, parse_document, restore, write
from lgrdata.splits.split import Split

fuzz = settings(
    max_examples=examples(300),
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
blobs = st.one_of(st.binary(max_size=300), texts.map(lambda t: t.encode("utf-8", "surrogatepass")))


def taken(act: Callable[[], object]) -> object:
    """What the act gives, or None where it was refused in good form."""
    try:
        return act()
    except LgrError as fault:
        well_refused(fault)
        return None


@settings(fuzz, max_examples=examples(600))
@given(st.sampled_from(AREAS), st.one_of(texts, st.from_regex(r"s1\.[0-9a-f]{6}(\.[0-9wx]{0,9}){0,4}", fullmatch=True)))
def test_any_text_as_a_split(tiny_db: Path, area: str, text: str) -> None:
    data = opened(tiny_db)
    facts = data.facts(area)
    for named in (text, f"s1.{splitcode.blocks_hash(facts)}.{text}", f"s1.{splitcode.blocks_hash(facts)}.w000.{text}"):
        taken(lambda named=named: splitcode.decode(facts, named))
        found = taken(lambda named=named: resolve(data.conn, facts, named))
        assert found is None or isinstance(found, Split)


@settings(fuzz, max_examples=examples(500))
@given(st.data())
def test_a_mangled_split_code(tiny_db: Path, draw: st.DataObject) -> None:
    data = opened(tiny_db)
    facts = data.facts(draw.draw(st.sampled_from(AREAS)))
    code = list(splitcode.encode(draw.draw(splits(facts))))
    for _ in range(draw.draw(st.integers(1, 3))):
        at = draw.draw(st.integers(0, len(code)))
        code[at : at + draw.draw(st.integers(0, 2))] = draw.draw(texts)[:5]
    taken(lambda: splitcode.decode(facts, "".join(code)))


@settings(fuzz, max_examples=examples(600))
@given(st.data())
def test_any_bytes_as_a_block_file(tiny_db: Path, draw: st.DataObject) -> None:
    facts = opened(tiny_db).facts("squares")
    cell = st.one_of(texts, st.sampled_from(["E07000901", "E07000902", "E07000903", "e07000904", "E05902004", "North"]))
    rows = draw.draw(st.lists(st.lists(cell, min_size=0, max_size=3), max_size=8))
    mark = draw.draw(st.sampled_from(",;\t|"))
    head = draw.draw(st.sampled_from(["code,council", "COUNCIL;code", "geoid\tdistrict", "a,b", ""]))
    text = "\r\n".join([head, *(mark.join(r) for r in rows)])
    codec = draw.draw(st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
    for data in (text.encode(codec, "surrogatepass"), draw.draw(blobs)):
        found = taken(lambda data=data: blockfile.read(facts, data, "file.csv"))
        if isinstance(found, Split):
            assert not found.left_out and all((n and n == escape(n).strip()) or n for n in found.names)


@settings(fuzz, max_examples=examples(500))
@given(st.data())
def test_a_mangled_scenario_document(tiny_db: Path, draw: st.DataObject) -> None:
    data = opened(tiny_db)
    facts = data.facts("squares")
    document = as_dict(draw.draw(scenarios(data, "squares")))
    for key in draw.draw(st.lists(st.sampled_from(sorted(document)), min_size=1, max_size=3)):
        document[key] = draw.draw(json_values)
    for inner in (document.get("partnerships"), document.get("answers"), document.get("blocks")):
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            inner[0][draw.draw(st.sampled_from(["service", "members", "effect", "beyond"]))] = draw.draw(json_values)
        elif isinstance(inner, dict) and draw.draw(st.booleans()):
            inner[draw.draw(texts)] = draw.draw(json_values)
    if draw.draw(st.booleans()):
        document["checksum"] = checksum(document)
    raw = json.dumps(document, ensure_ascii=draw.draw(st.booleans())).encode("utf-8", "surrogatepass")

    def act() -> object:
        found = restore(data.conn, facts, parse_document(raw, "file.json"), "file.json")
        write(found).encode()
        usable, messages = mended(data, found)
        assert all(len(m.splitlines()) == 1 for m in messages)
        effects_of(data, usable)
        address.to_query(usable, data.conn)
        return found

    taken(act)


@settings(fuzz, max_examples=examples(400))
@given(blobs)
def test_any_bytes_as_a_scenario_or_snapshot(data: bytes) -> None:
    page = b"<!doctype html>" + snapshot_file.META.format(snapshot_file.BLANK).encode() + data
    inside = f'<template id="lgr-scenario-1">{data.decode("latin-1")}</template>'
    sealed = snapshot_file.sealed("<!doctype html>" + snapshot_file.META.format(snapshot_file.BLANK) + inside)
    for raw in (data, b"{" + data, page, sealed):
        taken(lambda raw=raw: parse_document(raw, "file"))
        taken(lambda raw=raw: snapshot_file.scenario_document(raw, "file"))
        snapshot_file.looks_like_snapshot(raw)


@settings(fuzz, max_examples=examples(400))
@given(st.data())
def test_any_query(tiny_db: Path, draw: st.DataObject) -> None:
    data = opened(tiny_db)
    pieces = st.one_of(texts, st.lists(texts, max_size=5).map("~".join), st.lists(texts, max_size=5).map(",".join))
    query = draw.draw(st.dictionaries(st.sampled_from([*address.KEYS, "other"]), pieces, max_size=9))
    if draw.draw(st.integers(0, 9)):
        query["area"] = draw.draw(st.sampled_from(AREAS))
    if draw.draw(st.booleans()):
        query |= address.to_query(draw.draw(scenarios(data, "squares")), data.conn) | {"order": draw.draw(texts)}
    found, messages = address.from_query(data.conn, data.facts, query)
    assert all(m.strip() for m in messages)
    if found is not None:
        usable, _ = mended(data, found)
        effects_of(data, usable)
        write(usable).encode()
        again, more = address.from_query(data.conn, data.facts, address.to_query(usable, data.conn))
        assert again is not None and again.split == usable.split and not more


@settings(fuzz, max_examples=examples(150))
@given(st.data())
def test_any_course_of_edits(tiny_db: Path, draw: st.DataObject) -> None:
    data = opened(tiny_db)
    facts = data.facts(draw.draw(st.sampled_from(AREAS)))
    split = draw.draw(splits(facts))
    codes = [a.code for a in facts.authorities] + [w.code for w in facts.wards]
    for _ in range(draw.draw(st.integers(1, 12))):
        council = draw.draw(st.integers(0, split.count - 1))
        some = draw.draw(st.lists(st.one_of(st.sampled_from(codes), texts), max_size=4))
        called = draw.draw(texts)
        mend = next((w.mend for w in edits.warnings(split) if w.mend and w.mend.codes), None)
        act = draw.draw(
            st.sampled_from([
                lambda s=split, b=some, c=council: edits.give(s, b, c),
                lambda s=split, b=some: edits.give(s, b, -1),
                lambda s=split: edits.add_council(s),
                lambda s=split, c=council, n=called: edits.rename(s, c, n),
                lambda s=split, c=council: edits.remove_council(s, c),
                lambda s=split, c=codes[0]: edits.make_whole(s, c),
                lambda s=split, m=mend: edits.give(s, m.codes, m.council) if m else s,
            ])
        )  # fmt: skip
        split = taken(act) or split
        assert 1 <= split.count <= MAX_COUNCILS and len(set(split.names)) == split.count
        assert splitcode.decode(facts, splitcode.encode(split)) == split
        assert split.population.sum() <= facts.population.sum()


COMMANDS = ("areas", "proposals", "effects", "options", "forecast", "calibrate", "check")
OPTIONS = (
    "--json",
    "--councils",
    "--rank",
    "--smallest",
    "--together",
    "--apart",
    "--measures",
    "--whole-icb",
    "--ferries",
)


@settings(fuzz, max_examples=examples(250))
@given(st.data())
def test_any_command_line(tiny_db: Path, capsys: pytest.CaptureFixture[str], draw: st.DataObject) -> None:
    words = st.one_of(texts, st.sampled_from([*OPTIONS, "squares", "nine", "squares-2ua", "today", "2-3", "0", "-1"]))
    rest = [w.replace("\0", "").encode("utf-8", "replace").decode() for w in draw.draw(st.lists(words, max_size=4))]
    command = draw.draw(st.sampled_from(COMMANDS))
    if command in ("effects", "options", "forecast") and draw.draw(st.booleans()):
        rest = ["squares", *rest]
    try:
        code = main([command, *rest, "--db", str(tiny_db)])
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    assert code in (0, 1, 2)
    assert "Traceback" not in said.err
    if code:
        assert said.err.strip()


def bomb(kind: str) -> bytes:
    """Files made to hurt: large, deep, or costly to read."""
    head = "<!doctype html>" + snapshot_file.META.format(snapshot_file.BLANK)
    return {
        "zeros": lambda: bytes(100_000_000),
        "spaces": lambda: b" " * 100_000_000,
        "lines": lambda: b"\n" * 300_000,
        "commas": lambda: b"code,council\n" + b"," * 990_000,
        "quote": lambda: b'code,council\n"' + b"x" * 900_000,
        "brackets": lambda: b"[" * 999_000,
        "braces": lambda: b'{"a":' * 190_000,
        "nested whole": lambda: (b"[" * 400_000) + (b"]" * 400_000),
        "nested in a scenario": lambda: b'{"format":"lgr-scenario","version":1,"x":' + b"[" * 980 + b"]" * 980 + b"}",
        "digits": lambda: b'{"format":"lgr-scenario","version":' + b"9" * 900_000 + b"}",
        "keys": lambda: json.dumps({"format": "lgr-scenario", "version": 1, "area": "squares", "councils": [],
                                    "blocks": {f"E{n}": "x" for n in range(60_000)}}).encode(),
        "assumptions": lambda: json.dumps({"format": "lgr-scenario", "version": 1, "area": "squares", "councils": [],
                                           "blocks": {}, "assumptions": {f"a{n}": n for n in range(60_000)}}).encode(),
        "openings": lambda: snapshot_file.sealed(head + '<template id="lgr-scenario-1">' * 600_000),
        "entities": lambda: snapshot_file.sealed(
            head + '<template id="lgr-scenario-1">&#' + "9" * 500_000 + ";</template>"
        ),
        "a long number": lambda: snapshot_file.sealed(
            head + f'<template id="lgr-scenario-{"9" * 9000}">{{}}</template>'
        ),
        "an empty object": lambda: snapshot_file.sealed(head + '<template id="lgr-scenario-1">{}</template>'),
    }[kind]()  # fmt: skip


BOMBS = (
    "zeros", "spaces", "lines", "commas", "quote", "brackets", "braces", "nested whole", "nested in a scenario",
    "digits", "keys", "assumptions", "openings", "entities", "a long number", "an empty object",
)  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_files_made_to_hurt_are_refused_in_little_memory(kind: str, tiny_db: Path) -> None:
    data, raw = opened(tiny_db), bomb(kind)
    facts = data.facts("squares")
    tracemalloc.start()
    refusals = 0
    for act in (
        lambda: blockfile.read(facts, raw, "file.csv"),
        lambda: restore(data.conn, facts, parse_document(raw, "file.json"), "file.json"),
        lambda: restore(data.conn, facts, snapshot_file.scenario_document(raw, "file.html"), "file.html"),
    ):
        refusals += taken(act) is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refusals == 3
    assert peak < 120_000_000, f"{peak / 1e6:.0f} MB for a file of {len(raw) / 1e6:.0f} MB"


def test_a_large_file_named_to_a_command_is_not_read_whole(tiny_db: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(5_000_000_000)
    data = Dataset(tiny_db)
    tracemalloc.start()
    with pytest.raises(LgrError, match=r"large.csv is 5000.0 MB; a file of this kind is under 5 MB"):
        resolve_file(data.conn, data.facts("squares"), large)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
    with pytest.raises(LgrError, match="is not a file"):
        resolve_file(data.conn, data.facts("squares"), Path("/dev/zero"))


@pytest.mark.parametrize("text", NASTY)
def test_hostile_names_of_areas(tiny_db: Path, text: str) -> None:
    found, messages = address.from_query(opened(tiny_db).conn, opened(tiny_db).facts, {"area": text})
    assert found is None and all(m.strip() for m in messages)
