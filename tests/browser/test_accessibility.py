"""Every page for everyone: axe in both themes and at both widths, reflow, zoom, names, targets and visible focus."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page
from serving import axe, settle
from sets import CHOOSING
from windows import Windows

from lgrdata.views.case_studies import PARTS as CASE_PARTS
from lgrdata.views.evidence.page import PARTS as EVIDENCE_PARTS
from lgrdata.views.partnerships.page import PARTS as PARTNERSHIP_PARTS
from lgrdata.views.share.page import PARTS as SHARE_PARTS

SURREY = "area=surrey&split=surrey-2ua"
NORFOLK = "area=norfolk&split=norfolk-3ua"
NAME = "LGR scenario explorer"


@dataclass(frozen=True)
class Visit:
    """A page's address, a text that it shows once it stands, and its title in the browser."""

    path: str
    query: str
    shows: str
    title: str

    def __str__(self) -> str:
        return f"{self.path or 'start'}?{self.query}"


VISITS = (
    Visit("", "", "h1", f"Start – {NAME}"),
    Visit("", SURREY, "h1", f"Start – Surrey – {NAME}"),
    Visit("redraw", "", "h1", f"Redraw – {NAME}"),
    Visit("redraw", SURREY, ".block", f"Redraw – Surrey – {NAME}"),
    Visit("effects", "", "h1", f"What it does – {NAME}"),
    Visit("effects", SURREY, "#not-told", f"What it does – Surrey – {NAME}"),
    Visit("partnerships", "", "h1", f"Partnerships – {NAME}"),
    *(
        Visit("partnerships", f"{NORFOLK}&part={p}", "h1", f"Partnerships – Norfolk – {NAME}")
        for p in PARTNERSHIP_PARTS
    ),
    Visit("share", "", "h1", f"Share out – {NAME}"),
    *(Visit("share", f"{SURREY}&part={p}", "h1", f"Share out – Surrey – {NAME}") for p in SHARE_PARTS),
    Visit("options", "", "h1", f"Every option – {NAME}"),
    Visit("options", SURREY, "h1", f"Every option – Surrey – {NAME}"),
    Visit("compare", "", "h1", f"Compare – {NAME}"),
    Visit("compare", f"{SURREY}&compare=surrey-2ua~surrey-3ua", "h1", f"Compare – Surrey – {NAME}"),
    *(Visit("case_studies", f"part={p}", "h1", f"Case studies – {NAME}") for p in CASE_PARTS),
    Visit("case_studies", "case=tri-borough", "h1", f"Case studies – {NAME}"),
    *(Visit("evidence", f"part={p}", "h1", f"Evidence – {NAME}") for p in EVIDENCE_PARTS),
    Visit("figures", f"{SURREY}&measure=residents", "h1", f"Every figure – Surrey – {NAME}"),
    Visit("accessibility", "", "h1", f"Accessibility – {NAME}"),
    Visit("privacy", "", "h1", f"Privacy – {NAME}"),
)


THEMES = ("light", "dark")


def in_both_themes(things: Iterable[object], left_out: Collection[object] = ()) -> list[Any]:
    """Each in both themes: by turns in the one and the other every day, in the second one too in the whole set."""
    return [
        pytest.param(
            theme, thing, id=f"{theme}-{thing}", marks=() if n % 2 == i and thing not in left_out else pytest.mark.slow
        )
        for n, thing in enumerate(things)
        for i, theme in enumerate(THEMES)
    ]


ASKING = [v for v in VISITS if not v.query and v.path not in ("", "redraw", "accessibility", "privacy")]
"""Pages that only ask for an area: every day Redraw's stands for them."""
EVIDENCE = [v for v in VISITS if v.path == "evidence"]
RARE = [*ASKING, *EVIDENCE[1::2]]
"""What the whole set alone visits: pages and parts whose shapes others have too."""


