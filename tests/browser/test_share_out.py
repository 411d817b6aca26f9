"""Share out in a real browser: what a new finance officer sees first, and counts uploaded one after another."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect
from screenful import DESK, PHONE, over
from serving import settle
from windows import Windows

WINDOWS = {DESK: 3, PHONE: 1}
"""Lines with their choosers that must be in sight, by window."""
SPLITS = {
    "essex-southend-thurrock": "essex-5ua", "surrey": "surrey-2ua", "norfolk": "norfolk-3ua",
    "hampshire-solent": "hampshire-4ua",
}  # fmt: skip

IN_SIGHT = r"""() => {
  const main = document.querySelector("[data-testid=stMain]"), box = (n) => n.getBoundingClientRect();
  const whole = (n) => n && box(n).height > 0 && box(n).top >= 104 && box(n).bottom <= innerHeight;
  const rows = [...document.querySelectorAll(".st-key-share_rows_first [data-testid=stHorizontalBlock]")].filter(
    (r) => whole(r.querySelector(".lgr-row-name")) && whole(r.querySelector("[data-testid=stSelectbox]"))
  );
  return {
    said: document.querySelector(".lgr-headline").parentElement.innerText,
    rows: rows.map((r) => r.querySelector(".lgr-row-name").innerText),
    bars: whole(document.querySelector("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")),
    head: whole(main.querySelector(".lgr-headline")),
    sideways: document.documentElement.scrollWidth > innerWidth,
  };
}"""


@pytest.fixture
def page(windows: Windows) -> Page:
    return windows.lend(viewport=(1366, 768))


def go(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".lgr-foot", timeout=60000)
    settle(page)
    page.wait_for_selector(".st-key-frame_next a")
    page.wait_for_selector("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")


def faults_of(page: Page, address: str, area: str, split: str) -> list[str]:
    """What the first screenfuls of an area's share-out lack, or have too much of."""
    out = []
    for window, lines in WINDOWS.items():
        page.set_viewport_size({"width": window.width, "height": window.height})
        go(page, f"{address}/share?area={area}&split={split}")
        seen: dict[str, Any] = page.evaluate(IN_SIGHT)
        wrong = over(page, "share", window)
        if not re.search(r"How .+ £\d+m for care is divided moves .+ part by £\d+m a year: from £\d+m", seen["said"]):
            wrong.append(f"it says {seen['said']}")
        if not re.search(r"by residents alone £\d+m", seen["said"]):
            wrong.append("what residents alone give does not stand beside")
        if not (seen["bars"] and seen["head"]):
            wrong.append("the sentence or the bars are not whole in sight")
        if len(seen["rows"]) < lines:
            wrong.append(f"of the lines only {seen['rows']} are in sight")
        if seen["sideways"]:
            wrong.append("it scrolls sideways")
        out += [f"{area} at {window.width}: {w}" for w in wrong]
    return out


def test_the_first_screenful_says_how_much_is_argued_over_and_on_which_lines(page: Page, address: str) -> None:
    assert faults_of(page, address, "lancashire", "lancs-4ua") == []


@pytest.mark.slow
def test_so_it_does_for_other_areas(page: Page, address: str) -> None:
    wrong = [w for area, split in SPLITS.items() for w in faults_of(page, address, area, split)]
    assert not wrong, "\n".join(wrong)


def test_counts_are_uploaded_one_after_another_and_a_list_of_people_leaves_them_as_they_were(
    page: Page, browser: Browser, address: str
) -> None:
    codes = [f"E07000{n}" for n in range(207, 218)]  # Surrey's eleven districts
    first = "code,children_looked_after\n" + "".join(f"{c},{n}\n" for n, c in enumerate(codes, 3))
    book, second = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for row in (("code", "children_in_need"), *((c, 100) for c in codes)):
        sheet.append(row)
    book.save(second)
    where = f"{address}/share?area=surrey&split=surrey-2ua"
    page.goto(f"{where}&part=counts")
    page.wait_for_selector(".lgr-foot", timeout=60000)
    settle(page)

    def upload(name: str, kind: str, data: bytes) -> None:
        field = page.locator("input[type=file]")
        if not field.count():
            page.get_by_text("Open a file of counts").click()
        field.set_input_files({"name": name, "mimeType": kind, "buffer": data})
        settle(page)

    said = page.locator(".lgr-view p.lgr-assumption")
    upload("one.csv", "text/csv", first.encode())
    expect(said).to_contain_text("Looked-after children: these counts are your own")
    # Counts of three and four could point to a child.
    expect(page.get_by_text("under 5").first).to_be_visible()
    upload("two.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", second.getvalue())
    expect(said).to_contain_text("Children in need: these counts are your own")
    expect(said).not_to_contain_text("ooked-after")
    upload("people.csv", "text/csv", b"code,surname,count\nE07000207,Example,1\n")
    expect(page.get_by_text("Your file looks like a list of people")).to_be_visible()
    assert page.get_by_text("Example").count() == 0
    expect(said).to_contain_text("Children in need")
    # Marked where a line is divided by them, and by nothing of the file that they replaced.
    page.get_by_role("radio", name="Every line").check(force=True)
    page.get_by_text("All 39 lines", exact=True).click()
    table = page.locator("table", has_text="All 39 lines")
    expect(table).to_contain_text("children in need (your counts)")
    expect(table).not_to_contain_text("looked-after children (your counts)")
    for held in ("counts", *codes):
        assert held not in page.url, page.url
    # Another visit knows nothing of them.
    other = browser.new_context().new_page()
    go(other, where)
    assert other.get_by_text("your counts").count() == 0
    other.context.close()
