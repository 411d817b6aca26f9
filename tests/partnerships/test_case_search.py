"""Finding case studies: every word wanted, odd input harmless, filters that narrow."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lgrdata.dataset.dataset import Dataset, current
from lgrdata.dataset.library import library
from lgrdata.partnerships.search import CaseFilter, find, match_query


def _slugs(dataset: Dataset, **wanted: str) -> set[str]:
    return {c.slug for c in find(dataset, CaseFilter(**wanted))}


def test_words_are_quoted_and_open_ended() -> None:
    assert match_query("Night duty") == '"night"* "duty"*'
    assert match_query('x" OR title:*; DROP') == '"x"* "or"* "title"* "drop"*'
    assert match_query("  ' -- _ % ") == ""


def test_text_finds_by_every_word() -> None:
    data = current()
    assert "regional-adoption-agencies" in _slugs(data, text="adoption")
    assert "regional-adoption-agencies" in _slugs(data, text="adopt")
    assert _slugs(data, text="adoption zebra") == set()
    assert _slugs(data, text="Hammersmith")


@pytest.mark.parametrize(
    "odd", ["", "   ", '"', "'; DROP TABLE case_study; --", "NEAR(", "*", "title:", "\x00", "AND OR NOT"]
)
def test_odd_text_is_harmless(odd: str) -> None:
    data = current()
    found = find(data, CaseFilter(text=odd))
    assert len(found) == len(library(data).cases) or match_query(odd)


@settings(max_examples=60)
@given(some.text(max_size=60))
def test_any_text_is_a_query(text: str) -> None:
    find(current(), CaseFilter(text=text))


def test_filters_narrow_and_each_leads_somewhere() -> None:
    data = current()
    lib = library(data)
    everything = set(lib.cases)
    assert _slugs(data) == everything and len(everything) == 32
    for c in lib.cases.values():
        assert c.slug in _slugs(data, kind=c.kind, outcome=c.outcome)
    for name, keys in (("service", lib.services), ("model", lib.models), ("paragraph", lib.considerations)):
        for key in keys:
            assert _slugs(data, **{name: key}) <= everything
    assert _slugs(data, model="rcc") == {"rcc-greater-manchester", "rcc-south-east"}
    assert _slugs(data, model="independent_trust") == {"northamptonshire-childrens-trust"}
    assert _slugs(data, paragraph="3.6.3") == {"berkshire-community-equipment"}
    assert _slugs(data, text="Berkshire", service="out_of_hours") == {"berkshire-eds"}
    assert _slugs(data, model="rcc", outcome="ended") == set()
