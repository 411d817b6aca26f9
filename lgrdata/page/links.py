"""Where links lead: one rule for the screen, the site and files; each names only the places that it has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from urllib.parse import quote

from lgrdata.page.blocks import Link

Places = Mapping[str, Callable[[str], str | None]]
"""By kind of link: the address for a key, or None where there is no such place."""


def mark_of(link: Link) -> str:
    """The anchor of what a link leads to: its key, or KIND-KEY."""
    return link.key if link.kind == "anchor" else f"{link.kind}-{link.key}"


def at(mark: str) -> str:
    """A place on the same page as an address."""
    return f"#{quote(mark)}"


def leads_to(places: Places, held: Collection[str] = ()) -> Callable[[Link], str | None]:
    """Addresses of links, None where the text stands alone.

    `held`: anchors on the page itself, which links prefer. Of addresses outside, only the web's are followed.
    """
    known = frozenset(held)

    def resolve(link: Link) -> str | None:
        if link.kind == "url":
            return link.key if link.key.startswith(("https://", "http://")) else None
        if (mark := mark_of(link)) in known:
            return at(mark)
        find = places.get(link.kind)
        return find(link.key) if find is not None else None

    return resolve
