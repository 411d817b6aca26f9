"""Take the pictures of docs/pages.md anew, from the app as it is: `python docs/make_pictures.py [NAME ...]`.

Starts the app on the project's own dataset and visits it with the Chromium of the tests. Pictures are PNG of 128
colours, so that all of them together stay small in the repository.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from playwright.sync_api import Browser, Page  # noqa: E402  (the paths come first: this runs from a checkout)
from serving import chromium, served, settle  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
COLOURS = 128


@dataclass(frozen=True)
class Shot:
    """A page's address, and how it is looked at."""

    address: str
    width: int = 1280
    height: int = 800
    dark: bool = False
    touch: bool = False
    place: str = ""
    """What to scroll to, as a selector."""
    tab: str = ""
    """A tab to open."""


SURREY = "area=surrey&split=surrey-2ua"
SHOTS = {
    "start": Shot(""),
    "area": Shot("?area=surrey"),
    "redraw": Shot(f"redraw?{SURREY}"),
    "redraw-moved": Shot(f"redraw?{SURREY}"),
    "phone": Shot(f"redraw?{SURREY}", 390, 844, touch=True),
    "dark": Shot("redraw?area=hampshire-solent", dark=True),
    "effects": Shot(f"effects?{SURREY}"),
    "effects-cost": Shot(f"effects?{SURREY}", tab="Money", place="[role=tablist]"),
    "share-out": Shot("share?area=lancashire", 1366, 768),
    "partnerships": Shot("partnerships?area=norfolk&split=norfolk-3ua"),
    "options": Shot("options?area=lancashire"),
    "compare": Shot("compare?area=surrey"),
    "case-studies": Shot("case_studies"),
    "case-study": Shot("case_studies?case=tri-borough"),
    "evidence": Shot("evidence"),
    "methods": Shot("evidence?part=methods"),
    "figures": Shot("figures?area=lancashire"),
}


def taken(browser: Browser, server: str, name: str, shot: Shot) -> bytes:
    """The picture of a page as PNG, in few colours."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        has_touch=shot.touch,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{server}/{shot.address}")
    page.wait_for_selector(".lgr-foot", timeout=120000)
    settle(page)
    if shot.address.startswith("redraw"):
        page.wait_for_selector(".block", timeout=120000)
    if name == "redraw-moved":
        _move_elmbridge(page)
    if shot.tab:
        page.get_by_role("tab", name=shot.tab).click()
        settle(page)
    if shot.place:
        page.locator(shot.place).first.evaluate("(n) => n.scrollIntoView()")
    if name == "partnerships":
        page.get_by_role("button", name="Take the suggested arrangement for all").click()
        settle(page)
    page.wait_for_timeout(1500)  # charts are drawn after the run has ended
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    out = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _move_elmbridge(page: Page) -> None:
    page.locator(".chip").nth(1).click()
    box = page.locator('.block[aria-label^="Elmbridge,"]').bounding_box()
    assert box
    before = page.url
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(lambda url: url != before)
    settle(page)


def main(names: list[str]) -> None:
    """Write the pictures of these names, or all."""
    with served() as server, chromium() as browser:
        for name in names or SHOTS:
            made = taken(browser, server, name, SHOTS[name])
            (FOLDER / f"{name}.png").write_bytes(made)
            print(f"{name}: {len(made) // 1024} KB")
    print(f"all: {sum(p.stat().st_size for p in FOLDER.glob('*.png')) // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
