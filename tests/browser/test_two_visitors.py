"""Two visitors with the same lines, whose councils are numbered otherwise: neither sees anything of the other's."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from serving import settle

from export import snapshot
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Scenario, restore
from lgrdata.splits.snapshot_file import scenario_document

FIRST = "area=surrey&split=s1.866a30.00100111011&councils=East+Surrey~West+Surrey&order=10"
SECOND = "area=surrey&split=surrey-2ua"


def _open(browser: Browser, address: str, query: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{address}/effects?{query}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settle(page)
    return page


def _mapped(alt: str) -> dict[str, str]:
    """Residents by council, as a map's words have them."""
    return dict(re.findall(r"\d, ([\w ]+), ([\d,]+) residents", alt))


def test_a_visitor_sees_and_downloads_their_own_split(
    address: str, browser: Browser, real_db: Path, tmp_path: Path
) -> None:
    first, second = _open(browser, address, FIRST), _open(browser, address, SECOND)
    for page, east in ((first, "685,000"), (second, "564,000")):
        expect(page.get_by_text(re.compile(rf"East Surrey \({east}( people)?\)")).first).to_be_visible()
        alt = page.locator('img[alt^="Map of Surrey as two councils"]').first.get_attribute("alt") or ""
        assert _mapped(alt)["East Surrey"] == east
    # The first is known for the proposal's lines, keeps its names, and is offered the proposal's.
    expect(first.get_by_text("which names its councils otherwise")).to_be_visible()
    expect(second.get_by_text("which names its councils otherwise")).to_have_count(0)

    second.get_by_text("Print or share").click()
    with second.expect_download(timeout=60_000) as coming:
        second.get_by_role("button", name="Page to print or send (HTML)").click()
    saved = tmp_path / "second.html"
    coming.value.save_as(saved)
    made = saved.read_bytes()
    cold = Dataset(real_db)
    scenario = restore(cold.conn, cold.facts("surrey"), scenario_document(made))
    assert made == snapshot.for_app(cold, scenario)
    reader = browser.new_context(offline=True).new_page()
    reader.goto(saved.as_uri())
    assert _mapped(reader.locator("figure > svg > desc").first.text_content() or "")["East Surrey"] == "564,000"
    expect(reader.get_by_text("East Surrey (564,000 people)").first).to_be_visible()

    first.get_by_role("button", name="Use the proposal’s own names").click()
    expect(first.get_by_text("East Surrey (564,000 people)").first).to_be_visible()
    expect(first.get_by_text("which names its councils otherwise")).to_have_count(0)
    expect(second.get_by_text("East Surrey (564,000 people)").first).to_be_visible()
    assert isinstance(scenario, Scenario)
