"""What is worked out once and kept. One way for each kind of thing, by what it depends on:

- on nothing but the code (a style sheet, a parsed schema): `functools.cache`, or `lru_cache` where there may be many;
- on an area's facts alone: `per_facts`, which lets go with the facts;
- on the dataset: `Dataset.read` for what a function of `lgrdata.reading` gives, `Dataset.keep` for what is made of it;
- on the dataset and on what visitors draw, of which there is no end: `dataset.cache.recent`, which keeps the last used.

Nothing else holds results in a module's own dictionary or in Streamlit's caches; the one exception is the build at the
start of the app, which shows its progress there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from lgrdata.core.facts import AreaFacts

T = TypeVar("T")


def per_facts(make: Callable[[AreaFacts], T]) -> Callable[[AreaFacts], T]:
    """A function of an area's facts that works once for each and keeps what it gave while the facts live.

    What it gives must not hold the facts, or they would live for ever.
    """
    kept: WeakKeyDictionary[AreaFacts, T] = WeakKeyDictionary()

    @wraps(make)
    def once(facts: AreaFacts) -> T:
        if facts not in kept:
            kept[facts] = make(facts)
        return kept[facts]

    return once
