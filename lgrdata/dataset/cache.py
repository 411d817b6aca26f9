"""What was drawn lately, kept in bounded number: drawings are many, and a server runs for weeks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
MOST = 400


class Keeper(Protocol):
    """A dataset: what is kept with it goes when its file changes."""

    def keep(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives, made once for a key."""


class Keyed(Protocol):
    """A split, a scenario, or something else that says itself what sets it apart from others of its kind."""

    @property
    def key(self) -> Hashable:
        """Equal for two only where nothing made of the one differs from what is made of the other."""


@dataclass(frozen=True)
class Given:
    """What is no visitor's drawing and is known by its key alone: a text as typed, a choice of blocks to show."""

    key: Hashable


class _Recent:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.held: OrderedDict[Hashable, Any] = OrderedDict()


def recent(dataset: Keeper, kind: str, of: Keyed, more: Hashable, make: Callable[[], T], most: int = MOST) -> T:
    """What `make` gives of `of` and `more`, from this dataset; the `most` last used of a kind are kept.

    `make` may use nothing of a visitor's but these two: kept by less, one visitor's drawing stands on another's page.
    """
    key = (of.key, more)
    store: _Recent = dataset.keep(("recent", kind), _Recent)
    with store.lock:
        if key in store.held:
            store.held.move_to_end(key)
            found: T = store.held[key]
            return found
    made = make()
    with store.lock:
        store.held[key] = made
        while len(store.held) > most:
            store.held.popitem(last=False)
    return made
