"""What a view says, and what no view may say."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lgrdata.page import html as markup
from lgrdata.page.blocks import Block, Fold, View

_NOT_WORDS = re.compile(r"\bNone\b(?! is| found|:)|\bnan\b|\bNaN\b|\b[a-z]+_[a-z_0-9]+\b|Link\(|\(\)|  \. ")


def text_of(view: View) -> str:
    """Everything a reader sees of a view, without addresses."""
    parts = [view.title, *(markup.rich(t, lambda _: None) for t in view.lede), markup.stats(view.stats)]
    parts += [markup.section(s, lambda _: None, lambda _: "", lambda _: "") for s in view.sections]
    parts += [markup.rich(c, lambda _: None) for c in view.caveats]
    return html.unescape(re.sub(r"<[^>]+>", " ", " ".join(parts)))


def unfolded(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Blocks in order, those under folds in their places."""
    for block in blocks:
        if isinstance(block, Fold):
            yield from unfolded(block.blocks)
        else:
            yield block


def faults(text: str) -> list[str]:
    """Field names and missing values that slipped into words, with what stands round them."""
    return [text[max(0, m.start() - 30) : m.end() + 30] for m in _NOT_WORDS.finditer(text)]
