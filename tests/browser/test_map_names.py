"""Every authority of every area has its name on the map to redraw: no two meet, and none leaves the frame."""

from __future__ import annotations

import json

import paint_maps
import pytest
from playwright.sync_api import Browser, Page

from lgrdata.dataset.dataset import Dataset
from lgrdata.pictures.maps.geometry import Geometry
from lgrdata.ui.redraw.paint import PaintCouncil, PaintState
from lgrdata.ui.redraw.paint.component import engine_source, state_for_browser

SIZES = {"desk": (800, 560), "phone": (358, 430), "narrow": (288, 400)}

MAP = """async ([source, text, state, width, height]) => {
  const { PaintedMap } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  document.body.innerHTML = `<div id="host" style="width:${width}px;color:#0b0c0c;font-family:sans-serif"></div>`;
  const host = document.getElementById("host");
  const map = new PaintedMap(host);
  map.update({ geometry: "g", state, ack: ["", 0], height, dark: false }, text, () => {});
  await new Promise((done) => setTimeout(done, 30));
  const frame = host.querySelector(".frame").getBoundingClientRect();
  const box = (n) => {
    const r = n.getBoundingClientRect();
    return [r.left - frame.left, r.top - frame.top, r.right - frame.left, r.bottom - frame.top];
  };
  return {
    frame: [frame.width, frame.height],
    labels: [...host.querySelectorAll(".label")].map((n) => ({
      text: [...n.querySelectorAll(".name")].map((t) => t.textContent).join(" "),
      outside: n.classList.contains("outside-name"),
      boxes: [...n.querySelectorAll(".name")].map(box),
    })),
  };
}"""


def faults_of(page: Page, geometry: Geometry, size: str, where: str, *, by_wards: bool = False) -> list[str]:
    """What is wrong with the names of a map at a size, a line each."""
    state = PaintState(dict.fromkeys(geometry.place, 0), (PaintCouncil("One", 0),))
    sent = json.loads(json.dumps(state_for_browser(geometry, state)))
    width, height = SIZES[size]
    drawn = page.evaluate(MAP, [engine_source(), geometry.text, sent, width, height])
    own = [x for x in drawn["labels"] if not x["outside"]]
    wanted = {b.authority_name or b.name for b in geometry.blocks}
    named = [x["text"] for x in own]
    said = [f"{where}: {n} is not named" for n in sorted(wanted - set(named))]
    if not by_wards:
        said += [f"{where}: {n} is named twice" for n in sorted(wanted) if named.count(n) > 1]
    boxes = [(x["text"], b) for x in drawn["labels"] for b in x["boxes"]]
    for i, (name, a) in enumerate(boxes):
        if a[0] < 0 or a[1] < 0 or a[2] > drawn["frame"][0] + 1 or a[3] > drawn["frame"][1] + 1:
            said.append(f"{where}: {name} leaves the frame {a}")
        # Letters of lines under one another touch by their heights alone; a pixel or two of those is no fault.
        said += [
            f"{where}: {name} lies on {other}"
            for other, b in boxes[:i]
            if other != name and min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 3
        ]
    return said


@pytest.mark.parametrize("every_size", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_every_authority_is_named_and_no_name_lies_on_another(browser: Browser, every_size: bool) -> None:
    """Every area at each size in the whole set; every day at one of them, by turns."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    areas = [a.area_id for a in Dataset().areas]
    assert len(areas) == 22 and "sussex" in areas
    faults: list[str] = []
    for n, area in enumerate(areas):
        geometry = paint_maps.real(area)
        for size in SIZES if every_size else (list(SIZES)[n % len(SIZES)],):
            faults += faults_of(page, geometry, size, f"{area}, {size}")
    for area in ("hampshire-solent", "lancashire"):
        wards = paint_maps.real(area, "wards")
        for size in ("desk", "narrow") if every_size else ("narrow",):
            faults += faults_of(page, wards, size, f"{area} by wards, {size}", by_wards=True)
    page.close()
    assert not faults, "\n".join(faults)
