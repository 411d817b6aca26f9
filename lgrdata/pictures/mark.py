"""The tool's own mark: a place in two parts. Beside the menu, in the browser's tab and on every exported page."""

from __future__ import annotations

from base64 import b64encode

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32" stroke="#fff">'
    '<path d="M5 5.5 15 3l2.2 8.4-3.4 4.8 2.4 5.6-2 7.2L4 25.5l1.8-7.7L3.5 12z" fill="#12436d"/>'
    '<path d="M17.6 3.2 28 7l-1.2 8.2 2.2 5.6-4.2 7-8 1.2 1.9-7-2.3-5.4 3.3-5z" fill="#f46a25"/></svg>'
)

ICON = f'<link rel="icon" href="data:image/svg+xml;base64,{b64encode(MARK.encode()).decode()}">'
"""For the head of a page that stands alone."""
