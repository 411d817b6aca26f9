"""Every page answers in its first screenful, within what a reader takes in at once, and ends within five screens.

Redraw's own budgets (map, chips, figures and warning in sight, names) are measured in `test_first_screenful`.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from screenful import DESK, NARROW, PHONE, go, over

AREAS = ("kent-medway", "hampshire-solent", "gloucestershire", "devon-plymouth-torbay", "lancashire")
OF_AREA = ("", "effects", "share", "partnerships", "options", "compare", "figures")
OF_ALL = ("case_studies", "case_studies?part=models", "evidence")


def faults_of(browser: Browser, address: str, paths: dict[str, str], dark: bool = False) -> list[str]:
    """What goes over a budget on these pages (their queries by where they are), in each window."""
    context = browser.new_context(color_scheme="dark" if dark else "light")
    page, faults = context.new_page(), list[str]()
    for where, query in paths.items():
        page.set_viewport_size({"width": DESK.width, "height": DESK.height})
        go(page, f"{address}/{query}")
        path = query.split("?")[0]
        for window in (DESK, PHONE, NARROW):
            faults += [f"{where}, {told}" for told in over(page, path, window)]
    context.close()
    return faults


def test_one_area_and_the_pages_of_all_keep_their_budgets(browser: Browser, address: str) -> None:
    paths = {"nothing chosen": ""} | {f"lancashire, {p}": f"{p}?area=lancashire" for p in OF_AREA}
    faults = faults_of(browser, address, paths | {p: p for p in OF_ALL})
    assert not faults, "\n".join(faults)


@pytest.mark.slow
def test_five_areas_keep_their_budgets_in_both_themes(browser: Browser, address: str) -> None:
    paths = {f"{area}, {p}": f"{p}?area={area}" for area in AREAS for p in (*OF_AREA, "redraw")}
    faults = faults_of(browser, address, paths)
    faults += faults_of(browser, address, {k: q for k, q in paths.items() if k.startswith("hampshire")}, dark=True)
    assert not faults, "\n".join(faults)
