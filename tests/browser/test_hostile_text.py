"""Text made to be taken for markup, as names of councils and scenario and as a note, through every page and export:
the browser shows just the text, and makes nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page
from serving import settle

from export.compare import comparison
from export.snapshot import snapshot
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.splits import address, blockfile, scenario
from lgrdata.splits.edits import give
from lgrdata.splits.scenario import Answer, Scenario

NAMES = (
    ":blue[N] $y$ :material/home: **b** `c`",
    "<b onclick=alert(1)>x</b><img src=x onerror=alert(1)> $$\\frac12$$",
)
TITLE = ":red[T] $x_1$ <script>alert(1)</script> [l](javascript:alert(1)) :smile: A -> B # h"
NOTE = "\u202eturned ![i](https://evil.example/i.png) <iframe src=//evil.example></iframe> :blue[note]"
WITHIN = "area=surrey&split=surrey-2ua"

MADE = """() => {
  const bad = [], all = [];
  (function walk(root) {
    for (const e of root.querySelectorAll("*")) { all.push(e); if (e.shadowRoot) walk(e.shadowRoot); }
  })(document);
  for (const e of all) {
    const words = e.textContent;
    if (e.matches(".katex, .katex-display, [data-testid=stMarkdownColoredText]")) bad.push("drawn: " + words);
    if (e.matches(".stMarkdownColoredText, iframe, object, embed")) bad.push(e.outerHTML.slice(0, 120));
    if (e.matches("img") && /evil|^x$/.test(e.getAttribute("src") ?? "")) bad.push(e.outerHTML.slice(0, 120));
    if (e.matches("a") && /^(javascript|data):|evil/i.test(e.getAttribute("href") ?? "")) bad.push(e.outerHTML);
    if (e.matches("script") && words.includes("alert(1)") && !e.src) bad.push("script: " + words.slice(0, 80));
    for (const a of e.attributes) if (/^on/.test(a.name) && a.value.includes("alert")) bad.push(a.name);
    if (["B", "STRONG", "CODE", "EM"].includes(e.tagName) && /^(b|x|c|h)$/.test(words)) bad.push(e.outerHTML);
  }
  if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.textContent)) bad.push("a turn of direction");
  return bad;
}"""


@pytest.fixture(scope="module")
def where(address: str) -> str:
    return address


@pytest.fixture(scope="module")
def held(real_db: Path) -> tuple[Dataset, Scenario]:
    data = current(real_db)
    split = replace(give(data.split("surrey", "surrey-2ua"), ["E07000207"], 1), names=NAMES)
    ticks = {"2.1": Answer(True, NOTE)}
    return data, scenario.restore(
        data.conn, data.facts("surrey"), scenario.as_dict(Scenario(split, name=TITLE, note=NOTE, answers=ticks))
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    made = context.new_page()
    said: list[str] = []
    made.on("dialog", lambda d: (said.append(d.message), d.dismiss()))
    made.on("request", lambda r: said.append(r.url) if "evil" in r.url.split("?")[0] else None)
    yield made
    assert said == [], "something ran, or a host was called"
    context.close()


def _text(page: Page) -> str:
    """All words of the page, those inside shadow roots too."""
    found: str = page.evaluate(
        """() => { let out = ""; (function walk(root) { for (const n of root.childNodes) {
             if (n.nodeType === 3) out += n.data; else if (n.nodeType === 1 && !/^(STYLE|SCRIPT)$/.test(n.tagName)) {
               out += " "; if (n.shadowRoot) walk(n.shadowRoot); walk(n); } } })(document.body); return out; }"""
    )
    return " ".join(found.replace("\u2060", "").split())


@pytest.mark.parametrize(
    "paths",
    [
        ("effects", "redraw", "partnerships", "compare"),
        pytest.param(("options", "", "privacy"), marks=pytest.mark.slow),
    ],
)
def test_pages_show_names_as_they_were_typed(
    where: str, held: tuple[Dataset, Scenario], page: Page, paths: tuple[str, ...]
) -> None:
    data, drawn = held
    query = address.to_query(drawn, data.conn)
    lets_in = [*drawn.split.names, drawn.name]
    assert lets_in[0] == NAMES[0] and ":red[T] $x_1$ <script>" in drawn.name
    for path in paths:
        beside = {"compare": f"{query['split']}!{TITLE}~surrey-3ua"} if path == "compare" else {}
        page.goto(f"{where}/{path}?{urlencode(query | beside)}")
        page.wait_for_selector("footer.lgr-foot", timeout=60000)
        settle(page)
        if path == "partnerships":
            # The partners stand in a service's row, once it is opened.
            page.get_by_role("button", name="Leadership").click()
            page.get_by_text("Councils that take part").first.wait_for()
            settle(page)
        page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        assert page.evaluate(MADE) == [], path
        if path in ("effects", "redraw", "partnerships"):
            assert lets_in[0] in _text(page), path
        if path == "compare":
            assert lets_in[2] in _text(page)
        if path == "redraw":
            page.wait_for_selector(".block", timeout=60000)
            page.get_by_role("button", name="Councils", exact=True).click()
            page.get_by_label("Name of council 1", exact=True).wait_for()
            assert page.get_by_label("Name of council 1", exact=True).input_value() == lets_in[0]
            assert page.evaluate(MADE) == []
        if path == "effects":
            title = page.locator("h1").text_content() or ""
            assert drawn.name in title.replace("\u2060", "") and "→" not in title


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_messages_and_unknown_values_are_text(where: str, page: Page, every: bool) -> None:
    bad = ":blue[N] $y$ <img src=x onerror=alert(1)> [l](javascript:alert(1))"
    for path, query in (
        ("effects", {"area": "surrey", "split": bad, "lens": bad, "set": f"{bad}:x", "with": bad}),
        ("case_studies", {"case": bad}),
        ("compare", {"area": "surrey", "split": "today", "compare": f"{bad}~surrey-2ua!{bad}~s1.{bad}"}),
        ("options", {"area": "surrey", "n": bad, "x": bad, "join": bad}),
        ("evidence", {"part": bad}),
        ("", {"area": bad}),
    )[:: 1 if every else 2]:
        page.goto(f"{where}/{path}?{urlencode(query)}")
        page.wait_for_selector("footer.lgr-foot", timeout=60000)
        settle(page)
        assert page.evaluate(MADE) == [], path
        # A link is mended of blanks that mail may have put into it, before it is told.
        shown = _text(page).lower()
        assert ":blue[n] $y$" in shown or "blue[n]$y$" in shown or path in ("options", "evidence"), path


def test_exports_show_names_as_they_were_typed(held: tuple[Dataset, Scenario], page: Page, tmp_path: Path) -> None:
    data, drawn = held
    made = date(2026, 1, 1)
    files = {
        "snapshot.html": snapshot(data, drawn, made=made, base="https://lgr.example.gov.uk"),
        "comparison.html": comparison(data, (drawn, Scenario(data.split("surrey", "today"))), made=made),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        page.goto((tmp_path / name).as_uri())
        assert page.evaluate(MADE) == [], name
        for text in (*drawn.split.names, drawn.name):
            assert text in _text(page), (name, text)
    read_back = blockfile.read(data.facts("surrey"), blockfile.write(drawn.split).encode())
    assert sorted(read_back.names) == sorted(drawn.split.names)
    again = scenario.restore(data.conn, data.facts("surrey"), scenario.parse_document(scenario.write(drawn).encode()))
    assert (again.name, again.split.names) == (drawn.name, drawn.split.names)
