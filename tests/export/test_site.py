"""The site, built once: every page, every link, what is rewritten, and what a killed run leaves."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from reading import MADE, broken_links, numbers, read, untaken

from export.site import build, open_data, pages, work
from export.site.plan import Page, plan
from export.site.tree import MANIFEST, Tree
from lgrdata.all_effects import as_json
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.cells import plain_cell
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.db import ROOT
from lgrdata.splits.scenario import Scenario


def _build(dataset: Dataset, root: Path, jobs: int = 2) -> build.Report:
    return build.build(dataset, root, made=MADE, jobs=jobs)


def _hashes(root: Path) -> dict[str, str]:
    return {
        p.relative_to(root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(root.rglob("*"))
        if p.is_file()
    }


@pytest.fixture
def small_site(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Plans of a few pages only, so that a site is built in a second; one process."""
    whole = work.work

    def few(dataset: Dataset, only: str = "", base: str = "") -> work.Work:
        wanted = ("criteria.html", "considerations.html", "glossary.html", work.BLOCKS, work.DATABASE)
        return work.Work(tuple((j,) for j in whole(dataset).jobs if j.path in wanted))

    monkeypatch.setattr(work, "work", few)
    return ["criteria.html", "considerations.html", "glossary.html"]


def test_every_area_and_proposal_has_its_page(dataset: Dataset) -> None:
    planned = {page.path for group in plan(dataset) for page in group}
    assert len([a for a in dataset.areas if a.kind == "invited"]) == 21 and len(dataset.proposals()) == 82
    assert {f"{kind}/{a.area_id}.html" for a in dataset.areas for kind in ("areas", "options")} <= planned
    assert {f"proposals/{p.proposal_id}.html" for p in dataset.proposals()} <= planned


def test_every_page_planned_is_made(dataset: Dataset, site: Path) -> None:
    area = json.loads((site / MANIFEST).read_text(encoding="utf-8"))["area"]
    for page in (page for group in plan(dataset, area) for page in group):
        assert (site / page.path).is_file(), page
    for name in ("lgr.db.zip", "tables/proposal.csv", "tables/figure.csv.zip", "blocks/surrey-2ua.csv"):
        assert (site / "downloads" / name).is_file()


def test_no_link_is_broken_and_every_link_is_relative(site: Path) -> None:
    assert broken_links(site) == []


def test_no_page_runs_or_fetches_anything(site: Path) -> None:
    for path in site.rglob("*.html"):
        if path.parent.name == "explorer":  # the one page that runs: see test_explorer.py
            continue
        text = path.read_text(encoding="utf-8")
        page = read(text)
        assert not page.tags & {"script", "iframe", "object", "embed", "form", "img", "base"}, path
        assert page.handlers == [] and all(a.startswith(("#", "data:image/")) for a in page.fetched), path
        assert "default-src 'none'" in text and "url(http" not in text, path
        assert len(page.ids) == len(set(page.ids)), path


def test_every_table_has_its_place_its_cells_as_csv_and_a_line_to_cite_it(dataset: Dataset) -> None:
    def said(cell: str) -> str:
        return unescape(re.sub("<[^>]*>", "", cell.replace("<br/>", ""))).replace("\xa0", " ").strip()

    base = "https://example.gov.uk/lgr"
    for page in (
        Page("proposal", "surrey-2ua", base=base),
        Page("criteria", base=base),
        Page("area", "surrey", base=base),
    ):
        text = pages.page(dataset, page).decode()
        frames = re.findall(r'<div class="lgr-scroll.*?</details>', text, re.DOTALL)
        assert len(frames) == text.count("<table") > 0
        for frame in frames:
            anchor, caption = re.findall(r' id="(table-[^"]*)"', frame)[0], re.findall("<caption>(.*?)<", frame)[0]
            data = re.findall('href="data:text/csv;charset=utf-8,([^"]*)" download="[a-z0-9-]+.csv"', frame)[0]
            rows = list(csv.reader(io.StringIO(unquote(unescape(data)).removeprefix("\ufeff"))))
            told = [
                re.findall("<t[hd][^>]*>(.*?)</t[hd]>", r, re.DOTALL)
                for r in re.findall("<tr.*?</tr>", frame, re.DOTALL)
            ]
            assert [[plain_cell(c) for c in row] for row in rows[: len(told)]] == [
                [said(c) for c in row] for row in told
            ]
            cite = f": “{unescape(caption)}”. Data version {dataset.version}. {base}/{page.path}#{anchor}"
            assert rows[-1][0] == "Cite" and rows[-1][1].endswith(cite) and cite in unescape(frame)


def test_no_page_offers_a_button_of_the_app(site: Path) -> None:
    """A split that has no page of its own is not offered to be opened."""
    for path in (site / "options").glob("*.html"):
        assert "<td>Open</td>" not in path.read_text(encoding="utf-8"), path


