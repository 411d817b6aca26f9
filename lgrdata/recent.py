"""What was drawn lately, kept in bounded number: drawings are many, and a server runs for weeks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from lgrdata.dataset import Dataset

T = TypeVar("T")
MOST = 400


class _Recent:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.held: OrderedDict[Hashable, Any] = OrderedDict()


def recent(dataset: Dataset, kind: str, key: Hashable, make: Callable[[], T], most: int = MOST) -> T:
    """What `make` gives for a key of this dataset; the `most` last used of a kind are kept."""
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
