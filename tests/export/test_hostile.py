"""Names, notes and files made to break a page, a title, a file name or a spreadsheet stay text, or are refused."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from reading import MADE, read

from export.site.data import blocks_csv
from export.snapshot import full_address, snapshot
from lgrdata.core.models import LgrError
from lgrdata.core.outputs import checked_output, write_output
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Answer, Scenario, as_dict, checksum, restore
from lgrdata.splits.snapshot_file import scenario_document
from lgrdata.splits.split import Split

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</template></title></style><script>x</script>",
    "<!-- --!> ]]> &lt;b&gt; &#60;",
    "מועצה חדשה \u202egnp.exe",
    "👩\u200d👩\u200d👧 Council 🏛️",
    "line\nbreak\ttab\x00\x07\x1b[31m",
    "=cmd|'/c calc'!A1",
    "W" * 80,
    "0" * 64,
)


def _named(split: Split, *names: str) -> Split:
    return replace(split, names=names, proposal=None, basis="drawn")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_users_stays_text(dataset: Dataset, text: str) -> None:
    surrey = dataset.split("surrey", "surrey-2ua")
    held = Scenario(
        _named(surrey, text[:80], "Other"), name=text[:80], note=f"{text}\n{text}", answers={"2.1": Answer(True, text)}
    )
    data = snapshot(dataset, held, made=MADE)
    page = read(data.decode())
    assert not page.tags & {"script", "img", "b", "iframe"}
    assert page.handlers == [] and all(a.startswith(("#", "data:image/")) for a in page.fetched)
    assert not [c for c in data.decode() if ord(c) < 32 and c != "\n" and c != "\t"]
    assert not [c for c in data.decode() if 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069]
    title = data.decode().partition("<title>")[2].partition("</title>")[0]
    assert "<" not in title and "\n" not in title
    document = scenario_document(data)
    opened = restore(dataset.conn, dataset.facts("surrey"), document)
    again = restore(dataset.conn, dataset.facts("surrey"), scenario_document(snapshot(dataset, opened, made=MADE)))
    assert as_dict(again) == as_dict(opened)
    assert opened.split == held.split


def test_half_characters_do_not_stop_a_page(dataset: Dataset) -> None:
    """A scenario file made by hand may hold halves of characters; what is read of it can always be written."""
    held = as_dict(Scenario(dataset.split("surrey", "surrey-2ua")))
    text = json.dumps({**held, "councils": ["E\ud800", "W\ud800"], "name": "x\udfffy",
                       "blocks": {k: f"{v[0]}\ud800" for k, v in held["blocks"].items()}})  # fmt: skip
    opened = restore(dataset.conn, dataset.facts("surrey"), json.loads(text))
    assert snapshot(dataset, opened, made=MADE)


def test_a_snapshot_cannot_carry_another_areas_scenario(dataset: Dataset) -> None:
    document = scenario_document(snapshot(dataset, Scenario(dataset.split("surrey", "single")), made=MADE))
    with pytest.raises(LgrError, match="surrey"):
        restore(dataset.conn, dataset.facts("kent-medway"), document)
    document["area"] = "kent-medway"
    assert checksum(document) != document["checksum"]


def test_council_names_in_block_files_are_defused(dataset: Dataset) -> None:
    split = _named(dataset.split("surrey", "surrey-2ua"), "=HYPERLINK(1)", "@x")
    names = {row[1] for row in list(csv.reader(io.StringIO(blocks_csv(split).decode())))[1:]}
    assert names == {"'=HYPERLINK(1)", "'@x"}


@pytest.mark.parametrize("base", ["javascript:alert(1)", "ftp://x", "https://x y", 'https://"x', "x"])
def test_a_base_that_is_no_address_is_refused(dataset: Dataset, base: str) -> None:
    with pytest.raises(LgrError, match="--base"):
        full_address(dataset, Scenario(dataset.split("surrey", "single")), base)


def test_paths_that_climb_or_cannot_be_written_are_refused(tmp_path: Path) -> None:
    for path, folder in (
        (tmp_path / ".." / "x.html", False),
        (Path("../x.html"), False),
        (tmp_path / "none" / "x.html", False),
        (tmp_path, False),
        (Path("/"), True),
        (tmp_path / "a" / ".." / ".." / "site", True),
    ):
        with pytest.raises(LgrError) as fault:
            checked_output(path, folder=folder)
        assert "\n" not in str(fault.value)
    assert checked_output(tmp_path / "x.html") == tmp_path / "x.html"


def test_a_failed_write_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_text("old")
    os.mkdir(tmp_path / "folder")
    with pytest.raises(LgrError, match="cannot be written"):
        write_output(tmp_path / "folder", b"new")  # a folder cannot be replaced by a file
    with pytest.raises(LgrError, match="cannot be written"):
        write_output(Path("/proc/x.html"), b"new")
    assert path.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "x.html"]
    write_output(path, b"new")
    assert path.read_bytes() == b"new"
    assert oct(path.stat().st_mode & 0o777) == oct(0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