def opened(windows: Windows, theme: str, address: str, visit: Visit) -> Page:
    page = windows.lend(viewport=(1280, 900), color_scheme=theme, reduced_motion="reduce")
    page.goto(f"{address}/{visit.path}?{visit.query}")
    page.wait_for_selector(f"[data-testid=stMain] {visit.shows}", timeout=60000, state="attached")
    settle(page)
    page.wait_for_selector(".lgr-foot", timeout=60000)
    settle(page)
    return page


def wide(page: Page, width: int) -> None:
    """Make the window `width` CSS pixels wide, and wait until the page has taken it up."""
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(300)


UNFOLD = """() => {
  const folds = "[data-testid=stMain] [data-testid=stExpander] details:not([open]) > summary";
  const shown = [...document.querySelectorAll(folds)].filter((n) => n.checkVisibility());
  for (const n of shown) n.click();
  return shown.length;
}"""
"""Opens all that is folded away in sight; how many there were."""


def in_each_tab(page: Page) -> Iterator[str]:
    """Open one of the page's tabs after the other, with all that is folded away in it; its name, or an empty one."""
    tabs = page.locator("[data-testid=stMain] [role=tab]")
    for n in range(max(1, tabs.count())):
        name = ""
        if tabs.count():
            tabs.nth(n).click()
            name = f"tab {tabs.nth(n).inner_text()!r}, "
        if page.evaluate(UNFOLD):
            page.wait_for_timeout(150)
        yield name


def still(page: Page, script: str) -> list[str]:
    """What the script says once the page has laid itself out anew: charts do so late on a busy machine."""
    said: list[str] = []
    for _ in range(60):
        said = page.evaluate(script)
        if not said:
            break
        page.wait_for_timeout(250)
    return said


OVERFLOW = """() => {
  const said = [];
  for (const n of document.querySelectorAll('html, [data-testid=stMain], [data-testid=stApp]'))
    if (n.scrollWidth > n.clientWidth + 1) said.push(`${n.tagName} is ${n.scrollWidth} wide in ${n.clientWidth}`);
  const out = [...document.querySelectorAll('[data-testid=stMain] *')].filter((n) => {
    const box = n.getBoundingClientRect(), style = getComputedStyle(n);
    // Tables and the line of choosers scroll inside a frame of their own.
    if (n.closest('.lgr-scroll, .st-key-frame_bar, [data-testid=stDataFrame]')) return false;
    return box.width && box.right > innerWidth + 1 && style.position !== 'fixed' && style.visibility !== 'hidden';
  });
  for (const n of out.filter((n) => !out.some((m) => m !== n && m.contains(n))).slice(0, 4))
    said.push(`${n.tagName} “${n.textContent.slice(0, 60)}” reaches ${Math.round(n.getBoundingClientRect().right)}`);
  return said;
}"""
"""Texts on what runs off the side of the window."""

DRAWINGS = """() => {
  const said = [];
  for (const chart of document.querySelectorAll('[data-testid=stVegaLiteChart]')) {
    const words = (chart.matches('[aria-label]') ? chart : chart.querySelector('[aria-label]'))
      ?.getAttribute('aria-label') ?? '';
    if (words.length < 20) said.push('a chart has no words: ' + chart.outerHTML.slice(0, 200));
    const next = chart.closest('.stElementContainer')?.nextElementSibling;
    if (!next?.querySelector('details table')) said.push('a chart has no table: ' + words.slice(0, 80));
  }
  for (const img of document.querySelectorAll('[data-testid=stMain] img'))
    if ((img.getAttribute('alt') || '').length < 10 && img.getAttribute('aria-hidden') !== 'true')
      said.push('a picture has no words: ' + img.outerHTML.slice(0, 120));
  return said;
}"""
"""Texts on charts and pictures that say nothing to people who do not see them."""


