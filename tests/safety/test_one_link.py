"""One link costs one link: however much it holds, no more work is done and no more is kept than for a plain one."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import numpy as np
import pytest
from hostile import opened

from lgrdata.cli.options import councils_from
from lgrdata.core.models import LgrError
from lgrdata.core.text import whole_number
from lgrdata.dataset.cache import MOST
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading import db
from lgrdata.splits import address, naming, splitcode
from lgrdata.splits.blockfile import read
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import from_arrays
from lgrdata.ui.compare.basket import from_address
from lgrdata.ui.frame.desk import MOST_COMPARED
from lgrdata.ui.redraw import drawing

MAY = tuple(db.ROOT / "lgrdata" / name for name in ("core/text.py", "ui/frame/watch.py", "shares/people.py"))
"""May ask for digits of every script: the one place that asks; and what is struck out of a log or refused as a list
of people, rather too much."""


@contextmanager
def counted(wanted: Callable[..., object]) -> Iterator[list[int]]:
    """How often a function of ours is called meanwhile."""
    calls = [0]

    def seen(frame: FrameType, event: str, _arg: object) -> None:
        calls[0] += event == "call" and frame.f_code is wanted.__code__  # type: ignore[attr-defined]

    sys.setprofile(seen)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def _codes(data: Dataset, area: str, most: int) -> list[str]:
    """Different split codes of an area: its authorities in two councils, in every way."""
    facts = data.facts(area)
    n, out = len(facts.authorities), []
    for bits in range(1, min(2 ** (n - 1), most + 1)):
        authority = np.array([bits >> i & 1 for i in range(n)], dtype=np.int8)
        ward = authority[facts.ward_authority].astype(np.int8)
        out.append(splitcode.encode(from_arrays(facts, authority, ward, ("A", "B"))))
    return out


def test_a_comparison_reads_as_many_columns_as_it_can_show(tiny_db: Path) -> None:
    """4,000 columns in one link took ten seconds of the server's time."""
    data = opened(tiny_db)
    one = Scenario(data.split("nine", "today"))
    codes = _codes(data, "nine", 255)
    links = ["~".join(f"{c}!Name {n}" for n, c in enumerate(codes * 40)), "x~" * 4000, "~" * 8000, "s1.!~" * 4000]
    for text in links:
        with counted(naming.resolve) as calls:
            columns, messages = from_address(data, one, {}, text)
        assert calls[0] <= MOST_COMPARED and len(columns) <= MOST_COMPARED and len(messages) <= MOST_COMPARED + 1
    columns, messages = from_address(data, one, {}, links[0])
    assert [c.key for c in columns] == [f"{c}!Name {n}" for n, c in enumerate(codes[:MOST_COMPARED])]
    assert messages == ["The address names more than 4 columns; the first 4 are shown."]
    assert from_address(data, one, {}, "~".join(codes[:4]))[1] == []


def test_splits_and_maps_of_visitors_are_kept_in_bounded_number(real_db: Path) -> None:
    """Each code that a link brought was once kept for as long as the server ran, and each choice of wards."""
    data = Dataset(real_db)
    codes = _codes(data, "surrey", MOST + 100)
    assert len(codes) > MOST
    for code in codes:
        data.split("surrey", code)
    assert len(data.keep(("recent", "split"), dict).held) == MOST  # type: ignore[attr-defined]
    with counted(naming.resolve) as calls:
        assert data.split("surrey", codes[-1]) is data.split("surrey", codes[-1])
    assert calls[0] == 0, "the last ones are at hand"
    today = data.split("surrey", "today")
    for n in range(drawing.MOST_PAINTED + 5):
        members = [a.code for i, a in enumerate(today.facts.authorities) if n >> i & 1]
        drawing.geometry_of(data, today, frozenset(members))
    assert len(data.keep(("recent", "painted"), dict).held) == drawing.MOST_PAINTED  # type: ignore[attr-defined]
    data.close()


def test_a_long_address_is_refused_before_it_is_read(tiny_db: Path) -> None:
    data = opened(tiny_db)
    for key in ("split", "councils", "order", "with", "set", "name", "from"):
        with counted(naming.resolve) as calls:
            found, messages = address.from_query(
                data.conn, data.facts, {"area": "squares", "split": "squares-2ua", key: "1" * 100_000}
            )
        assert found is not None and calls[0] <= 2 and messages == ["The address is too long to be one of this tool's."]


def test_numbers_are_written_in_the_digits_0_to_9(tiny_db: Path) -> None:
    data = opened(tiny_db)
    facts, code = data.facts("squares"), splitcode.encode(data.split("squares", "squares-2ua"))
    for digit in ("٣", "३", "３", "²", "𝟛"):
        assert not splitcode.looks_like_code(f"s{digit}.000000.0"), digit
        with pytest.raises(LgrError):
            data.split("squares", code[:-1] + digit)
        query = {"order": f"0{digit}", "with": f"adults~joint~{digit},adults~joint~01~{digit}", "set": f"x:{digit}"}
        found, messages = address.from_query(data.conn, data.facts, {"area": "squares", "split": code, **query})
        assert found is not None and found.partnerships == () and found.assumptions == {} and len(messages) == 4, digit
        with pytest.raises(LgrError):
            read(facts, f"code,council\nE9900000{digit},A\n".encode())
        with pytest.raises(LgrError):
            councils_from(digit)
        assert whole_number(digit) is None
    for text in ("1_0", " 3", "+3", "-3", "3.0", "", "9" * 400):
        assert whole_number(text) is None, text
    assert whole_number("007") == 7


def test_no_text_is_asked_for_digits_in_another_way() -> None:
    """`isdigit`, `int` as an option's type and `\\d` in a pattern for text take the digits of every script."""
    wrong = []
    for path in sorted(p for folder in ("lgrdata", "export", "pages") for p in (db.ROOT / folder).rglob("*.py")):
        if path in MAY:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("isdigit", "isdecimal", "isnumeric"):
                wrong.append(f"{path.name}:{node.lineno} {node.attr}")
            if isinstance(node, ast.keyword) and node.arg == "type" and ast.unparse(node.value) in ("int", "float"):
                wrong.append(f"{path.name}:{node.value.lineno} type={ast.unparse(node.value)}")
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
                text = ast.unparse(node)
                if (
                    "\\\\d" in text
                    and "ASCII" not in text
                    and "rb'" not in text
                    and not text.startswith("re.compile(b")
                ):
                    wrong.append(f"{path.name}:{node.lineno} {text[:60]}")
    assert wrong == []
