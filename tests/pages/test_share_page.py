"""The page Share out for one area: a basis chosen in its row, two sides filled, counts kept only where one says so."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from lgrdata.reading import db
from lgrdata.splits.scenario import write
from lgrdata.ui.frame.menu import PAGES

KEY = "share_lancashire_bases_adults_physical_65"


def test_bases_are_chosen_in_the_row_and_ride_in_the_address() -> None:
    app = AppTest.from_file(str(db.ROOT / "app.py"), default_timeout=120)
    app.query_params.update({"area": "lancashire", "split": "lancs-4ua"})
    app.switch_page(PAGES["share"].file).run()
    assert not app.exception and not app.error and [t.value for t in app.title] == ["Share out"]

    def said() -> str:
        return " ".join(piece.proto.body for piece in app.get("html"))

    before = said()
    assert "How Lancashire’s £876m for care is divided" in before
    (row,) = (s for s in app.selectbox if s.key == KEY)
    assert row.value == "income_deprived_older"
    row.select("residents_85_plus").run()
    assert not app.exception and not app.error
    # East Lancashire's part falls from £41m to £28m, and with it what the bases on the page give it in all.
    assert "East Lancashire: £28m" in said() and "East Lancashire: £41m" in before
    assert app.query_params["basis"] in (
        "adults_physical_65:residents_85_plus",
        ["adults_physical_65:residents_85_plus"],
    )
    held = app.session_state["desk"].scenario
    assert json.loads(write(held))["bases"] == {"adults_physical_65": "residents_85_plus"}
    (back,) = (b for b in app.button if b.key == "share_reset")
    back.click().run()
    assert "basis" not in app.query_params and "East Lancashire: £41m" in said()
    next(b for b in app.button if b.key == "share_next").click().run()
    # The press puts residents alone on the other side, so that there is something to see; the menu remembers it.
    assert "the other by residents alone, on every line of care" in said()
    (fill,) = (s for s in app.selectbox if s.key == "share_lancashire_fill_against")
    assert fill.value == "residents"
    assert not app.exception and not app.error
    assert "What each council would have of these lines" in said() and app.query_params["against"]


def test_counts_of_ones_own_are_refused_as_people_used_in_the_visit_and_kept_only_where_one_says() -> None:
    app = AppTest.from_file(str(db.ROOT / "app.py"), default_timeout=120)
    app.query_params.update({"area": "surrey", "split": "surrey-2ua", "part": "counts"})
    app.switch_page(PAGES["share"].file).run()

    def upload(text: str) -> str:
        app.get("file_uploader")[0].upload("mine.csv", text.encode(), "text/csv").run()
        assert not app.exception
        return " ".join(piece.proto.body for piece in app.get("html"))

    def kept() -> dict[str, object]:
        return dict(json.loads(write(app.session_state["desk"].scenario)).get("counts", {}))

    assert "are your own" not in upload("code,surname,count\nE07000207,Example,1\n")
    assert "looks like a list of people" in app.error[0].value and "Example" not in app.error[0].value
    counts = {f"E07000{n}": float(n) for n in range(207, 218)}  # Surrey's eleven districts
    said = upload("code,children_looked_after\n" + "".join(f"{c},{n:g}\n" for c, n in counts.items()))
    assert "these counts are your own" in said and not app.error
    assert kept() == {} and not {"counts", "207"} & set(app.query_params)
    app.checkbox(key="share_counts_keep").check().run()
    assert kept() == {"children_looked_after": counts}
    app.button(key="share_counts_forget").click().run()
    assert kept() == {} and "are your own" not in " ".join(piece.proto.body for piece in app.get("html"))


def test_hosts_ends_and_posts_are_set_on_the_page_and_kept_in_the_file() -> None:
    app = AppTest.from_file(str(db.ROOT / "app.py"), default_timeout=120)
    app.query_params.update({"area": "surrey", "split": "surrey-2ua", "part": "hosting"})
    app.switch_page(PAGES["share"].file).run()

    def said() -> str:
        return " ".join(piece.proto.body for piece in app.get("html"))

    def kept() -> dict[str, object]:
        return dict(json.loads(write(app.session_state["desk"].scenario)))

    def chooser(label: str) -> AppTest:
        return next(s for s in app.selectbox if s.label == label)  # type: ignore[no-any-return]

    assert "none is run together yet" in said() and "21 of its 31 hosted services" in said()
    app.button(key="hosting_begin").click().run()
    assert not app.exception and "none has a host and none has an end" in said()
    chooser("Host").select(1).run()  # type: ignore[attr-defined]
    chooser("Cost shared by").select("residents").run()  # type: ignore[attr-defined]
    chooser("Last day").select("2028-09-30").run()  # type: ignore[attr-defined]
    assert not app.exception and "each has a host and each has an end" in said()
    assert "has the most care to pay" not in said() or "West Surrey would host" in said()
    rows = kept()["hosting"]
    assert isinstance(rows, list) and len(rows) == 17
    assert {(r["host"], r["shared_by"], r["ends"]) for r in rows} == {("West Surrey", "residents", "2028-09-30")}
    assert not {"West Surrey", "2028-09-30"} & {str(v) for v in app.query_params.values()}
    app.segmented_control[0].set_value("day_one").run()
    post = next(t for t in app.text_input if t.label.startswith("Post"))
    post.input("Jane Example").run()
    assert "reads like a person" in app.error[0].value and "Example" not in app.error[0].value
    assert "register" not in kept()
    next(t for t in app.text_input if t.label.startswith("Post")).input("Head of paid service").run()
    assert not app.error and kept()["register"] == {
        "dass": {"post": "Head of paid service", "state": None, "due": "", "note": ""}
    }
    assert "One has a post that owns it" in said()


def test_the_board_sets_the_same_hosting_and_shows_every_grouping() -> None:
    app = AppTest.from_file(str(db.ROOT / "app.py"), default_timeout=120)
    app.query_params.update({"area": "norfolk", "split": "norfolk-3ua"})
    app.switch_page(PAGES["partnerships"].file).run()
    app.button(key="board_open_equipment").click().run()
    assert "All 5 ways to group three councils for equipment" in " ".join(p.proto.body for p in app.get("html"))
    app.selectbox(key="board_take_equipment").select("hosted_service").run()
    next(s for s in app.selectbox if s.label == "Host").select(1).run()
    assert not app.exception
    (row,) = json.loads(write(app.session_state["desk"].scenario))["hosting"]
    assert (row["service"], row["host"]) == ("equipment", app.session_state["desk"].scenario.split.names[1])
