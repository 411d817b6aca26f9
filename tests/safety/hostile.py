"""Hostile text, numbers and scenarios for the fuzz tests, and what every refusal must look like."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LENSES, MAX_COUNCILS, LgrError, Partnership
from lgrdata.core.text import one_line, text_field
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading import db
from lgrdata.splits.scenario import MAX_NAME, Answer, Scenario
from lgrdata.splits.split import OUT, Split, from_arrays

AREAS = ("squares", "nine")
_NOISE = re.compile(r"Traceback|<class |<built-in|object at 0x|\bNoneType\b|\bUnicode\w+Error|\bKeyError|\bTypeError")

NASTY = (
    "", " ", "\0", "\x1b[31m", "\u202egnp.exe", "\u200f\u05d0", "مجلس", "é", "e\u0301", "👩‍👩‍👧‍👧", "\ud800", "\udfff",
    "\ufeff", "\u2028", "a\nb", "a\tb", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "&amp;", "'",
    "'; DROP TABLE area; --", "![x](https://evil.example/x.png)", "[x](https://evil.example)", ":material/home:",
    "$x$", "{}", "%s", "%00", "%F0%9F", "../../etc/passwd", "=cmd()", "~", ",", "+", "!", "!0", "!1~", "~~", "²", "١",
    "NaN", "Infinity", "-0", "1e999", "9" * 400, "0x1F", "true", "null", "s1.", "s1.000000.0", "today", "single",
    "x" * 5000,
)  # fmt: skip

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.text(st.characters(codec=None), max_size=20))
"""Text of every kind that may come in, lone surrogates too."""

names = texts.map(lambda t: one_line(t, MAX_NAME)).filter(bool)
"""Council names as they are once let in."""

json_values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), texts, st.sampled_from([10**400, -(10**400), 1e308]),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def well_refused(fault: LgrError) -> None:
    """A refusal says something, on one line, short, in words."""
    said = str(fault)
    assert said.strip(), "a refusal without a reason"
    assert len(said.splitlines()) == 1, said
    assert len(said) < 700, said[:900]
    assert not _NOISE.search(said), said


@cache
def opened(path: Path) -> Dataset:
    """A dataset for a whole test session."""
    return Dataset(path)


def real() -> Dataset:
    """The project's own dataset; `real_db` has built it."""
    return opened(db.ROOT / "data" / "lgr.db")


@st.composite
def splits(draw: st.DrawFn, facts: AreaFacts, *, whole: bool = False, unfinished: bool = True) -> Split:
    """Any split of an area: some authorities divided, some blocks with nobody, councils that may be empty."""
    count = draw(st.integers(1, MAX_COUNCILS))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    low = OUT if unfinished and draw(st.booleans()) else 0
    authority = rng.integers(low, count, len(facts.authorities)).astype(np.int8)
    ward = authority[facts.ward_authority].astype(np.int8)
    if not whole:
        for i in np.flatnonzero(
            facts.wards_counted & (rng.random(len(authority)) < draw(st.sampled_from([0, 0.2, 1])))
        ):
            ward[facts.wards_of[i]] = rng.integers(low, count, len(facts.wards_of[i]))
    called = draw(st.lists(names, min_size=count, max_size=count, unique=True)) if draw(st.booleans()) else None
    return from_arrays(facts, authority, ward, tuple(called or (f"Council {n + 1}" for n in range(count))))


@st.composite
def scenarios(draw: st.DrawFn, data: Dataset, area: str) -> Scenario:
    """A scenario with everything an address or a file may carry."""
    split = draw(splits(data.facts(area)))
    line = texts.map(lambda t: one_line(t, MAX_NAME))
    some = st.one_of(st.none(), st.floats(0, 1))
    services = [k for (k,) in data.conn.execute("SELECT service_id FROM care_service ORDER BY 1")]
    models = [k for (k,) in data.conn.execute("SELECT model_id FROM partnership_model ORDER BY 1")]
    numbers = [k for k, p in data.assumptions.parameters.items() if p.central is not None]
    partners = st.builds(
        lambda s, m, who, beyond, e, c: Partnership(s, m, tuple(sorted(who)), tuple(beyond), e, c),
        st.sampled_from(services), st.sampled_from(models), st.sets(st.integers(0, split.count - 1), min_size=1),
        st.lists(names, max_size=3), some, some,
    )  # fmt: skip
    return Scenario(
        split,
        lens=draw(st.sampled_from(LENSES)),
        name=draw(line),
        note=text_field(draw(texts), 4000),
        start=draw(st.sampled_from(["today", "single", "squares-2ua"])),
        partnerships=tuple(draw(st.lists(partners, max_size=4))),
        assumptions=draw(
            st.dictionaries(st.sampled_from(numbers), st.floats(allow_nan=False, allow_infinity=False), max_size=4)
        ),
        answers=draw(
            st.dictionaries(
                st.sampled_from(["3.5.1", "3.2.4", "criterion 2a"]),
                st.builds(lambda d, n: Answer(d, text_field(n, 4000)), st.booleans(), texts),
                max_size=3,
            )
        ),
    )  # fmt: skip


def same(a: Scenario, b: Scenario, *, address: bool = False) -> None:
    """Both say the same; an address carries no note and no ticks."""
    assert a.area_id == b.area_id and a.split == b.split, (a.split.ward, b.split.ward)
    assert a.split.names == b.split.names, (a.split.names, b.split.names)
    assert [a.split.authority.tolist(), a.split.ward.tolist()] == [b.split.authority.tolist(), b.split.ward.tolist()]
    plain: list[tuple[Any, Any]] = [
        (a.lens, b.lens), (a.name, b.name), (a.start, b.start), (a.partnerships, b.partnerships),
        (dict(a.assumptions), dict(b.assumptions)),
    ]  # fmt: skip
    if not address:
        plain += [(a.note, b.note), (dict(a.answers), dict(b.answers))]
    for before, after in plain:
        assert before == after, (before, after)
