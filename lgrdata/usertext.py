"""Text that users and files bring, made safe to keep: names, notes, and what messages quote of them."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line end
    r"\u2028-\u202e\u2066-\u2069\ufeff"  # line ends and turns of direction
    r"\ufffe\uffff\ud800-\udfff]"  # not characters
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@/])")


def text_field(value: object, limit: int) -> str:
    """User text of several lines: characters that control or turn the text round out, cut to the limit."""
    text = value if isinstance(value, str) else ""
    return _CONTROL.sub("", text[: 4 * limit])[:limit]


def one_line(value: object, limit: int) -> str:
    """User text as a name: one line, single blanks, nothing that Markdown would make a link or fetch as an image."""
    text = " ".join(text_field(value, 4 * limit).split())
    return text.replace("](", "] (").replace("][", "] [").replace("://", ": //")[:limit].rstrip()


def as_markdown(text: str) -> str:
    """Any text as Markdown that shows just that text, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text_field(text, 2000).split()))