def test_a_site_of_one_area_leads_nowhere_else(dataset: Dataset, tmp_path: Path) -> None:
    """Its pages, with the area's card first; links to other areas are plain words."""
    planned = {page.path for group in plan(dataset, "warwickshire") for page in group}
    assert {"index.html", "areas/warwickshire.html", "explorer/warwickshire.html", "evidence.html"} <= planned
    assert not {p for p in planned if p.startswith(("areas/", "options/", "explorer/")) and "warwickshire" not in p}
    (tmp_path / "site").mkdir()
    for page in (
        page for group in plan(dataset, "warwickshire") for page in group if page.kind in ("index", "evidence")
    ):
        (tmp_path / "site" / page.path).write_bytes(pages.page(dataset, page))
    text = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "<h1>Warwickshire</h1>" in text and 'href="explorer/warwickshire.html"' in text
    assert set(re.findall(r'href="areas/([a-z-]+)\.html', text)) <= {"warwickshire"}


@pytest.mark.slow
def test_the_site_of_one_area(dataset: Dataset, tmp_path: Path) -> None:
    root = tmp_path / "site"
    build.build(dataset, root, made=MADE, base="https://example.gov.uk/lgr", jobs=2, only="sussex")
    assert broken_links(root) == []
    assert json.loads((root / MANIFEST).read_text())["area"] == "sussex"
    assert "https://example.gov.uk/lgr/explorer/sussex.html" in (root / "sitemap.xml").read_text()


def test_the_manifest_names_every_file_with_its_hash(site: Path) -> None:
    held = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
    found = _hashes(site)
    del found[MANIFEST]
    assert {name: row["sha256"] for name, row in held["files"].items()} == found
    # A third are pages of proposals, the rest an explorer an area, a page a council, open data and downloads.
    assert sum(row["bytes"] for row in held["files"].values()) < 110_000_000
    assert held["made"] == MADE.isoformat()


