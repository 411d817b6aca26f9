"""Text that is safe to draw: what cannot be seen but changes what is, left out."""

from __future__ import annotations

import re
from typing import Any

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef"
    "\ud800-\udfff\ufffe\uffff]"
)
"""Control characters, halves of characters, and marks that turn the direction of the words after a name."""


def clean(text: str) -> str:
    """Text without control characters, halves of characters and direction marks."""
    return _UNSEEN.sub("", text)


def cleaned(value: Any) -> Any:
    """A JSON value with every text in it clean. The library that draws charts ends the process at some of these."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [cleaned(v) for v in value]
    if isinstance(value, dict):
        return {clean(k): cleaned(v) for k, v in value.items()}
    return value
