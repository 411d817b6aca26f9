"""Static maps: whole documents without script or anything fetched, that say in words and a table what they show."""

from __future__ import annotations

import re
from typing import get_args
from xml.etree import ElementTree

import numpy as np
import pytest

from lgrdata.all_effects.effects import work_out
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Picture
from lgrdata.pictures import decks, maps
from lgrdata.pictures.maps.flows import crossing_pairs
from lgrdata.pictures.maps.ground import framed, rings_of, text_width
from lgrdata.pictures.maps.labels import Occupied, Rect, beside, middle, place
from lgrdata.pictures.maps.split import taken_in
from lgrdata.splits.split import make, single

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def tiny(tiny_db):
    dataset = Dataset(tiny_db)
    yield dataset
    dataset.close()


def halves(dataset):
    return dataset.split("squares", "squares-2ua")


def parsed(picture: Picture) -> ElementTree.Element:
    root = ElementTree.fromstring(picture.svg)
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title").text and root.find(f"{SVG}desc").text == picture.alt
    for bad in ("<script", "javascript:", "href", "url(http", "@import", "foreignObject", "None"):
        assert bad not in picture.svg, bad
    assert not re.search(r"\bnan\b", picture.svg)
    return root


def test_a_map_names_both_councils_their_residents_and_members(tiny):
    picture = maps.split_map(tiny, halves(tiny))
    parsed(picture)
    assert "1, North, 200,000 residents: Squareshire A and Squareshire B" in picture.alt
    assert "2, South, 200,000 residents: Squareshire C and Squareshire D" in picture.alt
    assert picture.table.rows == (
        ("1 North", "200,000", "Squareshire A and Squareshire B"),
        ("2 South", "200,000", "Squareshire C and Squareshire D"),
    )


def test_each_council_has_its_own_fill_and_number_and_patterns_are_this_maps_own(tiny):
    picture = maps.split_map(tiny, halves(tiny))
    used = set(re.findall(r"url\(#([^)]+)\)", picture.svg))
    defined = set(re.findall(r'<pattern id="([^"]+)"', picture.svg))
    assert used == defined and len(used) == 4  # two councils, on the map and in the key
    badges = [t.text for t in ElementTree.fromstring(picture.svg).iter(f"{SVG}text") if (t.text or "").isdigit()]
    assert sorted(badges) == ["1", "1", "2", "2"]
    other = maps.split_map(tiny, single(tiny.facts("squares")))
    assert not defined & set(re.findall(r'<pattern id="([^"]+)"', other.svg))


def test_an_authority_that_is_marked_is_outlined_and_named_in_bold(tiny):
    split = halves(tiny)
    one = split.facts.authorities[0]
    plain, marked = maps.split_map(tiny, split), maps.split_map(tiny, split, marked=one.code)
    assert marked.alt == f"{plain.alt} {one.name} is outlined."
    bold = [t.text for t in parsed(marked).iter(f"{SVG}text") if t.get("font-weight") == "700"]
    assert one.name in " ".join(bold) and parsed(marked).find(f"{SVG}title") is not None
    assert marked.svg.count("<path") == plain.svg.count("<path") + 2


def test_the_same_split_gives_the_same_bytes(tiny, tiny_db):
    again = Dataset(tiny_db)
    assert maps.split_map(tiny, halves(tiny)).svg == maps.split_map(again, halves(again)).svg
    again.close()


def test_a_divided_authority_is_drawn_by_its_wards(tiny):
    split = tiny.split("squares", "squares-parts")
    assert not split.is_whole
    picture = maps.split_map(tiny, split)
    parsed(picture)
    assert "part of Squareshire B" in picture.alt


def test_blocks_nobody_has_are_drawn_and_said(tiny):
    split = make(tiny.facts("squares"), {"E07000901": "North"}, ("North",))
    picture = maps.split_map(tiny, split)
    parsed(picture)
    assert "Three blocks in no council yet" in picture.alt
    assert "In no council yet" in picture.svg and "-nobody)" in picture.svg


