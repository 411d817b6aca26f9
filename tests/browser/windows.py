"""Windows of one browser, lent to one test after the other: to open one takes longer than most tests do in it."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page

HOME = ("http://localhost:", "ws://localhost:", "data:", "blob:", "about:", "file:")


class Windows:
    """Lends pages without a past: what the test before stored, opened or left under the mouse is gone."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[str, list[BrowserContext]] = {}
        self._lent: list[tuple[str, BrowserContext]] = []
        self.faults: list[str] = []
        """Errors on lent pages, and what they asked of other hosts."""

    def lend(self, *, viewport: tuple[int, int] = (1280, 1000), **options: object) -> Page:
        """A blank page, `viewport` in CSS pixels; further options as for a context of Playwright."""
        kind = repr(sorted(options.items()))
        idle = self._idle.setdefault(kind, [])
        if not idle:
            idle.append(self._opened(options))
        context = idle.pop()
        self._lent.append((kind, context))
        # A busy machine may take long; a page that never comes still fails.
        context.set_default_timeout(120_000)
        page = context.pages[0]
        page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
        return page

    def take_back(self) -> None:
        """Clean all that is lent, for the next test."""
        for kind, context in self._lent:
            page, *others = context.pages
            for other in others:
                other.close()
            context.clear_cookies()
            page.mouse.move(0, 0)
            if _forgets(page):
                self._idle[kind].append(context)
            else:
                context.close()
        self._lent = []

    def _opened(self, options: dict[str, object]) -> BrowserContext:
        context = self._browser.new_context(**options)  # type: ignore[arg-type]
        context.on("weberror", lambda e: self.faults.append(str(e.error)))
        context.on("request", lambda r: None if r.url.startswith(HOME) else self.faults.append(r.url))
        context.new_page()
        return context


def _forgets(page: Page) -> bool:
    """Leave the app and forget what it stored; false where its server is gone or the page is a file."""
    where = urlsplit(page.url)
    try:
        page.goto(f"{where.scheme}://{where.netloc}/_stcore/health")
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    except Error:
        return False
    return True