@pytest.mark.parametrize(("theme", "visit"), in_both_themes(VISITS, RARE))
def test_a_page_is_for_everyone(
    windows: Windows, address: str, theme: str, visit: Visit, request: pytest.FixtureRequest
) -> None:
    # Every day a window half as wide (a zoom of 200%) is passed over; a narrow one has the colours of a wide one, and
    # the parts of a page have those of its first.
    whole = request.config.option.markexpr != CHOOSING["daily"][1]
    page = opened(windows, theme, address, visit)
    coloured = not visit.query or visit == next(v for v in VISITS if v.path == visit.path and v.query)
    faults = []
    if page.title() != visit.title:
        faults.append(f"title {page.title()!r}")
    if not (page.get_attribute("html", "lang") or "").startswith("en"):
        faults.append("no language")
    heads = page.locator("[data-testid=stMain] h1").count()
    if heads != 1:
        faults.append(f"{heads} main headings")
    for width in (1280, 640, 320) if whole else (1280, 320):
        wide(page, width)
        for n, tab in enumerate(in_each_tab(page)):
            faults += [f"{tab}{width} px: {f}" for f in still(page, OVERFLOW)]
            if width != 640:
                part = "[role=tabpanel]" if n else None
                contrast = whole or (coloured and width == 1280)
                faults += [f"{tab}{width} px: {f}" for f in axe(page, part, contrast=contrast)]
    # Every tab has been opened by now, and a chart is drawn when its tab is.
    faults += still(page, DRAWINGS)
    assert not faults, "\n".join(faults)


LOOKED = """
  const look = (n) => {
    const s = getComputedStyle(n), after = getComputedStyle(n, '::after');
    // On a map the ring is a line of its own over the place.
    const ring = n.namespaceURI.endsWith('svg') && n.getRootNode().querySelector('.focus-front')?.getAttribute('d');
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor, s.stroke,
      s.strokeWidth, s.textDecorationThickness, after.boxShadow, after.borderColor, after.outlineStyle, ring].join('|');
  };
"""
FOCUSED = f"""() => {{ {LOOKED}
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  if (!node || node === document.body) return null;
  // The ring may be drawn round the control's frame, or on what stands beside an unseen input.
  const near = [node, ...[...node.children].slice(0, 4)];
  for (let n = node, i = 0; i < 5; i++) {{
    n = n.parentElement || n.getRootNode().host;
    if (!n) break;
    near.push(n, ...(i < 2 ? [...n.children].slice(0, 4) : []));
  }}
  window.lgrNear = near;
  window.lgrNode = node;
  const name = node.getAttribute('aria-label') || node.textContent || node.type || '';
  const seen = node.getBoundingClientRect().width > 0;
  return {{ name: `${{node.tagName}} ${{name.trim().slice(0, 60)}}`, look: near.map(look), seen }};
}}"""
"""What has the focus, and how it and what is near look."""

BLURRED = f"""async () => {{ {LOOKED}
  window.lgrNode.blur();
  await new Promise((done) => setTimeout(done, 60));
  return window.lgrNear.map(look);
}}"""
"""How the same look without the focus; the next Tab goes on from there."""

STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"
WALKED = ("", "redraw", "effects", "share", "partnerships", "options", "compare", "case_studies", "evidence")


@pytest.mark.parametrize(("theme", "path"), in_both_themes(WALKED, ("share", "compare", "case_studies", "evidence")))
def test_whoever_tabs_through_a_page_sees_where_they_are(windows: Windows, address: str, theme: str, path: str) -> None:
    shows = ".block" if path == "redraw" else "h1"
    page = opened(windows, theme, address, Visit(path, SURREY, shows, ""))
    wide(page, 1280)
    page.add_style_tag(content=STILL)
    names: list[str] = []
    unseen: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None:
            break
        names.append(at["name"])
        if at["seen"] and at["look"] == page.evaluate(BLURRED):
            unseen.append(at["name"])
    assert not unseen, "\n".join(unseen)
    assert len(set(names)) >= 12, names