def test_a_thumbnail_has_numbers_and_no_names(tiny):
    picture = maps.split_map(tiny, halves(tiny), width=120, thumbnail=True)
    parsed(picture)
    texts = [t.text for t in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")]
    assert sorted(texts) == ["1", "2"] and picture.table is None
    assert len(picture.svg) < len(maps.split_map(tiny, halves(tiny)).svg) / 2


def test_maps_in_one_scale_keep_it(tiny):
    scale = maps.split_scale(tiny, halves(tiny), 300)
    wide = maps.split_map(tiny, tiny.split("nine", "nine-3ua"), scale=scale)
    narrow = maps.split_map(tiny, halves(tiny), scale=scale)
    # Three squares of 10 km against two, with the same 14 pixels round each.
    assert (wide.width - 28) / (narrow.width - 28) == pytest.approx(1.5, abs=0.05)


def test_a_name_that_does_not_fit_is_left_out_and_names_never_overlap():
    ring = rings_of("M0 0l100 0 0 20-100 0z")
    frame = framed((0, 0, 100, 20), 100, 20, 0, 1.0)
    taken = Occupied()
    label = place("Fits here", ring, frame, taken)
    assert label is not None and text_width("Fits here", label.size) <= 100 * 1.12
    assert place("Fits here", ring, frame, taken) is None
    assert place("A name much too long for so small a place", ring, frame, Occupied()) is None


def test_a_name_of_two_words_may_stand_in_two_lines():
    ring = rings_of("M0 0l70 0 0 90-70 0z")
    label = place("Nuneaton Bedworth", ring, framed((0, 0, 70, 90), 70, 90, 0, 1.0), Occupied())
    assert label is not None and label.lines == ("Nuneaton", "Bedworth")


def test_flows_across_a_line_are_counted_both_ways(tiny):
    pairs = crossing_pairs(halves(tiny), "commuting 2021")
    assert [(p.a, p.b, p.people) for p in pairs] == [(0, 2, 2000.0), (1, 3, 2000.0)]
    picture = maps.flow_map(tiny, halves(tiny))
    parsed(picture)
    assert picture.title == "Most cross between Squareshire A and Squareshire C: 2,000 people travelling to work"
    assert picture.table.rows[0] == ("Squareshire A and Squareshire C", "2,000")
    # Of the 10,000 who live and work in A half would cross a line through its middle: more than between any two.
    facts = tiny.facts("squares")
    wards = {facts.wards[w].code: "West" if n < 2 else "East" for n, w in enumerate(facts.wards_of[0])}
    parted = make(facts, wards | {a.code: "East" for a in facts.authorities[1:]})
    title = maps.flow_map(tiny, parted).title
    assert title.startswith("Most cross inside Squareshire A, which is divided: 5,000 people travelling to work; ")


def test_a_single_council_has_no_flow_to_draw(tiny):
    picture = maps.flow_map(tiny, single(tiny.facts("squares")))
    parsed(picture)
    assert picture.table is None and "nobody" in picture.alt


@pytest.mark.parametrize("layer", get_args(decks.LayerName))
def test_a_deck_asks_no_host_and_has_a_twin(tiny, layer):
    split = halves(tiny)
    effects = work_out(split.facts, split, tiny.assumptions)
    text = decks.split_deck(tiny, effects, layer).to_json()
    assert "http" not in text and "\n" not in text and "NaN" not in text
    # Without the key, Streamlit puts a tile host's style in its place.
    assert '"mapStyle":"' in text
    twin = decks.deck_twin(tiny, effects, layer)
    parsed(twin)
    assert twin.alt and twin.table is not None


@pytest.fixture(scope="module")
def real(real_db):
    dataset = Dataset(real_db)
    yield dataset
    dataset.close()


def test_england_shows_each_invited_area_once(real):
    shapes = maps.england_areas(real)
    assert len(shapes) == 21 and len({s.area_id for s in shapes}) == 21
    x, y, w, h = maps.england_view(real)
    for shape in shapes:
        assert shape.path.startswith("M") and shape.path.endswith("z")
        assert x < shape.label[0] < x + w and y < shape.label[1] < y + h
    picture = maps.england_map(real)
    parsed(picture)
    assert len(picture.table.rows) == 21
    counts = re.findall(r"\b(\d+) (?:decided|awaiting|not known)", picture.alt)
    assert sum(map(int, counts)) == 21


def written(root: ElementTree.Element) -> list[tuple[str, Rect]]:
    """Each line of a name on a map, with its rectangle: names, and the words of the scale bar."""
    lines = [(n, "middle" if n.get("class") == "n" else "start") for n in root.iter(f"{SVG}text")
             if n.get("class") in ("n", "s")]  # fmt: skip
    out = []
    for node, anchor in lines:
        text, size, x, y = node.text or "", *(float(node.get(k, "0")) for k in ("font-size", "x", "y"))
        left = x - text_width(text, size) / 2 if anchor == "middle" else x
        out.append((text, (left, y - size * 0.92, left + text_width(text, size), y + size * 0.15)))
    return out


@pytest.mark.parametrize(("theme", "width"), [("light", 640), ("dark", 470)])
def test_every_area_can_be_drawn_and_names_every_authority(real, theme, width):
    """Gloucester, Blackburn with Darwen and Tonbridge and Malling have no room in their own shape."""
    wrong = []
    for area in real.areas:
        split = real.split(area.area_id, "single")
        picture = maps.split_map(real, split, theme=theme, width=width)
        lines = written(parsed(picture))
        told = " ".join(text for text, _ in lines)
        inside = [a.name for i, a in enumerate(split.facts.authorities) if taken_in(split, i)]
        wrong += [f"{area.name}: no {name}" for name in inside if name not in told]
        for n, (text, a) in enumerate(lines):
            if a[0] < 0 or a[1] < 0 or a[2] > width or a[3] > picture.width * 1.3:
                wrong.append(f"{area.name}: {text} is cut")
            over = [
                b for other, b in lines[n + 1 :] if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] - 1 and b[1] + 1 < a[3]
            ]
            wrong += [f"{area.name}: {text} lies on another name" for _ in over]
        assert len(maps.split_map(real, split, width=120, thumbnail=True).svg) < 20_000
    assert wrong == []


