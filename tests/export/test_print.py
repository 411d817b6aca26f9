"""What a printed or heavy file must hold: keys that fit beside small maps, maps two by two, weight under the limit."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from browsers import program
from playwright.sync_api import sync_playwright
from reading import MADE

from export.compare import comparison
from export.drawing import shapes_once, slim, with_prefix
from export.snapshot import snapshot
from lgrdata.dataset.dataset import Dataset
from lgrdata.pictures import maps
from lgrdata.pictures.maps.ground import text_width
from lgrdata.splits.scenario import Scenario

ESSEX = "essex-southend-thurrock"
LANCASHIRE = ("lancs-2ua", "lancs-3ua", "lancs-4ua", "lancs-5ua")
KEY = re.compile(r'<text x="([\d.]+)" y="[\d.]+" font-size="([\d.]+)"[^>]*class="kt">([^<]+)</text>')


@pytest.mark.parametrize("proposal", ["devon-4ua-plymouth-exeter", "devon-4ua-torbay", "hampshire-5ua-option1a"])
def test_the_heaviest_proposals_are_light(dataset: Dataset, proposal: str) -> None:
    area = next(p.area_id for p in dataset.proposals() if p.proposal_id == proposal)
    page = snapshot(dataset, Scenario(dataset.split(area, proposal), start=proposal), made=MADE)
    assert len(page) < 350 * 1024


def test_a_drawing_in_less_text_is_the_same_drawing() -> None:
    gradient = '<linearGradient x1="0" y1="0" x2="0" y2="1"/>'
    font = 'font-family="Arial" font-size="12px"'
    thin = '<line x1="0" x2="10" y2="0" stroke="#000" stroke-width="1"/>'
    drawn = slim(
        f'<svg width="9"><defs>{gradient}</defs>{thin}<text {font}>a</text>'
        f'<text {font}>b font-size="12px" 1.2345</text><text font-family="Arial" font-size="9px">c</text></svg>'
    )
    assert drawn == (
        f'<svg font-size="12px" font-family="Arial" width="9"><defs>{gradient}</defs><line x2="10" stroke="#000"/>'
        '<text>a</text><text>b font-size="12px" 1.2345</text><text font-size="9px">c</text></svg>'
    )


def test_a_shape_that_drawings_repeat_is_written_once() -> None:
    long, short = "M0 0" + "l1 2" * 60, "M0 0l1 2"
    page = f'<p>x</p><path d="{long}" fill="red"/><path d="{short}"/><path d="{long}" fill="blue"/><path d="{short}"/>'
    assert shapes_once(page) == (
        f'<p>x</p><defs><path id="g0-0" d="{long}"/></defs><use href="#g0-0" fill="red"/><path d="{short}"/>'
        f'<use href="#g0-0" fill="blue"/><path d="{short}"/>'
    )
    once = f'<path d="{long}" fill="red"/>'
    assert shapes_once(once) == once


def test_rules_for_narrow_screens_go_with_the_name_of_their_drawing() -> None:
    drawn = '<svg id="map"><style>@media(max-width:430px){#map .n{display:none}}</style><text class="n">a</text></svg>'
    assert with_prefix(drawn, "g1-") == drawn.replace('"map"', '"g1-0"').replace("#map", "#g1-0")


@pytest.mark.parametrize("proposal", LANCASHIRE)
def test_the_key_of_a_small_map_is_not_cut(dataset: Dataset, proposal: str) -> None:
    split = dataset.split("lancashire", proposal)
    drawn = maps.split_map(dataset, split, width=300, scale=maps.split_scale(dataset, split, 300) * 1.2)
    found = KEY.findall(drawn.svg)
    assert len(found) == len(split.in_use)
    for x, size, text in found:
        assert float(x) + text_width(text, float(size)) <= drawn.width, text


def test_maps_of_a_comparison_print_two_by_two_in_one_scale(dataset: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "compare.html"
    path.write_bytes(comparison(dataset, [Scenario(dataset.split("lancashire", p)) for p in LANCASHIRE], made=MADE))
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=program(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 680, "height": 1000})
        page.emulate_media(media="print")
        page.goto(path.as_uri())
        boxes = page.evaluate(
            """() => [...document.querySelectorAll('#maps figure > svg')].map(e => e.getBoundingClientRect())
                     .map(b => [b.left, b.right, b.width])"""
        )
        path.write_bytes(snapshot(dataset, Scenario(dataset.split(ESSEX, "essex-5ua")), made=MADE, share=True))
        page.goto(path.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert wide <= 680, "a table wider than the paper: the browser would print the whole file smaller"
    assert len({round(width) for _, _, width in boxes}) == 1 and len(boxes) == 4
    assert [a[1] <= b[0] for a, b in pairwise(boxes)] == [True, False, True]
