"""What stands in the first screenful of the start, an area's card and What it does: little, whole, and one way on."""

from __future__ import annotations

from playwright.sync_api import Browser, Page
from serving import settle

AREAS = ("kent-medway", "hampshire-solent", "gloucestershire", "devon-plymouth-torbay", "lancashire")
NUMBERS, SENTENCES, SCREENS, CHOOSERS = 14, 3, 5, 124

SEEN = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, home = node.parentElement;
    if (!node.textContent.trim() || home.closest('svg, style, script, .st-key-frame_bar, .vega-embed')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width && box.top < innerHeight && box.bottom > 0) words.push(node.textContent);
  }
  const lead = [...document.querySelectorAll('.lgr-lead p')].map((p) => p.textContent).join(' ');
  const bottom = (node) => node.getBoundingClientRect().bottom;
  const foot = (name) => Math.max(0, ...[...document.querySelectorAll(name)].map(bottom));
  const next = document.querySelector('.st-key-frame_next a').getBoundingClientRect();
  return {
    words: words.join(' | '), lead, next: next.top < innerHeight, bar: foot('.st-key-frame_bar'),
    tall: main.scrollHeight / innerHeight, sideways: document.documentElement.scrollWidth > innerWidth,
    maps: foot('.st-key-start_card [data-testid=stImage] img, .st-key-effects_first [data-testid=stImage] img'),
    tools: foot('.st-key-effects_tools button'),
  };
}"""


def go(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".lgr-foot", timeout=90000)
    settle(page)


def over(page: Page, where: str, height: int) -> list[str]:
    """What goes over a budget on the page shown."""
    seen = page.evaluate(SEEN)
    numbers = page.evaluate("(t) => t.match(/\\d[\\d,.]*/g) ?? []", seen["words"])
    sentences = page.evaluate("(t) => t.match(/[.?!](?=\\s|$)/g)?.length ?? 0", seen["lead"])
    told = {
        f"{len(numbers)} numbers: {numbers}": len(numbers) > NUMBERS,
        f"{sentences} sentences": sentences > SENTENCES,
        f"the choosers end at {seen['bar']}": seen["bar"] > CHOOSERS,
        f"{seen['tall']:.1f} screens": seen["tall"] > SCREENS,
        "it scrolls sideways": seen["sideways"],
        "no way on in sight": not seen["next"] and height == 768,
        f"maps end at {seen['maps']}": height == 768 and seen["maps"] > height,
        f"tools end at {seen['tools']}": height == 768 and seen["tools"] > height,
    }
    return [f"{where}: {said}" for said, wrong in told.items() if wrong]


def test_first_screenfuls_keep_their_budgets(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page, faults = context.new_page(), list[str]()
    go(page, address)
    faults += over(page, "start", 768)
    england = page.locator(".england .frame")
    england.wait_for()
    box, key = england.bounding_box(), page.locator(".england .key").bounding_box()
    assert box and key
    if box["y"] + box["height"] > 768 or key["y"] + key["height"] > 768:
        faults.append(f"start: England ends at {box['y'] + box['height']}, its key at {key['y'] + key['height']}")
    for area in AREAS:
        for path in ("", "effects"):
            go(page, f"{address}/{path}?area={area}")
            faults += over(page, f"{path or 'card'} of {area}", 768)
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("", "effects"):
        go(page, f"{address}/{path}?area=lancashire")
        faults += [f for f in over(page, f"{path or 'card'} on a phone", 844) if "screens" not in f]
    context.close()
    assert not faults, "\n".join(faults)
