"""Prints how fast the painted map answers: `python tests/bench/bench_paint.py [AREA …]`.

Repaint: from the pointer's event to the frame after the colour changed. Answer: from there to the server's numbers on
the page. Sent: bytes of one answer over the websocket, and of the first view. Medians and nine tenths of 24 clicks.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from paint_browser import Painted, chromium, harness  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402

CLICKS = 24
WATCH = """() => {
  window.repaints = [];
  window.addEventListener("pointerdown", (e) => {
    const begun = e.timeStamp;
    requestAnimationFrame(() => { const c = new MessageChannel();
      c.port1.onmessage = () => window.repaints.push(performance.now() - begun); c.port2.postMessage(0); });
  }, { capture: true });
}"""
MIDDLES = """all => all.map(n => n.getBoundingClientRect())
  .map(b => [b.x + b.width / 2, b.y + b.height / 2])"""
ANSWERED = """n => document.querySelector('[data-testid=stCode]').textContent.includes('"steps": ' + n + '}')"""


def measure(browser: Browser, address: str, query: str) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    sent: list[int] = []
    page.on("websocket", lambda s: s.on("framereceived", lambda f: sent.append(len(f))))
    p = Painted(page, address, query)
    page.wait_for_timeout(1500)
    first = sum(sent)
    page.evaluate(WATCH)
    spots = []
    for box in page.locator(".block").evaluate_all(MIDDLES):
        hit = page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).shadowRoot?.elementFromPoint(x, y)?.dataset?.index ?? null",
            box,
        )
        if hit is not None:
            spots.append((int(hit), box[0], box[1]))
    spots = list({i: (i, x, y) for i, x, y in spots}.values())[:: max(1, len(spots) // CLICKS)]
    answers, sizes = [], []
    for n in range(CLICKS):
        index, x, y = spots[n % len(spots)]
        now = page.locator(f'.block[data-index="{index}"]').get_attribute("fill")
        p.choose(1 if now == "url(#fill-1)" else 2)
        page.wait_for_timeout(120)
        sent.clear()
        begun = time.perf_counter()
        page.mouse.click(x, y)
        page.wait_for_function(ANSWERED, arg=n + 1, polling=5)
        answers.append((time.perf_counter() - begun) * 1000)
        page.wait_for_timeout(150)
        sizes.append(sum(sent))
    # The pointerdown of choosing a council is watched too; clicks on the map are every second one.
    repaints = page.evaluate("window.repaints")[1::2]
    blocks = page.locator(".block").count()
    print(
        f"{query:34} {blocks:4} blocks  repaint {_two(repaints)} ms  answer {_two(answers)} ms  "
        f"first view {first / 1000:.0f} kB  a click {statistics.median(sizes) / 1000:.1f} kB"
    )
    page.close()


def _two(values: list[float]) -> str:
    return f"{statistics.median(values):.0f} (9 in 10 under {statistics.quantiles(values, n=10)[-1]:.0f})"


def main(areas: list[str]) -> None:
    with harness() as address, chromium() as browser:
        for area in areas:
            for layer in ("", ":wards"):
                measure(browser, address, f"map={area}{layer}&councils=3")


if __name__ == "__main__":
    main(sys.argv[1:] or ["surrey", "lancashire", "kent-medway", "essex-southend-thurrock"])
