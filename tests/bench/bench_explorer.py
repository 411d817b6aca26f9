"""Prints how fast the explorer is, by authorities and with every ward shown: `bench_explorer.py [AREA …]`.

Size: of the file, and as a web host sends it (gzip). Open: from the request to the load event, from a file. Sums: what
the engine takes for one drawing. Click: from the pointer's event to the frame after map and figures are new; on a busy
machine it waits for its turn, so beside it stands the work of its frame, CPU time of the page's own thread, all of it:
script, style, layout, paint. Below: the same of what waits for the browser to be idle, the tables under the map and the
address. Medians and nine tenths of 24 clicks.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browsers import program  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from export.explorer.page import explorer  # noqa: E402
from lgrdata.dataset.dataset import current  # noqa: E402

CLICKS = 24
WATCH = """() => {
  window.clicks = [];
  window.idle = [];
  window.requestIdleCallback = (f) => window.idle.push(f);
  window.cancelIdleCallback = () => {};
  window.addEventListener("pointerdown", (e) => {
    const begun = e.timeStamp;
    requestAnimationFrame(() => { const c = new MessageChannel();
      c.port1.onmessage = () => window.clicks.push(performance.now() - begun); c.port2.postMessage(0); });
  }, { capture: true });
}"""
INSIDE = """(node) => {
  const box = node.getBoundingClientRect();
  for (let n = 1; n < 9; n++) for (let k = 1; k < 9; k++) {
    const x = box.left + (box.width * n) / 9, y = box.top + (box.height * k) / 9;
    if (node.getRootNode().elementFromPoint(x, y) === node) return [x, y];
  }
  return null;
}"""
SUMS = """() => { const all = []; for (let n = 0; n < 24; n++) { const t = performance.now(); lgr.effects();
  all.push(performance.now() - t); } return all; }"""


def two(values: list[float]) -> str:
    """Median and nine tenths."""
    return f"{statistics.median(values):.1f} / {statistics.quantiles(values, n=10)[-1]:.1f}"


def measure(browser: Browser, path: Path, area_id: str, *, wards: bool) -> None:
    """One line of figures for one page."""
    page = browser.new_context(offline=True, viewport={"width": 1366, "height": 768}).new_page()
    page.goto(path.as_uri())
    page.wait_for_selector(".block")
    opened = page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart")
    if wards:
        _show_wards(page)
    page.evaluate(WATCH)
    blocks = page.locator(".block").count()
    spots = [page.locator(".block").nth(n).evaluate(INSIDE) for n in range(0, blocks, max(1, blocks // CLICKS))]
    spots = [s for s in spots if s]
    taken: list[float] = []
    work: list[float] = []
    below: list[float] = []
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        held = {m["name"]: m["value"] for m in cdp.send("Performance.getMetrics")["metrics"]}
        return float(held["TaskDuration"]) * 1000

    for n in range(CLICKS):
        page.keyboard.press(str(1 + n % 2)) if n else page.locator(".chip").nth(0).click()
        page.evaluate("window.clicks.length = 0")
        page.mouse.move(*spots[n % len(spots)])
        page.wait_for_timeout(40)
        before = busy()
        page.mouse.click(*spots[n % len(spots)])
        page.wait_for_timeout(60)
        work.append(busy() - before)
        before = busy()
        page.evaluate("window.idle.splice(0).forEach((f) => f())")
        page.wait_for_timeout(60)
        below.append(busy() - before)
        taken += page.evaluate("window.clicks")[-1:]
    size, sent = path.stat().st_size, len(gzip.compress(path.read_bytes(), 6))
    print(
        f"{area_id:26} {blocks:4} blocks  {size / 1000:5.0f} kB, sent {sent / 1000:4.0f} kB  open {opened:4.0f} ms  "
        f"sums {two(page.evaluate(SUMS))} ms  click {two(taken)} ms  work {two(work)} ms  "
        f"below {two(below)} ms"
    )


def _show_wards(page: Page) -> None:
    """Every authority by its wards, one after another, by keyboard."""
    for name in page.locator(".block").evaluate_all(
        "all => all.map((n) => n.getAttribute('aria-label').split(', ')[0])"
    ):
        page.locator(f'.block[aria-label^="{name}, "]').first.evaluate("n => n.focus()")
        page.keyboard.press("w")


def main(areas: list[str]) -> None:
    """The whole report."""
    dataset = current()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=program(), args=["--no-sandbox", "--disable-gpu"])
        for area_id in areas:
            for wards in (False, True):
                path = Path(folder) / f"{area_id}-{wards}.html"
                path.write_bytes(explorer(dataset, area_id, made=date.today(), wards=wards))
                measure(browser, path, area_id, wards=wards)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["surrey", "kent-medway"])
