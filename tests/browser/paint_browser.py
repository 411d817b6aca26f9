"""A running paint harness and a reader at it, for the tests and the benchmark of the painted map."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from typing import Any

from playwright.sync_api import Locator, Page
from serving import chromium, served

__all__ = ["Painted", "chromium", "harness"]


def harness() -> AbstractContextManager[str]:
    """The address of a harness server, stopped on leaving."""
    return served("tests/browser/paint_harness.py")


class Painted:
    """One reader at one page with a painted map."""

    def __init__(self, page: Page, address: str, query: str = "map=grid") -> None:
        self.page = page
        page.goto(f"{address}/?{query}")
        page.wait_for_selector(".block")

    def block(self, name: str) -> Locator:
        return self.page.locator(f'.block[aria-label^="{name},"]')

    def spot(self, name: str) -> tuple[float, float]:
        box = self.block(name).bounding_box()
        assert box
        # Off the middle, so that it is a point of the shape and not of a label by luck.
        return box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.8

    def click(self, name: str) -> None:
        self.page.mouse.click(*self.spot(name))

    def choose(self, number: int) -> None:
        self.page.locator(".chip").nth(number - 1).click()

    def shown(self) -> dict[str, int]:
        """Council number (0-based) by block name, as the map shows it; −1 nobody's."""
        found: dict[str, int] = {}
        for label in self.page.locator(".block").evaluate_all("all => all.map(n => n.getAttribute('aria-label'))"):
            name, _, council, *_ = label.split(", ")
            found[name] = -1 if council == "no council" else int(council.split(" ")[0]) - 1
        return found

    def server(self) -> dict[str, Any]:
        """What the server says stands: standing, log of actions, steps."""
        return json.loads(self.page.locator("pre code, [data-testid=stCode] code").inner_text())

    def until(self, **wanted: Any) -> dict[str, Any]:
        """Wait for the server to say so: `steps=3`, or a block by code `G05=1`; the last answer either way."""
        answer: dict[str, Any] = {}
        for _ in range(100):
            answer = self.server()
            have = {**answer["standing"], "steps": answer["steps"], "last": (answer["log"] or [[None]])[-1][0]}
            if all(have.get(k) == v for k, v in wanted.items()):
                return answer
            self.page.wait_for_timeout(50)
        raise AssertionError(f"wanted {wanted}, the server says {answer}")