def test_the_site_map_names_every_page(site: Path) -> None:
    tree = ElementTree.parse(site / "sitemap.xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = {e.text for e in tree.iter(f"{space}loc")}
    assert listed == {p.relative_to(site).as_posix() for p in site.rglob("*.html")} - {"404.html"}
    assert (site / "robots.txt").read_text().startswith("User-agent: *")
    assert (site / "favicon.ico").read_bytes()[:4] == b"\0\0\1\0"
    whole = ElementTree.fromstring(work.sitemap(["a b.html"], "https://example.org/lgr/", "2026-05-31"))
    assert [e.text for e in whole.iter(f"{space}loc")] == ["https://example.org/lgr/a%20b.html"]
    assert b"https://example.org/lgr/sitemap.xml" in open_data.robots("https://example.org/lgr")
    assert b'href="https://example.org/lgr/"' in open_data.not_found("https://example.org/lgr")
    for path in site.rglob("*.html"):
        assert path.name == "404.html" or '<meta name="description" content="' in path.read_text(encoding="utf-8"), path


def test_the_site_is_data_with_every_column_described(dataset: Dataset, site: Path) -> None:
    package = json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        path = site / "data" / resource["path"]
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as held, held.open(resource["innerpath"]) as file:
                head = file.readline().decode()
        else:
            head = path.read_text(encoding="utf-8").splitlines()[0]
        assert next(csv.reader([head])) == [f["name"] for f in resource["schema"]["fields"]], resource["name"]
        assert resource["description"], resource["name"]
    fields = [f for r in package["resources"] for f in r["schema"]["fields"]]
    assert sum("description" in f for f in fields) > 100
    drawn = json.loads((site / "data/proposals/surrey-2ua.json").read_text(encoding="utf-8"))
    assert drawn == json.loads(
        json.dumps(as_json.document(effects_of(dataset, Scenario(dataset.split("surrey", "surrey-2ua")))))
    )
    rows = list(csv.DictReader((site / "data/proposals/surrey-2ua-lookup.csv").open(encoding="utf-8")))
    facts = dataset.facts("surrey")
    assert {r["ward_code"] for r in rows} == {w.code for w in facts.wards} and {r["council"] for r in rows} == {
        c["name"] for c in drawn["councils"]
    }
    councils = json.loads((site / "data/proposals/surrey-2ua.geojson").read_text(encoding="utf-8"))["features"]
    assert [f["properties"]["population"] for f in councils] == [c["population"] for c in drawn["councils"]]
    assert json.loads((site / "data/changes.json").read_text(encoding="utf-8"))[0].keys() == {"date", "change"}
    told = json.loads((site / "data/metadata.json").read_text(encoding="utf-8"))["databases"]["lgr"]["tables"]
    assert told["proposal"]["label_column"] == "title" and "status" in told["figure"]["facets"]
    assert told["source"]["columns"]["release"].startswith("edition as the publisher names it")
    blank = open_data.lookup(dataset.split("surrey", "today"))
    assert len(blank.splitlines()) == len(facts.wards) + 1


def test_the_map_leads_to_every_area(dataset: Dataset) -> None:
    text = pages.page(dataset, Page("index")).decode()
    drawn = read(text.partition('<svg class="england"')[2].partition("</svg>")[0])
    assert {a.removeprefix("areas/").removesuffix(".html") for a in drawn.links} == {
        a.area_id for a in dataset.areas if a.kind == "invited"
    }


def test_the_dataset_in_the_site_is_the_dataset(dataset: Dataset, site: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(site / "downloads" / "lgr.db.zip", tmp_path)
    copy = Dataset(tmp_path / "lgr.db")
    assert copy.version == dataset.version and len(copy.proposals()) == 82
    copy.close()


def test_a_proposals_page_says_what_its_snapshot_says(dataset: Dataset, site: Path) -> None:
    from export.snapshot import WHOLE, snapshot

    held = Scenario(dataset.split("surrey", "surrey-3ua"), start="surrey-3ua")
    file = snapshot(dataset, held, made=MADE, choice=WHOLE).decode()
    page = (site / "proposals" / "surrey-3ua.html").read_text(encoding="utf-8")
    for anchor in ("cost", "services", "boundary", "forecast"):
        parts = [
            t.partition(f'<section id="{anchor}">')[2].partition('</section><section id="')[0]
            for t in (untaken(file), untaken(page))
        ]
        assert parts[0] and numbers(read(parts[0]).text) == numbers(read(parts[1]).text), anchor


def test_only_what_changed_is_made_anew(dataset: Dataset, tmp_path: Path, small_site: list[str]) -> None:
    root = tmp_path / "site"
    first = _build(dataset, root, 1)
    assert first.made == 5 and first.changed == first.files - 1
    before = {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()}
    again = _build(dataset, root, 1)
    assert (again.made, again.changed) == (0, 0)
    assert {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()} == before
    (root / "criteria.html").write_text("spoilt")
    (root / "glossary.html").unlink()
    mended = _build(dataset, root, 1)
    assert (mended.made, mended.changed) == (2, 2)
    assert (root / "considerations.html").stat().st_mtime_ns == before[root / "considerations.html"]
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_other_files_in_the_folder_are_kept(dataset: Dataset, tmp_path: Path, small_site: list[str]) -> None:
    root = tmp_path / "site"
    _build(dataset, root, 1)
    (root / "CNAME").write_text("example.gov.uk")
    (root / ".git" / "refs").mkdir(parents=True)
    (root / ".git" / "HEAD").write_text("ref")
    (root / "criteria.html").unlink()
    _build(dataset, root, 1)
    assert (root / "CNAME").read_text() == "example.gov.uk" and (root / ".git" / "refs").is_dir()
    assert (root / ".git" / "HEAD").read_text() == "ref" and (root / "criteria.html").is_file()


def test_a_page_that_is_no_longer_made_goes(
    dataset: Dataset, tmp_path: Path, small_site: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "site"
    _build(dataset, root, 1)
    few = work.work
    monkeypatch.setattr(
        work, "work", lambda d, *_: work.Work(tuple(g for g in few(d).groups if g[0].path != "glossary.html"))
    )
    _build(dataset, root, 1)
    assert not (root / "glossary.html").exists() and "glossary.html" not in (root / MANIFEST).read_text()


def test_a_run_that_fails_leaves_the_old_site(
    dataset: Dataset, tmp_path: Path, small_site: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "site"
    _build(dataset, root, 1)
    before = _hashes(root)
    (root / "criteria.html").unlink()
    del before["criteria.html"]
    monkeypatch.setattr(work, "closing", lambda *a: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(LgrError, match="the disk is full; make room on it"):
        _build(dataset, root, 1)
    assert _hashes(root) == before and [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_run_killed_between_two_renames_is_put_right(dataset: Dataset, tmp_path: Path, small_site: list[str]) -> None:
    root = tmp_path / "site"
    _build(dataset, root, 1)
    before = _hashes(root)
    os.rename(root, Tree(root).old)  # what a kill leaves where folders cannot be exchanged in one step
    _build(dataset, root, 1)
    assert _hashes(root) == before and not Tree(root).old.exists()


def test_a_killed_run_leaves_the_old_site_whole_and_is_taken_up(real_db: Path, tmp_path: Path) -> None:
    """The real command, killed without warning after its first pages, beside a small old site."""
    root = tmp_path / "site"
    root.mkdir()
    old = b"<!doctype html><title>old</title>"
    row = {"sha256": hashlib.sha256(old).hexdigest(), "bytes": len(old), "key": "old"}
    (root / "index.html").write_bytes(old)
    (root / MANIFEST).write_text(json.dumps({"format": "lgr-site", "files": {"index.html": row}}))
    before = _hashes(root)
    command = [sys.executable, "-m", "export", "site", "-o", str(root), "--jobs", "1"]
    run = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "LGR_DB": str(real_db)}, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    progress = tmp_path / ".site.building" / ".progress"
    while run.poll() is None and not (progress.exists() and progress.read_text().count("\n") > 3):
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    assert _hashes(root) == before
    assert len(Tree(root).begun()) > 3
    with progress.open("a") as file:
        file.write('{"path": "cut sh')  # the kill may cut a line
    assert len(Tree(root).begun()) > 3


def test_two_runs_at_once_are_refused(dataset: Dataset, tmp_path: Path, small_site: list[str]) -> None:
    root = tmp_path / "site"
    with Tree(root).locked(), pytest.raises(LgrError, match="another run"):
        _build(dataset, root, 1)
    _build(dataset, root, 1)
