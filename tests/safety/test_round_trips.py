"""What is written is read back as it was: split codes, block files, scenario files, addresses."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from examples import examples
from hostile import AREAS, opened, real, same, scenarios, splits
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lgrdata.core.models import LgrError
from lgrdata.splits import address, blockfile, damage, splitcode
from lgrdata.splits.scenario import Scenario, parse_document, restore, write

REAL = ("surrey", "lancashire")
many = settings(
    max_examples=examples(120),
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("area", [*AREAS, *REAL])
@settings(many, max_examples=examples(150))
@given(st.data())
def test_a_split_code_is_read_back(area: str, tiny_db: Path, real_db: Path, draw: st.DataObject) -> None:
    facts = (real() if area in REAL else opened(tiny_db)).facts(area)
    split = draw.draw(splits(facts))
    code = splitcode.encode(split)
    again = splitcode.decode(facts, code)
    assert again == split and splitcode.encode(again) == code
    assert code.replace(".", "").isalnum() and code.isascii()


@pytest.mark.parametrize("area", [*AREAS, *REAL])
@settings(many, max_examples=examples(60))
@given(st.data())
def test_a_block_file_is_read_back(area: str, tiny_db: Path, real_db: Path, draw: st.DataObject) -> None:
    facts = (real() if area in REAL else opened(tiny_db)).facts(area)
    split = draw.draw(splits(facts, unfinished=False))
    again = blockfile.read(facts, blockfile.write(split).encode())
    assert again == split
    used = {split.names[c] for c in split.in_use}
    assert set(again.names) == used
    for c in split.in_use:
        assert again.population[again.names.index(split.names[c])] == split.population[c]


@settings(many)
@given(st.sampled_from(AREAS), st.data())
def test_a_scenario_file_is_read_back(tiny_db: Path, area: str, draw: st.DataObject) -> None:
    data = opened(tiny_db)
    before = draw.draw(scenarios(data, area))
    text = write(before)
    after = restore(data.conn, data.facts(area), parse_document(text.encode()))
    same(before, after)
    assert write(after) == text or after.split.proposal != before.split.proposal


@settings(many, max_examples=examples(200))
@given(st.sampled_from(AREAS), st.data())
def test_an_address_is_read_back(tiny_db: Path, area: str, draw: st.DataObject) -> None:
    data = opened(tiny_db)
    before = draw.draw(scenarios(data, area))
    query = damage.sealed(address.to_query(before, data.conn))
    travelled = dict(parse_qsl(urlencode(query), keep_blank_values=True))
    after, messages = address.from_query(data.conn, data.facts, travelled)
    assert not messages and after is not None
    same(before, after, address=True)


def test_addresses_of_every_proposal_fit_an_email(real_db: Path) -> None:
    data = real()
    tried = 0
    for area in data.areas:
        for proposal in data.proposals(area.area_id):
            try:
                split = data.split(area.area_id, proposal.proposal_id)
            except LgrError:
                continue  # its map is not known
            query = address.to_query(Scenario(split, start=proposal.proposal_id), data.conn)
            assert len(urlencode(query)) < 300
            if split.is_whole:
                # The same split as a drawing, under plain names: the longest that a link of whole authorities gets.
                plain = splitcode.decode(split.facts, splitcode.encode(split))
                drawn = address.to_query(Scenario(plain, start=proposal.proposal_id), data.conn)
                named = address.to_query(Scenario(split.renumbered(range(split.count), split.names)), data.conn)
                assert max(len(urlencode(q)) for q in (drawn, named)) < 300, proposal.proposal_id
            tried += 1
    assert tried > 40
