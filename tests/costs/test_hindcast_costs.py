"""The cost model's record: past rounds worked out by hand, and misses that keep their sign."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lgrdata.core.models import LENSES
from lgrdata.costs.past_rounds import arrived, business_cases, document, past_rounds, round_inputs
from lgrdata.reading.tables import schema_sql


@pytest.fixture(scope="module")
def real(real_db: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(real_db)) as conn:
        yield conn


def test_past_rounds_are_priced_as_they_were(real: sqlite3.Connection) -> None:
    found = {(r.place, r.figure): r for r in past_rounds(real)}
    cornwall = found["Cornwall", "one-off cost"]  # a county and six districts
    assert cornwall.modelled == pytest.approx({"county": 2.15 * 7, "middle": 2.325 * 7, "district": 2.5 * 7})
    assert [(p.kind, p.value) for p in cornwall.published] == [("budget", 42.6)]
    northants = found["Northamptonshire", "one-off cost"]  # a county and seven districts, split in two
    assert northants.modelled["county"] == pytest.approx(2.15 * 8 + 7.1 + 12 * 0.753278)
    assert northants.modelled["district"] == pytest.approx(2.5 * 8 + 6)
    assert [p.value for p in northants.published] == [22, 44.4, 55.8]
    # Four councils fewer at £4.3m; nothing split, nobody buys for fewer.
    somerset = found["Somerset", "recurring net saving"]
    assert somerset.modelled["district"] == pytest.approx(4.3 * 4)
    assert arrived(somerset) == pytest.approx(8.8 / 18.5)
    # Nine councils to two, Bournemouth and Poole abolished: £2.0 x 0.42356m less £1.9m of leadership each.
    dorset = found["Dorset", "recurring net saving"]
    assert dorset.modelled["district"] == pytest.approx(4.3 * 7 - (2 * 0.42356 - 2 * 1.9))


def test_what_nobody_published_has_no_number(real: sqlite3.Connection) -> None:
    found = {(r.place, r.figure): r for r in past_rounds(real)}
    for figure in ("recurring net saving", "one-off cost"):
        assert found["Cumbria", figure].published == () and set(found["Cumbria", figure].modelled) == set(LENSES)
    assert arrived(found["North Yorkshire", "recurring net saving"]) is None
    alone = found["North Yorkshire", "savings credited to reorganisation"]
    assert alone.modelled == {} and alone.published[0].value == 60.2
    assert round_inputs(real, "dorset").j_abs == 2


def test_misses_keep_their_sign_and_count_each_figure_once() -> None:
    """Both sides give 10 to 20: 8 and 5 lie below, 12 inside, 26 above; 26, of two proposals, counts once."""
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.executescript(schema_sql())
        for case_id, proposal, value, low, high in (
            (1, "a", 8.0, None, None), (2, "a", None, None, 5.0), (3, "a", 12.0, None, None),
            (4, "a", 26.0, 26.0, None), (5, "b", 26.0, 26.0, None), (6, "a", None, 18.0, 30.0),
            (7, None, 99.0, None, None),
        ):  # fmt: skip
            conn.execute(
                "INSERT INTO business_case VALUES (?, 'x', ?, 'X', 2, 'recurring net saving', '£m a year', ?, ?, ?, '',"
                " 'Them', 'district-commissioned', 'high', '', ?)",
                (case_id, proposal, value, low, high, f"source {value} {high}"),
            )
            if proposal:
                conn.executemany(
                    "INSERT INTO business_case_modelled VALUES (?, ?, ?)",
                    [(case_id, "county", 10.0), (case_id, "middle", 99.0), (case_id, "district", 20.0)],
                )
        (found,) = business_cases(conn)
        # 18 to 30 reaches into what both sides give.
        assert (found.below, found.inside, found.above) == (2, 2, 1)
        assert (found.below_by, found.above_by) == pytest.approx((-3.5, 6))
        assert (found.side, found.figure) == ("district-commissioned", "recurring net saving")


def test_a_payback_that_never_comes_is_later_than_any_published_one() -> None:
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.executescript(schema_sql())
        conn.execute(
            "INSERT INTO business_case VALUES (1, 'x', 'a', 'X', 2, 'payback years', 'years', 3, NULL, NULL, '',"
            " 'Them', 'county-commissioned', 'high', '', 's')"
        )
        conn.executemany(
            "INSERT INTO business_case_modelled VALUES (1, ?, ?)", [("county", None), ("middle", 7), ("district", 2)]
        )
        (found,) = business_cases(conn)
        assert (found.below, found.inside, found.above) == (0, 1, 0)


def test_the_record_as_json_keeps_what_is_not_known(real: sqlite3.Connection) -> None:
    told = json.loads(json.dumps(document(real), allow_nan=False))
    rounds = {(r["place"], r["figure"]): r for r in told["past_rounds"]}
    assert rounds["Cumbria", "one-off cost"]["published"] == []
    assert rounds["Dorset", "six-year net"]["published"][0]["value"] == 108
    assert rounds["North Yorkshire", "savings credited to reorganisation"]["modelled"]["county"] is None
    assert {"side", "figure", "below", "inside", "above"} <= set(told["business_cases"][0])
    assert told["one_off"]["nominal"] == 0.8 <= told["one_off"]["coverage"]
