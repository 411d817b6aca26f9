"""Links as mail leaves them: each shows the scenario it names or says what is wrong, never another in silence."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hostile import opened

from lgrdata.splits import address, damage, locked
from lgrdata.splits.assignment.places import authority_meant
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
        link.replace("=", "=3D"),
        link.replace("split=", "spl=\nit="),
        quote(link, safe=""),
        quote(link, safe="=&"),
        *(link.replace("&", mark) for mark in ("\\u0026", "&amp;amp;", "&amp%3B", ";")),
        *(link.replace("+", blank) for blank in ("%2B", "%20", "%C2%A0")),
        link + "%0A%0AKind+regards",
        "fbclid=1&" + link.replace("lens=county", "lens=county%E2%80%A6"),
    ):
        scenario, messages = _read(tiny_db, damaged)
        assert scenario is not None and not messages, (damaged, messages)
        assert dict(scenario.split.block_assignment()) == BLOCKS and scenario.lens == "county", damaged
    assert len(link) < 300
    plain = "area=squares&split=squares-2ua&lens=county"
    for damaged in (
        plain.replace("=", "=3D"), quote(plain, safe=""), plain.replace("split", "spl=\nit"), plain + "%3C/a%3E",
        plain + "),+thanks", plain + "=20", plain.replace("s-2", "s%E2%80%912"), plain.upper(), plain + "**",
    ):  # fmt: skip
        scenario, messages = _read(tiny_db, damaged)
        assert scenario is not None and scenario.split.proposal == "squares-2ua" and not messages, (damaged, messages)
        assert scenario.lens == "county", damaged


def test_an_area_goes_by_its_names_and_by_names_and_codes_of_its_places(tiny_db: Path, real_db: Path) -> None:
    for path, text, area, said in (
        (tiny_db, "squares", "squares", ""), (tiny_db, "Old Dee.", "squares", "is now Squareshire D"),
        (tiny_db, "e07000801", "squares", "a former code of Squareshire A"),
        (tiny_db, "E05902004", "squares", "the code of"),
        (real_db, "essex", "essex-southend-thurrock", "read as Essex, Southend-on-Sea and Thurrock"),
        (real_db, "Shepway", "kent-medway", "Shepway is now Folkestone and Hythe"),
        (real_db, "SOLENT", "hampshire-solent", ""), (real_db, "E07000097", "hertfordshire", "East Hertfordshire"),
        (real_db, "isle+of%0Awight", "hampshire-solent", "Isle of Wight is a council"),
        (real_db, "brighton", "east-sussex-brighton", "Brighton and Hove, a council"),
    ):  # fmt: skip
        scenario, messages = _read(path, f"area={text}")
        assert scenario is not None and scenario.area_id == area, text
        assert (messages == []) == (text == area) and said in " ".join(messages), (text, messages)
    for path, text, said in (
        (real_db, "north", "more than one area"), (real_db, "nowhere", "no area is called"), (real_db, "x", "no area"),
    ):  # fmt: skip
        scenario, messages = _read(path, f"area={text}")
        assert scenario is None and len(messages) == 1 and said in messages[0]


def test_locks_and_councils_of_today_go_by_former_codes(tiny_db: Path) -> None:
    facts = opened(tiny_db).facts("squares")
    split, messages = make(facts, BLOCKS), list[str]()
    assert locked.read("e07000801.7902", split, messages).blocks == {"E07000901", "E07000902"} and messages == []
    meant = {text: authority_meant(facts, text) for text in ("E07000801", "Old Dee", "squareshire b", "x", "E05902004")}
    assert list(meant.values()) == ["E07000901", "E07000904", "E07000902", "", ""]


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
