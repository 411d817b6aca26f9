"""Columns of a comparison in its address: the same lines under other names or assumptions are another column."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lgrdata.core.models import Partnership
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import address
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.compare.basket import _carried, _text


def test_a_columns_text_tells_drawings_apart_and_opens_as_each(tiny_db: Path) -> None:
    data = Dataset(tiny_db)
    split = data.split("squares", "squares-2ua")
    named = replace(split, names=("A ~!+,% B", "É"))
    plain = Scenario(split)
    mine = [
        Scenario(named),
        Scenario(replace(named.renumbered([1, 0], named.names), proposal=split.proposal, basis=split.basis)),
        Scenario(named, assumptions={"county.delta": 1.0}),
        Scenario(named, assumptions={"county.delta": 2.0}),
        Scenario(named, name="Mine", partnerships=(Partnership("equipment", "lead_authority", (0,), ("E10000030",)),)),
    ]
    texts = [_text(address.to_query(one, data.conn)) for one in (plain, *mine)]
    assert texts[0] == "squares-2ua" and len(set(texts)) == len(texts)
    assert not any("~" in text for text in texts)
    for one, text in zip(mine, texts[1:], strict=True):
        query = {"area": "squares", "split": text.partition("!")[0], **_carried(text)}
        again, messages = address.from_query(data.conn, data.facts, query)
        assert again is not None and messages == [] and again.key == one.key
    assert _carried("s1.abc.00!Mine+") == {"name": "Mine"}  # as links had it before
    data.close()
