"""Links as mail leaves them: each shows the scenario it names or says what is wrong, never another in silence."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hostile import opened

from lgrdata.splits import address, damage
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import make
from lgrdata.ui.frame.gate import mended_path

BLOCKS = {f"E0700090{n}": "North & Mid" if n < 3 else "South" for n in range(1, 5)}


def _read(path: Path, text: str) -> tuple[Scenario | None, list[str]]:
    data = opened(path)
    return address.from_query(data.conn, data.facts, dict(parse_qsl(text, keep_blank_values=True)))


@pytest.fixture
def link(tiny_db: Path) -> str:
    """A drawing with names of its own, sealed."""
    data = opened(tiny_db)
    drawn = Scenario(make(data.facts("squares"), BLOCKS), lens="county", name="Ours")
    return urlencode(damage.sealed(address.to_query(drawn, data.conn)))


def test_what_mail_does_is_undone(tiny_db: Path, link: str) -> None:
    at = link.index("split=s1.") + 12
    for damaged in (
        link,
        link.replace("&", "&amp;"),
        link.replace("&", "%26"),
        link[:at] + "%0A" + link[at:],
        link[:at] + "%0D%0A+" + link[at:],
        link.replace("North", "Nor%0Ath"),
        *(link + mark for mark in (".", ",", ")", "%3E", '"', ";", "%E2%80%9D", "__;!!abc$")),
        link.replace("area=squares", "AREA=Squares").replace("lens=county", "lens=County").replace("s1.", "S1."),
        "redraw?" + link,
        link + "&data=05%7C02&reserved=0",
    ):
        scenario, messages = _read(tiny_db, damaged)
        assert scenario is not None and not messages, (damaged, messages)
        assert dict(scenario.split.block_assignment()) == BLOCKS and scenario.lens == "county", damaged
    assert len(link) < 300


def test_a_cut_or_changed_link_says_so(tiny_db: Path, link: str) -> None:
    assert _read(tiny_db, link.rpartition("&c=")[0])[1] == []  # an older link, without a check
    changed = (link[:-1], link[:-2], link.replace("South", "Sout"), link.replace("lens=county", "lens=middle"))
    for damaged in changed:
        assert any("damaged or cut" in m for m in _read(tiny_db, damaged)[1]), damaged
    assert any("1 of 2 councils" in m for m in _read(tiny_db, link[: link.index("~") if "~" in link else -9])[1]) or (
        "%7E" in link
    )


def test_a_question_mark_in_the_path_leads_where_it_should() -> None:
    def led(raw: str, query: bytes = b"") -> str | None:
        return mended_path({"type": "http", "raw_path": raw.encode(), "path": raw, "query_string": query})

    assert led("/redraw%3Farea=surrey&split=a") == "/redraw?area=surrey&split=a"
    assert led("/lgr/redraw%3farea=surrey", b"lens=county") == "/lgr/redraw?area=surrey&lens=county"
    for other in ("/redraw", "//evil.example/%3Fx=1", "/\\evil%3Fx", f"/{quote('a b')}%3Fx=1"):
        assert led(other) is None
