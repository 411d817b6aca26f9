"""The painted map in a real browser, used as people use it: mouse, keys, touch, two tabs, both themes, a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from paint_browser import Painted, harness
from paint_maps import NAMES
from playwright.sync_api import expect
from windows import Windows

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
Visit = Callable[..., Painted]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with harness() as where:
        yield where


@pytest.fixture
def visit(address: str, windows: Windows) -> Visit:
    def go(query: str = "map=grid", viewport: tuple[int, int] = (1000, 900), **options: object) -> Painted:
        return Painted(windows.lend(viewport=viewport, **options), address, query)

    return go


def test_a_click_paints_at_once_and_the_server_agrees(visit: Visit) -> None:
    p = visit()
    p.choose(2)
    assert p.shown()["Ashby"] == 0
    p.click("Ashby")
    assert p.shown()["Ashby"] == 1
    assert p.until(steps=1, G00=1)["log"] == [["paint", ["G00"], 1]]


@pytest.mark.parametrize("kind", [pytest.param("slow=0.4", marks=pytest.mark.slow), "busy=0.04"])
def test_sixty_quick_clicks_lose_none(visit: Visit, kind: str) -> None:
    p = visit(f"map=grid&{kind}")
    wanted = []
    spots = {name: p.spot(name) for name in NAMES}
    shown = {n: c for n, c in p.shown().items() if n in NAMES}
    painting = 0
    for i in range(60):
        name = NAMES[(i * 5) % 12]
        target = 1 - shown[name]
        if target != painting:
            p.choose(target + 1)
            painting = target
        p.page.mouse.click(*spots[name])
        shown[name] = target
        wanted.append(["paint", [f"G{NAMES.index(name):02d}"], target])
    assert p.until(steps=60)["log"] == wanted
    assert {n: c for n, c in p.shown().items() if n in NAMES} == shown


def test_a_drag_is_one_action_and_skips_nothing(visit: Visit) -> None:
    p = visit()
    p.choose(2)
    p.page.mouse.move(*p.spot("Ashby"))
    p.page.mouse.down()
    # One jump of the hand from the top row to the bottom: the blocks between are painted too.
    p.page.mouse.move(*p.spot("Ilkeston"))
    p.page.mouse.move(*p.spot("Jarrow"))
    p.page.mouse.up()
    log = p.until(steps=1)["log"]
    assert log == [["paint", ["G00", "G04", "G08", "G09"], 1]]


def test_escape_takes_back_a_drag_under_way(visit: Visit) -> None:
    p = visit()
    p.choose(2)
    before = p.shown()
    p.page.mouse.move(*p.spot("Ashby"))
    p.page.mouse.down()
    assert p.shown()["Ashby"] == 1
    p.page.keyboard.press("Escape")
    p.page.mouse.up()
    assert p.shown() == before
    assert p.server()["log"] == []


def test_by_keyboard_alone(visit: Visit) -> None:
    p = visit()
    keys = p.page.keyboard
    p.page.locator(".chip input").first.focus()
    keys.press("Tab")  # add a council
    keys.press("Tab")
    assert _focused(p) == "Ashby"
    keys.press("ArrowRight")
    assert _focused(p) == "Barrow"
    keys.press("ArrowDown")
    assert _focused(p) == "Fareham"
    keys.press("2")
    keys.press("Enter")
    p.until(steps=1, G05=1)
    assert _focused(p) == "Fareham"
    assert "Fareham to 2 West Drawn" in p.page.locator("[aria-live]").inner_text()
    keys.press("ArrowLeft")
    keys.press("Space")
    p.until(steps=2, G04=1)
    keys.press("Control+z")
    p.until(steps=1, G04=0, last="undo")
    keys.press("Control+Shift+z")
    p.until(steps=2, G04=1, last="redo")
    assert _focused(p) == "Elmbridge"
    keys.press("Delete")
    p.until(steps=3, G04=-1)
    keys.press("l")
    p.until(last="lock")
    keys.press("Enter")
    assert "Elmbridge is locked" in p.page.locator("[aria-live]").inner_text()
    assert p.server()["steps"] == 3
    keys.press("Escape")
    assert _focused(p) is None


def test_arrows_stay_and_zoom_keys_move_the_map(visit: Visit) -> None:
    p = visit()
    p.block("Ashby").focus()
    where = p.page.locator(".world").get_attribute("transform")
    for key in ("+", "Shift+ArrowRight"):
        p.page.keyboard.press(key)
        now = p.page.locator(".world").get_attribute("transform")
        assert now != where
        where = now
    p.page.keyboard.press("0")
    assert _focused(p) == "Ashby"
    p.page.keyboard.press("ArrowUp")
    assert _focused(p) == "Ashby"


def _focused(p: Painted) -> str | None:
    label = p.page.evaluate(
        """() => { let n = document.activeElement;
                   while (n && n.shadowRoot && n.shadowRoot.activeElement) n = n.shadowRoot.activeElement;
                   return n && n.classList.contains('block') ? n.getAttribute('aria-label') : null; }"""
    )
    return label.split(",")[0] if label else None


def test_locks_hold_blocks_and_councils(visit: Visit) -> None:
    p = visit()
    p.choose(2)
    p.click("Barrow")
    p.until(steps=1)
    p.page.get_by_role("button", name="Lock", exact=True).click()
    p.until(last="lock")
    p.choose(1)
    p.click("Barrow")
    assert p.shown()["Barrow"] == 1
    p.block("Barrow").focus()
    p.page.keyboard.press("Shift+L")
    p.until(last="lock_council")
    p.choose(2)
    p.click("Ashby")
    assert p.shown()["Ashby"] == 0
    assert "East Drawn is locked" in p.page.locator("[aria-live]").inner_text()
    assert p.server()["steps"] == 1


def test_an_authority_opens_into_wards_and_is_made_whole(visit: Visit) -> None:
    p = visit()
    p.block("Fareham").focus()
    p.page.keyboard.press("w")
    p.until(last="open")
    p.page.wait_for_selector('.block[aria-label^="Fareham North,"]')
    assert _focused(p) == "Fareham North"
    p.page.keyboard.press("2")
    p.page.keyboard.press("Enter")
    p.until(steps=1, G050=1)
    p.page.get_by_role("button", name="Make Fareham whole").click()
    p.until(last="close")
    p.page.wait_for_selector('.block[aria-label^="Fareham,"]')


def test_a_council_can_be_added_and_its_name_is_text(visit: Visit) -> None:
    p = visit()
    p.page.get_by_role("button", name="Add a council").click()
    p.page.wait_for_selector(".chip:nth-child(3)")
    assert p.page.locator(".chip .name").nth(2).inner_text() == '<b>Mid</b> & "North"'
    p.choose(3)
    p.click("Luton")
    p.until(steps=1, G11=2)


def test_a_preview_is_asked_for_and_shown(visit: Visit) -> None:
    p = visit("map=grid&ask=1")
    p.choose(2)
    p.page.mouse.move(*p.spot("Ashby"))
    p.page.wait_for_selector(".tip .preview")
    told = p.page.locator(".tip .preview").inner_text()
    assert told == (
        "If given to 2 West Drawn: 2 2k / 1 1k residents · +£2m a year in the end, halfway · commuters who cross"
        " 10% → 13%, worse"
    )
    assert "1,000 residents" in p.page.locator(".tip").inner_text()
    line = p.page.locator(".bar .line")
    assert line.inner_text().startswith("Ashby · in 1 East Drawn · if given to 2 West Drawn: ")
    # Once taken back, a move that could be made again is not told as one that stands.
    p.page.mouse.down()
    p.page.mouse.up()
    p.until(steps=1)
    p.page.keyboard.press("Control+z")
    p.until(steps=0)
    p.page.mouse.move(5, 5)
    expect(line).to_have_text("Ashby · 1,000 residents · 1 East Drawn")


def test_a_tap_paints_and_a_finger_still_scrolls(visit: Visit) -> None:
    p = visit("map=grid", has_touch=True, viewport=(390, 600))
    p.page.locator(".chip").nth(1).tap()
    p.page.touchscreen.tap(*p.spot("Ashby"))
    p.until(steps=1, G00=1)
    assert "pan-y" in p.page.locator(".map").evaluate("n => getComputedStyle(n).touchAction")


def test_on_a_phone_a_move_is_taken_back_on_the_map(visit: Visit) -> None:
    for width in (320, 390):
        p = visit("map=grid", has_touch=True, viewport=(width, 600))
        undo, frame = p.page.get_by_role("button", name="Undo the last move"), p.page.locator(".frame").bounding_box()
        expect(undo).to_be_disabled()
        for name in ("Zoom in", "Undo the last move", "Tap to paint"):
            box = p.page.get_by_role("button", name=name).bounding_box()
            assert box and frame and box["width"] >= 24, (width, name)
            assert box["x"] >= frame["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"], (width, name)
        p.choose(2)
        p.page.touchscreen.tap(*p.spot("Ashby"))
        p.until(steps=1)
        undo.tap()
        p.until(steps=0)
        expect(undo).to_be_disabled()
    expect(visit("map=grid").page.get_by_role("button", name="Undo the last move")).to_have_count(0)


def test_two_fingers_zoom_without_painting(visit: Visit) -> None:
    p = visit("map=grid", has_touch=True)
    before, where = p.shown(), p.page.locator(".world").get_attribute("transform")
    (x, y) = p.spot("Fareham")
    cdp = p.page.context.new_cdp_session(p.page)
    for kind, gap in (("touchStart", 20), ("touchMove", 60), ("touchMove", 90), ("touchEnd", None)):
        points = [] if gap is None else [{"x": x - gap, "y": y, "id": 1}, {"x": x + gap, "y": y, "id": 2}]
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert p.page.locator(".world").get_attribute("transform") != where
    assert p.shown() == before


def test_a_finger_draws_when_asked_to(visit: Visit) -> None:
    p = visit("map=grid", has_touch=True)
    p.page.locator(".chip").nth(1).tap()
    p.page.get_by_role("button", name="Draw with a finger").tap()
    cdp = p.page.context.new_cdp_session(p.page)
    (x0, y0), (x1, y1) = p.spot("Ashby"), p.spot("Ilkeston")
    for kind, points in (("touchStart", [(x0, y0)]), ("touchMove", [(x1, y1)]), ("touchEnd", [])):
        cdp.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y, "id": 1} for x, y in points]},
        )
    assert p.until(steps=1)["log"] == [["paint", ["G00", "G04", "G08"], 1]]


def test_the_move_tool_pans_and_does_not_paint(visit: Visit) -> None:
    p = visit()
    p.choose(2)
    p.page.get_by_role("button", name="Move the map").click()
    before, where = p.shown(), p.page.locator(".world").get_attribute("transform")
    x, y = p.spot("Ashby")
    p.page.mouse.move(x, y)
    p.page.mouse.down()
    p.page.mouse.move(x + 80, y + 20)
    p.page.mouse.up()
    assert p.page.locator(".world").get_attribute("transform") != where
    assert p.shown() == before


def test_two_tabs_and_a_reload_each_have_their_map(visit: Visit) -> None:
    first, second = visit(), visit()
    for p in (first, second):
        p.choose(2)
    first.click("Ashby")
    second.click("Elmbridge")
    first.until(steps=1, G00=1, G04=0)
    second.until(steps=1, G00=0, G04=1)
    first.page.reload()
    first.page.wait_for_selector(".block")
    first.choose(2)
    first.click("Barrow")
    first.until(steps=1, G01=1)


def test_a_run_cut_short_by_another_control_loses_nothing(visit: Visit) -> None:
    p = visit("map=grid&slow=0.5")
    p.choose(2)
    elsewhere = p.page.get_by_role("button", name="Elsewhere on the page")
    for n, name in enumerate(("Ashby", "Barrow", "Elmbridge"), 1):
        p.click(name)
        elsewhere.click()
        assert p.shown()[name] == 1
        if n == 2:
            p.page.wait_for_timeout(200)
    assert [codes for _, codes, _ in p.until(steps=3)["log"]] == [["G00"], ["G01"], ["G04"]]


def test_a_browser_that_lost_its_parcels_asks_for_them(visit: Visit) -> None:
    p = visit()
    p.choose(2)
    p.page.evaluate("() => globalThis.lgrPaintParcels.clear()")
    p.click("Ashby")
    p.until(steps=1, G00=1)
    p.page.wait_for_function("() => globalThis.lgrPaintParcels.size === 2")
    p.click("Barrow")
    p.until(steps=2, G01=1)


def test_an_answer_does_not_undo_a_choice_made_since(visit: Visit) -> None:
    p = visit("map=grid&councils=3&slow=0.3")
    p.choose(2)
    p.click("Ashby")
    p.choose(3)
    p.until(steps=1)
    p.page.wait_for_timeout(400)
    assert p.page.locator(".chip.chosen .name").inner_text() == '<b>Mid</b> & "North"'
    p.click("Barrow")
    p.until(steps=2, G01=2)


def test_a_map_taken_away_and_brought_back_goes_on(visit: Visit) -> None:
    p = visit()
    p.choose(2)
    p.click("Ashby")
    p.until(steps=1)
    hide = p.page.get_by_text("Hide the map")
    hide.click()
    p.page.wait_for_selector(".block", state="detached")
    hide.click()
    p.page.wait_for_selector(".block")
    assert p.shown()["Ashby"] == 1
    p.choose(2)
    p.click("Barrow")
    p.until(steps=2, G01=1)


def test_the_wheel_scrolls_the_page_and_with_ctrl_zooms(visit: Visit) -> None:
    p = visit("map=grid", viewport=(1000, 500))
    where = p.page.locator(".world").get_attribute("transform")
    p.page.mouse.move(*p.spot("Barrow"))
    p.page.mouse.wheel(0, 60)
    p.page.wait_for_timeout(200)
    assert p.page.locator(".world").get_attribute("transform") == where
    p.page.keyboard.down("Control")
    p.page.mouse.wheel(0, -100)
    p.page.keyboard.up("Control")
    p.page.wait_for_timeout(200)
    assert p.page.locator(".world").get_attribute("transform") != where


@pytest.mark.parametrize(
    ("query", "theme"),
    [
        ("map=grid&councils=8", "dark"),
        ("map=surrey&councils=3", "light"),
        pytest.param("map=grid&councils=8", "light", marks=pytest.mark.slow),
        pytest.param("map=surrey&councils=3", "dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing(visit: Visit, query: str, theme: str) -> None:
    p = visit(query, color_scheme=theme)
    p.page.locator(".block").first.focus()
    p.page.add_script_tag(path=str(AXE))
    found = p.page.evaluate("() => axe.run('.stBidiComponent')")
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []
    assert len(found["passes"]) > 5


def test_at_320_pixels_nothing_sticks_out(visit: Visit) -> None:
    p = visit("map=surrey&councils=3", viewport=(320, 640))
    assert p.page.evaluate("() => document.documentElement.scrollWidth") <= 320
    box = p.page.locator(".frame").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320
    # The chips stand on one line, which scrolls to the council in hand.
    for chip in p.page.locator(".chip").all():
        chip.click()
        inside = chip.bounding_box()
        assert inside and inside["x"] >= 0 and inside["x"] + inside["width"] <= 320