def test_the_number_of_a_council_round_another_stands_in_its_own_ground():
    frame = framed((0.0, 0.0, 3000.0, 3000.0), 300, 300, 0.0)
    outer = np.array([[0, 0], [30, 0], [30, 30], [0, 30], [0, 0]]) * 100 // frame.unit
    hole = np.array([[8, 8], [8, 22], [22, 22], [22, 8], [8, 8]]) * 100 // frame.unit
    x, y = middle([outer, hole], frame)
    assert 0 < x < 300 and 0 < y < 300
    assert not (80 < x < 220 and 80 < y < 220)


def test_a_name_without_room_in_its_shape_stands_beside_its_point_and_off_what_is_there():
    frame = framed((0.0, 0.0, 3000.0, 3000.0), 300, 300, 0.0)
    taken = Occupied([(145.0, 145.0, 155.0, 155.0)])
    first, second = (beside("Norwich", (150.0, 150.0), frame, taken) for _ in range(2))
    assert first and second and first.x > 150 > second.x
    assert beside("A name far too long for so small a map " * 3, (150.0, 150.0), frame, taken) is None


def test_every_end_of_a_flow_is_named(real):
    picture = maps.flow_map(real, real.split("norfolk", "norfolk-3ua"))
    assert "Norwich</text>" in picture.svg and "Yarmouth</text>" in picture.svg
