"""Text that users and files bring, made safe to keep: names, notes, and what messages quote of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lgrdata.core.models import LgrError

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line end
    r"\u2028-\u202e\u2066-\u2069\ufeff"  # line ends and turns of direction
    r"\ufffe\uffff\ud800-\udfff]"  # not characters
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@/])")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_SIGNS = re.compile(r"(?<!\S)(<|-|>|~)(->|-|>|=)(?!\S)")
"""Signs that Streamlit would draw as an arrow, a dash or a relation; a joiner that is not seen keeps them apart."""


def text_field(value: object, limit: int) -> str:
    """User text of several lines: characters that control or turn the text round out, cut to the limit."""
    text = value if isinstance(value, str) else ""
    return _CONTROL.sub("", text[: 4 * limit])[:limit]


def one_line(value: object, limit: int) -> str:
    """User text as a name: one line, single blanks, nothing that Markdown would make a link or fetch as an image."""
    text = " ".join(text_field(value, 4 * limit).split())
    return text.replace("](", "] (").replace("][", "] [").replace("://", ": //")[:limit].rstrip()


def whole_number(text: str) -> int | None:
    """The number that a text of up to 18 plain digits, 0 to 9, writes; None for any other text.

    Python's own `int` and `isdigit` take the digits of every script, blanks and underscores too.
    """
    return int(text) if len(text) <= 18 and text.isascii() and text.isdecimal() else None


def folded(text: str) -> str:
    """A name without what people leave out or write in another way: capitals, apostrophes, hyphens, 'Saint'."""
    plain = text.casefold().replace("&", " and ").replace("’", "").replace("'", "")
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return " ".join("st" if w == "saint" else w for w in words)


def as_markdown(text: str) -> str:
    """Any text as Markdown that shows just that text, on one line."""
    plain = " ".join(text_field(text, 2000).split())
    return _MARKDOWN.sub(r"\\\1", _SIGNS.sub("\\1\u2060\\2", plain))


def number_in(text: str) -> float | None:
    """The number that a text writes: digits 0 to 9, thousands grouped by commas or not at all, a point before decimals.

    None for any other text. So '1,5' is none: it may be 1.5 as much of Europe writes it, or a slip for 15.
    """
    text = text.strip()
    written = len(text) <= 40 and (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text))
    return float(text.replace(",", "")) if written else None


def each_once(pairs: list[tuple[str, Any]], what: str) -> dict[str, Any]:
    """A JSON object of a file; LgrError where a key stands in it twice, since one of the two values would be lost."""
    held = dict(pairs)
    if len(held) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise LgrError(f"{what} gives “{one_line(twice, 40)}” twice; keep one")
    return held
