"""Whole journeys in a real browser: a member, an officer, a maintainer; links, Back, reload, two tabs, cold visits."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Download, Page, expect
from serving import ROOT, served, settle
from windows import Windows

from lgrdata.core.cells import csv_text
from lgrdata.dataset.dataset import current
from lgrdata.reading.built import sidecar_path
from lgrdata.splits.snapshot_file import scenario_document

Visit = Callable[..., Page]
SURREY = "area=surrey&split=surrey-2ua"
PAGES = {
    "redraw": "Redraw",
    "effects": "What it does",
    "share": "Share out",
    "partnerships": "Partnerships",
    "options": "Every option",
    "compare": "Compare",
    "case_studies": "Case studies",
    "evidence": "Evidence",
    "figures": "Every figure",
}
EVIDENCE = "Evidence: whose figures price the split"
NOTE = "Ask Norwich's <director> about out-of-hours cover."


@pytest.fixture
def visit(address: str, windows: Windows) -> Visit:
    def go(path: str = "", query: str = "", at: str = "", **options: Any) -> Page:
        page = windows.lend(**options)
        page.goto(f"{at or address}/{path}{'?' if query else ''}{query}")
        ready(page)
        return page

    return go


def ready(page: Page) -> None:
    """Wait until the whole page stands."""
    page.wait_for_selector(".lgr-foot", timeout=60000)
    page.wait_for_selector("[data-testid=stMain] h1", timeout=60000)
    settle(page)


def turn_to(page: Page, name: str) -> None:
    """Follow the menu to a page."""
    page.get_by_test_id("stTopNavLink").filter(has_text=name).click()
    # A page is whole once its address holds the scenario.
    page.wait_for_function("name => document.title.startsWith(name) && location.search.includes('area=')", arg=name)
    ready(page)


def query_of(page: Page) -> dict[str, str]:
    return {k: v[0] for k, v in parse_qs(urlsplit(page.url).query).items()}


def focused(page: Page) -> str:
    """The accessible name of what has the focus, through shadow roots."""
    name: str = page.evaluate(
        "() => { let e = document.activeElement; while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;"
        " return e.getAttribute('aria-label') || '' }"
    )
    return name


def paint(page: Page, council: int, name: str) -> None:
    page.locator(".chip").nth(council - 1).click()
    box = page.locator(f'.block[aria-label^="{name},"]').bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.7)


def printed(page: Page) -> Download:
    """The page to print or send, downloaded as a person does."""
    page.get_by_text("Print or share", exact=True).click()
    with page.expect_download(timeout=120_000) as coming:
        page.get_by_role("button", name="Page to print or send (HTML)").click()
    return coming.value


def test_a_member_chooses_redraws_compares_and_sends(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    page = visit()
    page.locator('a.area[aria-label^="Surrey:"] path').click()
    expect(page.get_by_role("heading", level=1, name="Surrey")).to_be_visible()
    ready(page)
    proposals = page.locator("table", has_text="Proposals for this area")
    expect(proposals.locator("tbody tr")).to_have_count(2)

    page.get_by_role("link", name="Redraw it").click()
    page.wait_for_selector(".block", timeout=60000)
    ready(page)
    paint(page, 2, "Elmbridge")
    expect(page.get_by_text("Elmbridge to West Surrey").first).to_be_visible()
    page.wait_for_url(re.compile(r"split=s1\."))
    drawn = query_of(page)["split"]

    turn_to(page, "What it does")
    assert query_of(page)["split"] == drawn
    # Elmbridge holds 141,926 of mid-2024's residents: 685,006 and they are 826,932.
    expect(page.get_by_text("and West Surrey (827,000)").first).to_be_visible()
    page.get_by_role("button", name="Add to compare").click()
    expect(page.get_by_text("Put aside to compare").first).to_be_visible()

    turn_to(page, "Compare")
    expect(page.locator("th", has_text="Redrawn").first).to_be_visible()
    # The drawing put aside comes first, so the proposal is told against it.
    expect(page.get_by_text("Elmbridge leaves West Surrey for East Surrey").first).to_be_visible()

    file = tmp_path / "sent.html"
    sent = printed(page)
    assert sent.suggested_filename.startswith("surrey-") and sent.suggested_filename.endswith(".html")
    sent.save_as(file)
    asked: list[str] = []
    offline = browser.new_context(offline=True, java_script_enabled=False)
    reader = offline.new_page()
    reader.on("request", lambda r: asked.append(r.url))
    reader.goto(file.as_uri())
    expect(reader.locator("h1")).to_contain_text("Surrey")
    expect(reader.get_by_text("826,932").or_(reader.get_by_text("827,000")).first).to_be_visible()
    assert asked == [file.as_uri()]
    offline.close()


def test_a_member_chooses_an_area_by_keyboard_alone(visit: Visit) -> None:
    page = visit()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => !!document.activeElement.shadowRoot?.activeElement?.matches('a.area')"):
            break
    first = focused(page)
    page.keyboard.press("ArrowRight")
    second = focused(page)
    assert first and second and first != second
    page.keyboard.press("Enter")
    name = second.split(":")[0]
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    expect(page.get_by_role("link", name="Redraw it")).to_be_visible()


def test_a_member_finds_the_area_by_a_council_of_today(visit: Visit) -> None:
    page = visit()
    field = page.get_by_role("searchbox", name="Your council, ward or area")
    field.press_sequentially("Elmbr")
    page.get_by_role("button", name="Surrey").click()
    expect(page.get_by_role("heading", level=1, name="Surrey")).to_be_visible()


def test_an_officer_notes_partnerships_and_opens_the_snapshot_again(visit: Visit, tmp_path: Path) -> None:
    title = next(p.title for p in current().proposals("norfolk") if p.proposal_id == "norfolk-3ua")
    page = visit("", "area=norfolk")
    # Its small map on the area's card; no other proposal here has as many councils.
    middle = page.locator('[class*="st-key-start_proposal_"]', has_text="Three councils").locator("img").bounding_box()
    assert middle is not None
    page.mouse.click(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)
    page.wait_for_function("() => document.title.startsWith('What it does')", timeout=60000)
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Norfolk: {title}")
    assert query_of(page)["split"] == "norfolk-3ua"

    turn_to(page, "Partnerships")
    page.get_by_label("How Leadership is run").click()
    page.get_by_role("option", name="Hosted service").click()
    expect(page.locator(".lgr-result")).to_contain_text("1 of 19")
    page.wait_for_url(re.compile(r"with=leadership"))
    page.get_by_role("radio", name="Considerations").click()
    field = page.get_by_label("Your note")
    field.fill(NOTE)
    field.press("Tab")
    settle(page)
    file = tmp_path / "norfolk.html"
    printed(page).save_as(file)
    held = scenario_document(file.read_bytes())
    assert [(p["service"], p["model"]) for p in held["partnerships"]] == [("leadership", "hosted_service")]
    assert NOTE in str(held)
    reader = page.context.new_page()
    reader.goto(file.as_uri())
    expect(reader.get_by_text(NOTE).first).to_be_attached()
    expect(reader.get_by_text("Hosted service").first).to_be_attached()

    other = visit("redraw", SURREY)
    other.get_by_role("button", name=re.compile("^Save")).click()
    other.locator("input[type=file]").set_input_files(file)
    other.get_by_role("button", name="Use this split").click()
    other.wait_for_url(re.compile("area=norfolk"))
    ready(other)
    assert query_of(other)["area"] == "norfolk"
    assert query_of(other)["with"] == query_of(page)["with"]
    other.keyboard.press("Escape")
    turn_to(other, "Partnerships")
    expect(other.locator(".lgr-result")).to_contain_text("1 of 19")
    other.get_by_role("radio", name="Considerations").click()
    expect(other.get_by_label("Your note")).to_have_value(NOTE)


def test_a_maintainer_edits_a_figure_and_the_open_page_has_it(visit: Visit, real_db: Path, tmp_path: Path) -> None:
    mine = tmp_path / "lgr.db"
    mine.write_bytes(real_db.read_bytes())
    sidecar_path(mine).write_bytes(sidecar_path(real_db).read_bytes())
    with served(env={"LGR_DB": str(mine)}) as where:
        page = visit("redraw", SURREY, at=where)
        page.wait_for_selector(".block")
        assert adults(page) == {"1 East Surrey": "5,340", "2 West Surrey": "6,540"}
        foot = page.locator(".lgr-foot").inner_text()
        assert "with edits" not in foot
        edit = (
            "UPDATE figure SET value = 2 * value WHERE place_code = 'E10000030'"
            " AND measure_code = 'adults_long_term_support'"
        )
        done = subprocess.run([sys.executable, "-m", "sqlite_utils", str(mine), edit], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        page.get_by_label(EVIDENCE).click()
        page.get_by_role("option", name="Evidence: counties’").click()
        expect(page.locator(".lgr-foot")).to_contain_text("with edits")
        settle(page)
        assert adults(page) == {"1 East Surrey": "10,700", "2 West Surrey": "13,080"} or adults(page) == {
            "1 East Surrey": "10,700",
            "2 West Surrey": "13,100",
        }


def adults(page: Page) -> dict[str, str]:
    """Adults in long-term support by council, without the range, as the table of councils says."""
    table = page.locator("table", has_text="Councils as drawn")
    at = table.locator("thead th").all_inner_texts().index("Adults in long-term support (4 in 5 range)")
    rows = table.locator("tbody tr").all()
    return {r.locator("th").inner_text(): r.locator("td").nth(at - 1).inner_text().split(" ")[0] for r in rows}


def on_effects(page: Page) -> None:
    """Wait as a reader does, until the page of effects is there to read."""
    page.wait_for_function("() => document.title.startsWith('What it does')")
    expect(page.get_by_role("heading", level=2, name="What this does not tell you")).to_be_visible()
    ready(page)


def test_back_and_forward_walk_through_pages_and_acts(visit: Visit) -> None:
    page = visit("redraw", SURREY)
    page.wait_for_selector(".block")
    paint(page, 2, "Elmbridge")
    page.wait_for_url(re.compile(r"split=s1\."))
    drawn = query_of(page)["split"]
    turn_to(page, "What it does")
    turn_to(page, "Evidence")
    page.go_back()
    on_effects(page)
    assert query_of(page)["split"] == drawn
    page.go_back()
    page.wait_for_selector(".block")
    ready(page)
    expect(page.get_by_text("Elmbridge to West Surrey").first).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Elmbridge to West Surrey")).to_have_count(0)
    assert query_of(page)["split"] == "surrey-2ua"
    page.go_forward()
    expect(page.get_by_text("Elmbridge to West Surrey").first).to_be_visible()
    ready(page)
    page.go_forward()
    on_effects(page)
    assert query_of(page)["split"] == drawn


@pytest.mark.parametrize(
    "path", [pytest.param(p, marks=() if p in ("redraw", "evidence") else pytest.mark.slow) for p in PAGES]
)
def test_a_cold_visit_and_a_reload_keep_the_scenario(visit: Visit, path: str) -> None:
    page = visit(path, "area=norfolk&split=norfolk-3ua&lens=county&name=Ours&set=exit_hazard:0.1")
    for _ in range(2):
        expect(page).to_have_title(f"{PAGES[path]} – Norfolk – LGR scenario explorer")
        held = query_of(page)
        assert {k: held.get(k) for k in ("area", "split", "lens", "name", "set")} == {
            "area": "norfolk",
            "split": "norfolk-3ua",
            "lens": "county",
            "name": "Ours",
            "set": "exit_hazard:0.1",
        }
        expect(page.get_by_label(EVIDENCE)).to_have_value(re.compile("^Evidence: counties’"))
        page.reload()
        ready(page)


def test_two_tabs_hold_two_areas(visit: Visit) -> None:
    first = visit("effects", SURREY)
    second = first.context.new_page()
    second.goto(first.url.replace(SURREY, "area=norfolk&split=norfolk-3ua"))
    ready(second)
    turn_to(second, "Redraw")
    turn_to(first, "Redraw")
    assert query_of(first)["area"] == "surrey" and query_of(second)["area"] == "norfolk"
    assert first.locator('.block[aria-label^="Woking,"]').count() == 1
    assert second.locator('.block[aria-label^="Woking,"]').count() == 0


def test_the_menu_of_a_phone_leads_to_every_page(visit: Visit) -> None:
    page = visit("", SURREY, viewport=(360, 800), has_touch=True)
    page.get_by_test_id("stExpandSidebarButton").tap()
    links = page.get_by_test_id("stSidebarNavLink")
    # Every figure is no page of the menu: the last of these leads on to it.
    assert [t.strip() for t in links.all_inner_texts()] == ["Start", *PAGES.values()][:-1]
    links.filter(has_text="Evidence").tap()
    # The menu is out of the way of the page chosen.
    page.get_by_role("link", name="Next: every figure").tap()
    page.wait_for_url(re.compile("/figures.*area=surrey"))
    ready(page)
    page.get_by_test_id("stExpandSidebarButton").tap()
    links.filter(has_text="Redraw").tap()
    page.wait_for_selector(".block")
    assert query_of(page)["area"] == "surrey"


def test_the_snapshot_command_and_the_button_make_pages_of_the_same_scenario(visit: Visit, tmp_path: Path) -> None:
    page = visit("effects", SURREY)
    ours, theirs = tmp_path / "ours.html", tmp_path / "theirs.html"
    printed(page).save_as(ours)
    done = subprocess.run(
        [sys.executable, "-m", "export", "snapshot", "surrey", "surrey-2ua", "-o", str(theirs)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, second = (scenario_document(f.read_bytes()) for f in (ours, theirs))
    assert {k: first[k] for k in ("area", "blocks", "lens")} == {k: second[k] for k in ("area", "blocks", "lens")}


def test_a_table_is_taken_as_it_stands_with_its_place_and_a_line_to_cite_it(visit: Visit) -> None:
    """Every table has the fold and a place of its own, which the address opens; the file says what the cells say."""
    page = visit("effects", f"{SURREY}#table-three-lenses")  # in a fold of a tab that is not open
    frame = page.locator("#table-three-lenses.lgr-here")
    expect(frame).to_be_in_viewport()
    assert page.locator(".lgr-scroll").count() == page.locator(".lgr-scroll ~ .lgr-take").count() > 20
    ids = page.locator(".lgr-scroll").evaluate_all("(found) => found.map((n) => n.id)")
    assert len(set(ids)) == len(ids) and all(i.startswith("table-") for i in ids)
    fold = page.locator("#table-three-lenses ~ .lgr-take").first
    fold.locator("summary").press("Enter")
    rows = frame.evaluate("(n) => [...n.querySelectorAll('tr')].map((r) => [...r.cells].map((c) => c.innerText))")
    with page.expect_download() as begun:
        fold.get_by_role("button", name="CSV of this table").click()
    assert begun.value.suggested_filename == "three-lenses.csv"
    cells, _, about = begun.value.path().read_bytes().decode("utf-8-sig").partition("\r\n\r\n")
    assert f"{cells}\r\n" == csv_text(rows[0], rows[1:], "\r\n") and "'+£" in cells, "safe as cells of other files are"
    caption, version = frame.locator("caption").inner_text(), current().version
    said = f"LGR scenario explorer, Surrey, What it does: “{caption}”. Data version {version}. {page.url.split('#')[0]}"
    expect(fold.locator("span")).to_have_text(f"{said}#table-three-lenses")
    assert f"Cite,{said}#table-three-lenses" in about.replace('"', "")
    expect(fold.get_by_role("link")).to_have_attribute("href", "#table-three-lenses")
