"""The case studies page: all cases and models, each case's own page, and the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from view_words import faults, text_of

from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import current
from lgrdata.dataset.library import library
from lgrdata.partnerships.search import CaseFilter
from lgrdata.views import case_studies

ROOT = Path(__file__).parents[2]
OPENINGS = ({}, {"part": "models"}, {"case": "tri-borough"}, {"case": "atlantis"}, {"part": "?"})


def slips(text: str) -> list[str]:
    """`faults`, the dataset's own sentences that begin with None ("None published", "None yet") left out."""
    return faults(re.sub(r"\bNone (?=published|yet|on its own|needed|adopted|fits)", "", text))


def test_all_cases_and_models_are_listed_in_words() -> None:
    data = current()
    lib, text = library(data), text_of(case_studies.view(data))
    assert not slips(text), slips(text)[:5]
    assert all(c.title in text for c in lib.cases.values()) and all(m.name in text for m in lib.models.values())
    assert len(lib.cases) == 32 and len(lib.models) == 15


def test_each_case_tells_what_law_numbers_end_and_source() -> None:
    data = current()
    for c in library(data).cases.values():
        text = text_of(case_studies.view(data, slug=c.slug))
        assert not slips(text), (c.slug, slips(text)[:3])
        for words in (c.what_was_done, c.legal_basis, c.years, c.source_words, c.how_it_ended, c.numbers):
            assert words in text, (c.slug, words)
        if c.numbers:
            assert case_studies.NUMBERS[c.numbers_status] in text
    assert "£11.8 million" in text_of(case_studies.view(data, slug="tri-borough"))
    assert "disputed between those involved" in text_of(case_studies.view(data, slug="tri-borough"))


def test_an_unknown_case_is_an_error_in_one_line() -> None:
    with pytest.raises(LgrError, match="there is no case study “atlantis”"):
        case_studies.view(current(), slug="atlantis")


def test_a_search_without_a_hit_says_so() -> None:
    text = text_of(case_studies.view(current(), CaseFilter(text="zebra"), "cases"))
    assert "None of 32 fit." in text and "Take a filter away" in text


@pytest.mark.parametrize("query", OPENINGS)
def test_the_page_draws_with_and_without_an_area(query: dict[str, str]) -> None:
    for area in ({}, {"area": "norfolk", "split": "norfolk-3ua"}):
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for key, value in {**area, **query}.items():
            at.query_params[key] = value
        at.switch_page("pages/case_studies.py")
        at.run()
        assert not at.exception and not at.error
        wanted = "Three London boroughs share services" if query.get("case") == "tri-borough" else "Case studies"
        assert at.title[0].value == wanted
        assert ("case" in at.query_params) == (query.get("case") == "tri-borough")


def test_searching_and_opening_on_the_screen() -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.switch_page("pages/case_studies.py")
    at.run()
    at.text_input(key="case_text").set_value("adoption").run()
    assert at.selectbox(key="case_open").placeholder == "2 to choose from"
    at.selectbox(key="case_open").select("regional-adoption-agencies").run()
    assert at.title[0].value == "Regional adoption agencies"
    at.button[0].click().run()
    assert at.title[0].value == "Case studies" and not at.exception
