"""Times the Redraw page in Chromium, from a click to the numbers: `python tests/bench/bench_redraw.py [AREA ...]`.

Prints, by area and by its wards: repaint, the numbers' answer, server CPU an act, and what the first view sends.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from playwright.sync_api import Page  # noqa: E402  (run as a script, from anywhere)
from serving import chromium, served, settle  # noqa: E402

CLICKS = 24
REPAINT = """() => {
  const once = {once: true, capture: true};
  addEventListener('pointerdown', () => { window.__down = performance.now() }, once);
  window.__painted = new Promise(tell => addEventListener('pointerup', () =>
    requestAnimationFrame(() => setTimeout(() => tell(performance.now() - window.__down))), once));
}"""
ANSWER = "() => Promise.race([window.__painted, new Promise(r => setTimeout(() => r(-1), 300))])"


def server_cpu(port: int) -> float:
    """CPU seconds of the process that listens on the port, and its children."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode(errors="replace")
                if "streamlit" in command and f"\0{port}\0" in command:
                    fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            except OSError:
                continue
    return 0.0


def bench(page: Page, address: str, area: str, wards: bool) -> None:
    """One line of the table."""
    sent = [0]
    page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: sent.__setitem__(0, sent[0] + len(frame))))
    page.goto(f"{address}/redraw?area={area}&split=single")
    page.wait_for_selector(".block", timeout=60000)
    settle(page)
    first = sent[0]
    page.locator(".chip").last.click()
    page.get_by_role("button", name="Council", exact=False).filter(has_text="+").click()
    settle(page)
    if wards:
        page.get_by_role("button", name="Wards").click()
        page.get_by_role("button", name="All wards").click()
        page.wait_for_timeout(1500)
        settle(page)
        page.keyboard.press("Escape")
        first = sent[0]
    page.locator(".chip").nth(1).click()
    blocks = page.locator(".block")
    count = blocks.count()
    numbers, paints = [], []
    port = int(address.rsplit(":", 1)[1])
    before, acts = server_cpu(port), 0
    for n in range(CLICKS):
        page.locator(".chip").nth((n // count + 1) % 2).click() if n % count == 0 else None
        box = blocks.nth(n * max(1, count // CLICKS) % count).bounding_box()
        if box is None:
            continue
        shown = page.locator("table", has_text="Councils as drawn").inner_text()
        page.evaluate(REPAINT)
        start = time.perf_counter()
        page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.6)
        paints.append(
            page.evaluate("() => Promise.race([window.__painted, new Promise(r => setTimeout(() => r(-1), 300))])")
        )
        while time.perf_counter() - start < 2:
            if page.locator("table", has_text="Councils as drawn").inner_text() != shown:
                numbers.append((time.perf_counter() - start) * 1000)
                break
            page.wait_for_timeout(5)
        acts += 1
    settle(page)
    cpu = (server_cpu(port) - before) / max(acts, 1) * 1000
    paints = sorted(p for p in paints if p >= 0)
    numbers.sort()
    told = f"{area} by wards" if wards else area
    p90 = numbers[int(len(numbers) * 0.9) - 1]
    print(
        f"{told:<26} {count:>4} blocks  repaint {statistics.median(paints):4.0f} ms"
        f"  numbers median {statistics.median(numbers):4.0f}, p90 {p90:4.0f} ms ({len(numbers)} of {acts} acts)"
        f"  server {cpu:4.0f} CPU ms an act  first view {first / 1000:.0f} kB"
    )


def main() -> None:
    """Print a line for each area, whole and by wards."""
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    with served() as address, chromium() as browser:
        for area in sys.argv[1:] or ["surrey", "lancashire", "kent-medway"]:
            for wards in (False, True):
                context = browser.new_context(viewport={"width": 1280, "height": 1000})
                bench(context.new_page(), address, area, wards)
                context.close()


if __name__ == "__main__":
    main()
