"""What stands in a page's first screenful, measured in the browser, and what of it goes over its budget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page
from serving import settle

NUMBERS, SENTENCES, PICTURES, SCREENS, CHOOSERS = 14, 3, 1, 5, 124
MORE_PICTURES = {"effects": 2, "compare": 2}
"""The evidence bar stands beside the map of what a split does; a comparison shows a small map for each split."""

SEEN = r"""() => {
  const main = document.querySelector("[data-testid=stMain]"), found = {numbers: [], sentences: []};
  const bar = document.querySelector(".st-key-frame_bar");
  const all = (name) => [...document.querySelectorAll(name)].map((node) => node.getBoundingClientRect());
  const inSight = (box) => box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 104;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement, text = walker.currentNode.textContent;
    if (!at || !text.trim() || bar.contains(at) || !at.checkVisibility({visibilityProperty: true})) continue;
    // A map, a chart and what stands under it are pictures; titles, heads of tables and names of lines are names.
    if (at.closest("svg, canvas, figure, .lgr-figure, .vega-embed, button, style, .unseen")) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    if (![...range.getClientRects()].some(inSight)) continue;
    const names =
      "h1, thead, caption, [data-tag], .lgr-row-name, [data-testid=stPageLink], .lgr-view > strong:first-child";
    if (!at.closest(names)) {
      // The "4-5-1" of a proposal's title is its name.
      found.numbers.push(...(text.replace(/\d(-\d)+/g, "").match(/\d[\d,.]*/g) || []));
    }
    if (!at.closest("table, summary, [data-testid=stCaptionContainer]")) {
      found.sentences.push(...(text.match(/[^.!?]+[.!?](?=\s|$)/g) || []));
    }
  }
  const large = [...main.querySelectorAll("svg, img, canvas")].map((node) => node.getBoundingClientRect());
  found.pictures = large.filter((b) => b.width > 200 && b.height > 150 && b.top >= 0 && b.bottom <= innerHeight).length;
  found.screens = main.scrollHeight / innerHeight;
  found.sideways = document.documentElement.scrollWidth > innerWidth || main.scrollWidth > main.clientWidth + 1;
  found.choosers = Math.max(...all(".st-key-frame_bar").map((b) => b.bottom));
  found.next = all(".st-key-frame_next a").map((b) => [b.right, b.bottom]);
  // The way on stands beside the line of choosers, however that is scrolled: never over one of them.
  const [line] = all(".st-key-frame_bar"), [onward] = all(".st-key-frame_next a");
  found.covers = innerWidth < 640 ? line.right > onward.left : false;
  const foot = (name) => Math.max(0, ...all(name).map((b) => b.bottom));
  found.whole = {
    "the map": foot(".st-key-start_card [data-testid=stImage] img, .st-key-effects_first [data-testid=stImage] img"),
    "England": foot(".england .frame"), "England's key": foot(".england .key"),
    "what to do with it": foot(".st-key-effects_tools button, .st-key-start_ways a"),
  };
  return found;
}"""


@dataclass(frozen=True)
class Window:
    """A window's size; on a desk screen the first screenful is whole, and the way on stands in it."""

    width: int
    height: int

    @property
    def desk(self) -> bool:
        return self.width >= 900


DESK, PHONE, NARROW = Window(1366, 768), Window(390, 844), Window(320, 844)


def go(page: Page, address: str) -> None:
    """Open a page and wait until it stands."""
    page.goto(address)
    page.wait_for_selector(".lgr-foot", timeout=90000)
    page.wait_for_selector(".st-key-frame_next a")
    settle(page)


def over(page: Page, path: str, window: Window) -> list[str]:
    """What the page shown has more of than its budget, in this window."""
    page.set_viewport_size({"width": window.width, "height": window.height})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 120)))")
    seen: dict[str, Any] = page.evaluate(SEEN)
    out = []
    for key, most in {"numbers": NUMBERS, "sentences": SENTENCES}.items():
        if len(seen[key]) > most:
            out.append(f"{len(seen[key])} {key}: {seen[key]}")
    most_pictures = MORE_PICTURES.get(path, PICTURES)
    # Below 390 pixels no phone stands; what is zoomed to 400% is read line by line, however long it is.
    limits = {"pictures": most_pictures, "choosers": CHOOSERS, "screens": SCREENS if window != NARROW else 99}
    out += [f"{key} {seen[key]:.2f}" for key, most in limits.items() if seen[key] > most]
    if len(seen["next"]) != 1:
        out.append(f"{len(seen['next'])} next steps")
    if seen["sideways"]:
        out.append("it scrolls sideways")
    out += [f"the way on ends at {x:.0f}" for x, _ in seen["next"] if x > window.width]
    if seen["covers"]:
        out.append("the way on covers the choosers")
    if window.desk:
        out += [f"{what} ends at {y:.0f}" for what, y in seen["whole"].items() if y > window.height]
    return [f"{path or 'start'} at {window.width}: {told}" for told in out]
